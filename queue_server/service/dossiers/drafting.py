"""What a citizen has filled in, looked at by the rules: the same for showing the declaration and for filing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.contract import DossierDraft
from queue_server.domain.due import due
from queue_server.domain.fees import fee_for
from queue_server.domain.forms import Control, Form, Prefill, Question, Value, check
from queue_server.domain.forms.tidying import kept
from queue_server.domain.hall import Hall
from queue_server.domain.procedure import Procedure
from queue_server.store.dossiers import OwnerFacts

from .errors import AnswersWrong, FormChanged, OwnerDiffers
from .registry import Registry


@dataclass(frozen=True, repr=False)
class Draft:
    """Sound answers to the form that is in force. Not shown by `repr`: it is personal. `today`: the hall's day."""

    procedure: Procedure
    form: Form
    answers: dict[str, Value]
    owner: OwnerFacts
    today: date

    @property
    def fee(self) -> int | None:
        """In đồng, as far as the answers say."""
        return fee_for(self.procedure, self.answers, self.today)


def draft(hall: Hall, registry: Registry, wanted: DossierDraft, now: datetime) -> Draft:
    """Raises ProcedureUnknown, ProcedureNotFiled, FormChanged, AnswersWrong, OwnerDiffers."""
    today = now.astimezone(hall.zone).date()
    procedure, form = registry.filed_here(wanted.procedure, today)
    if wanted.form_version != form.version:
        raise FormChanged(version=form.version)
    wrong = check(form, wanted.answers, today, registry.places.codes or None)
    if wrong:
        raise AnswersWrong(complaints=wrong)
    answers = kept(form, wanted.answers)
    owner = wanted.owner
    for field, said in ((form.owner, owner.id), (form.owner_birth, owner.birth_date.isoformat())):
        if field is not None and field in answers and answers[field] != said:
            raise OwnerDiffers
    return Draft(procedure, form, answers, OwnerFacts(owner.id, owner.birth_date, applicant_name(form, answers)), today)


def promised(hall: Hall, procedure: Procedure, received_at: datetime) -> datetime | None:
    """When the result is due for what is complete at `received_at`; None where the procedure promises no day."""
    return None if procedure.time is None else due(hall.hours, procedure.time, received_at.astimezone(hall.zone))


def about_owner(form: Form, control: Control, source: Prefill | None = None) -> Question | None:
    """The question about whoever files that is asked by `control`: one that the card fills in goes first, then those of
    the same group as the id number, then any."""
    asked = [question for question in form.questions if question.control is control]
    named = form.question(form.owner) if form.owner else None
    groups = (named.group,) if named else ()
    by_card = [question for question in asked if source is not None and source in question.prefill]
    return next(iter([*by_card, *(question for question in asked if question.group in groups)]), None)


def applicant_name(form: Form, answers: dict[str, Value]) -> str:
    question = about_owner(form, Control.NAME, Prefill.CARD_NAME)
    return str(answers.get(question.field, "")) if question else ""
