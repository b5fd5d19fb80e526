"""The agent's file, TOML: which devices this machine has, and for which counters they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from hardware.health import Kind
from hardware.words import N_

MOST_PARTS = 63
"""A device report has room for 64, and one is the agent itself."""

PartName = Annotated[str, Field(strict=True, min_length=1, max_length=40, pattern=r"^[A-Za-z0-9._ -]+$")]
Url = Annotated[str, Field(strict=True, min_length=1, max_length=300)]
Counter = Annotated[int, Field(strict=True, ge=1, le=999)]
Address = Annotated[int, Field(ge=0, le=999)]
Language = Literal["vi", "en"]
Shown = Annotated[str, Field(strict=True, max_length=16)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
OWN_WORDS = {
    "hour": N_("must be a time of day such as 07:30"),
    "twice": N_("two devices are named “{name}”"),
    "long": N_("the name “{name}” is too long"),
    "shared": N_("“{first}” and “{second}” have the same device"),
    "many": N_("one agent drives at most {most} devices, not {parts}"),
}
"""What this file says beyond pydantic, by error type."""
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _error(kind: str, values: Mapping[str, object]) -> PydanticCustomError:
    return PydanticCustomError(kind, OWN_WORDS[kind], dict(values))


def _hour(text: str) -> str:
    if not _HOUR.fullmatch(text):
        raise _error("hour", {})
    return text


Hour = Annotated[str, AfterValidator(_hour)]


class Table(BaseModel):
    """Base of all tables: a key that nobody knows is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Table):
    """Any device. `name`: on the console and in the log; `url`: where and what it is."""

    name: PartName
    url: Url


class AtCounters(Entry):
    """One line with devices at several counters. `counters`: the address on the line, and which counter is there."""

    counters: Annotated[dict[Address, Counter], Field(min_length=1, max_length=MOST_PARTS)]

    def part(self, address: int) -> str:
        """The name of what stands at `address`: the line's own where it stands alone."""
        return self.name if len(self.counters) == 1 else f"{self.name} {address}"


class DisplayEntry(AtCounters):
    """Counter displays on one line. The texts stand where a counter has no number (`free`, `paused`, `closed`) and
    where the server has been away for too long (`lost`)."""

    free: Shown = "--"
    paused: Shown = "P"
    closed: Shown = ""
    lost: Shown = "----"
    blink_s: Annotated[float, Field(ge=0, le=120)] = 12


class KeypadEntry(AtCounters):
    """Call keypads on one line. `language`: of the answers on their displays."""

    language: Language = "vi"


class SpeakerEntry(Entry):
    """A loudspeaker that speaks the calls. `volume`: percent, one for all day or by the time from which each holds, 0
    for quiet hours; `counters`: whose calls, without it all."""

    voice: Url = "espeak://"
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=2)] = ("vi",)
    repeat: Annotated[int, Field(strict=True, ge=1, le=3)] = 2
    volume: Annotated[dict[Hour, Percent], Field(min_length=1, max_length=48)] | Percent = 100
    counters: tuple[Counter, ...] = ()


class CameraEntry(Entry):
    """A camera whose health is watched; its pictures are thrown away. `enabled`: off by default."""

    fps: Annotated[float, Field(gt=0, le=30)] = 1
    enabled: Annotated[bool, Field(strict=True)] = False


class PrinterEntry(Entry):
    """A printer that some other program prints on; only its health is watched."""


class ScannerEntry(Entry):
    """A scanner whose health is watched; what it reads is thrown away."""


class Config(Table):
    """The whole file. `dashes_after_s`: how long displays keep their numbers while the server is away."""

    dashes_after_s: Annotated[float, Field(ge=10, le=3600)] = 180
    display: tuple[DisplayEntry, ...] = ()
    keypad: tuple[KeypadEntry, ...] = ()
    speaker: tuple[SpeakerEntry, ...] = ()
    camera: tuple[CameraEntry, ...] = ()
    printer: tuple[PrinterEntry, ...] = ()
    scanner: tuple[ScannerEntry, ...] = ()

    def entries(self) -> Iterator[tuple[Kind, int, Entry]]:
        """Each device with its kind and its place among those of its kind, counted from 0."""
        for kind in (Kind.DISPLAY, Kind.KEYPAD, Kind.SPEAKER, Kind.CAMERA, Kind.PRINTER, Kind.SCANNER):
            for place, entry in enumerate(getattr(self, kind.value)):
                yield kind, place, entry

    def parts(self) -> list[str]:
        """The names under which the devices are reported."""
        return [part for _, _, entry in self.entries() for part in _parts(entry)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        parts: set[str] = set()
        places: dict[str, str] = {}
        for _, _, entry in self.entries():
            for part in _parts(entry):
                if part in parts:
                    raise _error("twice", {"name": part})
                if len(part) > 40:
                    raise _error("long", {"name": part})
                parts.add(part)
            place = _place(entry)
            if place and place in places:
                raise _error("shared", {"first": places[place], "second": entry.name})
            places[place] = entry.name
        if len(parts) > MOST_PARTS:
            limit = {"most": MOST_PARTS, "parts": len(parts)}
            raise _error("many", limit)
        return self


def _parts(entry: Entry) -> list[str]:
    return [entry.part(address) for address in entry.counters] if isinstance(entry, AtCounters) else [entry.name]


def _place(entry: Entry) -> str:
    """The device file or the socket that a device takes for itself; empty for displays and keypads, which may hang on
    the same two wires."""
    if isinstance(entry, AtCounters):
        return ""
    try:
        parts = urlsplit(entry.url)
    except ValueError:
        return ""  # refused with better words when the device is opened
    if parts.scheme.endswith(("+serial", "+hid")):
        return parts.path
    return parts.netloc if parts.scheme.endswith("+tcp") else ""
