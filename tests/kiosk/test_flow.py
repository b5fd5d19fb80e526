"""Every path of a citizen through the kiosk, walked without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hardware.health import Kind
from kiosk import effects as do
from kiosk import events as on
from kiosk.answers import POLL_S, PRINTER_FAULTY_S, PRINTER_S, REPORT_S, RETRY_S
from kiosk.fake_hall import problem
from kiosk.fake_services import services_reply
from kiosk.flow import GIVE_UP_S, step
from kiosk.state import SILENCE_S, Part, Printing, Screen, State, pages, seconds_left, warned
from queue_server.contract import (
    Language,
    Opening,
    OpeningReason,
    ServicesReply,
    Ticket,
    TicketRequest,
    TicketState,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = "key-of-this-test"
CLOSED = services_reply(
    Opening(issuing=False, reason=OpeningReason.LUNCH, opens_at=NOW + timedelta(hours=5)),
    NOW,
)


def seen(*printers: str, itself: str = "ready") -> tuple[Part, ...]:
    """The kiosk and its printers in these states."""
    names = ("printer", "printer-2", "printer-3")
    parts = [Part(name, Kind.PRINTER, state) for name, state in zip(names, printers, strict=False)]
    return (Part("kiosk", Kind.KIOSK, itself), *parts)


class Walk:
    """One kiosk: events in, screens and effects out, in the order they happen."""

    def __init__(self, reply: ServicesReply | None = None) -> None:
        self.state = State()
        self.effects: list[do.Effect] = []
        self.tick(1000.0)
        self.did(on.ServicesArrived(reply or services_reply(now=NOW)))
        self.effects.clear()

    def did(self, *events: on.Event) -> Walk:
        for event in events:
            self.state, effects = step(self.state, event)
            self.effects.extend(effects)
        return self

    def tick(self, seconds: float) -> Walk:
        return self.did(on.Tick(self.state.times.now + seconds))

    def quiet(self, seconds: float) -> Walk:
        """Time passes as on the real clock, tick by tick; the server answers every poll."""
        for _ in range(round(seconds)):
            before = len(self.effects)
            self.tick(1.0)
            if any(isinstance(effect, do.FetchServices) for effect in self.effects[before:]):
                self.did(on.ServicesArrived(self.state.reply or services_reply(now=NOW)))
        return self

    def at(self, screen: Screen) -> Walk:
        assert self.state.screen is screen
        return self

    def took(self, kind: type[do.Effect]) -> list[do.Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def confirm_screen(self, *, priority: str | None = None) -> Walk:
        self.did(on.Start(), on.ChooseLanguage(Language.VI), on.ChooseGroup("chung-thuc"))
        return self.did(on.ChooseService("2.000815"), on.ChoosePriority(priority)).at(Screen.CONFIRM)

    def asked(self) -> Walk:
        return self.confirm_screen().did(on.Confirm(KEY)).at(Screen.ISSUING)

    def issued(self) -> Walk:
        return self.asked().did(on.TicketIssued(KEY, ticket())).at(Screen.TICKET)


def ticket(number: int = 7) -> Ticket:
    return Ticket(
        id=number,
        number=f"B-{number:03d}",
        service="2.000815",
        priority=None,
        state=TicketState.WAITING,
        issued_at=NOW,
        ahead=3,
        wait_low_s=300,
        wait_high_s=900,
        track_url="http://127.0.0.1:8080/t/abc",
        queued_at=NOW,
    )


def test_from_the_welcome_to_the_paper_ticket_and_back() -> None:
    walk = Walk().at(Screen.ATTRACT)
    walk.did(on.Start()).at(Screen.LANGUAGE)
    walk.did(on.ChooseLanguage(Language.EN)).at(Screen.GROUP)
    walk.did(on.ChooseGroup("ho-tich")).at(Screen.SERVICE)
    walk.did(on.ChooseService("1.001193")).at(Screen.PRIORITY)
    walk.did(on.ChoosePriority("elderly")).at(Screen.CONFIRM)
    walk.did(on.Confirm(KEY)).at(Screen.ISSUING)
    request = TicketRequest(service="1.001193", priority="elderly", language=Language.EN)
    assert walk.took(do.IssueTicket) == [do.IssueTicket(KEY, request)]
    walk.did(on.TicketIssued(KEY, ticket())).at(Screen.TICKET)
    assert walk.took(do.Print) == [do.Print(ticket(), walk.state.reply, Language.EN)]
    walk.did(on.Printed(7))
    assert walk.state.printing is Printing.DONE
    walk.quiet(14).at(Screen.TICKET).quiet(2).at(Screen.ATTRACT)
    assert walk.state.language is Language.VI
    assert walk.state.ticket is None


def test_without_priority_the_request_names_none() -> None:
    walk = Walk().asked()
    assert walk.took(do.IssueTicket) == [do.IssueTicket(KEY, TicketRequest(service="2.000815"))]


def test_language_can_be_switched_on_every_screen() -> None:
    for walk in (Walk(), Walk(CLOSED), Walk().confirm_screen(), Walk().asked(), Walk().issued()):
        screen = walk.state.screen
        walk.did(on.SwitchLanguage(Language.EN)).at(screen)
        assert walk.state.language is Language.EN


def test_larger_text_can_be_switched_on_every_screen_and_ends_with_the_visit() -> None:
    walk = Walk().did(on.ToggleLargeText()).confirm_screen()
    assert walk.state.large_text
    walk.did(on.Home()).at(Screen.ATTRACT)
    assert not walk.state.large_text


def test_language_and_text_size_of_somebody_who_only_tried_them_do_not_stay() -> None:
    walk = Walk().did(on.ToggleLargeText(), on.SwitchLanguage(Language.EN)).quiet(46)
    assert not walk.state.large_text
    assert walk.state.language is Language.VI


def test_back_leads_through_every_screen_to_the_start() -> None:
    walk = Walk().confirm_screen()
    for screen in (Screen.PRIORITY, Screen.SERVICE, Screen.GROUP, Screen.LANGUAGE, Screen.ATTRACT):
        walk.did(on.Back()).at(screen)


def test_home_leads_to_the_start_and_forgets_the_choices() -> None:
    walk = Walk().confirm_screen(priority="elderly").did(on.Home()).at(Screen.ATTRACT)
    assert (walk.state.group, walk.state.service, walk.state.priority) == (None, None, None)
    assert walk.took(do.FetchServices)


def test_a_hall_with_one_group_skips_the_choice_of_a_group() -> None:
    reply = services_reply(now=NOW)
    walk = Walk(reply.model_copy(update={"groups": reply.groups[:1]}))
    walk.did(on.Start(), on.ChooseLanguage(Language.VI)).at(Screen.SERVICE)
    walk.did(on.Back()).at(Screen.LANGUAGE)


def test_a_hall_without_priorities_skips_the_question() -> None:
    walk = Walk(services_reply(now=NOW).model_copy(update={"priorities": ()}))
    walk.did(on.Start(), on.ChooseLanguage(Language.VI), on.ChooseGroup("cu-tru"))
    walk.did(on.ChooseService("1.004222")).at(Screen.CONFIRM).did(on.Back()).at(Screen.SERVICE)


def test_a_hall_that_offers_nothing_gives_no_numbers() -> None:
    Walk(services_reply(now=NOW).model_copy(update={"groups": ()})).at(Screen.CLOSED)


def test_long_lists_are_turned_by_pages() -> None:
    walk = Walk().did(on.Start(), on.ChooseLanguage(Language.VI), on.ChooseGroup("ho-tich"))
    assert pages(walk.state) == 2
    walk.did(on.TurnPage(-1))
    assert walk.state.page == 0
    walk.did(on.TurnPage(1), on.TurnPage(1))
    assert walk.state.page == 1
    walk.did(on.ChooseService("1.004859"), on.Back()).at(Screen.SERVICE)
    assert walk.state.page == 1, "back leads to the page of the chosen service"
    walk.did(on.Resized(landscape=True))
    assert (pages(walk.state), walk.state.page) == (1, 0), "six fit on one page in landscape"


def test_choices_that_are_not_offered_change_nothing() -> None:
    walk = Walk().did(on.Start(), on.ChooseLanguage(Language.VI), on.ChooseGroup("nonsense")).at(Screen.GROUP)
    walk.did(on.ChooseGroup("ho-tich"), on.ChooseService("2.000815")).at(Screen.SERVICE)
    walk.did(on.ChooseService("1.001193"), on.ChoosePriority("nonsense")).at(Screen.PRIORITY)


# --- idle ------------------------------------------------------------------------------------------------------


def to_language(walk: Walk) -> Walk:
    return walk.did(on.Start())


def to_group(walk: Walk) -> Walk:
    return to_language(walk).did(on.ChooseLanguage(Language.VI))


def to_refused(walk: Walk) -> Walk:
    return walk.asked().did(on.IssueRefused(KEY, problem(409, "hall-closed", "Đã đóng cửa.", "Mời quay lại.")))


@pytest.mark.parametrize("lead", [to_language, to_group, Walk.confirm_screen, to_refused])
def test_silence_asks_in_its_last_ten_seconds_and_then_returns(lead: Callable[[Walk], Walk]) -> None:
    walk = lead(Walk())
    screen = walk.state.screen
    walk.quiet(34).at(screen)
    assert not warned(walk.state)
    walk.quiet(2).at(screen)
    assert warned(walk.state)
    assert seconds_left(walk.state) == 9
    walk.quiet(9).at(Screen.ATTRACT)


def test_a_touch_anywhere_ends_the_warning() -> None:
    walk = Walk().confirm_screen().quiet(40)
    assert warned(walk.state)
    walk.did(on.Touched()).at(Screen.CONFIRM)
    assert not warned(walk.state)
    walk.quiet(30).at(Screen.CONFIRM)


def test_a_very_short_idle_time_warns_for_half_of_it() -> None:
    walk = Walk(services_reply(now=NOW).model_copy(update={"idle_s": 8})).did(on.Start()).quiet(3)
    assert not warned(walk.state)
    assert warned(walk.quiet(1).state)


# --- one confirm, one ticket -----------------------------------------------------------------------------------


def test_a_double_touch_takes_one_ticket() -> None:
    walk = Walk().asked().did(on.Confirm("another-key"), on.Confirm("a-third"))
    assert len(walk.took(do.IssueTicket)) == 1


def test_without_an_answer_the_same_key_is_sent_again_until_it_is_known() -> None:
    walk = Walk().asked().did(on.IssueUncertain(KEY, "timeout")).at(Screen.ISSUING).tick(RETRY_S[0])
    walk.did(on.IssueUncertain(KEY, "500")).at(Screen.UNREACHABLE)
    for _ in range(8):
        walk.tick(RETRY_S[-1]).did(on.IssueUncertain(KEY, "timeout")).at(Screen.UNREACHABLE)
    sent = walk.took(do.IssueTicket)
    assert len(sent) == 10
    assert len(set(map(repr, sent))) == 1, "key and request never change"
    walk.did(on.TicketIssued(KEY, ticket())).at(Screen.TICKET)
    assert walk.took(do.Print)


def test_a_request_that_is_never_answered_is_sent_again_too() -> None:
    walk = Walk().asked().quiet(SILENCE_S + 1)
    assert len(walk.took(do.IssueTicket)) == 2


def test_the_request_goes_out_at_once_when_the_server_speaks_again() -> None:
    walk = Walk().asked().did(on.ServicesFailed("down"), on.ServicesFailed("down")).at(Screen.ISSUING)
    walk.did(on.IssueUncertain(KEY, "t"), on.IssueUncertain(KEY, "t"), on.IssueUncertain(KEY, "t"))
    walk.did(on.ServicesArrived(services_reply(now=NOW))).tick(0.25)
    assert len(walk.took(do.IssueTicket)) == 2


def test_whoever_does_not_want_to_wait_for_the_server_may_leave() -> None:
    walk = Walk().asked().did(on.Home()).at(Screen.ISSUING)
    walk.did(on.IssueUncertain(KEY, "t"), on.IssueUncertain(KEY, "t")).at(Screen.UNREACHABLE)
    walk.did(on.Home()).at(Screen.ATTRACT)
    sent = len(walk.took(do.IssueTicket))
    walk.quiet(60)
    assert len(walk.took(do.IssueTicket)) == sent


def test_an_answer_that_was_under_way_is_shown_though_the_person_turned_away() -> None:
    walk = Walk().asked().did(on.IssueUncertain(KEY, "t"), on.IssueUncertain(KEY, "t"), on.Home())
    walk.did(on.TicketIssued(KEY, ticket())).at(Screen.TICKET)
    walk.did(on.Home(), on.TicketIssued(KEY, ticket())).at(Screen.ATTRACT)


def test_an_old_answer_does_not_disturb_the_next_citizen() -> None:
    walk = Walk().asked().did(on.IssueUncertain(KEY, "t"), on.IssueUncertain(KEY, "t"), on.Home(), on.Start())
    walk.did(on.TicketIssued(KEY, ticket())).at(Screen.LANGUAGE)


def test_after_minutes_of_silence_nobody_stands_there_any_more() -> None:
    walk = Walk().asked()
    for _ in range(int(GIVE_UP_S / 10) + 1):
        walk.did(on.IssueUncertain(KEY, "t")).tick(10.0)
    walk.at(Screen.ATTRACT)
    assert walk.state.pending is None


def test_a_refusal_is_shown_with_its_advice_and_ends_the_request() -> None:
    said = problem(409, "hall-closed", "Đã ngừng cấp số.", "Mời quay lại lúc 13 giờ 30.")
    walk = Walk().asked().did(on.IssueRefused(KEY, said)).at(Screen.REFUSED)
    assert walk.state.problem == said
    assert walk.state.pending is None
    walk.did(on.ServicesArrived(CLOSED)).at(Screen.REFUSED)
    walk.did(on.Home()).at(Screen.CLOSED)


def test_answers_to_other_keys_change_nothing() -> None:
    walk = Walk().asked()
    said = problem(409, "hall-closed", "", "")
    walk.did(on.TicketIssued("x", ticket()), on.IssueRefused("x", said), on.IssueUncertain("x", "t"))
    walk.at(Screen.ISSUING)
    assert walk.state.pending
    assert walk.state.pending.attempts == 1


# --- the printer -----------------------------------------------------------------------------------------------


def test_without_paper_number_and_code_stay_on_the_screen_and_the_fault_is_reported() -> None:
    parts = seen("paper-out")
    walk = Walk().issued().did(on.PrintFailed(7, parts)).at(Screen.TICKET)
    assert walk.state.printing is Printing.FAILED
    assert walk.state.ticket == ticket()
    assert walk.took(do.Report) == [do.Report(parts)]
    walk.quiet(60).at(Screen.TICKET).quiet(20).at(Screen.ATTRACT)
    assert walk.state.unprintable


def test_a_ticket_can_be_printed_again() -> None:
    walk = Walk().issued().did(on.PrintFailed(7, seen("paper-out")), on.PrintAgain())
    assert len(walk.took(do.Print)) == 2
    walk.did(on.PrintAgain())
    assert len(walk.took(do.Print)) == 2, "not while it prints"
    walk.did(on.Printed(7, seen("ready")))
    assert walk.state.printing is Printing.DONE
    assert walk.took(do.Report)[-1] == do.Report(seen("ready"))


def test_a_late_print_fault_does_not_disturb_the_next_citizen() -> None:
    walk = Walk().issued().did(on.Home(), on.Start(), on.PrintFailed(7, seen("offline"))).at(Screen.LANGUAGE)
    assert walk.state.fault == "offline"


def test_paper_near_its_end_is_reported_but_prints() -> None:
    walk = Walk().did(on.PrinterChecked(seen("paper-near-end")))
    assert walk.took(do.Report) == [do.Report(seen("paper-near-end"))]
    assert not walk.state.unprintable


def test_a_printer_that_says_nothing_is_reported_as_unknown_and_prints() -> None:
    walk = Walk().did(on.PrinterChecked(seen("unknown")))
    assert walk.took(do.Report) == [do.Report(seen("unknown"))]
    assert not walk.state.unprintable


def test_a_word_of_a_newer_driver_does_not_close_the_printer() -> None:
    assert not Walk().did(on.PrinterChecked(seen("on-fire"))).state.unprintable


def test_one_printer_that_works_is_enough() -> None:
    walk = Walk().did(on.PrinterChecked(seen("paper-out", "ready")))
    assert not walk.state.unprintable
    walk.did(on.PrinterChecked(seen("cover-open", "offline")))
    assert walk.state.fault == "cover-open", "the first printer is the one people see"
    assert len(walk.took(do.Report)) == 2


def test_a_disk_that_fails_is_reported_and_the_printer_still_prints() -> None:
    walk = Walk().did(on.PrinterChecked(seen("ready", itself="cannot-write")))
    assert walk.took(do.Report) == [do.Report(seen("ready", itself="cannot-write"))]
    assert not walk.state.unprintable


def test_the_device_report_is_repeated_every_minute_and_at_once_when_a_state_changes() -> None:
    walk = Walk().quiet(2 * REPORT_S)
    assert walk.took(do.Report) == [], "nobody has looked at the printer yet"
    walk.did(on.PrinterChecked(seen("ready")))
    for _ in range(3 * round(REPORT_S)):
        walk.tick(1.0).did(on.PrinterChecked(seen("ready")))
    assert len(walk.took(do.Report)) == 1 + 3
    walk.did(on.PrinterChecked(seen("offline"))).did(on.PrinterChecked(seen("offline")))
    assert len(walk.took(do.Report)) == 1 + 3 + 1


def test_a_changed_detail_waits_for_the_next_report() -> None:
    walk = Walk().did(on.PrinterChecked(seen("offline")))
    told = tuple(replace(part, detail="unplugged") for part in seen("offline"))
    walk.did(on.PrinterChecked(told))
    assert len(walk.took(do.Report)) == 1
    walk.quiet(REPORT_S)
    assert walk.took(do.Report)[-1] == do.Report(told)


@pytest.mark.parametrize(
    ("event", "within_s"),
    [
        (lambda: on.Printed(7, seen("ready")), 1.0),
        (lambda: on.PrintFailed(7, seen("paper-out")), PRINTER_FAULTY_S),
        (lambda: on.PrinterChecked(seen("ready")), PRINTER_S),
        (lambda: on.PrinterChecked(seen("unknown")), PRINTER_S),
        (lambda: on.PrinterChecked(seen("paper-near-end")), PRINTER_FAULTY_S),
        (lambda: on.PrinterChecked(seen("ready", "offline")), PRINTER_FAULTY_S),
        (lambda: on.PrinterChecked(seen("ready", itself="cannot-write")), PRINTER_FAULTY_S),
    ],
)
def test_the_printer_is_asked_between_the_tickets_and_right_after_one(
    event: Callable[[], on.Event], within_s: float
) -> None:
    walk = Walk().issued().did(on.Printed(7)).did(event())
    walk.effects.clear()
    walk.tick(within_s - 0.5)
    assert len(walk.took(do.CheckPrinter)) == (1 if within_s == 1.0 else 0)
    walk.tick(0.5)
    assert len(walk.took(do.CheckPrinter)) == 1


# --- the hall --------------------------------------------------------------------------------------------------


def test_the_first_question_goes_out_with_the_first_tick() -> None:
    state, effects = step(State(), on.Tick(1.0))
    assert state.screen is Screen.STARTING
    assert do.FetchServices() in effects


def test_a_closed_hall_is_not_started_and_opens_by_itself() -> None:
    walk = Walk(CLOSED).at(Screen.CLOSED).did(on.Start()).at(Screen.CLOSED)
    walk.did(on.ServicesArrived(services_reply(now=NOW))).at(Screen.ATTRACT)
    walk.did(on.ServicesArrived(CLOSED)).at(Screen.CLOSED)


def test_the_offer_is_asked_for_every_fifteen_seconds() -> None:
    walk = Walk().quiet(10 * POLL_S)
    assert len(walk.took(do.FetchServices)) == 10


def test_a_silent_server_shows_after_the_second_lost_answer_and_heals_by_itself() -> None:
    walk = Walk().did(on.ServicesFailed("timeout")).at(Screen.ATTRACT)
    walk.did(on.ServicesFailed("timeout")).at(Screen.UNREACHABLE)
    walk.tick(3.0)
    assert walk.took(do.FetchServices)
    walk.did(on.ServicesArrived(services_reply(now=NOW))).at(Screen.ATTRACT)


def test_a_server_that_is_down_from_the_start_is_said_at_once() -> None:
    state, _ = step(State(), on.ServicesFailed("refused"))
    assert state.screen is Screen.UNREACHABLE


def test_a_poll_that_fails_while_somebody_chooses_disturbs_nobody() -> None:
    Walk().confirm_screen().did(*[on.ServicesFailed("t")] * 5).at(Screen.CONFIRM)


def test_a_choice_that_is_no_longer_offered_leads_back_to_where_it_was_made() -> None:
    reply = services_reply(now=NOW)
    without_group = reply.model_copy(update={"groups": (reply.groups[0], *reply.groups[2:])})
    Walk().confirm_screen().did(on.ServicesArrived(without_group)).at(Screen.GROUP)
    group = reply.groups[1].model_copy(update={"services": reply.groups[1].services[1:]})
    without_service = reply.model_copy(update={"groups": (reply.groups[0], group, *reply.groups[2:])})
    Walk().confirm_screen().did(on.ServicesArrived(without_service)).at(Screen.SERVICE)
    without_priority = reply.model_copy(update={"priorities": reply.priorities[1:]})
    Walk().confirm_screen(priority="elderly").did(on.ServicesArrived(without_priority)).at(Screen.PRIORITY)
    Walk().confirm_screen().did(on.ServicesArrived(reply.model_copy(update={"groups": ()}))).at(Screen.CLOSED)
