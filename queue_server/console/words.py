"""How times, durations and pressure read on the pages, in words rather than in colour or digits alone."""

from __future__ import annotations

from datetime import datetime
from gettext import NullTranslations
from typing import Literal
from zoneinfo import ZoneInfo

from queue_server.contract import SpanForm, wait_span

MINUTE = 60
DAY = 24 * 60 * MINUTE
AT_RISK = 0.8
Pressure = Literal["within", "risk", "over"]


def pressure(waited_s: int, target_s: int) -> Pressure:
    """Where a wait stands against its target, both in seconds: over it, past 80 % of it, or within."""
    if waited_s > target_s:
        return "over"
    return "risk" if waited_s > AT_RISK * target_s else "within"


def share(waited_s: int, target_s: int) -> int:
    """The wait as percent of its target, 0 to 100, for drawing a bar."""
    return min(100, round(100 * waited_s / target_s)) if target_s > 0 else 100


def minutes(texts: NullTranslations, seconds: int) -> str:
    """A duration in whole minutes, rounded down: people compare it with a target, not with a stopwatch."""
    whole = max(0, seconds) // MINUTE
    if whole < 1:
        return texts.gettext("under 1 min")
    if whole < MINUTE:
        return texts.gettext("%(minutes)d min") % {"minutes": whole}
    return texts.gettext("%(hours)d h %(minutes)02d min") % {"hours": whole // MINUTE, "minutes": whole % MINUTE}


def span(texts: NullTranslations, low_s: int, high_s: int) -> str:
    """An expected range, as on the printed ticket."""
    told = wait_span(low_s, high_s)
    unit = texts.gettext("%(figures)s h") if told.in_hours else texts.gettext("%(figures)s min")
    wait = unit % {"figures": told.figures}
    if told.form is SpanForm.UNDER:
        return texts.gettext("under %(wait)s") % {"wait": wait}
    if told.form is SpanForm.ABOUT:
        return texts.gettext("about %(wait)s") % {"wait": wait}
    return wait


def clock(at: datetime, zone: str) -> str:
    """The time of day in the hall's zone."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(at: datetime, now: datetime, zone: str) -> str:
    """The time of day in the hall's zone, with the date where it is not today's."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return local.strftime("%H:%M")
    return local.strftime("%H:%M %d/%m" if local.year == today.year else "%H:%M %d/%m/%Y")


def day(at: datetime, zone: str) -> str:
    """The date in the hall's zone, as people write it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%d/%m/%Y")


def isoday(at: datetime, zone: str) -> str:
    """The date in the hall's zone, as a browser's date field wants it."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


def dong(amount: int) -> str:
    """Money as people write it: 15.000 đ."""
    return f"{amount:,} đ".replace(",", ".")


def sentence(text: str) -> str:
    """With a capital letter, for words that stand alone."""
    return text[:1].upper() + text[1:]


def actor(text: str) -> str:
    """Who did it, without the kind of actor that the log keeps before the name."""
    return text.partition(":")[2] or text


def lasting(texts: NullTranslations, since: datetime, now: datetime) -> str:
    """How long something has been so: in days where it is more than one."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 2 * DAY:
        return minutes(texts, seconds)
    return texts.gettext("%(days)d days") % {"days": seconds // DAY}


def epoch(at: datetime) -> int:
    """Seconds since 1970, for scripts that let a duration tick."""
    return int(at.timestamp())
