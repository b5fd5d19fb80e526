"""Every form of the catalogue, filled in thousands of ways: right answers pass, a wrong one is told where it stands."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.domain.forms import Form, asked, check, check_answer, following, kept, place, preceding
from tests.faults import runs
from tests.form_answers import TODAY, spoilt, valid

from .small_form import FORM

FORMS = {"small": FORM} | {
    f"{code}/{version}": form for (code, version), form in load_catalogue(quickly=True).forms.items()
}
EVERY_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
SLOW_IS_WELL = [HealthCheck.filter_too_much, HealthCheck.too_slow]
QUICK = settings(max_examples=runs(8, 60), deadline=None, suppress_health_check=SLOW_IS_WELL)


@EVERY_FORM
@QUICK
@given(data=st.data())
def test_right_answers_can_be_filed_and_are_kept_as_they_are(form: Form, data: st.DataObject) -> None:
    answers = data.draw(valid(form))
    assert check(form, answers, TODAY, load_places().codes) == ()
    assert kept(form, answers) == answers


@EVERY_FORM
@QUICK
@given(data=st.data())
def test_one_wrong_answer_is_told_at_its_question(form: Form, data: st.DataObject) -> None:
    wrong = data.draw(spoilt(form))
    found = {each.field: each.code for each in check(form, wrong.answers, TODAY, load_places().codes)}
    assert found.get(wrong.field) == wrong.code


@EVERY_FORM
@QUICK
@given(data=st.data())
def test_asked_one_by_one_it_is_the_same_as_asked_all_at_once(form: Form, data: st.DataObject) -> None:
    """As the kiosk does: each answer checked when it is given, then on to the next; back leads the same way."""
    answers = data.draw(valid(form))
    given: dict[str, object] = {}
    question = following(form, {}, None)
    walked = []
    while question is not None:
        walked.append(question.field)
        value = answers.get(question.field)
        assert check_answer(form, question, value, given, TODAY) is None  # type: ignore[arg-type]
        if value is not None:
            given[question.field] = value
        question = following(form, given, walked[-1])  # type: ignore[arg-type]
    assert given == answers
    assert walked == [each.field for each in asked(form, answers)]
    for number, field in enumerate(walked, start=1):
        assert place(form, answers, field) == (number, len(walked))
        before = preceding(form, answers, field)
        assert (before.field if before else None) == (walked[number - 2] if number > 1 else None)
