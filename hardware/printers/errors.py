"""What can go wrong with a printer: a device's errors, and whether paper may have come out."""

from __future__ import annotations

from hardware.errors import Code, DeviceError

__all__ = ["Code", "DeviceError", "PrinterError"]


class PrinterError(DeviceError):
    """A slip was not printed, or not surely. `sent` is True if part of the slip or all of it had already left for the
    printer, so that paper may have come out."""

    def __init__(self, code: Code, detail: str, *, sent: bool = False) -> None:
        super().__init__(code, detail)
        self.sent = sent
