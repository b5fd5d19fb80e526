"""What a question's list offers: options, provinces and communes, those that fit what was typed, without diacritics."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kiosk.visit.state import Visit
from queue_server.contract import (
    CatalogueReply,
    Control,
    Form,
    Language,
    PlacesReply,
    Procedure,
    Province,
    Question,
    asked,
)

FEW = 8
"""So many options stand on one page as large buttons; more become a list with a filter."""
_KINDS = ("thanh pho ", "tinh ", "phuong ", "xa ", "dac khu ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; `code` is what picking it means."""

    code: str
    name: str


def procedure_of(catalogue: CatalogueReply | None, visit: Visit | None) -> Procedure | None:
    """The procedure that the visit is about."""
    if catalogue is None or visit is None:
        return None
    return next((one for one in catalogue.procedures if one.code == visit.procedure), None)


def form_of(catalogue: CatalogueReply | None, visit: Visit | None) -> Form | None:
    procedure = procedure_of(catalogue, visit)
    return procedure.form if procedure else None


def question_of(catalogue: CatalogueReply | None, visit: Visit | None) -> Question | None:
    """The question before the citizen."""
    form = form_of(catalogue, visit)
    return form.question(visit.asking.field) if form and visit and visit.asking else None


def answered(form: Form, visit: Visit) -> tuple[Question, ...]:
    """The questions of the review page, in order."""
    return asked(form, visit.answers)


def is_list(question: Question) -> bool:
    """True where the question is asked by a list with pages and a filter."""
    if question.control in (Control.PROVINCE, Control.COMMUNE):
        return True
    return question.control in (Control.CHOICE, Control.CHOICES) and len(question.options) > FEW


def folded(text: str) -> str:
    """`text` as one would type it in haste: small letters, no diacritics, single blanks."""
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(mark for mark in marks if not unicodedata.combining(mark)).split())


def fits(name: str, wanted: str) -> bool:
    """True where each word of `wanted`, which is folded, begins a word of `name`; blanks may be left out."""
    if not wanted:
        return True
    offered = folded(name)
    words = offered.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return True
    short = next((offered.removeprefix(kind) for kind in _KINDS if offered.startswith(kind)), offered)
    return short.replace(" ", "").startswith(wanted.replace(" ", ""))


def province_of(places: PlacesReply | None, code: str | None) -> Province | None:
    return next((one for one in places.provinces if one.code == code), None) if places else None


def place_name(places: PlacesReply | None, code: str) -> str:
    """A province's or commune's name, a commune's with its province; empty for an unknown code."""
    for province in places.provinces if places else ():
        if province.code == code:
            return province.name
        for commune in province.communes:
            if commune.code == code:
                return f"{commune.name}, {province.name}"
    return ""


def listed(question: Question, visit: Visit, places: PlacesReply | None, language: Language) -> tuple[Entry, ...]:
    """The lines of the question's list that fit what was typed. Provinces: the hall's own first, then by name."""
    typed, asking = visit.entry.text, visit.asking
    province = province_of(places, asking.province if asking else None)
    if question.control is Control.COMMUNE and province is not None:
        lines = tuple(Entry(one.code, one.name) for one in sorted(province.communes, key=lambda one: _rank(one.name)))
    elif question.control in (Control.PROVINCE, Control.COMMUNE):
        home = places.home if places else None
        provinces = sorted(places.provinces if places else (), key=lambda one: (one.code != home, _rank(one.name)))
        lines = tuple(Entry(one.code, one.name) for one in provinces)
    else:
        english = language is Language.EN
        lines = tuple(Entry(one.code, one.name.en if english else one.name.vi) for one in question.options)
    wanted = folded(typed)
    return tuple(one for one in lines if fits(one.name, wanted)) if is_list(question) else lines


def _rank(name: str) -> str:
    """Names are ordered without their kind: “Phường Ba Đình” under B."""
    low = folded(name)
    return next((low.removeprefix(kind) for kind in _KINDS if low.startswith(kind)), low)
