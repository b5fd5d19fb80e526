"""The kiosk's language: gettext, and how Vietnamese and English say durations, dates and hours."""

from __future__ import annotations

import gettext
import math
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from queue_server.contract import Language, LocalText

LOCALE = Path(__file__).parent / "locale"
HOUR_FROM_MIN = 90
"""From here on a wait is said in hours."""


class Words:
    """All that the kiosk says, in one language."""

    def __init__(self, language: Language) -> None:
        """Read the catalogue of `language`; English is the source and needs none."""
        self.language = language
        self._texts = gettext.translation("kiosk", LOCALE, [language.value], fallback=language is Language.EN)

    def gettext(self, message: str) -> str:
        return self._texts.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self._texts.ngettext(one, many, count)

    def local(self, text: LocalText) -> str:
        """A text of the server in this language; the other one where it is missing."""
        return text.in_language(self.language) or text.vi or text.en

    def people(self, count: int) -> str:
        return self.ngettext("%(count)d person", "%(count)d people", count) % {"count": count}

    def wait(self, low_s: int, high_s: int) -> str:
        """An expected wait, from seconds: 10–25 minutes. The lower end is rounded down, the upper one up."""
        low, high = max(0, low_s) // 60, max(0, math.ceil(high_s / 60))
        if high == 0:
            return self.gettext("no wait")
        if low == 0:
            return self.gettext("at most %(minutes)d min") % {"minutes": high}
        if high >= HOUR_FROM_MIN:
            return self.gettext("%(low)s – %(high)s") % {"low": self._long(low), "high": self._long(high)}
        if low == high:
            return self.gettext("about %(minutes)d min") % {"minutes": low}
        return self.gettext("%(low)d–%(high)d min") % {"low": low, "high": high}

    def _long(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.gettext("%(minutes)d min") % {"minutes": rest}
        if not rest:
            return self.gettext("%(hours)d h") % {"hours": hours}
        return self.gettext("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}

    def hour(self, moment: datetime) -> str:
        return self.gettext("%(hour)02d:%(minute)02d") % {"hour": moment.hour, "minute": moment.minute}

    def clock(self, moment: datetime) -> str:
        """Hours and minutes as a clock shows them."""
        return f"{moment.hour:02d}:{moment.minute:02d}"

    def weekday(self, moment: datetime) -> str:
        _ = self.gettext
        names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        return names[moment.weekday()]

    def date(self, moment: datetime) -> str:
        _ = self.gettext
        months = (
            *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
            *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
        )
        parts = {"day": moment.day, "month": months[moment.month - 1], "year": moment.year}
        return _("%(day)d %(month)s %(year)d") % parts

    def day(self, moment: datetime) -> str:
        """Weekday and date."""
        parts = {"weekday": self.weekday(moment), "date": self.date(moment)}
        return self.gettext("%(weekday)s, %(date)s") % parts


@cache
def words(language: Language) -> Words:
    """The words of a language, read once."""
    return Words(language)


def zone(name: str) -> ZoneInfo:
    """The hall's zone; an unknown name must not stop a kiosk, so it means Vietnam's."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Asia/Ho_Chi_Minh")
