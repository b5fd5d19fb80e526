"""Printer URLs: the good ones are understood, the bad ones are refused with a reason and the right forms."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hardware.printers import DRIVERS, Code, PrinterError, open_printer
from hardware.printers.address import FORMS, Cut, parse

GOOD = [
    "escpos+tcp://192.168.1.50",
    "escpos+tcp://printer.hall.lan:9101?width=58&cut=partial",
    "escpos+tcp://[::1]:9100",
    "ESCPOS+TCP://10.0.0.5/",
    "escpos+usb://",
    "escpos+usb://04b8:0e15?cut=none",
    "escpos+usb://0FE6:811E",
    "escpos+serial:///dev/ttyUSB0",
    "escpos+serial:///dev/ttyS0?baud=115200&flow=rtscts",
    "escpos+file:///dev/usb/lp0?dots=512",
    "preview:///var/lib/motcua/preview?width=58",
    "preview:///has%20space",
    "fake://",
    "fake://?fault=paper-out",
]
BAD = [
    ("", "no scheme"),
    ("192.168.1.50:9100", "scheme"),
    ("tcp://192.168.1.50", "unknown kind"),
    ("escpos+tcp://", "host is missing"),
    ("escpos+tcp://host:99999", "ort"),
    ("escpos+tcp://host:print", "ort"),
    ("escpos+tcp://host/queue", "no path"),
    ("escpos+tcp://user@host", "user name"),
    ("escpos+tcp://host?width=70", "width=70"),
    ("escpos+tcp://host?dots=500", "multiple of 8"),
    ("escpos+tcp://host?dots=100000", "dots=100000"),
    ("escpos+tcp://host?cut=half", "cut=half"),
    ("escpos+tcp://host?feed=-1", "feed=-1"),
    ("escpos+tcp://host?wdith=58", "wdith"),
    ("escpos+tcp://host?width=58&width=80", "twice"),
    ("escpos+tcp://host?baud=9600", "baud"),
    ("escpos+tcp://host?width", "width"),
    ("escpos+tcp://[::1", "::1"),
    ("escpos+usb://epson", "epson"),
    ("escpos+usb://04b8", "04b8"),
    ("escpos+usb://04b8:0e15?x", "x"),
    ("escpos+usb://04b8:0e15/lp", "path"),
    ("escpos+serial://ttyUSB0", "three slashes"),
    ("escpos+serial:///dev/ttyUSB0?baud=fast", "baud=fast"),
    ("escpos+serial:///dev/ttyUSB0?flow=maybe", "flow=maybe"),
    ("escpos+file://dev/usb/lp0", "three slashes"),
    ("escpos+file:///", "three slashes"),
    ("preview://folder", "three slashes"),
    ("fake://host", "neither host nor path"),
    ("fake://?fault=fire", "fault=fire"),
]


@pytest.mark.parametrize("url", GOOD)
def test_good_url_opens_without_touching_the_device(url: str) -> None:
    open_printer(url).close()


@pytest.mark.parametrize(("url", "reason"), BAD)
def test_bad_url_says_what_is_wrong_and_what_is_right(url: str, reason: str) -> None:
    with pytest.raises(PrinterError) as caught:
        open_printer(url)
    assert caught.value.code is Code.BAD_URL
    assert reason in caught.value.detail
    assert all(form in caught.value.detail for form in FORMS)


def test_paper_options() -> None:
    assert parse("fake://").dots == 576
    assert parse("fake://?width=58").dots == 384
    assert parse("fake://?width=58&dots=360").dots == 360
    assert parse("fake://").cut is Cut.FULL
    assert parse("preview:///a%20b").path == "/a b"


def test_every_accepted_form_has_a_driver() -> None:
    assert {form.partition("://")[0] for form in FORMS} == set(DRIVERS)


def test_timeout_has_to_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        open_printer("fake://", timeout_s=0)


def test_drivers_and_their_libraries_are_imported_only_when_used() -> None:
    code = (
        "import sys, hardware.printers;"
        "heavy = {'escpos', 'serial', 'usb', 'PIL', 'segno', 'hardware.printers.links.tcp'} & set(sys.modules);"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
