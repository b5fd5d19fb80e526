"""Device URLs in general: taken apart, refused with a sentence, never showing a password."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.address import Address, parse, without_password
from hardware.errors import Code, DeviceError
from hardware.opener import open_by

FORMS = ("x+serial:///dev/ttyUSB0", "x+fake://")


def test_a_url_in_its_parts() -> None:
    address = parse("X+TCP://[fd00::5]:4001?a=1&b=%C4%91", FORMS)
    assert (address.scheme, address.host, address.port, address.text("b")) == ("x+tcp", "fd00::5", 4001, "đ")
    assert address.has("a")
    assert not address.has("c")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "no scheme"),
        ("/dev/ttyUSB0", "no scheme"),
        ("x+serial:/dev/ttyUSB0", "no scheme"),
        ("x://h:99999", "Port is not from 0"),
        ("x://h#part", "#fragment"),
        ("x://h?a=1&a=2", "given twice"),
        ("x://h?a", "without a value"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_right(url: str, why: str) -> None:
    with pytest.raises(DeviceError, match=why) as wrong:
        parse(url, FORMS)
    assert wrong.value.code is Code.BAD_URL
    assert all(form in wrong.value.detail for form in FORMS)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(url: str) -> None:
    with contextlib.suppress(DeviceError):
        assert isinstance(parse(url, FORMS), Address)


def test_options_are_checked() -> None:
    address = parse("x://h?whole=7&many=1.50&word=yes&baud=9600", FORMS)
    assert address.whole("whole", range(8), 0) == 7
    assert address.whole("absent", range(8), 3) == 3
    assert address.number("many", 0, 2, 1) == 1.5
    assert address.number("absent", 0, 2, 0.25) == 0.25
    assert address.choice("word", ("yes", "no"), "no") == "yes"
    assert address.baud(1200) == 9600
    for wrong in (
        lambda: address.whole("whole", range(7), 0),
        lambda: address.whole("many", range(7), 0),
        lambda: address.number("many", 0, 1, 0),
        lambda: address.number("word", 0, 1, 0),
        lambda: address.choice("word", ("no",), "no"),
        lambda: address.only("whole", "many", "word"),
        lambda: parse("x://h?baud=9601", FORMS).baud(9600),
    ):
        with pytest.raises(DeviceError) as refused:
            wrong()
        assert refused.value.code is Code.BAD_URL
    address.only("whole", "many", "word", "baud")


@pytest.mark.parametrize("url", ["x://ttyUSB0", "x:///", "x://host/dev/ttyUSB0"])
def test_a_device_file_needs_three_slashes(url: str) -> None:
    with pytest.raises(DeviceError, match="three slashes"):
        parse(url, FORMS).device_file()


def test_a_device_file_may_have_any_letters() -> None:
    assert parse("x:///dev/serial/by-id/usb%201a86-Đ", FORMS).device_file() == "/dev/serial/by-id/usb 1a86-Đ"


def test_passwords_are_not_shown() -> None:
    assert without_password("rtsp://admin:s3cret@10.0.0.5/1") == "rtsp://10.0.0.5/…"
    with pytest.raises(DeviceError) as wrong:
        parse("rtsp://admin:s3cret@h#x", FORMS)
    assert "s3cret" not in wrong.value.detail


def test_drivers_are_found_by_their_scheme() -> None:
    drivers = {"x+fake": "hardware.displays.fake:open_displays", "x+gone": "hardware.displays.gone:open_displays"}
    assert open_by(drivers, FORMS, "x+fake://here", 1.0).name == "here"
    with pytest.raises(DeviceError, match="unknown kind of device 'x'") as unknown:
        open_by(drivers, FORMS, "x://", 1.0)
    assert unknown.value.code is Code.BAD_URL
    with pytest.raises(DeviceError, match="needs a library") as missing:
        open_by(drivers, FORMS, "x+gone://", 1.0)
    assert missing.value.code is Code.DRIVER_MISSING
    with pytest.raises(ValueError, match="positive"):
        open_by(drivers, FORMS, "x+fake://", 0)
