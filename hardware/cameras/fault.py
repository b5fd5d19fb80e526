"""What can be wrong with a camera: one list for the fake in the process and for the simulated camera on the network."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    GONE = "gone"  # switched off, or its cable pulled out
    SILENT = "silent"  # takes the connection, and says nothing more
    SLOW = "slow"  # a picture a minute
    DARK = "dark"  # the lens is covered
    GARBAGE = "garbage"  # bytes that are no picture
    DENIED = "denied"  # takes no password
