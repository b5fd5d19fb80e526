"""The technician's test print: a ticket that shows width, letters and QR code, and the printer's state in words."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from hardware.address import parse, without_password
from hardware.advice import explain
from hardware.health import Kind
from hardware.printers.address import FORMS, profile_of
from hardware.printers.errors import Code, DeviceError
from hardware.printers.opener import open_printer
from hardware.printers.profile import Cut
from hardware.printers.slip import Slip
from hardware.printers.status import Paper, PrinterStatus
from hardware.words import DEFAULT, N_, translations

DONE, FAILED, WRONG_USE = 0, 1, 2
PANGRAM = "Ẩn ễnh ương, ỡm ờ, quỵ lụy, thuở nhỏ, Đặng Thị Hữu Nghĩa"
TIMEOUT_S = 5.0
SAYS = N_("It answers: with status=yes or its profile in the address its silence counts as a fault, from the start.")
MUTE = N_(
    "It did not answer, so nothing proves that a ticket comes out. If its model can answer, see to cable and settings, "
    "then put status=yes or its profile into the address."
)
CUTS = {Cut.FULL: N_("full"), Cut.PARTIAL: N_("partial"), Cut.NONE: N_("none")}


def main(argv: list[str] | None = None) -> int:
    """Print a test slip at `--printer URL`; 0 if it was printed, 1 if not, 2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    language: str = arguments.language
    _ = translations(language).gettext
    try:
        printer = open_printer(arguments.printer, timeout_s=arguments.timeout)
        status = printer.status()
        _report(status, language)
        if not arguments.status:
            printer.print_slip(page(arguments.printer, status, datetime.now().astimezone(), language))
            _line(_("The test ticket was sent; please look at it."))
            status = printer.status()
            _report(status, language)
        printer.close()
        _advise(arguments.printer, status, language)
    except DeviceError as error:
        advice = explain(error.code, Kind.PRINTER, language)
        sys.stderr.write(f"{advice.what} {advice.do}\n  {error}\n")
        return WRONG_USE if error.code is Code.BAD_URL else FAILED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua print-test", description=(main.__doc__ or "").split(";")[0])
    parser.add_argument("--printer", required=True, metavar="URL", help="  ".join(FORMS))
    parser.add_argument("--language", choices=("vi", "en"), default=DEFAULT)
    parser.add_argument("--status", action="store_true", help="ask for the state only, print nothing")
    parser.add_argument("--timeout", type=seconds, default=TIMEOUT_S, metavar="SECONDS")
    return parser


def seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise argparse.ArgumentTypeError("more than 0 and at most 600 seconds")
    return seconds


def page(url: str, status: PrinterStatus, now: datetime, language: str) -> Slip:
    """All that a technician wants to see on one paper, for the printer at `url` that was in this state before."""
    _ = translations(language).gettext
    address = parse(url, FORMS)
    known = {"fault"} | {"baud", "flow"} if address.scheme in {"fake", "escpos+serial"} else set()
    profile = profile_of(address, *known)
    shown = without_password(url)
    return Slip(
        agency="motcua",
        hall=_("Printer test"),
        title=_("Queue ticket"),
        number="A-025",
        service=PANGRAM,
        lines=(
            _("Time: {time}").format(time=f"{now:%H:%M:%S %d/%m/%Y}"),
            _("Printer: {url}").format(url=shown),
            _("Model: {name}").format(name=profile.name or "–"),
            _("Width: {dots} dots").format(dots=profile.dots),
            _("Cut: {cut}, {lines} lines before it").format(cut=_(CUTS[profile.cut]), lines=profile.feed),
            _("State: {state}").format(state=explain(status.state, Kind.PRINTER, language).what.rstrip(".")),
        ),
        priority=_("Priority"),
        qr=shown,
        qr_caption=_("This code holds the printer's address"),
        footer=_("The bar must be black from edge to edge, with the last mark whole."),
        ruler=True,
    )


def _report(status: PrinterStatus, language: str) -> None:
    detail = f" ({status.detail})" if status.detail else ""
    _line(f"[{status.state}] {explain(status.state, Kind.PRINTER, language).what}{detail}")


def _advise(url: str, status: PrinterStatus, language: str) -> None:
    """Whoever leaves it to the first answer whether a printer answers, does not notice one that stops before it."""
    address = parse(url, FORMS)
    if not address.scheme.startswith("escpos+") or address.has("profile") or address.has("status") or status.garbled:
        return
    if status.paper is not Paper.UNKNOWN or status.online:
        _line(translations(language).gettext(SAYS))
    elif status.online is None:
        _line(translations(language).gettext(MUTE))


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
