"""Scanners that pose as keyboards: every USB keyboard might be one."""

from __future__ import annotations

from hardware.devices.find.found import Account, Found, access, used_by
from hardware.devices.find.roots import Roots, about, stable_names
from hardware.health import Kind

SUFFIX = "-event-kbd"


def keyboards(roots: Roots, account: Account | None = None) -> list[Found]:
    """Keyboards by their by-id links, else by-path. One without any link is left out: event numbers change always."""
    found, seen = [], set()
    for folder in ("by-id", "by-path"):
        for file, link in stable_names(roots.dev / "input" / folder).items():
            if not link.name.endswith(SUFFIX) or file in seen:
                continue
            seen.add(file)
            usb = roots.usb_of(roots.sys / "class/input" / file.name / "device")
            allowed, group = access(file, account, write=False)
            said = about(usb) or link.name.removesuffix(SUFFIX).removeprefix("usb-").replace("_", " ")
            held = used_by(roots.proc, file)
            stable = folder == "by-id"
            found.append(Found(Kind.SCANNER, f"scanner+hid://{link}", said, (), allowed, group, held, stable=stable))
    return found
