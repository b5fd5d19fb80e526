"""A thread for one device that is lent to the citizens: opened when it is wanted, given up, lost and found again."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hardware.health import Health

LOG = logging.getLogger("kiosk")
TIMEOUT_S = 5.0
RETRY_S = 0.5
LOST_AFTER = 3
"""So many failures in a row before the screen is told: a plug that is moved is no loss."""


class Device(Protocol):
    def health(self) -> Health: ...

    def close(self) -> None: ...


class DeviceLane(ABC):
    """`what`: the device in the log's words. A subclass ends its own `__init__` with `begin`, and says what is done in
    a turn; every device error in it is a failure, and LOST_AFTER of them in a row are a loss."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._changed = threading.Condition()
        self._watching, self._stopping = False, False
        self._device: Device | None = None
        self._health: Health | None = None
        self._failed = 0
        self._thread = threading.Thread(target=self._run, name=f"kiosk-{what.replace(' ', '-')}", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def watch(self, on: bool) -> None:
        """Pass on what the device sees from now, or no more. Returns at once, as all of these do."""
        with self._changed:
            self._watching = on
            self._changed.notify_all()

    def stop(self, wait_s: float = 2.0) -> None:
        """End the thread, when the kiosk ends."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(wait_s)

    @property
    def health(self) -> Health | None:
        """For the kiosk's report; None where nothing is known of a device."""
        device = self._device
        if device is not None and not self._failed:
            return device.health()
        return self._health

    # --- the thread --------------------------------------------------------------------------------------------

    @abstractmethod
    def _prepare(self) -> bool:
        """Is there a device at all? Tells the screen."""

    @abstractmethod
    def _turn(self) -> None:
        """Wait for something to do, and do it. Raises DeviceError."""

    @abstractmethod
    def _on_failure(self, *, lost: bool, hopeless: bool) -> None:
        """What depended on the device will not come; `lost`: the screen is to be told."""

    def _run(self) -> None:
        if not self._prepare():
            return
        while not self._stopping:
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001 - the thread's edge
                self._fail(error)
        self._let_go()

    def _fail(self, error: Exception) -> None:
        from hardware.errors import Code, DeviceError
        from hardware.health import Health, State

        known = isinstance(error, DeviceError)
        hopeless = isinstance(error, DeviceError) and error.code in (Code.BAD_URL, Code.DRIVER_MISSING)
        if isinstance(error, DeviceError):
            self._health = Health(State(error.code), error.detail)
        else:  # without the error's own words, which may hold what was read
            self._health = Health(State.DEVICE_FAULT, f"its program failed: {type(error).__name__}")
        self._failed += 1
        if hopeless or self._failed == LOST_AFTER:
            LOG.warning("the %s does not work: %s: %s", self._what, self._health.state, self._health.detail)
        self._on_failure(lost=hopeless or self._is_lost, hopeless=hopeless)
        if hopeless or not known:
            self._let_go()
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, 40 * RETRY_S if hopeless else RETRY_S)

    @property
    def _is_lost(self) -> bool:
        return self._failed >= LOST_AFTER

    def _let_go(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            self._health = device.health() if not self._failed else self._health
            device.close()
