"""Printer URLs: the forms there are, and the options that say what cannot be asked of the printer itself."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from hardware.address import Address
from hardware.printers.profile import Cut, Profile

FORMS = (
    "escpos+tcp://HOST[:9100]",
    "escpos+usb://[VID:PID]",
    "escpos+serial:///dev/ttyUSB0?baud=19200",
    "escpos+file:///dev/usb/lp0",
    "preview:///DIRECTORY",
    "fake://",
)
OPTIONS = ("profile", "width", "dots", "cut", "feed", "status", "near-end")
"""What every kind of printer takes."""

PAPER_DOTS = {"80": 576, "58": 384}
"""Printable dots at 203 dpi for the paper's width in mm."""

DOTS_RANGE = range(200, 1281)
FEED_RANGE = range(21)
ANSWERS = {"auto": None, "yes": True, "no": False}


def profile_of(address: Address, *more: str) -> Profile:
    """How this printer prints: its model's profile, and stronger than that what the URL says itself. `more`: further
    options that this kind of printer has. Raises DeviceError `bad-url`."""
    address.only(*OPTIONS, *more)
    if "@" in urlsplit(address.url.strip()).netloc:
        raise address.bad("a user name has no meaning here")
    model = _model(address)
    if address.has("width"):
        model = replace(model, dots=PAPER_DOTS[address.choice("width", PAPER_DOTS, "80")])
    if address.has("dots"):
        model = replace(model, dots=_dots(address))
    if address.has("status"):
        model = replace(model, answers=ANSWERS[address.choice("status", ANSWERS, "auto")])
    return replace(
        model,
        cut=Cut(address.choice("cut", list(Cut), model.cut)),
        feed=address.whole("feed", FEED_RANGE, model.feed),
        near_end=address.choice("near-end", ("yes", "no"), "yes" if model.near_end else "no") == "yes",
    )


def _model(address: Address) -> Profile:
    if not address.has("profile"):
        return Profile()
    from hardware.printers import profiles

    name = address.text("profile")
    known = profiles.profile(name)
    if known is None:
        like = profiles.near(name)
        hint = f"like it: {', '.join(like)}" if like else "leave it out, and say width and cut"
        raise address.bad(f"profile={name} is no ESC/POS printer known here ({hint})")
    return known


def _dots(address: Address) -> int:
    dots = address.whole("dots", DOTS_RANGE, PAPER_DOTS["80"])
    if dots % 8:
        raise address.bad(f"dots={dots} is not a multiple of 8")
    return dots
