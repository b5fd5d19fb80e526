"""A citizen who files a dossier at the real kiosk, by touching what stands on the screen and nothing else.

The citizen knows the answers, reads the question from the kiosk's layout file, and answers in the way its control asks.
Every touch is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from queue_server.contract import Control, Form
from tests.e2e.kiosk_window import KioskWindow, Layout

TONES = {"GRAVE ACCENT": "f", "ACUTE ACCENT": "s", "HOOK ABOVE": "r", "TILDE": "x", "DOT BELOW": "j"}
SHAPES = {"BREVE": "w", "HORN": "w"}
KIND = re.compile(r"^(Tỉnh|Thành phố|Xã|Phường|Đặc khu) ")
FINGER_S = 0.02


def telex(text: str) -> str:
    """The keys that type `text` by Telex, the marks right after their letters, the tone at the word's end."""
    return " ".join(_word(word) for word in text.split(" "))


def _word(word: str) -> str:
    keys, tone = "", ""
    for letter in word:
        if letter in "đĐ":
            keys += "dd"
            continue
        base, *marks = unicodedata.normalize("NFD", letter)
        names = [unicodedata.name(mark).removeprefix("COMBINING ") for mark in marks]
        keys += base.lower()
        keys += "".join(base.lower() if name == "CIRCUMFLEX ACCENT" else SHAPES.get(name, "") for name in names)
        tone = next((TONES[name] for name in names if name in TONES), tone)
    return keys + tone


