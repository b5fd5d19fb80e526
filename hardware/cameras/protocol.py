"""What may be asked of any camera."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from hardware.device import Device

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture. `image`: height x width x 3, uint8, BGR; `at`: seconds of the monotonic clock; `number`: counts the
    frames since the camera was opened, those left out by the limit too. It holds people's faces: never kept, never
    shown by accident."""

    image: NDArray[np.uint8] | Any = field(repr=False)
    at: float
    number: int


class Camera(Device, Protocol):
    def read(self, timeout_s: float) -> Frame | None:
        """The newest frame, once, not more often than the URL's `fps`; None if none came in `timeout_s` seconds.
        Raises DeviceError while the camera is lost; it is looked for again by itself."""
