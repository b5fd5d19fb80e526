"""Text as textures: measured, fitted to its box, and kept for the next picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kivy.core.text import Label

from kiosk.ui.shaping import font_of, shaped, stacks
from kiosk.ui.typeface import Weight, font_file

SMALLEST = 0.72
"""A text shrinks at most to this part of its size; below that it would be hard to read, so it is cut instead."""
STEP = 0.04
ELLIPSIS = "…"
FIGURES = re.compile(r"(?<=[^\W\d]) (?=\d{1,4}(?!\d))|(?<=\d) (?=giờ)")
EVEN_LINES = 4
"""Texts of up to so many lines get lines of like length, so that no word stands alone on the last."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: font size in pixels, greatest width in pixels."""

    size: float
    weight: Weight
    width: float
    align: str
    leading: float = 1.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text that fits its box. `size`: of the texture in pixels; `shrunk`: 1 when at full size."""

    text: str
    setting: Setting
    size: tuple[int, int]
    shrunk: float
    cut: bool


def _of_script(text: str, weight: Weight, **given: Any) -> Any:
    """Kivy's label for the letters of `text`; no line begins with the figures of an hour or a day."""
    text = FIGURES.sub("\u00a0", text)
    if stacks(text):
        return shaped(text, font_of(text) or font_file(weight), **given)
    # Letters come in whole pixels anyway, but for each new size, however near another, Kivy opens the file anew.
    given["font_size"] = int(given["font_size"])
    return Label(text=text, font_name=font_file(weight), **given)


def _label(text: str, setting: Setting) -> Any:
    return _of_script(
        text,
        setting.weight,
        font_size=setting.size,
        text_size=(max(1, int(setting.width)), None),
        halign=setting.align,
        line_height=setting.leading,
        color=(1, 1, 1, 1),
    )


@lru_cache(maxsize=4096)
def measured(text: str, setting: Setting) -> tuple[int, int]:
    """Width and height in pixels that `text` takes."""
    width, height = _label(text, setting).render()
    return int(width), int(height)


@lru_cache(maxsize=1024)
def natural_width(text: str, size: float, weight: Weight) -> int:
    """The width in pixels of `text` on one line."""
    return int(_of_script(text, weight, font_size=size).render()[0])


@lru_cache(maxsize=400)
def texture(text: str, setting: Setting) -> Any:
    """The drawn text, white, to be tinted."""
    label = _label(text, setting)
    label.refresh()
    return label.texture


@lru_cache(maxsize=2048)
def fitted(text: str, setting: Setting, height: float) -> Fitted:
    """`text` within the setting's width and `height`: shrunk a little, or cut at a word, if it must be."""
    part = 1.0
    while part >= SMALLEST:
        tried = Setting(setting.size * part, setting.weight, setting.width, setting.align, setting.leading)
        size = measured(text, tried)
        if size[1] <= height + 1 and _longest_word(text, tried) <= setting.width + 1:
            even = _even(text, tried, size[1])
            return Fitted(text, even, measured(text, even), part, cut=False)
        part -= STEP
    return _cut(text, tried, height)


def _even(text: str, setting: Setting, height: int) -> Setting:
    """As narrow as `text` can be set within the same `height`."""
    lines = round(height / measured("A", setting)[1])
    if not 2 <= lines <= EVEN_LINES or "\n" in text:
        return setting
    low, high = max(setting.width // lines, _longest_word(text, setting)), setting.width
    while high - low > max(1.0, setting.size / 4):
        middle = (low + high) // 2
        if measured(text, replace(setting, width=middle))[1] <= height:
            high = middle
        else:
            low = middle
    return replace(setting, width=high)


def _longest_word(text: str, setting: Setting) -> int:
    return max((natural_width(word, setting.size, setting.weight) for word in text.split()), default=0)


def _cut(text: str, setting: Setting, height: float) -> Fitted:
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if measured(" ".join(words[:middle]) + ELLIPSIS, setting)[1] <= height + 1:
            low = middle
        else:
            high = middle - 1
    kept = " ".join(words[:low]) + ELLIPSIS
    return Fitted(kept, setting, measured(kept, setting), SMALLEST, cut=True)


def forget() -> None:
    """Drop every text that was set: among them may be a citizen's name."""
    for kept in (measured, natural_width, texture, fitted):
        kept.cache_clear()
