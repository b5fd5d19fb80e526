"""Simulated scanners on a real terminal, socket or pipe of this machine, to test and show the real drivers with."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from hardware.lines.fake import FakeLine
from hardware.lines.fake_tcp import FakeTcpLine
from hardware.scanners.fake_input import FakeInput
from hardware.scanners.hid import EV_KEY, EV_SYN, EVENT, SYN_REPORT
from hardware.scanners.keys import CAPS, DOWN, PAD, UP, US

PIECES, PIECE_S = 20, 0.01
SHIFT, ALT, ENTER = 42, 56, 28
ON_PAD = {digit: code for code, digit in PAD.items()}
PRESSES = {letter: (code, at == 1) for code, pair in reversed(US.items()) for at, letter in enumerate(pair)}


class FakeDevice:
    """A scanner on `line`, which can be unplugged and plugged in again. `end`: its end mark."""

    def __init__(self, line: FakeLine | FakeTcpLine | FakeInput, scheme: str, end: bytes = b"\r") -> None:
        self.line = line
        self.url = f"{scheme}://{line.place}"
        self._end = end

    def show(self, text: str) -> None:
        """Hold a code under it."""
        self.line.send(self.encoded(text) + self.end)

    def show_half(self, text: str) -> None:
        """The code is torn away in its middle, and no end mark comes."""
        whole = self.encoded(text)
        self.line.send(whole[: len(whole) // 2])

    def show_slowly(self, text: str) -> None:
        """The code comes in many pieces, cut anywhere."""
        whole = self.encoded(text) + self.end
        size = len(whole) // PIECES | 1
        for at in range(0, len(whole), size):
            self.line.send(whole[at : at + size])
            time.sleep(PIECE_S)

    def noise(self, seed: int = 0) -> None:
        """What a wrong baud rate makes of a code."""
        self.line.send(bytes(random.Random(seed).choices(range(0x80, 0xC0), k=40)) + self.end)  # noqa: S311

    @property
    def end(self) -> bytes:
        return self._end

    def encoded(self, text: str) -> bytes:
        return text.encode()

    def close(self) -> None:
        self.line.close()

    def __enter__(self) -> FakeDevice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class FakeKeys(FakeDevice):
    """A scanner that poses as a keyboard: its bytes are the kernel's key events. Letters beyond ASCII come by Alt and
    their Unicode number."""

    @property
    def end(self) -> bytes:
        return _events([(ENTER, DOWN), (ENTER, UP)])

    def encoded(self, text: str) -> bytes:
        return _events([press for letter in text for press in _presses(letter)])

    def noise(self, seed: int = 0) -> None:
        """Keys that no code has."""
        self.line.send(_events([(105, DOWN), (105, UP), (CAPS, DOWN), (CAPS, DOWN)]) + self.end)


def fake_serial(end: bytes = b"\r") -> FakeDevice:
    return FakeDevice(FakeLine(name="usb-Scanner"), "scanner+serial", end)


def fake_tcp(end: bytes = b"\r") -> FakeDevice:
    return FakeDevice(FakeTcpLine(), "scanner+tcp", end)


def fake_hid() -> FakeDevice:
    return FakeKeys(FakeInput(), "scanner+hid")


def _presses(letter: str) -> Iterator[tuple[int, int]]:
    if letter in PRESSES:
        code, shifted = PRESSES[letter]
        if shifted:
            yield SHIFT, DOWN
        yield from ((code, DOWN), (code, UP))
        if shifted:
            yield SHIFT, UP
        return
    yield ALT, DOWN
    for digit in f"0{ord(letter)}":
        yield from ((ON_PAD[digit], DOWN), (ON_PAD[digit], UP))
    yield ALT, UP


def _events(presses: list[tuple[int, int]]) -> bytes:
    packed = b""
    for code, value in presses:
        packed += EVENT.pack(0, 0, EV_KEY, code, value) + EVENT.pack(0, 0, EV_SYN, SYN_REPORT, 0)
    return packed
