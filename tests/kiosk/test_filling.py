"""Real touches fill in a form: a Vietnamese name by the drawn keyboard, figures, a commune; and so do keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.fake_hall import FakeHall
from tests.kiosk.test_window import Kiosk, display, pytestmark

__all__ = ["display", "pytestmark"]


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall(self_service=True) as running:
        yield running


def asked(kiosk: Kiosk, field: str) -> dict[str, object]:
    return kiosk.until(lambda seen: seen["screen"] == "question" and seen["question"] == field)


def press(kiosk: Kiosk, *names: str) -> None:
    """Touch buttons that stay where they are, as fast as a hand may."""
    for name in names:
        kiosk.touch(name)


def go(kiosk: Kiosk, name: str, field: str) -> None:
    """Touch `name`, which leads to the question `field`."""
    kiosk.touch(name)
    asked(kiosk, field)


def shows(kiosk: Kiosk, text: str) -> None:
    kiosk.until(lambda seen: text in seen["texts"])


def to_the_form(kiosk: Kiosk) -> None:
    kiosk.at("attract")
    for name, screen in (
        ("start", "language"),
        ("language:vi", "way"),
        ("way:file", "find"),
        ("event:birth", "advice"),
        ("advice:fill", "consent"),
    ):
        kiosk.touch(name)
        kiosk.at(screen)
    go(kiosk, "consent:agree", "declarant_name")


def sign(kiosk: Kiosk) -> None:
    """A finger draws through the box."""
    box = kiosk.layout()["buttons"]["sign"]
    window = kiosk.xdotool("search", "--class", "motcua-kiosk").split()[-1]
    words = []
    for step in range(12):
        x, y = box["x"] - box["w"] // 3 + step * box["w"] // 20, box["y"] + (-1) ** step * box["h"] // 5
        words += ["mousemove", "--window", window, str(x), str(y), *(["mousedown", "1"] if step == 0 else [])]
        words += ["sleep", "0.02"]
    kiosk.xdotool(*words, "mouseup", "1")


def test_a_form_is_filled_in_by_touches(hall: FakeHall, display: str, tmp_path: Path) -> None:
    kiosk = Kiosk(hall, display, tmp_path)
    try:
        to_the_form(kiosk)
        # Whoever knows no typing method sets marks by keys of their own, or types by Telex.
        press(kiosk, *(f"key:{letter}" for letter in "nguyen"))
        shows(kiosk, "Nguyen")
        press(kiosk, "mark:hat", "mark:tilde", "key:space", *(f"key:{letter}" for letter in "ddk"), "key:erase")
        shows(kiosk, "Nguyễn Đ")
        press(kiosk, *(f"key:{letter}" for letter in "uwcs"))
        shows(kiosk, "Nguyễn Đức")
        go(kiosk, "key:done", "declarant_id")
        press(kiosk, *(f"key:{digit}" for digit in "00108501"))
        shows(kiosk, "001 085 01")
        kiosk.touch("key:done")
        kiosk.until(lambda seen: any("12" in text for text in seen["texts"]) and seen["question"] == "declarant_id")
        press(kiosk, *(f"key:{digit}" for digit in "2345"))
        shows(kiosk, "001 085 012 345")
        go(kiosk, "key:done", "declarant_born")
        kiosk.touch("figures:day")
        kiosk.until(lambda seen: "key:1" in seen["buttons"])
        press(kiosk, *(f"key:{digit}" for digit in "28121953"))
        kiosk.until(lambda seen: {"28", "12", "1953"} <= set(seen["texts"]))
        go(kiosk, "key:done", "phone")
        go(kiosk, "skip", "email")
        go(kiosk, "skip", "home")
        press(kiosk, "key:h", "key:a")
        kiosk.until(lambda seen: "pick:01" in seen["buttons"] and "pick:15" not in seen["buttons"])
        kiosk.touch("pick:01")
        kiosk.until(lambda seen: "pick:00004" in seen["buttons"])
        kiosk.touch("other-province")
        kiosk.until(lambda seen: "pick:15" in seen["buttons"])
        kiosk.touch("pick:15")
        kiosk.until(lambda seen: "pick:02680" in seen["buttons"])
        kiosk.touch("pick:02680")
        kiosk.until(lambda seen: "key:done" in seen["buttons"])
        go(kiosk, "key:done", "child_name")
        press(kiosk, "key:a", "key:n")
        shows(kiosk, "An")
        go(kiosk, "key:done", "child_born")
        kiosk.touch("wheel:day:up")
        shows(kiosk, "01")
        press(kiosk, "wheel:month:up", "wheel:year:up")
        kiosk.until(lambda seen: "– –" not in seen["texts"] and "– – – –" not in seen["texts"])
        go(kiosk, "key:done", "child_sex")
        kiosk.touch("pick:female")
        kiosk.until(lambda seen: "key:done" in seen["buttons"])
        go(kiosk, "key:done", "child_home")
        kiosk.touch("same:home")
        shows(kiosk, "Xã Cốc San")
        go(kiosk, "key:done", "birth_province")
        kiosk.touch("pick:01")
        kiosk.until(lambda seen: "key:done" in seen["buttons"])
        go(kiosk, "key:done", "married")
        kiosk.touch("pick:no")
        kiosk.until(lambda seen: "key:done" in seen["buttons"])
        go(kiosk, "key:done", "copies")
        kiosk.touch("key:2")
        shows(kiosk, "2")
        go(kiosk, "key:done", "paid")
        for field in ("languages", "place", "note", "signature"):
            go(kiosk, "skip", field)
        assert "key:done" not in kiosk.layout()["buttons"], "nothing is signed yet"
        sign(kiosk)
        kiosk.until(lambda seen: {"clear", "key:done"} <= set(seen["buttons"]))
        kiosk.touch("key:done")
        kiosk.at("review")
        shows(kiosk, "Nguyễn Đức")
        go(kiosk, "change:declarant_name", "declarant_name")
        kiosk.touch("key:done")
        kiosk.at("review")
    finally:
        code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()


def test_a_form_is_filled_in_by_keys_alone(hall: FakeHall, display: str, tmp_path: Path) -> None:
    kiosk = Kiosk(hall, display, tmp_path, "--fullscreen")
    try:
        to_the_form(kiosk)
        kiosk.xdotool("key", "--delay", "30", "b", "i", "n", "h", "f")
        shows(kiosk, "Bình")
        kiosk.xdotool("key", "BackSpace")
        shows(kiosk, "Bìn")
        kiosk.xdotool("key", "Escape")
        kiosk.at("consent")
        # Whoever types sees the ring at once where the next Enter goes.
        kiosk.until(lambda seen: seen["focus"] == "consent:agree")
        kiosk.xdotool("key", "Return")
        asked(kiosk, "declarant_name")
        shows(kiosk, "Bìn")
        kiosk.xdotool("key", "h")
        shows(kiosk, "Bình")
        kiosk.xdotool("key", "Return")
        asked(kiosk, "declarant_id")
        kiosk.xdotool("key", "--delay", "30", *"001085012345")
        shows(kiosk, "001 085 012 345")
        kiosk.xdotool("key", "Return")
        asked(kiosk, "declarant_born")
    finally:
        code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()
