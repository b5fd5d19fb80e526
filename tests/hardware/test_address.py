"""Printer URLs: the good ones are understood, the bad ones are refused with a reason and the right forms."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hardware.address import parse
from hardware.printers import DRIVERS, FORMS, Code, DeviceError, open_printer
from hardware.printers.address import OPTIONS, profile_of
from hardware.printers.profile import Cut, Profile

GOOD = [
    "escpos+tcp://192.168.1.50",
    "escpos+tcp://printer.hall.lan:9101?width=58&cut=partial",
    "escpos+tcp://[::1]:9100",
    "escpos+tcp://192.168.1.50?profile=TM-T20II&width=58",
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
    ("escpos+tcp://host?status=maybe", "status=maybe"),
    ("escpos+tcp://host?near-end=maybe", "near-end=maybe"),
    ("escpos+tcp://host?profile=TM-T20IV", "like it: TM-T20"),
    ("escpos+tcp://host?profile=TM-U220", "no ESC/POS printer"),
    ("escpos+tcp://host?profile=", "leave it out"),
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
    with pytest.raises(DeviceError) as caught:
        open_printer(url)
    assert caught.value.code is Code.BAD_URL
    assert reason in caught.value.detail
    assert all(form in caught.value.detail for form in FORMS)


def test_paper_options() -> None:
    def said(options: str) -> Profile:
        return profile_of(parse(f"fake://?{options}" if options else "fake://", FORMS))

    assert said("") == Profile(dots=576, cut=Cut.FULL, feed=4, answers=None, near_end=True)
    assert said("width=58").dots == 384
    assert said("width=58&dots=360").dots == 360
    assert said("status=no").answers is False
    assert said("profile=TM-T20&status=auto").answers is None
    assert said("near-end=no").near_end is False
    assert parse("preview:///a%20b", FORMS).path == "/a b"


def test_the_options_of_every_printer_are_known_to_its_url() -> None:
    with pytest.raises(DeviceError) as caught:
        open_printer("fake://?wdith=58")
    assert all(option in caught.value.detail for option in OPTIONS)


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
