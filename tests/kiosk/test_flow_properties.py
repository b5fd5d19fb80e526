"""What holds for the kiosk whatever happens, in any order."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.health import Kind, Severity, severity
from hardware.health import State as Condition
from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_hall import problem
from kiosk.fake_services import services_reply
from kiosk.flow import GIVE_UP_S, step
from kiosk.state import RESTING, Part, Screen, State, pages
from queue_server.contract import Language, Opening, OpeningReason, Ticket, TicketState

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OPEN = services_reply(now=NOW)
REPLIES = (
    OPEN,
    services_reply(Opening(issuing=False, reason=OpeningReason.HOLIDAY), NOW),
    OPEN.model_copy(update={"groups": OPEN.groups[:1], "priorities": ()}),
    OPEN.model_copy(update={"groups": ()}),
)
KEYS = tuple(f"key-{number}" for number in range(4))
CODES = ("ho-tich", "chung-thuc", "cu-tru", "nonsense")
SERVICES = ("1.001193", "2.000815", "1.004222", "nonsense")


def ticket(number: int) -> Ticket:
    return Ticket(
        id=number,
        number=f"A-{number:03d}",
        service="1.001193",
        priority=None,
        state=TicketState.WAITING,
        issued_at=NOW,
        ahead=None,
        wait_low_s=None,
        wait_high_s=None,
        track_url="http://127.0.0.1/t/x",
        queued_at=NOW,
    )


key, number, condition = st.sampled_from(KEYS), st.integers(1, 3), st.sampled_from(list(Condition))
parts = st.lists(condition, max_size=2).map(
    lambda states: tuple(Part(f"printer-{at}", Kind.PRINTER, str(state)) for at, state in enumerate(states))
)
EVENTS = st.one_of(
    st.just(on.Start()),
    st.just(on.Touched()),
    st.just(on.Back()),
    st.just(on.Home()),
    st.just(on.ToggleLargeText()),
    st.just(on.PrintAgain()),
    st.builds(on.Resized, st.booleans()),
    st.builds(on.ChooseLanguage, st.sampled_from(Language)),
    st.builds(on.SwitchLanguage, st.sampled_from(Language)),
    st.builds(on.ChooseGroup, st.sampled_from(CODES)),
    st.builds(on.ChooseService, st.sampled_from(SERVICES)),
    st.builds(on.ChoosePriority, st.sampled_from((None, "elderly", "nonsense"))),
    st.builds(on.TurnPage, st.integers(-3, 3)),
    st.builds(on.Confirm, key),
    st.builds(on.ServicesArrived, st.sampled_from(REPLIES)),
    st.builds(on.ServicesFailed, st.just("down")),
    st.builds(on.TicketIssued, key, number.map(ticket)),
    st.builds(on.IssueRefused, key, st.just(problem(409, "hall-closed", "x", "y"))),
    st.builds(on.IssueUncertain, key, st.just("timeout")),
    st.builds(on.Printed, number),
    st.builds(on.PrintFailed, number, parts),
    st.builds(on.PrinterChecked, parts),
)
# A forward-looking bias: sequences that get somewhere are the interesting ones.
WAY = st.sampled_from(
    (
        on.ServicesArrived(OPEN),
        on.Start(),
        on.ChooseLanguage(Language.VI),
        on.ChooseGroup("ho-tich"),
        on.ChooseService("1.001193"),
        on.ChoosePriority(None),
        on.Confirm(KEYS[0]),
    )
)
TICKS = st.floats(0, 30).map(lambda passed: ("tick", passed))
SEQUENCES = st.lists(st.one_of(EVENTS, WAY, TICKS), max_size=60)


def walk(
    state: State, moves: list[on.Event | tuple[str, float]]
) -> list[tuple[State, on.Event, State, tuple[do.Effect, ...]]]:
    steps = []
    for move in moves:
        event = on.Tick(state.times.now + move[1]) if isinstance(move, tuple) else move
        after, effects = step(state, event)
        steps.append((state, event, after, effects))
        state = after
    return steps


@settings(max_examples=120, deadline=None)
@given(SEQUENCES)
def test_any_sequence_keeps_the_state_whole(moves: list[on.Event | tuple[str, float]]) -> None:
    for _, _, after, _ in walk(State(), moves):
        assert 0 <= after.page < pages(after)
        assert (after.screen is Screen.TICKET) == (after.ticket is not None)
        assert (after.screen is Screen.REFUSED) == (after.problem is not None)
        if after.screen is Screen.ISSUING:
            assert after.pending is not None
        if after.pending is not None:
            assert after.screen in (Screen.ISSUING, Screen.UNREACHABLE)


@settings(max_examples=120, deadline=None)
@given(SEQUENCES)
def test_a_key_is_sent_only_for_the_confirm_that_brought_it(moves: list[on.Event | tuple[str, float]]) -> None:
    for before, event, after, effects in walk(State(), moves):
        sent = [effect for effect in effects if isinstance(effect, do.IssueTicket)]
        assert len(sent) <= 1
        for effect in sent:
            assert after.pending is not None
            assert (effect.key, effect.request) == (after.pending.key, after.pending.request)
            if before.pending is None:
                assert event == on.Confirm(effect.key)
            else:
                assert isinstance(event, on.Tick)
                assert before.pending.key == effect.key
        if before.pending is not None and after.pending is not None:
            assert before.pending.key == after.pending.key


@settings(max_examples=80, deadline=None)
@given(SEQUENCES)
def test_when_nobody_touches_it_the_kiosk_comes_to_rest(moves: list[on.Event | tuple[str, float]]) -> None:
    state = State()
    for _, _, after, _ in walk(state, moves):
        state = after
    for _ in range(int(GIVE_UP_S) + 1):
        state, _ = step(state, on.Tick(state.times.now + 1.0))
    assert state.screen in RESTING
    assert state.pending is None
    assert (state.language, state.large_text) == (Language.VI, False)


@settings(max_examples=80, deadline=None)
@given(SEQUENCES)
def test_each_ticket_shown_is_sent_to_the_printer(moves: list[on.Event | tuple[str, float]]) -> None:
    for before, event, after, effects in walk(State(), moves):
        if after.ticket is not None and after.ticket is not before.ticket:
            assert isinstance(event, on.TicketIssued)
            assert [effect.ticket for effect in effects if isinstance(effect, do.Print)] == [after.ticket]


@settings(max_examples=120, deadline=None)
@given(SEQUENCES)
def test_every_change_of_a_printer_is_reported_at_once_and_nothing_else_is(
    moves: list[on.Event | tuple[str, float]],
) -> None:
    def states(state: State) -> list[tuple[str, str]]:
        return [(part.name, part.state) for part in state.parts]

    for before, event, after, effects in walk(State(), moves):
        reports = [effect for effect in effects if isinstance(effect, do.Report)]
        if states(before) != states(after):
            assert reports == [do.Report(after.parts)]
        elif not isinstance(event, on.Tick):
            assert reports == []
        works = [severity(part.state) is not Severity.FAILED for part in after.parts]
        assert after.unprintable is (bool(works) and not any(works))
