"""Where the kernel shows its devices: /dev, /sys and /proc, or a copy of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Roots:
    dev: Path = Path("/dev")
    sys: Path = Path("/sys")
    proc: Path = Path("/proc")

    def usb_of(self, place: Path) -> Path | None:
        """The USB device that the entry `place` of /sys belongs to; None if it is on another bus."""
        try:
            folder = place.resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        while folder != self.sys and folder != folder.parent:
            if (folder / "idVendor").is_file():
                return folder
            folder = folder.parent
        return None


def line(path: Path) -> str:
    """The one line of a file of /sys; empty if it is not there."""
    try:
        return " ".join(path.read_text("utf-8", "replace").split())
    except OSError:
        return ""


def about(usb: Path | None) -> str:
    """What a USB device says of itself, maker and product."""
    if usb is None:
        return ""
    maker, product = line(usb / "manufacturer"), line(usb / "product")
    return product if product.casefold().startswith(maker.casefold()) else f"{maker} {product}".strip()


def usb_id(usb: Path | None) -> str:
    """Vendor and product as "04b8:0e15"; empty without USB."""
    return f"{line(usb / 'idVendor')}:{line(usb / 'idProduct')}".lower() if usb is not None else ""


def entries(folder: Path, pattern: str = "*") -> Iterator[Path]:
    """The entries of `folder` in order, numbers by their value; none if it is not there."""

    def order(path: Path) -> tuple[str, int, str]:
        stem = path.name.rstrip("0123456789")
        digits = path.name[len(stem) :]
        return stem, int(digits or 0), path.name

    try:
        yield from sorted(folder.glob(pattern), key=order)
    except OSError:
        return


def stable_names(folder: Path) -> dict[Path, Path]:
    """From each device file to its link in `folder` (a by-id or by-path folder); links to nothing are left out."""
    names: dict[Path, Path] = {}
    for link in entries(folder):
        try:
            names.setdefault(link.resolve(strict=True), link)
        except (OSError, RuntimeError):
            continue
    return names
