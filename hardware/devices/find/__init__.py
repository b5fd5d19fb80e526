"""What is plugged into this machine, each with the address that stays when it is plugged in elsewhere."""

from __future__ import annotations

from hardware.devices.find.cameras import cameras
from hardware.devices.find.found import Access, Account, Found
from hardware.devices.find.keyboards import keyboards
from hardware.devices.find.printers import printers
from hardware.devices.find.roots import Roots
from hardware.devices.find.serial_ports import serial_ports
from hardware.devices.find.sound import sound_cards

__all__ = ["Access", "Account", "Found", "Roots", "find_all"]


def find_all(roots: Roots | None = None, account: Account | None = None) -> list[Found]:
    """All devices that this machine can see, printers first; `account`: who is to open them, None: who asks."""
    tree = roots or Roots()
    search = (printers, serial_ports, keyboards, sound_cards, cameras)
    return [found for each in search for found in each(tree, account)]
