"""From a URL's scheme to its driver: a driver's module and its libraries are imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from hardware.address import Address, bad_url, parse
from hardware.errors import Code, DeviceError


def open_by(drivers: Mapping[str, str], forms: tuple[str, ...], url: str, timeout_s: float) -> Any:
    """The device at `url` by the table `drivers`, scheme to "module:function"; the function takes the Address and
    `timeout_s`, the longest that one step of a later call waits for the device.

    Nothing is opened yet: a program starts with its devices switched off. Raises DeviceError: `bad-url`, or
    `driver-missing` if the driver's library is not installed.
    """
    if not timeout_s > 0:
        raise ValueError(f"timeout_s has to be positive, not {timeout_s}")
    address: Address = parse(url, forms)
    if address.scheme not in drivers:
        raise bad_url(url, f"unknown kind of device {address.scheme!r}", forms)
    module, _, function = drivers[address.scheme].partition(":")
    try:
        return getattr(import_module(module), function)(address, timeout_s)
    except ImportError as error:
        raise DeviceError(Code.DRIVER_MISSING, f"{address.scheme} needs a library: {error}") from error
