"""Simulated call keypads for a simulated line: keys that bounce, repeat and are held, and a display that can be read.
They make and read frames by their manuals, not by the driver's code."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from hardware.keypads.protocol import Key

CODES = {
    Key.NEXT: "N",
    Key.RECALL: "R",
    Key.FINISH: "F",
    Key.NO_SHOW: "X",
    Key.TRANSFER: "T",
    Key.PAUSE: "P",
}
REPEAT_S = 0.1


@dataclass(slots=True)
class Unit:
    """One keypad. `text`: what its display shows; `beeps`: so far; `on`: has power; `waiting`: what it will answer when
    it is polled, one code each time."""

    text: str = ""
    beeps: int = 0
    on: bool = True
    asked: int = 0
    waiting: deque[int] = field(default_factory=deque)


class FakeKeypadUnits:
    """The keypads at `addresses`, speaking "ascii", "fixed" or "polled"; `feed` is the `answer` of a simulated line,
    and `send` has to be set to its `send`. `releases`: keypads that tell when a key is let go (polled ones do)."""

    def __init__(self, protocol: str, addresses: Collection[int] = (1,), *, releases: bool = True) -> None:
        self.units = {address: Unit() for address in addresses}
        self.changed = threading.Condition()
        self.send: Callable[[bytes], None] = lambda data: None
        self._protocol = protocol
        self._releases = releases
        self._data = b""

    def press(self, address: int, key: Key | str) -> None:
        """Touch a key shortly: `key`, or the sign on it, as "7" or "C"."""
        self.hold(address, key, 0.0)

    def hold(self, address: int, key: Key | str, seconds: float) -> None:
        """Hold a key for so long; all its repeats are sent at once, as a line that was not read hands them over."""
        times = 1 + round(seconds / REPEAT_S)
        self._report(address, *[self._code(key)] * times, 0)

    def bounce(self, address: int, key: Key | str) -> None:
        """A worn contact: down, up, down, up, down, up."""
        self._report(address, *(self._code(key), 0) * 3)

    def type(self, address: int, digits: str) -> None:
        for digit in digits:
            self.press(address, digit)

    def frame(self, address: int, key: Key | str) -> bytes:
        """What the keypad at `address` sends of a key, unasked or when polled."""
        return self._reported(address, self._code(key))

    def power(self, address: int, *, on: bool) -> None:
        with self.changed:
            self.units[address].on, self.units[address].text = on, ""

    def wait_for(self, happened: Callable[[], bool], timeout_s: float = 5.0) -> None:
        """Until `happened`. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(happened, timeout_s):
                raise TimeoutError(f"not within {timeout_s} s: {self.units}")

    def wait_for_text(self, address: int, text: str, timeout_s: float = 5.0) -> None:
        self.wait_for(lambda: self.units[address].text.strip() == text, timeout_s)

    def feed(self, data: bytes) -> bytes:
        """Take bytes as they come; the answers to what was whole among them."""
        with self.changed:
            self._data += data
            read = {"ascii": self._ascii, "fixed": self._fixed, "polled": self._polled}[self._protocol]
            answers = b""
            while self._data:
                used, answer = read()
                if not used:
                    break
                self._data = self._data[used:]
                answers += answer
            self._data = self._data[-64:]
            self.changed.notify_all()
            return answers

    def _code(self, key: Key | str) -> int:
        return ord(CODES[key] if isinstance(key, Key) else key)

    def _report(self, address: int, *codes: int) -> None:
        unit = self.units[address]
        if not unit.on:
            return
        if self._protocol == "polled":
            with self.changed:
                unit.waiting += codes
            return
        self.send(b"".join(self._reported(address, code) for code in codes if code or self._releases))

    def _reported(self, address: int, code: int) -> bytes:
        if self._protocol == "ascii":
            return _sentence(f"K,{address:02},{chr(code)}" if code else f"U,{address:02}")
        if self._protocol == "fixed":
            return bytes((0xAA, 0x55, address, code, (0xAA + 0x55 + address + code) % 256))
        return _block(bytes((address, 0x81, code)))

    def _show(self, address: int, text: str, *, beep: bool) -> bool:
        unit = self.units.get(address)
        if unit is None or not unit.on:
            return False
        unit.text = text
        unit.beeps += beep
        return True

    def _ascii(self) -> tuple[int, bytes]:
        begin, end = self._data.find(b"$"), self._data.find(b"\r\n")
        if begin < 0 or 0 <= end < begin:
            return (end + 2 if end >= 0 else len(self._data)), b""
        if end < 0:
            return begin, b""
        begin = self._data.rfind(b"$", 0, end)
        parts = self._data[begin + 1 : max(end - 3, 0)].decode("latin-1").split(",")
        if _sentence(",".join(parts)) != self._data[begin : end + 2] or parts[0] != "T" or len(parts) != 4:
            return end + 2, b""
        if not parts[1].isdigit() or not self._show(int(parts[1]), parts[2], beep=parts[3] == "B"):
            return end + 2, b""
        return end + 2, _sentence(f"O,{parts[1]}")

    def _fixed(self) -> tuple[int, bytes]:
        if self._data[:2] != b"\xaa\x56"[: len(self._data)]:
            return 1, b""
        if len(self._data) < 13:
            return 0, b""
        frame = self._data[:13]
        if sum(frame[:12]) % 256 != frame[12]:
            return 1, b""
        self._show(frame[2], frame[3:11].decode("latin-1"), beep=frame[11] == 1)
        return 13, b""

    def _polled(self) -> tuple[int, bytes]:
        data = self._data
        if data[0] != 0x68:
            return 1, b""
        if len(data) < 4:
            return 0, b""
        size = data[1] + 6
        if data[1] != data[2] or data[3] != 0x68 or size > 40:
            return 1, b""
        if len(data) < size:
            return 0, b""
        address, command, rest = data[4], data[5], data[6 : size - 2]
        if sum(data[4 : size - 2]) % 256 != data[size - 2] or data[size - 1] != 0x16:
            return 1, b""
        unit = self.units.get(address)
        if unit is None or not unit.on:
            return size, b""
        if command == 1:
            unit.asked += 1
            return size, self._reported(address, unit.waiting.popleft() if unit.waiting else 0)
        if command == 2 and rest and self._show(address, rest[1:].decode("latin-1"), beep=rest[0] == 1):
            return size, _block(bytes((address, 0x82)))
        return size, b""


def _sentence(body: str) -> bytes:
    total = 0
    for byte in body.encode("latin-1"):
        total ^= byte
    return f"${body}*{total:02X}\r\n".encode("latin-1")


def _block(body: bytes) -> bytes:
    return bytes((0x68, len(body), len(body), 0x68)) + body + bytes((sum(body) % 256, 0x16))
