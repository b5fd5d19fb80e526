"""Serial ports and USB adapters. What hangs on one nobody can see, so every driver that may fit is suggested."""

from __future__ import annotations

import re
from pathlib import Path

from hardware.devices.find.found import Account, Found, access, used_by
from hardware.devices.find.roots import Roots, about, entries, line, stable_names, usb_id
from hardware.health import Kind

ADAPTERS = {"0403": "FTDI", "1a86": "CH340", "10c4": "CP210x", "067b": "PL2303", "04e2": "Exar", "110a": "MOXA"}
"""Makers of adapters: at their other end can be anything."""
SCANNERS = {"0c2e": "Honeywell", "05e0": "Zebra", "05f9": "Datalogic", "1eab": "Newland", "26f1": "Zebex"}
_SCANNER = re.compile(r"scan|barcode|bar code|qr|imager|symbol", re.IGNORECASE)
_PRINTER = re.compile(r"print|receipt|thermal|pos-?[58]|tm-", re.IGNORECASE)
_URLS = {
    Kind.DISPLAY: "led+serial://{path}?protocol=ascii",
    Kind.SCANNER: "scanner+serial://{path}",
    Kind.KEYPAD: "keypad+serial://{path}",
    Kind.PRINTER: "escpos+serial://{path}?baud=115200",
}


def serial_ports(roots: Roots, account: Account | None = None) -> list[Found]:
    """USB ports by their by-id links, else by-path, else by the plain name; ports of the machine itself by theirs."""
    by_id, by_path = stable_names(roots.dev / "serial/by-id"), stable_names(roots.dev / "serial/by-path")
    found = []
    for port in (*entries(roots.dev, "ttyUSB[0-9]*"), *entries(roots.dev, "ttyACM[0-9]*"), *_built_in(roots)):
        file = port.resolve()
        link = by_id.get(file) or by_path.get(file)
        usb = roots.usb_of(roots.sys / "class/tty" / port.name / "device")
        first = _likeliest(usb_id(usb), about(usb))
        urls = {kind: form.format(path=link or port) for kind, form in _URLS.items()}
        allowed, group = access(file, account)
        found.append(
            Found(
                first,
                urls.pop(first),
                about(usb) or ADAPTERS.get(usb_id(usb)[:4], ""),
                tuple(urls.values()),
                allowed,
                group,
                used_by(roots.proc, file),
                stable=link is not None or port.name.startswith("ttyS"),
            )
        )
    return found


def _built_in(roots: Roots) -> list[Path]:
    """The kernel lists ports that are not there: of those the type is 0."""
    ports = entries(roots.dev, "ttyS[0-9]*")
    return [port for port in ports if line(roots.sys / "class/tty" / port.name / "type") not in {"", "0"}]


def _likeliest(number: str, said: str) -> Kind:
    if number[:4] in SCANNERS or _SCANNER.search(said):
        return Kind.SCANNER
    if _PRINTER.search(said):
        return Kind.PRINTER
    return Kind.DISPLAY
