"""What is wrong with an answer, in the words that stand next to it: the same at the kiosk and from the server."""

from __future__ import annotations

from queue_server.domain.errors import fill
from queue_server.domain.forms import MESSAGES, Complaint
from queue_server.domain.text import Language
from queue_server.locale import translator


def complaint_text(complaint: Complaint, language: str) -> str:
    """A sentence in `language`: the form's own where it has one."""
    if complaint.message is not None:
        return complaint.message.en if language == Language.EN else complaint.message.vi
    other = complaint.other
    named = "" if other is None else other.en if language == Language.EN else other.vi
    words = translator(language).gettext(MESSAGES[complaint.code])
    return fill(words, {"limit": complaint.limit, "other": named})
