"""The command line of `motcua kiosk`: what a kiosk PC must be told, checked before anything opens."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hardware.address import without_password
from queue_server.contract import Language
from queue_server.contract.settings import TOKEN_VARIABLE, SettingsError, device_name, device_token, server_address

SMALLEST = 320
LARGEST = 7680
MOST_PRINTERS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """`printers`: the second takes over where the first cannot print. `size`: width and height in pixels. `spool`:
    where tickets on their way to paper are kept. `state`: where the catalogue and the keys of filings are kept.
    `scanner`, `camera`, `speaker`, `voice`: addresses; None where there is none. `headphones`: what is read aloud is
    heard by the person alone. `layout_file`: for tests, where the buttons' places are written."""

    server: str
    token: str
    printers: tuple[str, ...]
    device: str = "kiosk"
    size: tuple[int, int] = (1080, 1920)
    fullscreen: bool = False
    language: Language = Language.VI
    layout_file: Path | None = None
    spool: Path | None = None
    state: Path | None = None
    scanner: str | None = None
    camera: str | None = None
    speaker: str | None = None
    voice: str | None = None
    headphones: bool = False


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="motcua kiosk", description="The touchscreen where citizens take a number.")
    made.add_argument("--server", required=True, metavar="URL", help="the hall's server, as http://127.0.0.1:8080")
    made.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help=f"the device token, alone in a file (else the variable {TOKEN_VARIABLE})",
    )
    made.add_argument(
        "--printer",
        required=True,
        action="append",
        metavar="URL",
        help="the ticket printer, as escpos+usb://; given again: one that takes over when the first cannot print",
    )
    made.add_argument(
        "--spool",
        type=Path,
        metavar="DIR",
        help="where tickets on their way to paper are kept, so that a power cut loses none and doubles none",
    )
    made.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="where the catalogue is kept over a restart, and that something was being filed; nothing personal",
    )
    made.add_argument("--scanner", metavar="URL", help="the scanner for identity cards, as scanner+serial:///dev/…")
    made.add_argument("--camera", metavar="URL", help="the document camera, as camera:///dev/v4l/by-id/…")
    made.add_argument("--speaker", metavar="URL", help="where screens are read aloud, as alsa://")
    made.add_argument("--voice", metavar="URL", help="who reads them, as espeak://")
    made.add_argument(
        "--headphones",
        action="store_true",
        help="the speaker is a socket for headphones: personal answers are read, too",
    )
    made.add_argument("--device", default="kiosk", metavar="NAME", help="this machine's name in the manager's view")
    made.add_argument("--size", default="1080x1920", metavar="WxH", help="the window's size (default 1080x1920)")
    made.add_argument("--fullscreen", action="store_true", help="the whole screen, without a mouse pointer")
    made.add_argument("--language", choices=[one.value for one in Language], default=Language.VI.value)
    made.add_argument(
        "--layout-file",
        type=Path,
        metavar="FILE",
        help="for automated tests: write the visible texts and the buttons' places there, as JSON, after each change",
    )
    return made


def settings(argv: list[str], environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `argv`. Raises SettingsError; exits like argparse on wrong usage."""
    given = parser().parse_args(argv)
    return Settings(
        server=server_address(given.server),
        token=device_token(given.token_file, environ),
        printers=_printers(given.printer),
        device=_device(given.device),
        size=_size(given.size),
        fullscreen=given.fullscreen,
        language=Language(given.language),
        layout_file=given.layout_file,
        spool=given.spool,
        state=given.state,
        scanner=_address("--scanner", given.scanner),
        camera=_address("--camera", given.camera),
        speaker=_address("--speaker", given.speaker),
        voice=_address("--voice", given.voice),
        headphones=given.headphones,
    )


def _printers(urls: list[str]) -> tuple[str, ...]:
    """A variable of the service's settings may hold several, with blanks between them."""
    printers = tuple(" ".join(urls).split())
    for url in printers:
        if not urlsplit(url).scheme:
            raise SettingsError(
                f"--printer: {without_password(url)!r} is not a URL like escpos+tcp://192.168.1.50:9100"
            )
    if not 1 <= len(printers) <= MOST_PRINTERS or len(set(printers)) < len(printers):
        raise SettingsError(f"--printer: from one to {MOST_PRINTERS}, each once")
    return printers


def _address(option: str, url: str | None) -> str | None:
    """An empty variable of the service's settings means: none."""
    if not url:
        return None
    if not urlsplit(url).scheme:
        raise SettingsError(f"{option}: {without_password(url)!r} is not a URL")
    return url


def _device(name: str) -> str:
    if re.fullmatch(r"printer(-[0-9]+)?", name):
        raise SettingsError(f"--device: {name!r} is what one of its printers is called")
    return device_name("--device", name)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if not found:
        raise SettingsError(f"--size: {text!r} is not WIDTHxHEIGHT, as 1080x1920")
    width, height = int(found[1]), int(found[2])
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise SettingsError(f"--size: {text!r} is outside {SMALLEST} to {LARGEST} pixels")
    return width, height