def plain(text: str) -> str:
    """Without diacritics, as one types to find something in a list."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()


@dataclass
class Citizen:
    """`answers`: by field; `places`: the names of the communes and provinces in them, by code; `seen`: called with each
    new screen's layout before it is answered, for pictures."""

    kiosk: KioskWindow
    answers: Mapping[str, Any]
    places: Mapping[str, tuple[str, str]]
    touches: int = 0
    fields: list[str] = field(default_factory=list)

    def touch(self, button: str) -> None:
        self.touches += 1
        self.kiosk.touch(button)

    def go(self, button: str, screen: str) -> Layout:
        """Touch `button`, which leads to `screen`."""
        self.touch(button)
        return self.kiosk.until_screen(screen)

    # --- the way ---------------------------------------------------------------------------------------------------

    def advised(self, event: str, procedure: str | None = None, language: str = "vi") -> None:
        """From the start to the advice on a procedure, by a life event."""
        self.kiosk.until_screen("attract")
        self.go("start", "language")
        self.go(f"language:{language}", "way")
        self.found(event, procedure)

    def found(self, event: str, procedure: str | None) -> None:
        """From the ways to the advice on a procedure, by a life event."""
        self.go("way:file", "find")
        self.touch(f"event:{event}")
        shown = self.kiosk.until("a list or the advice", lambda shown: shown["screen"] in ("found", "advice"))
        if shown["screen"] == "found":
            self.go(f"procedure:{procedure}", "advice")

    def agreed(self) -> None:
        """From the advice to the first question, without a card."""
        self.go("advice:fill", "consent")
        self.touch("consent:agree")
        shown = self.kiosk.until("what follows", lambda shown: shown["screen"] in ("identify", "question"))
        if shown["screen"] == "identify":
            self.go("type-instead", "question")

    def fill(self, form: Form) -> None:
        """From the first question to the review."""
        while (shown := self.kiosk.until("a question", _settled))["screen"] == "question":
            self.answer(form, str(shown["question"]))

    def answer(self, form: Form, name: str) -> None:
        """Answer the question before the citizen, and see the next."""
        question = form.question(name)
        assert question is not None, name
        self.fields.append(name)
        if name in self.answers:
            self._give(question.control, name, self.answers[name])
            self.touch("key:done")
        elif question.required:
            self.touch("key:done")  # what is proposed is right
        else:
            self.touch("skip")
        self.kiosk.until(
            f"what follows {name}", lambda shown: (shown["screen"], shown["question"]) != ("question", name)
        )

    def papers_brought(self) -> None:
        """All that is asked for will be brought to the counter."""
        while True:
            shown = self.kiosk.until("papers or the declaration", lambda shown: shown["screen"] != "review")
            if shown["screen"] != "papers":
                return
            open_ones = [name for name in shown["buttons"] if name.startswith("bring:")]
            if open_ones and "done" not in shown["buttons"]:
                self.touch(open_ones[0])
                self.kiosk.until("the paper settled", lambda seen, one=open_ones[0]: one not in seen["buttons"])  # type: ignore[misc]
            elif "done" not in shown["buttons"] and "next-page" in shown["buttons"]:
                self.touch("next-page")
                self.kiosk.until("the next page", lambda seen, here=shown["page"]: seen["page"] != here)  # type: ignore[misc]
            else:
                self.touch("done")
                self.kiosk.until("what follows", lambda seen: seen["screen"] != "papers")

    def read(self) -> None:
        """To the end of the declaration."""
        self.kiosk.until("the declaration", lambda shown: shown["screen"] == "declaration" and _readable(shown))
        while "file" not in (shown := self.kiosk.until("the declaration", _readable))["buttons"]:
            self.touch("read-down")
            before = shown["texts"]
            self.kiosk.until(
                "further down", lambda seen, before=before: seen["texts"] != before or "file" in seen["buttons"]
            )  # type: ignore[misc]

    def filed(self) -> Layout:
        """Confirm, and wait for the receipt and its paper."""
        self.touch("file")
        return self.kiosk.until(
            "the receipt", lambda shown: shown["screen"] == "receipt" and shown["printing"] in ("done", "failed")
        )

    # --- controls --------------------------------------------------------------------------------------------------

    def _give(self, control: Control, name: str, value: Any) -> None:
        match control:
            case Control.NAME | Control.TEXT | Control.LONG_TEXT:
                self._type(telex(str(value)))
            case Control.DATE:
                year, month, day = str(value).split("-")
                self.touch("figures:day")
                self.kiosk.until("the digits", lambda shown: "key:1" in shown["buttons"])
                self._type(day + month + year)
            case Control.COMMUNE | Control.PROVINCE:
                self._choose_place(str(value))
            case Control.CHOICE:
                self._pick(str(value))
            case Control.CHOICES:
                for code in value:
                    self._pick(str(code))
            case Control.YES_NO:
                self._pick("yes" if value else "no")
            case Control.SIGNATURE:
                self._sign()
            case _:
                self._type(str(value))

    def _type(self, keys: str) -> None:
        for key in keys:
            shown = self.kiosk.layout() or {"buttons": {}}
            if key == " ":
                self.touch("key:space")
            elif f"key:{key}" in shown["buttons"]:
                self.touch(f"key:{key}")
            else:
                self.touch("key:signs")
                self.touch(f"key:{key}")
                self.touch("key:signs")

    def _pick(self, code: str) -> None:
        """A choice; a long list is turned page by page."""
        self.kiosk.find(f"pick:{code}")
        self.touch(f"pick:{code}")

    def _choose_place(self, code: str) -> None:
        province, commune = self.places[code]
        if commune:
            self._narrow(province, next(each for each, names in self.places.items() if names == (province, "")))
        self._narrow(commune or province, code)

    def _narrow(self, name: str, code: str) -> None:
        """Type the first letters until the entry stands there, then touch it."""
        letters = plain(KIND.sub("", name)).replace(" ", "")
        for typed in range(len(letters) + 1):
            shown = self.kiosk.until("a list", lambda shown: "key:a" in shown["buttons"])
            if f"pick:{code}" in shown["buttons"]:
                break
            before = shown["texts"]
            self.touch(f"key:{letters[typed]}")
            self.kiosk.until("a shorter list", lambda seen, before=before: seen["texts"] != before)  # type: ignore[misc]
        self.touch(f"pick:{code}")
        self.kiosk.until(
            "it chosen", lambda seen: f"pick:{code}" not in seen["buttons"] or "key:done" in seen["buttons"]
        )

    def _sign(self) -> None:
        """A finger draws through the box."""
        self.touches += 1
        box = self.kiosk.until("the box", lambda shown: "sign" in shown["buttons"])["buttons"]["sign"]
        words: list[str] = []
        for step in range(12):
            x = self.kiosk.corner[0] + box["x"] - box["w"] // 3 + step * box["w"] // 20
            y = self.kiosk.corner[1] + box["y"] + (-1) ** step * box["h"] // 5
            words += ["mousemove", str(x), str(y), *(["mousedown", "1"] if step == 0 else []), "sleep", str(FINGER_S)]
        self.kiosk.screen.xdotool(*words, "mouseup", "1")
        self.kiosk.until("the signature", lambda shown: "key:done" in shown["buttons"])


def _settled(shown: Layout) -> bool:
    return shown["screen"] == "review" or (shown["screen"] == "question" and bool(shown["question"]))


def _readable(shown: Layout) -> bool:
    return "file" in shown["buttons"] or "read-down" in shown["buttons"]
