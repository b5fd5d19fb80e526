"""Cameras: of the several nodes that each has, only the one that gives pictures."""

from __future__ import annotations

from hardware.devices.find.found import Account, Found, access, used_by
from hardware.devices.find.roots import Roots, about, entries, line, stable_names
from hardware.health import Kind


def cameras(roots: Roots, account: Account | None = None) -> list[Found]:
    """Cameras by their by-id links, else by-path, else by the plain name."""
    by_id, by_path = stable_names(roots.dev / "v4l/by-id"), stable_names(roots.dev / "v4l/by-path")
    found = []
    for node in entries(roots.dev, "video[0-9]*"):
        place = roots.sys / "class/video4linux" / node.name
        if line(place / "index") not in {"", "0"}:  # the second node carries data about the pictures, none of them
            continue
        file = node.resolve()
        link = by_id.get(file) or by_path.get(file)
        allowed, group = access(file, account)
        said = line(place / "name") or about(roots.usb_of(place / "device"))
        held = used_by(roots.proc, file)
        url = f"camera://{link or node}"
        found.append(Found(Kind.CAMERA, url, said, (), allowed, group, held, stable=link is not None))
    return found
