"""What a procedure's file, and the ways that lead to procedures, must keep beyond their shape."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from queue_server.domain.forms import Control
from queue_server.domain.procedure import Outcome

from .faults import Fault
from .form_shape import FormShape
from .form_soundness import condition_faults
from .guide_shape import GuideShape, LifeEventsShape
from .procedure_shape import FeeShape, ProcedureShape, VersionShape
from .yaml_file import Key, YamlFile

_COUNTED = (Control.NUMBER,)


def procedure_faults(
    file: YamlFile, procedure: ProcedureShape, forms: Mapping[str, FormShape], life_events: Collection[str]
) -> list[Fault]:
    """Everything that is wrong; `forms` by `<code>/<version>`."""
    faults: list[Fault] = []
    if file.path.stem != procedure.code:
        faults.append(file.fault(("code",), f"the file must be called {procedure.code}.yaml"))
    days = [version.effective_from for version in procedure.versions]
    for place, day in enumerate(days):
        if place and day <= days[place - 1]:
            key = ("versions", place, "effective_from")
            faults.append(file.fault(key, f"must be after {days[place - 1]}: versions stand in order"))
    for place, version in enumerate(procedure.versions):
        faults += _of_version(file, ("versions", place), version, forms, life_events)
    return faults


def _of_version(
    file: YamlFile, key: Key, version: VersionShape, forms: Mapping[str, FormShape], life_events: Collection[str]
) -> Iterator[Fault]:
    form = forms.get(version.form) if version.form else None
    if version.form and form is None:
        yield file.fault((*key, "form"), f"there is no form {version.form}")
    if version.outcome is Outcome.GUIDANCE and version.form:
        yield file.fault((*key, "form"), "guidance asks nothing: leave form out, or choose another outcome")
    if version.outcome is not Outcome.GUIDANCE and not version.form:
        yield file.fault((*key, "outcome"), f"{version.outcome} needs a form")
    if version.outcome is not Outcome.GUIDANCE and form is not None and not (form.owner and form.owner_birth):
        yield file.fault((*key, "form"), f"{version.form} must name its owner and owner_birth")
    if version.outcome is Outcome.DOSSIER and version.time is None:
        yield file.fault((*key, "outcome"), "dossier needs time: the receipt says when the result is due")
    types = [paper.type for paper in version.papers]
    for place, kind in enumerate(types):
        if kind in types[:place]:
            yield file.fault((*key, "papers", place, "type"), f"{kind} is there already")
    for place, code in enumerate(version.life_events):
        if code not in life_events:
            yield file.fault((*key, "life_events", place), f"there is no life event {code}")
    if form is not None or not version.form:
        yield from _of_conditions(file, key, version, form)


def _of_conditions(file: YamlFile, key: Key, version: VersionShape, form: FormShape | None) -> Iterator[Fault]:
    fields = {question.field: question for question in form.questions} if form else {}
    known_as = "a question of the form" if form else "known: this procedure has no form"
    whens = [
        *(("papers", place, paper.when) for place, paper in enumerate(version.papers)),
        *(("fees", place, fee.when) for place, fee in enumerate(version.fees)),
    ]
    for name, place, when in whens:
        for which, condition in enumerate(when):
            yield from condition_faults(file, (*key, name, place, "when", which), condition, fields, known_as)
    for place, paper in enumerate(version.papers):
        named = fields.get(paper.issued or "")
        if paper.issued is not None and (named is None or named.control is not Control.DATE):
            where = (*key, "papers", place, "issued")
            yield file.fault(where, f"{paper.issued} must be a question of the form whose control is date")
    for place, fee in enumerate(version.fees):
        yield from _of_fee(file, (*key, "fees", place), fee, {f: q.control for f, q in fields.items()})


def _of_fee(file: YamlFile, key: Key, fee: FeeShape, controls: Mapping[str, Control]) -> Iterator[Fault]:
    for name in ("per", "times"):
        field = getattr(fee, name)
        if field is not None and controls.get(field) not in _COUNTED:
            yield file.fault((*key, name), f"{field} must be a question of the form whose control is number")
    if fee.within is not None and controls.get(fee.within.field) is not Control.DATE:
        yield file.fault((*key, "within"), f"{fee.within.field} must be a question of the form whose control is date")


def guide_faults(file: YamlFile, guide: GuideShape, procedures: Collection[str]) -> Iterator[Fault]:
    """Every answer leads on, to a later question or to known procedures, and every question is led to."""
    codes = [question.code for question in guide.guide]
    reached = set(codes[:1])
    for place, question in enumerate(guide.guide):
        if question.code in codes[:place]:
            yield file.fault(("guide", place, "code"), f"{question.code} is there already")
        for which, answer in enumerate(question.answers):
            key = ("guide", place, "answers", which)
            if answer.next is not None and answer.next not in codes[place + 1 :]:
                yield file.fault((*key, "next"), f"{answer.next} is not a later question")
            reached.add(answer.next or "")
            for each, code in enumerate(answer.procedures):
                if code not in procedures:
                    yield file.fault((*key, "procedures", each), f"there is no procedure {code}")
    for place, code in enumerate(codes):
        if code not in reached:
            yield file.fault(("guide", place, "code"), f"no answer leads to {code}")


def life_event_faults(file: YamlFile, events: LifeEventsShape) -> Iterator[Fault]:
    codes = [event.code for event in events.life_events]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield file.fault(("life_events", place, "code"), f"{code} is there already")
