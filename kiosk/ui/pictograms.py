"""The pictograms of self-service: what people come for, what they do here, and how a paper lies under the camera."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.sheet import Sheet


def _help(sheet: Sheet) -> None:
    """A person who raises a hand."""
    sheet.ring(10, 7, 3.2)
    sheet.arc(10, 21.5, 6.6, 180, 318)
    sheet.line((15.2, 16), (19.2, 12.5), (19.2, 4))


def _bell(sheet: Sheet) -> None:
    sheet.line((5, 17), (6.5, 14.5), (6.5, 10))
    sheet.arc(12, 10, 5.5, 180, 360)
    sheet.line((17.5, 10), (17.5, 14.5), (19, 17), (5, 17))
    sheet.arc(12, 18.5, 2.2, 0, 180)


def _contrast(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    for step in range(31):
        reach = (81 - (step * 0.3) ** 2) ** 0.5 * 0.97
        sheet.line((12 + step * 0.28, 12 - reach), (12 + step * 0.28, 12 + reach), width=0.7)


def _wheelchair(sheet: Sheet) -> None:
    sheet.dot(9.5, 4, 2)
    sheet.line((9.5, 7.5), (10.2, 13.5), (15.5, 13.5), (18, 19.5), (20.5, 18.5))
    sheet.line((10, 10.3), (14.5, 10.3))
    sheet.arc(10.2, 16, 5.4, 30, 262)


def _voice(sheet: Sheet) -> None:
    sheet.line((3.5, 9.5), (7, 9.5), (12, 5), (12, 19), (7, 14.5), (3.5, 14.5), (3.5, 9.5))
    sheet.arc(12, 12, 4.4, -42, 42)
    sheet.arc(12, 12, 8.2, -42, 42)


def _warning(sheet: Sheet) -> None:
    sheet.line((12, 3.5), (22, 20.5), (2, 20.5), (12, 3.5))
    sheet.line((12, 9.5), (12, 14.5))
    sheet.dot(12, 17.6, 1.3)


def _search(sheet: Sheet) -> None:
    sheet.ring(10.5, 10.5, 6.8)
    sheet.line((15.6, 15.6), (21, 21), width=2.8)


def _question(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    sheet.arc(12, 9.8, 2.9, 180, 400)
    sheet.line((13.9, 12), (12, 13.6), (12, 14.6))
    sheet.dot(12, 17.4, 1.3)


def _camera(sheet: Sheet) -> None:
    sheet.line((3, 7.5), (8, 7.5), (9.5, 5), (14.5, 5), (16, 7.5), (21, 7.5), (21, 19.5), (3, 19.5), (3, 7.5))
    sheet.ring(12, 13.2, 3.8)


def _folder(sheet: Sheet) -> None:
    sheet.line((3, 19.5), (3, 5), (9, 5), (11, 7.5), (21, 7.5), (21, 19.5), (3, 19.5))
    sheet.line((8.5, 13.8), (11.2, 16.2), (15.8, 11.2))


def _calendar(sheet: Sheet) -> None:
    sheet.line((3.5, 5.5), (20.5, 5.5), (20.5, 20.5), (3.5, 20.5), (3.5, 5.5))
    sheet.line((3.5, 10), (20.5, 10))
    sheet.line((8, 3), (8, 7))
    sheet.line((16, 3), (16, 7))
    sheet.line((8.5, 15), (11.2, 17.4), (15.6, 12.8))


def _pencil(sheet: Sheet) -> None:
    sheet.line((4, 20), (5, 15.5), (16, 4.5), (19.5, 8), (8.5, 19), (4, 20))
    sheet.line((13.2, 7.3), (16.7, 10.8))


def _lock(sheet: Sheet) -> None:
    sheet.line((5, 11), (19, 11), (19, 20.5), (5, 20.5), (5, 11))
    sheet.line((8, 11), (8, 8))
    sheet.arc(12, 8, 4, 180, 360)
    sheet.line((16, 8), (16, 11))
    sheet.dot(12, 15.6, 1.6)


def _glare(sheet: Sheet) -> None:
    sheet.ring(12, 12, 4)
    for x, y, u, v in ((12, 2.5, 12, 5), (12, 19, 12, 21.5), (2.5, 12, 5, 12), (19, 12, 21.5, 12)):
        sheet.line((x, y), (u, v))
    for x, y, u, v in ((5.3, 5.3, 7, 7), (17, 17, 18.7, 18.7), (5.3, 18.7, 7, 17), (17, 7, 18.7, 5.3)):
        sheet.line((x, y), (u, v))


def _moon(sheet: Sheet) -> None:
    sheet.arc(11.5, 12, 8, 50, 310)
    sheet.arc(17, 12, 6.2, 98, 262)


def _again(sheet: Sheet) -> None:
    sheet.arc(12, 12, 8, -50, 240)
    sheet.line((17.3, 2.2), (17.3, 6.2), (13.2, 6.8))


def _plus(sheet: Sheet) -> None:
    sheet.line((12, 4.5), (12, 19.5), width=2.6)
    sheet.line((4.5, 12), (19.5, 12), width=2.6)


def _eye(sheet: Sheet) -> None:
    sheet.arc(12, 18, 11, 213, 327)
    sheet.arc(12, 6, 11, 33, 147)
    sheet.ring(12, 12, 3)


def _frame(sheet: Sheet) -> None:
    """A paper within the four corners of the picture."""
    for x, y, a, b in ((3, 3, 1, 1), (21, 3, -1, 1), (3, 21, 1, -1), (21, 21, -1, -1)):
        sheet.line((x + 4.5 * a, y), (x, y), (x, y + 4.5 * b))
    sheet.line((8, 6.5), (16, 6.5), (16, 17.5), (8, 17.5), (8, 6.5))


def _archive(sheet: Sheet) -> None:
    sheet.line((3, 4.5), (21, 4.5), (21, 9), (3, 9), (3, 4.5))
    sheet.line((4.5, 9), (4.5, 20), (19.5, 20), (19.5, 9))
    sheet.line((8.8, 14.3), (11.2, 16.7), (15.4, 12.2))


def _bag(sheet: Sheet) -> None:
    sheet.line((3.5, 8), (20.5, 8), (20.5, 20), (3.5, 20), (3.5, 8))
    sheet.line((8.5, 8), (8.5, 4.5), (15.5, 4.5), (15.5, 8))
    sheet.line((3.5, 13), (20.5, 13))


def _down(sheet: Sheet) -> None:
    sheet.line((12, 4), (12, 20))
    sheet.line((5, 13), (12, 20), (19, 13))


def _up(sheet: Sheet) -> None:
    sheet.line((12, 20), (12, 4))
    sheet.line((5, 11), (12, 4), (19, 11))


def _cross(sheet: Sheet) -> None:
    sheet.line((5.5, 5.5), (18.5, 18.5), width=2.6)
    sheet.line((18.5, 5.5), (5.5, 18.5), width=2.6)


PICTOGRAMS: dict[str, Callable[[Sheet], None]] = {
    "help": _help,
    "bell": _bell,
    "contrast": _contrast,
    "low-reach": _wheelchair,
    "voice": _voice,
    "warning": _warning,
    "search": _search,
    "question": _question,
    "camera": _camera,
    "folder": _folder,
    "calendar": _calendar,
    "pencil": _pencil,
    "lock": _lock,
    "glare": _glare,
    "dark": _moon,
    "again": _again,
    "plus": _plus,
    "eye": _eye,
    "frame": _frame,
    "archive": _archive,
    "bag": _bag,
    "down": _down,
    "up": _up,
    "cross": _cross,
}
