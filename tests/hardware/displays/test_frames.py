"""Every protocol byte by byte, as its manual has it."""

from __future__ import annotations

import pytest

from hardware.address import parse
from hardware.displays import ascii as ascii_protocol
from hardware.displays import fixed, modbus
from hardware.displays.codec import Codec, Reply
from hardware.errors import DeviceError


def frames(module, options: str, address: int, cells: str, *, blink: bool = False) -> list[str]:
    codec: Codec = module.codec(parse(f"led+fake://?x=1{options}", ()))
    return [frame.hex(" ").upper() for frame in codec.frames(address, cells, blink=blink)]


def test_ascii() -> None:
    codec = ascii_protocol.AsciiCodec()
    assert codec.frames(1, "A025", blink=False) == (b"$D,01,A025,S*4C\r\n",)
    assert codec.frames(12, " 025", blink=True) == (b"$D,12, 025,B*3E\r\n",)
    frame = codec.frames(1, "A025", blink=False)[0]
    assert codec.reply(1, frame, b"$A,01*6C\r\n") is Reply.TAKEN
    assert codec.reply(1, frame, frame + b"$A,01*6C\r\n") is Reply.TAKEN, "a wire that hears itself"
    assert codec.reply(1, frame, b"$N,01*63\r\n") is Reply.REFUSED
    assert codec.reply(1, frame, b"$A,02*6F\r\n") is Reply.NONSENSE, "somebody else's"
    assert codec.reply(1, frame, b"$A,01*6D\r\n") is Reply.NONSENSE
    assert codec.reply(1, frame, b"") is Reply.NOTHING
    assert codec.reply(1, frame, frame) is Reply.NOTHING


@pytest.mark.parametrize(
    ("options", "address", "cells", "blink", "frame"),
    [
        ("", 3, "A025", True, "AA 55 03 41 30 32 35 01 DB"),
        ("&frame=queue", 3, "A025", False, "AA 55 03 41 30 32 35 00 DA"),
        ("&frame=segments", 3, "A025", False, "AA 55 03 77 3F 5B 6D 00 82"),
        ("&frame=number", 5, " 999", False, "05 03 E7 EF"),
        ("&frame=number", 1, "    ", False, "01 00 00 01"),
        ("&frame=led485", 1, "  25", False, "24 30 30 31 2C 20 20 32 35 23"),
        ("&frame=FE-FF-addr-bcd-sum2-EF", 2, " 025", False, "FE FF 02 00 25 27 EF"),
        ("&frame=02-addr-text-xor1-03", 1, "A025", False, "02 01 41 30 32 35 77 03"),
    ],
)
def test_fixed(options: str, address: int, cells: str, blink: bool, frame: str) -> None:
    assert frames(fixed, options, address, cells, blink=blink) == [frame]


@pytest.mark.parametrize("frame", ["AA-55-text", "addr-tex", "addr-aa", "addr--sum", "", "addr-GG"])
def test_frames_that_cannot_be(frame: str) -> None:
    with pytest.raises(DeviceError, match="frame="):
        fixed.codec(parse(f"led+fake://?frame={frame}", ()))


@pytest.mark.parametrize(
    ("options", "address", "cells", "blink", "expected"),
    [
        # CRCs by the bitwise algorithm of the specification, not by the library.
        ("", 1, "A025", False, ["01 10 00 80 00 02 04 77 3F 5B 6D"]),
        ("", 247, " 25", False, ["F7 10 00 80 00 02 04 00 5B 6D 00"]),
        ("&register=16&cells=pairs", 2, "A025", False, ["02 10 00 10 00 02 04 41 30 32 35"]),
        ("&register=0&cells=single", 2, "25", False, ["02 10 00 00 00 02 04 00 32 00 35"]),
        ("&register=0&cells=number", 3, "A025", False, ["03 06 00 00 00 19"]),
        ("&cells=number&register=0&blink_register=7", 3, "  25", True, ["03 06 00 00 00 19", "03 06 00 07 00 01"]),
    ],
)
def test_modbus(options: str, address: int, cells: str, blink: bool, expected: list[str]) -> None:
    assert frames(modbus, options, address, cells, blink=blink) == [with_crc(frame) for frame in expected]


def with_crc(frame: str) -> str:
    value = 0xFFFF
    for byte in bytes.fromhex(frame):
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return f"{frame} {value & 0xFF:02X} {value >> 8:02X}"


def test_modbus_answers() -> None:
    codec = modbus.codec(parse("led+fake://", ()))
    frame = codec.frames(3, "A025", blink=False)[0]

    def reply(*answers: str) -> Reply:
        return codec.reply(3, frame, b"".join(bytes.fromhex(with_crc(answer)) for answer in answers))

    good, echo = "03 10 00 80 00 02", frame.hex(" ").upper()[:-6]
    assert reply(good) is Reply.TAKEN
    assert reply(echo, good) is Reply.TAKEN, "a wire that hears itself"
    assert reply(echo) is Reply.NOTHING
    assert reply("03 90 02") is Reply.REFUSED
    assert reply("04 10 00 80 00 02") is Reply.NONSENSE, "somebody else's"
    assert codec.reply(3, frame, b"\x03\x10\x00\x80\x00\x02\x00\x00") is Reply.NONSENSE
    assert codec.reply(3, frame, b"\xff\x00" + bytes.fromhex(with_crc(good))) is Reply.TAKEN, "noise before it"
    assert codec.reply(3, frame, b"") is Reply.NOTHING


def test_an_echo_is_not_taken_for_the_answer_that_looks_the_same() -> None:
    codec = modbus.codec(parse("led+fake://?cells=number&register=0", ()))
    (frame,) = codec.frames(3, " 025", blink=False)
    assert codec.reply(3, frame, frame) is Reply.TAKEN
    assert codec.reply(3, frame, frame + frame) is Reply.TAKEN
    assert codec.reply(3, frame, frame) is Reply.NOTHING, "this adapter hears itself, so the display said nothing"
