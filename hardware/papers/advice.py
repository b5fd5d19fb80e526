"""What is wrong with the picture of a paper, in stable words that drivers, kiosk and screens share; pure."""

from __future__ import annotations

from enum import StrEnum


class Advice(StrEnum):
    """GOOD, or why the picture should be taken again; said in words on the screen."""

    GOOD = "good"
    NO_PAPER = "no-paper"
    TOO_FAR = "too-far"
    CUT_OFF = "cut-off"
    TWO_PAPERS = "two-papers"
    BLURRED = "blurred"
    GLARE = "glare"
    TOO_DARK = "too-dark"
    MOVING = "moving"
    UNREADABLE = "unreadable"
    """The file is broken, or no picture and no PDF."""
    TOO_LARGE = "too-large"
