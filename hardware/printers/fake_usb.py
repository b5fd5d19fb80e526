"""A simulated USB bus with one printer on it, as a backend of pyusb, so that the USB driver runs without hardware."""

from __future__ import annotations

import errno
import time
from array import array
from collections.abc import Iterator
from types import SimpleNamespace

import usb.backend
import usb.core

from hardware.printers.fake_device import Answers, FakeDevice, Transmission

VENDOR, PRODUCT = 0x04B8, 0x0E15
BULK, BULK_OUT, BULK_IN = 2, 0x03, 0x81


class FakeUsbBus(usb.backend.IBackend):  # type: ignore[misc]
    """Hand it to `UsbLink(ids, backend=bus)`; `plugged` and `permitted` may be switched at any time."""

    def __init__(self, device: FakeDevice | None = None) -> None:
        self.device = device or FakeDevice()
        self.plugged = True
        self.permitted = True
        self._transmission: Transmission | None = None
        self._line = Answers()
        self._answers = bytearray()

    def enumerate_devices(self) -> Iterator[object]:
        return iter([self] if self.plugged else [])

    def get_parent(self, dev: object) -> None:
        return None

    def get_device_descriptor(self, dev: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=(),
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError("one interface only")
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=(),
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: object, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(BULK_OUT, BULK_IN)[ep], bmAttributes=BULK,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=(),
        )  # fmt: skip

    def open_device(self, dev: object) -> FakeUsbBus:
        if not self.permitted:
            raise usb.core.USBError("access denied", errno=errno.EACCES)
        return self

    def close_device(self, dev_handle: object) -> None:
        self._end()

    def get_configuration(self, dev_handle: object) -> int:
        return 1

    def claim_interface(self, dev_handle: object, intf: int) -> None:
        self._transmission = self.device.begin(self._line)

    def release_interface(self, dev_handle: object, intf: int) -> None:
        self._end()

    def bulk_write(self, dev_handle: object, ep: int, intf: int, data: array[int], timeout: int) -> int:
        self._require(ep == BULK_OUT)
        assert self._transmission is not None
        if self._transmission.hangs:
            time.sleep(timeout / 1000)
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        self._transmission.feed(bytes(data))
        return len(data)

    def bulk_read(self, dev_handle: object, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        """What was answered; an empty packet if nothing was, as many printers do."""
        self._require(ep == BULK_IN)
        self._answers += self._line.take()
        count = min(len(buff), len(self._answers))
        buff[:count] = array("B", self._answers[:count])
        del self._answers[:count]
        return count

    def is_kernel_driver_active(self, dev_handle: object, intf: int) -> bool:
        return False

    def _require(self, right: bool) -> None:
        if not right or not self.plugged:
            raise usb.core.USBError("no such device", errno=errno.ENODEV)

    def _end(self) -> None:
        transmission, self._transmission = self._transmission, None
        if transmission is not None:
            transmission.end()
