"""Simulated counter displays for a simulated line: they read frames by their manuals, not by the driver's code, and
ignore what is cut, garbled or meant for others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

# Which segments are lit for which sign, by their letters in the manual's drawing.
DRAWN = {
    "": " ", "g": "-", "abcdef": "0", "bc": "1", "abdeg": "2", "abcdg": "3", "bcfg": "4", "acdfg": "5",
    "acdefg": "6", "abc": "7", "abcdefg": "8", "abcdfg": "9", "abcefg": "A", "cdefg": "B", "adef": "C", "bcdeg": "D",
    "adefg": "E", "aefg": "F", "bcefg": "H", "bcde": "J", "def": "L", "ceg": "N", "cdeg": "O", "abefg": "P",
    "eg": "R", "defg": "T", "bcdef": "U", "bcdfg": "Y",
}  # fmt: skip

PAUSE_S = 0.05
"""Longer than a real pause of four bytes, because a busy machine hands frames over in pieces."""


@dataclass(slots=True)
class Shown:
    """One display's glass. `on`: has power; `mute`: shows, but answers no longer."""

    text: str = ""
    blink: bool = False
    on: bool = True
    mute: bool = False
    frames: int = 0


class FakeDisplayUnits:
    """The displays at `addresses`; `feed` is the `answer` of a simulated line.

    `protocol`: "ascii", "modbus", or a frame of hardware.displays.fixed: "queue", "segments", "number", "led485".
    `units`: what each address shows; `changed` is notified of each frame that was taken.
    """

    def __init__(
        self, protocol: str, addresses: Collection[int] = (1,), digits: int = 4, *, answers: bool = True
    ) -> None:
        self.units = {address: Shown() for address in addresses}
        self.changed = threading.Condition()
        self._digits = digits
        self._answers = answers
        self._data = b""
        self._headless = protocol == "number"
        self._fed_at = 0.0
        readers: dict[str, Callable[[], tuple[int, bytes]]] = {
            "ascii": self._ascii,
            "modbus": self._modbus,
            "queue": self._queue,
            "segments": self._segments,
            "number": self._number,
            "led485": self._led485,
        }
        self._read = readers[protocol]

    def silence(self) -> None:
        """A pause between frames, by which displays whose frames have no beginning find the next one."""
        with self.changed:
            self._data = b""

    def feed(self, data: bytes) -> bytes:
        """Take bytes as they come; the answers to what was whole among them."""
        with self.changed:
            now = time.monotonic()
            if self._headless and now - self._fed_at > PAUSE_S:
                self._data = b""
            self._fed_at = now
            self._data += data
            answers = b""
            while self._data:
                used, answer = self._read()
                if not used:
                    break
                self._data = self._data[used:]
                answers += answer
            self._data = self._data[-64:]
            self.changed.notify_all()
            return answers if self._answers else b""

    def text(self, address: int) -> str:
        """What can be read on the glass; nothing without power."""
        unit = self.units[address]
        return unit.text if unit.on else ""

    def power(self, address: int, *, on: bool) -> None:
        """Without power a display forgets what it showed."""
        with self.changed:
            unit = self.units[address]
            unit.on, unit.text, unit.blink = on, "", False

    def wait_for(self, address: int, text: str, timeout_s: float = 5.0) -> None:
        """Until the display shows `text`. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.text(address).strip() == text, timeout_s):
                raise TimeoutError(f"display {address} shows {self.text(address)!r} instead of {text!r}")

    def _take(self, address: int, text: str, *, blink: bool | None) -> bool:
        """Show it; True if the display there answers."""
        unit = self.units.get(address)
        if unit is None or not unit.on:
            return False
        unit.text = text
        unit.blink = unit.blink if blink is None else blink
        unit.frames += 1
        return not unit.mute

    def _ascii(self) -> tuple[int, bytes]:
        begin = self._data.find(b"$")
        if begin < 0:
            return len(self._data), b""
        end = self._data.find(b"\r\n", begin)
        if end < 0:
            return (begin or (1 if len(self._data) > 60 else 0)), b""
        body, star, check = self._data[begin + 1 : end].rpartition(b"*")
        total = 0
        for byte in body:
            total ^= byte
        if b"$" in body or not star or check != f"{total:02X}".encode():
            again = self._data.find(b"$", begin + 1, end)
            return (again if again > 0 else end + 2), b""
        parts = body.split(b",")
        if len(parts) != 4 or parts[0] != b"D" or not parts[1].isdigit() or parts[3] not in {b"B", b"S"}:
            return end + 2, b""
        if not self._take(int(parts[1]), parts[2].decode("latin-1"), blink=parts[3] == b"B"):
            return end + 2, b""
        reply = b"A," + parts[1]
        total = 0
        for byte in reply:
            total ^= byte
        return end + 2, b"$" + reply + b"*" + f"{total:02X}".encode() + b"\r\n"

    def _queue(self) -> tuple[int, bytes]:
        size = self._digits + 5
        if self._data[0] != 0xAA or (len(self._data) > 1 and self._data[1] != 0x55):
            return 1, b""
        if len(self._data) < size:
            return 0, b""
        frame = self._data[:size]
        if sum(frame[:-1]) % 256 != frame[-1] or frame[-2] > 1:
            return 1, b""
        self._take(frame[2], frame[3:-2].decode("latin-1"), blink=frame[-2] == 1)
        return size, b""

    def _segments(self) -> tuple[int, bytes]:
        size = self._digits + 5
        if self._data[0] != 0xAA or (len(self._data) > 1 and self._data[1] != 0x55):
            return 1, b""
        if len(self._data) < size:
            return 0, b""
        frame, total = self._data[:size], 0
        for byte in frame:
            total ^= byte
        if total or frame[-2] > 1:
            return 1, b""
        self._take(frame[2], "".join(_sign(byte) for byte in frame[3:-2]), blink=frame[-2] == 1)
        return size, b""

    def _number(self) -> tuple[int, bytes]:
        if len(self._data) < 4:
            return 0, b""
        address, high, low, check = self._data[:4]
        if (address + high + low) % 256 != check:
            return 1, b""
        self._take(address, str(high * 256 + low), blink=None)
        return 4, b""

    def _led485(self) -> tuple[int, bytes]:
        begin, end = self._data.find(b"$"), self._data.find(b"#")
        if begin != 0 or end < 0:
            return (begin if begin > 0 else len(self._data) if begin < 0 else 0), b""
        frame = self._data[1:end]
        if frame[:3].isdigit() and frame[3:4] == b",":
            self._take(int(frame[:3]), frame[4:].decode("latin-1"), blink=None)
        return end + 1, b""

    def _modbus(self) -> tuple[int, bytes]:
        data = self._data
        if len(data) < 8:
            return 0, b""
        size = 9 + data[6] if data[1] == 16 else 8
        if data[1] not in {6, 16} or size > 40:
            return 1, b""
        if len(data) < size:
            return 0, b""
        if _crc(data[: size - 2]) != data[size - 2 : size]:
            return 1, b""
        unit = self.units.get(data[0])
        register = data[2] * 256 + data[3]
        if data[1] == 16 and register == 0x80:
            cells = "".join(_sign(byte) for byte in data[7 : size - 2])[: self._digits]
            answers = self._take(data[0], cells, blink=None)
            body = data[:6]
        elif data[1] == 6 and register == 0x90 and unit is not None:
            answers, body = self._take(data[0], unit.text, blink=data[5] == 1), data[:6]
        else:
            answers, body = unit is not None and unit.on and not unit.mute, bytes((data[0], data[1] | 0x80, 2))
        return size, body + _crc(body) if answers else b""


def _sign(byte: int) -> str:
    return DRAWN.get("".join(letter for bit, letter in enumerate("abcdefg") if byte >> bit & 1), "?")


def _crc(data: bytes) -> bytes:
    """CRC-16/MODBUS, bit by bit as the specification draws it; low byte first."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value.to_bytes(2, "little")
