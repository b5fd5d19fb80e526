"""A machine's /dev, /sys and /proc as the kernel and udev lay them out, in a folder: real files, real links."""

from __future__ import annotations

import os
from pathlib import Path

from hardware.devices.find import Roots

BUS = "devices/pci0000:00/0000:00:14.0/usb1"


class Tree:
    """A machine that devices can be plugged into; nothing is in it at first."""

    def __init__(self, folder: Path) -> None:
        self.roots = Roots(folder / "dev", folder / "sys", folder / "proc")
        for root in (self.roots.dev, self.roots.sys, self.roots.proc):
            root.mkdir()
        self._ports = 0

    def usb(self, number: str, maker: str = "", product: str = "") -> Path:
        """A USB device; its folder in /sys."""
        self._ports += 1
        place = self.roots.sys / BUS / f"1-{self._ports}"
        vendor, _, model = number.partition(":")
        write(place / "idVendor", vendor)
        write(place / "idProduct", model)
        write(place / "busnum", "1")
        write(place / "devnum", str(self._ports))
        if maker:
            write(place / "manufacturer", maker)
        if product:
            write(place / "product", product)
        node = self.node(f"bus/usb/001/{self._ports:03}")
        assert node.exists()
        return place

    def node(self, name: str, mode: int = 0o660) -> Path:
        """A device file; a plain file is enough, nobody opens it."""
        path = self.roots.dev / name
        write(path, "")
        path.chmod(mode)
        return path

    def link(self, name: str, target: Path) -> Path:
        """A link of udev, relative as udev makes them."""
        path = self.roots.dev / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(target, path.parent))
        return path

    def device_of(self, name: str, place: Path) -> Path:
        """The entry `name` of /sys/class, whose `device` leads to `place`."""
        entry = self.roots.sys / "class" / name
        entry.mkdir(parents=True)
        place.mkdir(parents=True, exist_ok=True)
        (entry / "device").symlink_to(os.path.relpath(place, entry))
        return entry

    def serial(self, name: str, number: str, maker: str, product: str, *, by_id: str = "", by_path: str = "") -> Path:
        usb = self.usb(number, maker, product)
        node = self.node(name)
        self.device_of(f"tty/{name}", usb / f"{usb.name}:1.0" / name)
        if by_id:
            self.link(f"serial/by-id/{by_id}", node)
        if by_path:
            self.link(f"serial/by-path/{by_path}", node)
        return node

    def printer(self, number: str, maker: str, product: str, *, lp: int | None = None, ieee1284: str = "") -> Path:
        usb = self.usb(number, maker, product)
        interface = usb / f"{usb.name}:1.0"
        write(interface / "bInterfaceClass", "07")
        if ieee1284:
            write(interface / "ieee1284_id", ieee1284)
        bus = self.roots.sys / "bus/usb/devices"
        bus.mkdir(parents=True, exist_ok=True)
        for each in (usb, interface):
            (bus / each.name).symlink_to(os.path.relpath(each, bus))
        if lp is not None:
            self.node(f"usb/lp{lp}")
            self.device_of(f"usbmisc/lp{lp}", interface)
        return usb

    def keyboard(self, event: int, link: str, number: str, maker: str, product: str, *, folder: str = "by-id") -> Path:
        usb = self.usb(number, maker, product)
        node = self.node(f"input/event{event}")
        self.device_of(f"input/event{event}", usb / f"{usb.name}:1.0/0003:0001/input/input{event}")
        self.link(f"input/{folder}/{link}", node)
        return node

    def camera(self, video: int, index: int, name: str, usb: Path, *, by_id: str = "", by_path: str = "") -> Path:
        node = self.node(f"video{video}")
        entry = self.device_of(f"video4linux/video{video}", usb / f"{usb.name}:1.0")
        write(entry / "index", str(index))
        write(entry / "name", name)
        if by_id:
            self.link(f"v4l/by-id/{by_id}", node)
        if by_path:
            self.link(f"v4l/by-path/{by_path}", node)
        return node

    def sound(self, *cards: tuple[str, str, tuple[int, ...]]) -> None:
        """Sound cards: name, description, their outputs."""
        lines = []
        for index, (name, about, outputs) in enumerate(cards):
            lines.append(f"{index:2} [{name:15}]: {about}\n                      {about} at usb-0000:00:14.0-{index}")
            for output in outputs:
                (self.roots.proc / f"asound/card{index}/pcm{output}p").mkdir(parents=True)
                self.node(f"snd/pcmC{index}D{output}p")
            (self.roots.proc / f"asound/card{index}/pcm0c").mkdir(parents=True)
        write(self.roots.proc / "asound/cards", "\n".join(lines) + "\n")

    def program(self, number: int, name: str, *held: Path) -> None:
        """A running program that has files open."""
        folder = self.roots.proc / str(number)
        write(folder / "comm", f"{name}\n")
        (folder / "fd").mkdir()
        for place, file in enumerate(held):
            (folder / "fd" / str(place)).symlink_to(file)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if not text or text.endswith("\n") else f"{text}\n")
