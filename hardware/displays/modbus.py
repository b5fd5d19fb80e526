"""Displays that speak Modbus RTU: the text is written into holding registers; frames are pymodbus' work."""

from __future__ import annotations

from enum import StrEnum

from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ExceptionResponse
from pymodbus.pdu.register_message import WriteMultipleRegistersRequest, WriteSingleRegisterRequest

from hardware.address import Address
from hardware.displays.codec import Answers, Reply
from hardware.displays.segments import SEGMENTS

OPTIONS = ("register", "cells", "blink_register")
REGISTER = 0x80
"""Where LED-485 meters take segments."""
WRITE_MANY = 0x10


class Cells(StrEnum):
    """How registers hold the text: two cells each as segments or as ASCII, high byte first; one ASCII cell each; the
    number alone, in one register."""

    SEGMENTS = "segments"
    PAIRS = "pairs"
    SINGLE = "single"
    NUMBER = "number"


class ModbusCodec:
    answers = Answers.ALWAYS
    highest = 247

    def __init__(self, register: int, cells: Cells, blink_register: int | None) -> None:
        self._register = register
        self._cells = cells
        self._blink_register = blink_register
        self._echoes = False
        self._framer = FramerRTU(DecodePDU(False))

    def frames(self, address: int, cells: str, *, blink: bool) -> tuple[bytes, ...]:
        values = self._values(cells)
        if self._cells is Cells.NUMBER:
            text = self._framer.buildFrame(
                WriteSingleRegisterRequest(dev_id=address, address=self._register, registers=values)
            )
        else:
            text = self._framer.buildFrame(
                WriteMultipleRegistersRequest(dev_id=address, address=self._register, registers=values)
            )
        if self._blink_register is None:
            return (text,)
        request = WriteSingleRegisterRequest(dev_id=address, address=self._blink_register, registers=[int(blink)])
        return text, self._framer.buildFrame(request)

    def reply(self, address: int, frame: bytes, came: bytes) -> Reply:
        # Two-wire adapters often hear themselves: what was sent comes back before the answer does. The answer to a
        # single register is the same bytes again, so whether this adapter does so has to be learned.
        self._echoes = self._echoes or (came.startswith(frame) and len(came) > len(frame))
        rest = came.removeprefix(frame) if self._echoes or frame[1] == WRITE_MANY else came
        for at in range(len(rest)):
            if rest[at] != address:
                continue
            try:
                _, answer = self._framer.handleFrame(rest[at:], address, 0)
            except ModbusException:
                continue
            if answer is not None and answer.function_code & 0x7F == frame[1]:
                return Reply.REFUSED if isinstance(answer, ExceptionResponse) else Reply.TAKEN
        return Reply.NONSENSE if rest else Reply.NOTHING

    def _values(self, cells: str) -> list[int]:
        if self._cells is Cells.NUMBER:
            return [int("".join(each for each in cells if each.isdigit()) or "0") & 0xFFFF]
        codes = [SEGMENTS[each] if self._cells is Cells.SEGMENTS else ord(each) for each in cells]
        if self._cells is Cells.SINGLE:
            return codes
        if len(codes) % 2:
            codes.append(SEGMENTS[" "] if self._cells is Cells.SEGMENTS else ord(" "))
        return [high << 8 | low for high, low in zip(codes[::2], codes[1::2], strict=True)]


def codec(address: Address) -> ModbusCodec:
    registers = range(0x10000)
    blink = address.whole("blink_register", registers, 0) if address.has("blink_register") else None
    cells = Cells(address.choice("cells", list(Cells), Cells.SEGMENTS))
    return ModbusCodec(address.whole("register", registers, REGISTER), cells, blink)
