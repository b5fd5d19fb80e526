"""What is wrong with an answer, said next to it in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from queue_server.domain.text import N_, LocalText


class ComplaintCode(StrEnum):
    MISSING = "missing"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NOT_A_NAME = "not-a-name"
    NOT_A_CITIZEN_ID = "not-a-citizen-id"
    NOT_A_PHONE = "not-a-phone"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NOT_A_PLACE = "not-a-place"
    NOT_AN_OPTION = "not-an-option"
    NOT_SIGNED = "not-signed"
    WRONG_FORM = "wrong-form"
    """Whatever else the schema does not allow."""
    IN_FUTURE = "in-future"
    BEFORE_OTHER = "before-other"
    """A date after one it must not be after; param `other`: that one's short name."""
    AFTER_OTHER = "after-other"
    """A date before one that must not be after it; param `other`: that one's short name."""
    TOO_LONG_AGO = "too-long-ago"
    TOO_YOUNG = "too-young"
    SAME_AS_OTHER = "same-as-other"
    NOT_ASKED = "not-asked"
    """An answer to a question that this form does not ask."""


MESSAGES: dict[ComplaintCode, str] = {
    ComplaintCode.MISSING: N_("Please answer this question."),
    ComplaintCode.TOO_SHORT: N_("This is too short: at least {limit} characters."),
    ComplaintCode.TOO_LONG: N_("This is too long: at most {limit} characters."),
    ComplaintCode.NOT_A_NAME: N_("A name has letters only, no digits and no signs."),
    ComplaintCode.NOT_A_CITIZEN_ID: N_("An identity number has 12 digits, as on the card."),
    ComplaintCode.NOT_A_PHONE: N_("A telephone number has 10 digits and begins with 0 (11 for a fixed line)."),
    ComplaintCode.NOT_AN_EMAIL: N_("An e-mail address looks like ten@example.vn."),
    ComplaintCode.NOT_A_DATE: N_("There is no such day; please check day, month and year."),
    ComplaintCode.NOT_A_NUMBER: N_("Please enter a number."),
    ComplaintCode.TOO_SMALL: N_("At least {limit}."),
    ComplaintCode.TOO_LARGE: N_("At most {limit}."),
    ComplaintCode.NOT_A_PLACE: N_("Please choose the place from the list."),
    ComplaintCode.NOT_AN_OPTION: N_("Please choose one of the answers."),
    ComplaintCode.NOT_SIGNED: N_("Please sign in the box with your finger."),
    ComplaintCode.WRONG_FORM: N_("This does not have the expected form."),
    ComplaintCode.IN_FUTURE: N_("This day has not come yet."),
    ComplaintCode.BEFORE_OTHER: N_("This cannot be after: {other}."),
    ComplaintCode.AFTER_OTHER: N_("This cannot be before: {other}."),
    ComplaintCode.TOO_LONG_AGO: N_("This is more than {limit} years ago."),
    ComplaintCode.TOO_YOUNG: N_("The law asks for at least {limit} years of age."),
    ComplaintCode.SAME_AS_OTHER: N_("This must differ from: {other}."),
    ComplaintCode.NOT_ASKED: N_("This form does not ask this."),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """`field`: the question; `limit`, `other`: what the words name; `message`: the form's own words, before the usual
    ones. Never holds the answer itself."""

    field: str
    code: ComplaintCode
    limit: str = ""
    other: LocalText | None = None
    message: LocalText | None = None
