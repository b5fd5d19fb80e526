"""Has a device do something that can be seen or heard, and says what to look for. For use when nobody is served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean
from typing import Any

from hardware.deadline import Deadline
from hardware.devices.looking import SAMPLE, Look
from hardware.devices.papering import tell_paper
from hardware.devices.telling import Teller
from hardware.displays.protocol import Face
from hardware.errors import Code, DeviceError
from hardware.health import Kind
from hardware.scanners.cccd import Card, parse
from hardware.speakers import Speaker, open_speaker
from hardware.speakers.recital import recital, speak
from hardware.voices.opener import Complaining, Voice, open_voice
from hardware.voices.sound import chime, joined
from hardware.words import N_

EIGHTS = "8888"
FRAMES = 5
MANNERS = {
    Kind.SCANNER: N_("Hold a code under the scanner within {seconds:.0f} seconds."),
    Kind.KEYPAD: N_("Press a key on a keypad within {seconds:.0f} seconds."),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """`wait_s`: for a code, a key or pictures; `show_s`: how long a display shows each sign; `addresses`: of displays
    on one line; `voice` and `speaker`: URLs of what sounds along; `volume`: percent; `paper`: judge what lies under a
    document camera."""

    wait_s: float = 30.0
    show_s: float = 3.0
    addresses: Sequence[int] = (1,)
    voice: str = "espeak://"
    speaker: str = "alsa://default"
    volume: int = 100
    paper: bool = False
    pause: Callable[[float], None] = time.sleep


def attempt(look: Look, wishes: Wishes, tell: Teller) -> bool:
    """Try the device; True if it did what it was asked, as far as it can tell. Raises DeviceError."""
    if look.voice is not None:
        return _play(open_speaker(wishes.speaker), look.voice, wishes, tell)
    if look.kind is Kind.SPEAKER:
        return _play(look.device, open_voice(wishes.voice), wishes, tell)
    tries = {
        Kind.PRINTER: _print,
        Kind.SCANNER: _scan,
        Kind.DISPLAY: _show,
        Kind.KEYPAD: _press,
        Kind.CAMERA: _see,
    }
    return tries[look.kind](look, wishes, tell)


def _print(look: Look, wishes: Wishes, tell: Teller) -> bool:
    from hardware.printers.cli import page

    status = look.device.status()
    look.device.print_slip(page(look.shown, status, datetime.now().astimezone(), tell.language))
    tell.say(N_("The test ticket was sent; please look at it."))
    return True


def _scan(look: Look, wishes: Wishes, tell: Teller) -> bool:
    """Says what kind of code it was, and nothing of what it says."""
    tell.say(MANNERS[Kind.SCANNER], seconds=wishes.wait_s)
    scan = _read(look, wishes.wait_s)
    if scan is None:
        tell.say(N_("No code came."))
        return False
    card = parse(scan.text)
    if isinstance(card, Card):
        tell.say(N_("A citizen card, read well ({count} characters)."), count=len(scan.text))
    else:
        tell.say(
            N_("A code of {count} characters was read. {what}"),
            count=len(scan.text),
            what=card.words(tell.language).what,
        )
    return True


def _press(look: Look, wishes: Wishes, tell: Teller) -> bool:
    tell.say(MANNERS[Kind.KEYPAD], seconds=wishes.wait_s)
    press = _read(look, wishes.wait_s)
    if press is None:
        tell.say(N_("No key came."))
        return False
    number = "" if press.argument is None else f" {press.argument}"
    tell.say(N_("Keypad {address}: the key “{key}”."), address=press.address, key=f"{press.key}{number}")
    look.device.show(press.address, "OK", beep=True)
    return True


def _read(look: Look, wait_s: float) -> Any:
    """The first code or key; a device that is lost meanwhile may come back until the time is up."""
    deadline = Deadline.after(wait_s)
    failure: DeviceError | None = None
    while not deadline.passed:
        try:
            came = look.device.read(min(1.0, deadline.left))
        except DeviceError as error:
            if error.code in (Code.BAD_URL, Code.DRIVER_MISSING, Code.NOT_PERMITTED):
                raise
            failure = error
            time.sleep(min(0.1, deadline.left))
            continue
        failure = None
        if came is not None:
            return came
    if failure is not None:
        raise failure
    return None


def _show(look: Look, wishes: Wishes, tell: Teller) -> bool:
    """All segments, then each display's own address, then dark, also when it is interrupted."""
    steps: tuple[tuple[str, Callable[[int], Face]], ...] = (
        (N_("Every display shows 8888: is every stroke lit?"), lambda address: Face(EIGHTS)),
        (N_("Every display shows its own address: is each at its counter?"), lambda address: Face(str(address))),
        (N_("Every display blinks."), lambda address: Face(str(address), blink=True)),
    )
    failures: list[DeviceError] = []
    try:
        for words, face in steps:
            tell.say(words)
            failures += _faces(look, wishes.addresses, face, tell)
            wishes.pause(wishes.show_s)
    finally:
        failures += _faces(look, wishes.addresses, lambda address: Face(), tell)
    tell.say(N_("Every display is dark again."))
    if len(failures) == (len(steps) + 1) * len(wishes.addresses):
        raise failures[-1]
    return not failures


def _faces(look: Look, addresses: Sequence[int], face: Callable[[int], Face], tell: Teller) -> Iterator[DeviceError]:
    """Show it everywhere; the failures."""
    for address in addresses:
        try:
            look.device.show(address, face(address))
        except DeviceError as error:
            if error.code is Code.BAD_URL:
                raise
            tell.say(N_("Display {address}: {detail}"), address=address, detail=error.detail)
            yield error


def _see(look: Look, wishes: Wishes, tell: Teller) -> bool:
    """Size, light and rate of a few pictures, none of which is kept."""
    came: list[float] = []
    light: list[float] = []
    size, newest = "", None
    deadline = Deadline.after(wishes.wait_s)
    while len(came) < FRAMES and not deadline.passed:
        frame = look.device.read(min(2.0, deadline.left))
        if frame is not None:
            height, width = frame.image.shape[:2]
            size = f"{width}x{height}"
            came.append(frame.at)
            newest = frame.image
            light.append(float(frame.image.mean()) / 255 * 100)
    if not came:
        tell.say(N_("No picture came."))
        return False
    tell.say(N_("Pictures of {size}, light {light:.0f} percent."), size=size, light=mean(light))
    if len(came) > 1 and came[-1] > came[0]:
        tell.say(N_("{rate:.1f} pictures a second."), rate=(len(came) - 1) / (came[-1] - came[0]))
    return tell_paper(newest, tell) if wishes.paper else True


def _play(speaker: Speaker, voice: Voice, wishes: Wishes, tell: Teller) -> bool:
    spoken = speak(voice, *SAMPLE, ("vi",))
    words = recital(spoken, 1, 0)
    clip = joined([chime(0.4, words.rate), words]) if words else chime(0.4)
    speaker.play(clip, volume=wishes.volume / 100)
    if words:
        tell.say(N_("A chime and a call were played: could both be heard at the far end of the hall?"))
    else:
        tell.say(N_("Only the chime was played, the voice could not speak: {why}"), why=spoken.wrong)
    if isinstance(voice, Complaining) and (complaint := voice.complaint()):
        tell.line(f"  {complaint}")
    return bool(words)
