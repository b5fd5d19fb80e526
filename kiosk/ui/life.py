"""The pictograms of life events: why people come, understood without reading."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.sheet import Sheet


def _birth(sheet: Sheet) -> None:
    """A child in a cradle."""
    sheet.ring(8, 8.5, 2.6)
    sheet.arc(12, 12.5, 9, 0, 180)
    sheet.line((3, 12.5), (21, 12.5))
    sheet.arc(12, 12.5, 9, -90, 0)
    sheet.line((12, 3.5), (12, 12.5))


def _marriage(sheet: Sheet) -> None:
    sheet.ring(8.6, 14.5, 5.6)
    sheet.ring(15.4, 14.5, 5.6)
    sheet.arc(8.6, 14.5, 5.6, 250, 380)
    sheet.line((10.2, 3.4), (12, 5.6), (13.8, 3.4), (10.2, 3.4), width=1.7)


def _death(sheet: Sheet) -> None:
    """A lotus over still water; a burning candle would be read as a birthday."""
    sheet.arc(8, 9, 6.4, -38, 62)
    sheet.arc(16, 9, 6.4, 118, 218)
    sheet.line((4, 8.5), (4.6, 13.2), (8, 15.8), (12, 16.4), (16, 15.8), (19.4, 13.2), (20, 8.5), (16, 10.2))
    sheet.line((4, 8.5), (8, 10.2))
    sheet.line((5, 20.5), (19, 20.5))


def _home(sheet: Sheet) -> None:
    """A house with its key."""
    sheet.line((2.5, 11), (9.5, 4.5), (16.5, 11))
    sheet.line((4.7, 9.5), (4.7, 19.5), (11, 19.5))
    sheet.ring(17.6, 13.2, 2.6)
    sheet.line((17.6, 15.8), (17.6, 21.5), (20.2, 21.5))
    sheet.line((17.6, 18.8), (19.6, 18.8))


def _land(sheet: Sheet) -> None:
    """A plot with its boundary stones."""
    sheet.line((3, 17.5), (8, 7.5), (21, 7.5), (16.5, 17.5), (3, 17.5))
    sheet.line((12, 12.5), (12, 3), (16.4, 4.7), (12, 6.4))
    sheet.line((6, 21), (18, 21))


def _copy(sheet: Sheet) -> None:
    """Two papers and a seal."""
    sheet.line((8, 3), (19, 3), (19, 16))
    sheet.line((4.5, 7), (15, 7), (15, 21), (4.5, 21), (4.5, 7))
    sheet.ring(9.8, 15.8, 2.5)
    sheet.line((7.2, 10.4), (12.3, 10.4))


def _business(sheet: Sheet) -> None:
    sheet.line((3, 9), (4.8, 4), (19.2, 4), (21, 9), (3, 9))
    sheet.line((4.8, 9), (4.8, 20.5), (19.2, 20.5), (19.2, 9))
    sheet.line((9, 20.5), (9, 14), (15, 14), (15, 20.5))


def _care(sheet: Sheet) -> None:
    """A heart held by a hand."""
    sheet.arc(9.4, 6.6, 2.9, 150, 352)
    sheet.arc(14.8, 6.6, 2.9, 188, 390)
    sheet.line((6.8, 8), (12.1, 13.6), (17.4, 8))
    sheet.line((2.5, 17), (6, 15), (13, 17.5), (13, 19), (9, 19))
    sheet.line((13, 18.3), (20.8, 15.6), (21.4, 17.4), (13, 21.6), (6, 19.8), (2.5, 20.6))


def _correction(sheet: Sheet) -> None:
    sheet.line((18, 9.5), (18, 7), (14, 3), (5, 3), (5, 21), (10.5, 21))
    sheet.line((8.5, 9), (14, 9))
    sheet.line((8.5, 13), (12, 13))
    sheet.line((12.8, 20.8), (13.4, 18), (19.2, 12.2), (21.4, 14.4), (15.6, 20.2), (12.8, 20.8))


def _family(sheet: Sheet) -> None:
    sheet.ring(7.2, 7, 2.9)
    sheet.ring(16.8, 7, 2.9)
    sheet.ring(12, 13, 2.2)
    sheet.arc(7.2, 19.5, 5, 180, 300)
    sheet.arc(16.8, 19.5, 5, 240, 360)
    sheet.arc(12, 21.5, 3.6, 190, 350)


def _study(sheet: Sheet) -> None:
    sheet.line((2, 9), (12, 4.5), (22, 9), (12, 13.5), (2, 9))
    sheet.line((6, 11), (6, 16.5), (12, 19.2), (18, 16.5), (18, 11))
    sheet.line((22, 9), (22, 15))


def _card(sheet: Sheet) -> None:
    sheet.line((2.5, 5), (21.5, 5), (21.5, 19), (2.5, 19), (2.5, 5))
    sheet.ring(8, 10.3, 2)
    sheet.arc(8, 17.4, 3.6, 190, 350)
    sheet.line((14, 10), (18.5, 10))
    sheet.line((14, 14), (18.5, 14))


def _moving(sheet: Sheet) -> None:
    """A lorry."""
    sheet.line((1.8, 16.5), (1.8, 6), (14, 6), (14, 16.5))
    sheet.line((14, 9.5), (18.8, 9.5), (22.2, 13), (22.2, 16.5))
    sheet.line((8.8, 16.5), (15.2, 16.5))
    sheet.ring(6.2, 17.3, 2.3)
    sheet.ring(18, 17.3, 2.3)


LIFE: dict[str, Callable[[Sheet], None]] = {
    "baby": _birth,
    "rings": _marriage,
    "candle": _death,
    "house": _home,
    "land": _land,
    "moving": _moving,
    "papers": _copy,
    "shop": _business,
    "support": _care,
    "pen": _correction,
    "family": _family,
    "study": _study,
    "card": _card,
}
"""What a life event in the catalogue may name as its `icon`; another name becomes a sheet of paper."""
