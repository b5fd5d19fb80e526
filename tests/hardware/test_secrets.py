"""No address shows what is secret in it: whoever reads a log, a report or a screen could look through the camera."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hardware.address import without_password
from hardware.agent.config_file import ConfigError, load_config
from hardware.agent.opening import open_devices, refuse_faults
from hardware.cameras import open_camera
from hardware.devices.cli import main
from hardware.devices.looking import Look
from hardware.errors import DeviceError

MARKER = "SeCrEt77"
NAMES = (
    "password",
    "_pass",
    "passwd",
    "pwd",
    "PASSWORD",
    "token",
    "access_token",
    "auth",
    "sign",
    "key",
    "api_key",
    "secret",
    "p%61ss",
)
PLACES = (
    "{scheme}://admin:{secret}@{host}/1",
    "{scheme}://{secret}@{host}/1",
    "{scheme}://admin%3A{secret}@{host}/1",
    "{scheme}://admin:{secret}%40{host}/1",
    "{scheme}://admin:{secret}",
    "{scheme}:admin:{secret}@{host}/1",
    "admin:{secret}@{host}/1",
    "rtsp:///admin:{secret}@{host}/1",
    "{scheme}://{host}/user=admin_{name}={secret}_channel=1_stream=0.sdp",
    "{scheme}://{host}/user=admin&{name}={secret}&channel=1",
    "{scheme}://{host}/live?user=admin&{name}={secret}&fps=99",
    "{scheme}://{host}/live?x;{name}={secret}",
    "{scheme}://{host}/{name}={secret}/live",
    "rtsp:///{name}={secret}/live",
    "{scheme}://{host}/?{name}%3D{secret}=1",
    "rtsp://{host}/live?{secret}",
    "rtsp://{host}/{secret}/live",
)
SCHEMES = ("rtsp", "RTSP", "camera+fake", "camera", "file", "escpos+tcp", "escpos+usb", "http", "scanner+tcp")
HOSTS = ("10.0.0.5", "10.0.0.5:554", "[fd00::5]:554", "camera.hall")
ODD = st.text("x@:/?#&=%[]\\ ;", max_size=3)
URLS = st.builds(
    lambda place, scheme, name, host, before, after, times: place.format(
        scheme=scheme, name=name, host=host, secret=encoded(before + MARKER + after, times)
    ),
    st.sampled_from(PLACES),
    st.sampled_from(SCHEMES),
    st.sampled_from(NAMES),
    st.sampled_from(HOSTS),
    ODD,
    ODD,
    st.integers(0, 2),
)


def encoded(text: str, times: int) -> str:
    for _ in range(times):
        text = quote(text, safe="")
    return text


def shown_of(url: str) -> Iterator[str]:
    """What can be read of a device at `url`, or why there is none."""
    yield without_password(url)
    with suppressed() as said:
        said.append(open_camera(url).name)
    yield from said
    with suppressed() as said:
        said.append(Look(url, 1.0).shown)
    yield from said


@contextmanager
def suppressed() -> Iterator[list[str]]:
    said: list[str] = []
    try:
        yield said
    except (DeviceError, ConfigError) as error:
        said.append(str(error))


def betrayed(text: str) -> bool:
    return MARKER.lower() in unquote(unquote(text)).lower()


@given(URLS)
@example(f"rtsp://10.0.0.5/user=admin_password={MARKER}_channel=1_stream=0.sdp")
@example(f"rtsp://admin:a@{MARKER}@10.0.0.5/1")
@example(f"rtsp://admin:a/{MARKER}@10.0.0.5/1")
@example(f"rtsp://admin:[{MARKER}]@10.0.0.5/1")
@example(f"rtsp://admin:℀{MARKER}@10.0.0.5/1")
def test_no_secret_is_shown(url: str) -> None:
    for text in shown_of(url):
        assert not betrayed(text)


@pytest.mark.parametrize("place", PLACES)
def test_no_secret_in_the_agents_file_or_on_the_screen(
    place: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = place.format(scheme="rtsp", name="_password", host="127.0.0.1:1", secret=MARKER)
    file = tmp_path / "agent.toml"
    for extra in ("", "&fps=99", "#x"):
        file.write_text(f'[[camera]]\nname = "hall"\nurl = "{url}{extra}"\n')
        with suppressed() as said:
            devices = open_devices(load_config(file))
            said += [opened.device.name if opened.device else str(opened.failure) for opened in devices]
            refuse_faults(devices, file)
        assert said
        assert not betrayed("".join(said))
        main(["probe", url + extra, "--timeout", "0.2"])
    assert not betrayed("".join(capfd.readouterr()))


@pytest.mark.parametrize(
    "url",
    [
        "escpos+usb://04b8:0e15",
        "escpos+tcp://[fd00::5]:9100?profile=XP-80&near-end=yes",
        "escpos+serial:///dev/serial/by-id/usb-Passive_key-if00?baud=9600",
        "alsa://plughw:CARD=Device,DEV=0",
        "file:///videos/hall@noon%20.mp4?loop=yes",
        "keypad+serial:///dev/ttyUSB0?protocol=ascii&addresses=1-4",
        "ttyUSB0",
    ],
)
def test_what_is_no_secret_stays_readable(url: str) -> None:
    assert without_password(url) == url


def test_of_a_network_camera_only_its_place_is_shown() -> None:
    assert without_password("rtsp://a:b@10.0.0.5:554/live") == "rtsp://10.0.0.5:554/…"
    assert open_camera("rtsp://a:b@10.0.0.5/live?fps=2").name == "camera 10.0.0.5:554"
