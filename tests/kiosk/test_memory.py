"""Whoever has left is in the kiosk's memory no more, not even for somebody who can read all of it."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hardware.scanners.fake_device import FakeDevice, fake_serial
from kiosk.fake_catalogue import BIRTH
from kiosk.fake_hall import FakeHall
from tests.hardware.papers.pages import page
from tests.kiosk.memory_image import found
from tests.kiosk.test_filling import asked, press, shows
from tests.kiosk.test_window import Kiosk, display, pytestmark

__all__ = ["display", "pytestmark"]
NEW_CARD = "048204001234||Tran Kivampa|29022004|Nam|To 3 Melonti Da Nang|01072024||Tran Pilanka|Le Cuc||"
OLD_CARD = "001185012345|012398765|Nguyen Dobanka|07091985|Nu|Ngo 12 Haminto Ha Noi|15042021".replace("|Nu|", "|Nữ|")
TYPED = {"child_name": "kimbop", "phone": "0912398761", "place": "kolimba"}
ASKED = ("declarant_name", "declarant_id", "phone", "child_name", "place")
PAPER = "giay-chung-sinh"
PATIENCE_S = 20.0
SWEPT_S = 1.3
"""After so long the kiosk sweeps for the last time, so that one look is enough."""


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    """With a form of a few questions and one paper."""
    with FakeHall(self_service=True) as running:
        offered = running.filing.catalogue
        birth = next(one for one in offered.procedures if one.code == BIRTH)
        assert birth.form is not None
        schema = {
            "type": "object",
            "properties": {field: birth.form.schema["properties"][field] for field in ASKED},
            "required": [],
        }
        questions = tuple(one for one in birth.form.questions if one.field in ASKED)
        form = replace(birth.form, questions=questions, schema=schema, rules=(), owner_birth=None)
        papers = tuple(one for one in birth.papers if one.type == PAPER)
        short = birth.model_copy(update={"form": form, "papers": papers})
        running.filing.catalogue = offered.model_copy(update={"procedures": (short,)})
        yield running


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """What lies under the document camera, grainy as a photograph is."""
    image = page("A5", 7).copy()
    image[300:420, 300:900] = np.random.default_rng(7).integers(0, 255, (120, 600, 3), np.uint8)
    file = tmp_path / "paper.png"
    Image.fromarray(image[:1240, :874, ::-1]).save(file)
    return file


def pictured(paper: Path) -> dict[str, bytes]:
    """Pieces of `paper` as a file, and as the dots of a picture in both orders of colours."""
    data = paper.read_bytes()
    with Image.open(io.BytesIO(data)) as opened:
        row = np.asarray(opened)[360, 500:532]
    return {
        "the paper's file": data[len(data) // 2 :][:48],
        "the paper's dots, RGB": row.tobytes(),
        "the paper's dots, BGR": row[:, ::-1].tobytes(),
    }


TEXTS = {
    "the typed name": b"Kimbop",
    "the typed telephone": b"0912398761",
    "the typed address": b"olimba",
    "the new card's number": b"048204001234",
    "the new card's name": b"Kivampa",
    "the new card's address": b"Melonti",
    "the new card's parents": b"Pilanka",
    "the old card's number": b"001185012345",
    "the old card's number as shown": b"001 185 012 345",
    "the old card's name": b"Dobanka",
    "the old card's address": b"Haminto",
    "the old card's older number": b"012398765",
}
SEEN_WHILE_THERE = ("the typed name", "the typed telephone", "the typed address", "the old card's name")
OF_THE_RECEIPT = {"the receipt's key": b"Zk3vQ8sW0001"}
"""Its code may stay: by it the printers know that it has been printed, and it is nobody's name."""


def read_cards(kiosk: Kiosk, scanner: FakeDevice) -> None:
    """A neighbour's card, and then the citizen's own."""
    kiosk.at("identify")
    for card, name in ((NEW_CARD, "Kivampa"), (OLD_CARD, "Dobanka")):
        scanner.show(card)
        kiosk.until(lambda seen, name=name: any(name in text for text in seen["texts"]))  # type: ignore[misc]


def fill(kiosk: Kiosk) -> None:
    for field in ASKED:
        asked(kiosk, field)
        if field in TYPED:
            kiosk.xdotool("key", "--delay", "15", *TYPED[field])
            last = TYPED[field][-3:]
            kiosk.until(lambda seen, last=last: any(text.endswith(last) for text in seen["texts"]))  # type: ignore[misc]
        kiosk.xdotool("key", "Return")


def photograph(kiosk: Kiosk) -> None:
    for name, then in ((f"paper:{PAPER}", "shoot"), ("shoot", "keep"), ("keep", "done")):
        kiosk.until(lambda seen, name=name: name in seen["buttons"])  # type: ignore[misc]
        kiosk.touch(name)
        kiosk.until(lambda seen, then=then: then in seen["buttons"])  # type: ignore[misc]


def test_whoever_has_left_is_in_no_memory(hall: FakeHall, display: str, tmp_path: Path, paper: Path) -> None:
    with fake_serial() as scanner:
        devices = ("--scanner", f"{scanner.url}?again_s=0", "--camera", paper.as_uri())
        kiosk = Kiosk(hall, display, tmp_path, "--size", "640x400", *devices, printer=f"preview://{tmp_path / 'slips'}")
        process = kiosk.process.pid
        try:
            kiosk.at("attract")
            kiosk.touch("start")
            kiosk.at("language")
            kiosk.touch("language:vi")
            for name in ("way:file", "event:birth", "advice:fill", "consent:agree"):
                kiosk.until(lambda seen, name=name: name in seen["buttons"])  # type: ignore[misc]
                kiosk.touch(name)
            read_cards(kiosk, scanner)
            press(kiosk, "key:done")
            fill(kiosk)
            kiosk.at("review")
            kiosk.touch("key:done")
            photograph(kiosk)
            secrets = {**TEXTS, **pictured(paper)}
            while_there = found(process, {name: secrets[name] for name in SEEN_WHILE_THERE})
            kiosk.touch("done")
            kiosk.at("declaration")
            kiosk.until(lambda seen: "read-down" in seen["buttons"])
            kiosk.touch("read-down")
            kiosk.until(lambda seen: "file" in seen["buttons"])
            kiosk.touch("file")
            kiosk.at("receipt")
            secrets |= OF_THE_RECEIPT
            (kept,) = hall.filing.attachments.values()
            secrets["the paper as it was filed"] = kept[len(kept) // 2 :][:48]
            kiosk.touch("home")
            kiosk.at("attract")

            kiosk.touch("start")
            kiosk.at("language")
            kiosk.touch("language:vi")
            kiosk.until(lambda seen: "way:look-up" in seen["buttons"])
            kiosk.touch("way:look-up")
            kiosk.at("look-up")
            (receipt,) = hall.filing.receipts.values()
            scanner.show(receipt.track_url)
            kiosk.at("status")
            shows(kiosk, receipt.code)
            kiosk.touch("home")
            kiosk.at("attract")
            time.sleep(SWEPT_S)
            end = time.monotonic() + PATIENCE_S
            while (left := found(process, secrets)) and time.monotonic() < end:
                time.sleep(0.5)
        finally:
            code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()
    assert while_there == set(SEEN_WHILE_THERE), "this test would see them"
    assert left == set()
