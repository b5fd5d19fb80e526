"""The pictograms of keys and of filling in."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.sheet import Sheet


def _erase(sheet: Sheet) -> None:
    sheet.line((8.5, 5), (21.5, 5), (21.5, 19), (8.5, 19), (2.5, 12), (8.5, 5))
    sheet.line((11.5, 9), (17.5, 15))
    sheet.line((17.5, 9), (11.5, 15))


def _shift(sheet: Sheet) -> None:
    sheet.line((12, 3), (21, 12), (16, 12), (16, 20), (8, 20), (8, 12), (3, 12), (12, 3))


def _space(sheet: Sheet) -> None:
    sheet.line((2, 10), (2, 16), (22, 16), (22, 10))


def _rise(sheet: Sheet) -> None:
    sheet.shape((12, 5), (22, 19), (2, 19))


def _fall(sheet: Sheet) -> None:
    sheet.shape((2, 5), (22, 5), (12, 19))


def _card(sheet: Sheet) -> None:
    sheet.line((2, 5), (22, 5), (22, 19), (2, 19), (2, 5))
    sheet.ring(7.5, 10.5, 2)
    sheet.arc(7.5, 17.5, 3.6, 190, 350)
    sheet.line((13.5, 9.5), (19, 9.5))
    sheet.line((13.5, 14), (17.5, 14))


def _box(sheet: Sheet) -> None:
    sheet.line((4, 4), (20, 4), (20, 20), (4, 20), (4, 4))


def _ticked(sheet: Sheet) -> None:
    _box(sheet)
    sheet.line((7.5, 12.3), (10.8, 15.6), (16.8, 8.6), width=2.8)


def _round(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)


def _chosen(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    sheet.dot(12, 12, 5)


PENS: dict[str, Callable[[Sheet], None]] = {
    "erase": _erase,
    "shift": _shift,
    "space": _space,
    "rise": _rise,
    "fall": _fall,
    "card": _card,
    "box": _box,
    "ticked": _ticked,
    "round": _round,
    "chosen": _chosen,
}
