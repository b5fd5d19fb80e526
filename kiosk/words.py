"""The kiosk's language: gettext, and how Vietnamese and English say durations, dates and hours."""

from __future__ import annotations

import gettext
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from queue_server.contract import Language, SpanForm, wait_span

LOCALE = Path(__file__).parent / "locale"


class Texts(Protocol):
    """A text in several languages, of the wire or of a form: one attribute for each, by the language's code."""

    @property
    def vi(self) -> str: ...

    @property
    def en(self) -> str: ...


class Words:
    """All that the kiosk says, in one language."""

    def __init__(self, language: Language, locale: Path = LOCALE) -> None:
        """Read the catalogue of `language`; English is the source and needs none."""
        self.language = language
        self._texts = gettext.translation("kiosk", locale, [language.value], fallback=language is Language.EN)

    def gettext(self, message: str) -> str:
        return self._texts.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self._texts.ngettext(one, many, count)

    @property
    def own_name(self) -> str:
        """What the language calls itself: every catalogue translates this word by its own name."""
        return self.gettext("English")

    def local(self, text: Texts) -> str:
        """A text of the server in this language; the first one that there is where it is missing."""
        own: str = getattr(text, self.language.value, "")
        return own or text.vi or text.en

    def people(self, count: int) -> str:
        return self.ngettext("%(count)d person", "%(count)d people", count) % {"count": count}

    def wait(self, low_s: int, high_s: int) -> str:
        """An expected wait, from seconds: 10–25 minutes."""
        span = wait_span(low_s, high_s)
        unit = self.gettext("%(figures)s h") if span.in_hours else self.gettext("%(figures)s min")
        wait = unit % {"figures": span.figures}
        if span.form is SpanForm.UNDER:
            return self.gettext("under %(wait)s") % {"wait": wait}
        if span.form is SpanForm.ABOUT:
            return self.gettext("about %(wait)s") % {"wait": wait}
        return wait

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


def following(language: Language) -> Language:
    """The language that the language button offers."""
    offered = tuple(Language)
    return offered[(offered.index(language) + 1) % len(offered)]


def zone(name: str) -> ZoneInfo:
    """The hall's zone; an unknown name must not stop a kiosk, so it means Vietnam's."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Asia/Ho_Chi_Minh")
