"""A dossier does only what the table allows; whatever happens to it, its events alone lead to where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dossiers.code import CODE, day_of, dossier_code, is_unit, tidy_code
from queue_server.domain.dossiers.dossier import (
    NEEDS_REASON,
    Dossier,
    DossierEvent,
    Transition,
    apply,
    prepare,
    replay,
    submit,
)
from queue_server.domain.dossiers.errors import (
    CodesExhausted,
    DossierActIllegal,
    NewDueMissing,
    PapersNotChecked,
    ReasonMissing,
)
from queue_server.domain.dossiers.papers import Filed, Source, checked, paper_name, unseen
from queue_server.domain.dossiers.retention import DossierRules, held_until, over
from queue_server.domain.dossiers.state import ACT_NAMES, FINAL, STATE_NAMES, TRANSITIONS, DossierAct, DossierState
from queue_server.domain.errors import HallError
from queue_server.domain.ids import Actor

KIOSK, CLERK = Actor("device:kiosk-1"), Actor("user:lan")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DUE = AT + timedelta(days=3)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CODE_1 = "000.00.12.H62-261123-0001"


def filed() -> Dossier:
    return submit(CODE_1, "1.001193", AT, KIOSK, DUE)[0]


def draft() -> Dossier:
    return prepare(CODE_1, "1.001193", AT, KIOSK)[0]


def do(dossier: Dossier, act: DossierAct, at: datetime, why: str | None = "Vì sao") -> Transition:
    later = at + timedelta(days=30)
    match act:
        case DossierAct.SUBMIT:
            return dossier.submit(at, CLERK, later)
        case DossierAct.RECEIVE:
            return dossier.receive(at, CLERK, later)
        case DossierAct.REQUEST_SUPPLEMENT:
            return dossier.request_supplement(at, CLERK, why)
        case DossierAct.SUPPLEMENT:
            return dossier.supplement(at, CLERK, later)
        case DossierAct.PROCESS:
            return dossier.process(at, CLERK)
        case DossierAct.EXTEND:
            return dossier.extend(at, CLERK, (dossier.due_at or at) + timedelta(days=31), why)
        case DossierAct.READY:
            return dossier.ready(at, CLERK)
        case DossierAct.RETURN:
            return dossier.hand_over(at, CLERK)
        case DossierAct.REFUSE:
            return dossier.refuse(at, CLERK, why)
        case DossierAct.WITHDRAW:
            return dossier.withdraw(at, CLERK, why)
    raise DossierActIllegal(code=dossier.code, dossier_state=dossier.state, act=act)


@given(st.booleans(), st.lists(st.sampled_from(DossierAct), max_size=14))
def test_only_what_the_table_allows_happens_and_events_alone_redo_it(prepared: bool, acts: list[DossierAct]) -> None:
    begin = prepare if prepared else lambda *it: submit(*it, DUE)
    dossier, event = begin(CODE_1, "1.001193", AT, KIOSK)
    history = [event]
    for number, act in enumerate(acts, 1):
        allowed = TRANSITIONS.get((dossier.state, act))
        assert (act in dossier.acts) == (allowed is not None)
        try:
            after, event = do(dossier, act, AT + timedelta(hours=number))
        except DossierActIllegal:
            assert allowed is None
            continue
        assert after.state is allowed
        assert (after.ended_at is not None) == (after.state in FINAL)
        assert event.act is act
        assert (event.why is not None) >= (act in NEEDS_REASON)
        dossier = after
        history.append(event)
    without_reasons = [DossierEvent(e.act, e.at, e.by, None, e.data) for e in history]
    assert replay(CODE_1, "1.001193", without_reasons) == dossier


@pytest.mark.parametrize("act", sorted(NEEDS_REASON))
def test_what_stands_on_a_paper_needs_its_reason(act: DossierAct) -> None:
    dossier = filed().receive(AT, CLERK)[0] if act is DossierAct.EXTEND else filed()
    for nothing in (None, ""):
        with pytest.raises(ReasonMissing):
            do(dossier, act, AT, nothing)


def test_a_draft_is_promised_nothing_until_it_is_received_and_a_filed_one_keeps_its_day() -> None:
    assert draft().due_at is None
    assert draft().receive(AT, CLERK, DUE)[0].due_at == DUE
    assert filed().receive(AT, CLERK, DUE + timedelta(days=9))[0].due_at == DUE


def test_after_a_supplement_the_time_runs_anew() -> None:
    waiting = filed().request_supplement(AT, CLERK, "Thiếu giấy chứng sinh")[0]
    later = AT + timedelta(days=10)
    assert waiting.supplement(later, CLERK, later + timedelta(days=3))[0].due_at == later + timedelta(days=3)


@pytest.mark.parametrize("new", [None, DUE, DUE - timedelta(seconds=1)])
def test_it_is_put_off_to_a_later_day_only(new: datetime | None) -> None:
    with pytest.raises(NewDueMissing):
        filed().receive(AT, CLERK)[0].extend(AT, CLERK, new, "Cần xác minh")


def test_it_is_over_due_until_the_result_is_made() -> None:
    late = DUE + timedelta(seconds=1)
    received = filed().receive(AT, CLERK)[0]
    assert not received.over_due(DUE)
    assert received.over_due(late)
    assert not received.ready(AT, CLERK)[0].over_due(late)
    assert not draft().over_due(late)


def test_papers_that_must_be_seen_hold_up_receiving() -> None:
    papers = [
        Filed("GCS", Source.CAPTURED, True, True, "a" * 64),
        Filed("CN", Source.AT_COUNTER, True, True),
        Filed("KHAC", Source.AT_COUNTER, False, True),
    ]
    assert unseen(papers, ()) == ("CN",)
    assert unseen(papers, ("CN",)) == ()
    assert unseen(checked(papers, ("CN",)), ()) == ()
    with pytest.raises(PapersNotChecked):
        filed().receive(AT, CLERK, unseen=("CN",))


def test_a_history_that_could_not_have_happened_is_refused() -> None:
    _, event = filed().receive(AT, CLERK)
    with pytest.raises(DossierActIllegal):
        replay(CODE_1, "1.001193", [event])
    with pytest.raises(ValueError, match="no events"):
        replay(CODE_1, "1.001193", [])
    with pytest.raises(DossierActIllegal):
        apply(filed(), prepare(CODE_1, "1.001193", AT, KIOSK)[1])


def test_every_state_and_act_has_words() -> None:
    assert set(STATE_NAMES) == set(DossierState)
    assert set(ACT_NAMES) == set(DossierAct)


@pytest.mark.parametrize(
    ("unit", "day", "sequence", "code"),
    [
        ("000.00.12.H62", date(2020, 11, 5), 4, "000.00.12.H62-201105-0004"),
        ("H57.132", date(2026, 8, 4), 583, "H57.132-260804-0583"),
        ("H57.132", date(2026, 12, 31), 9999, "H57.132-261231-9999"),
        ("H57.132", date(2027, 1, 1), 10000, "H57.132-270101-10000"),
    ],
)
def test_codes_in_both_forms(unit: str, day: date, sequence: int, code: str) -> None:
    assert dossier_code(unit, day, sequence) == code
    assert tidy_code(f" {code.lower()} ") == code


@given(
    st.sampled_from(["000.00.12.H62", "H57.132", "H57.1"]),
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
)
def test_a_code_is_read_back_as_its_parts(unit: str, day: date, sequence: int) -> None:
    found = CODE.fullmatch(dossier_code(unit, day, sequence))
    assert found is not None
    assert found.group(1) == unit
    assert found.groups()[-2:] == (f"{day:%y%m%d}", f"{sequence:04d}")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    code = tidy_code(typed)
    assert code is None or CODE.fullmatch(code)


def test_the_day_is_the_halls_own_at_midnight_and_at_the_years_end() -> None:
    last = datetime(2026, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC)
    assert day_of(last, HANOI) == date(2026, 12, 31)
    assert day_of(last + timedelta(microseconds=1), HANOI) == date(2027, 1, 1)


@pytest.mark.parametrize("unit", ["", "H57", "h57.132", "000.00.12", "000.00.12.62", "H57.132-1", "H57.132\n"])
def test_other_unit_codes_are_none(unit: str) -> None:
    assert not is_unit(unit)
    with pytest.raises(ValueError, match="no unit code"):
        dossier_code(unit, date(2026, 1, 1), 1)


def test_after_the_last_code_of_a_day_it_says_so() -> None:
    with pytest.raises(CodesExhausted):
        dossier_code("H57.132", date(2026, 1, 1), 1_000_000)


def test_what_is_over_and_what_is_held() -> None:
    times = over(DossierRules(keep_days=365, keep_drafts_days=7, keep_idle_days=200), AT)
    assert (times.ended_by, times.prepared_by) == (AT - timedelta(days=365), AT - timedelta(days=7))
    assert times.idle_since == AT - timedelta(days=200)
    assert held_until(date(2026, 11, 23), 1) == date(2026, 11, 23)
    assert held_until(date(2026, 11, 23), 30) == date(2026, 12, 22)
    assert held_until(date(2026, 11, 23), None) is None
    with pytest.raises(ValueError, match="at least a day"):
        DossierRules(keep_days=0)


def test_a_papers_name_and_refusals_without_anything_personal() -> None:
    assert paper_name("001190123456", "GCS") == "001190123456.GCS"
    with pytest.raises(HallError) as refused:
        filed().hand_over(AT, CLERK)
    assert CODE_1 in str(refused.value)
