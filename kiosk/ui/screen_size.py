"""The size of the X screen: without a window manager, as on many kiosk PCs, a window does not grow by itself."""

from __future__ import annotations

import ctypes


def screen_size() -> tuple[int, int] | None:
    """Width and height in pixels of the default X screen; None where there is no X server."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    held = ctypes.c_void_p(display)
    screen = x11.XDefaultScreen(held)
    size = x11.XDisplayWidth(held, screen), x11.XDisplayHeight(held, screen)
    x11.XCloseDisplay(held)
    return size
