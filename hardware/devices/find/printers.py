"""Printers on USB, with and without the kernel's driver, from what /sys says of them: no library is needed."""

from __future__ import annotations

import re
from pathlib import Path

from hardware.devices.find.found import Account, Found, access, used_by
from hardware.devices.find.roots import Roots, about, entries, line, usb_id
from hardware.health import Kind

PRINTER_CLASS = "07"
MODELS = {
    "04b8:0202": "TM-T88V",
    "04b8:0e03": "TM-T20",
    "04b8:0e15": "TM-T20II",
    "0416:5011": "POS-58",
    "28e9:0289": "POS-58",
}
"""Models that say little of themselves, or under many names, by vendor and product. A guess: the test page shows it."""


def printers(roots: Roots, account: Account | None = None) -> list[Found]:
    """Each printer once: by the kernel's driver where that has it, else by vendor and product."""
    found = []
    taken: set[Path] = set()
    for node in entries(roots.dev / "usb", "lp[0-9]*"):
        usb = roots.usb_of(roots.sys / "class/usbmisc" / node.name / "device")
        if usb is not None:
            taken.add(usb)
        number, profile = usb_id(usb), _profile(usb)
        raw = (f"escpos+usb://{number}{profile}",) if number else ()
        allowed, group = access(node, account)
        stable = len(list(entries(roots.dev / "usb", "lp[0-9]*"))) == 1
        url = f"escpos+file://{node}{profile}"
        found.append(
            Found(Kind.PRINTER, url, about(usb), raw, allowed, group, used_by(roots.proc, node), stable=stable)
        )
    for interface in entries(roots.sys / "bus/usb/devices", "*:*"):
        if line(interface / "bInterfaceClass") != PRINTER_CLASS:
            continue
        usb = roots.usb_of(interface)
        if usb is None or usb in taken:
            continue
        taken.add(usb)
        node = roots.dev / "bus/usb" / line(usb / "busnum").zfill(3) / line(usb / "devnum").zfill(3)
        allowed, group = access(node, account)
        url = f"escpos+usb://{usb_id(usb)}{_profile(usb)}"
        found.append(Found(Kind.PRINTER, url, about(usb), (), allowed, group, used_by(roots.proc, node)))
    return found


def _profile(usb: Path | None) -> str:
    """The option for the model, if the printer's own words or its numbers tell one that is known."""
    if usb is None:
        return ""
    try:
        from hardware.printers.profiles import profile
    except ImportError:  # a machine without printers of its own
        return ""
    told = re.search(r"(?:MDL|MODEL):([^;]+)", next((line(each) for each in usb.glob("*/ieee1284_id")), ""))
    for name in (told[1].strip() if told else "", line(usb / "product"), MODELS.get(usb_id(usb), "")):
        known = profile(name) if re.fullmatch(r"[A-Za-z0-9 _-]{3,40}", name) else None
        if known is not None:
            return f"?profile={known.name}"
    return ""
