"""What a citizen's card does to a visit: which answers it proposes, whom it proposes to go first, and what becomes of
it when it was the wrong one."""

from __future__ import annotations

import queue
from datetime import date

import pytest

from hardware.scanners.fake_device import fake_serial
from kiosk import events as on
from kiosk.events import Event
from kiosk.fake_catalogue import BIRTH, MARRIAGE
from kiosk.scan_lane import ScanLane, heard
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.asking import ask as show
from kiosk.visit.course import changed, today
from kiosk.visit.drafting import answered
from kiosk.visit.state import Visit
from queue_server.contract import CheckInRequest, Prefill
from tests.kiosk.real_catalogue import filed_here, real_catalogue, real_places
from tests.kiosk.walking import ANSWERS, KEY, NOW, Walk, offer

DAY = date(2026, 11, 23)
"""In the hall."""
NAME, ADDRESS = "Lò Thị Mai", "Tổ 4, Phường Cam Đường, Lào Cai"
PRIORITIES = tuple(
    one.model_copy(update={"min_age": 60}) if one.code == "elderly" else one for one in offer().priorities
)
WAIT_S = 20.0


def card(born: date | int, *, new: bool = False, name: str = NAME, old: str = "", chance: str = "012345") -> str:
    """What the code of a woman's card holds; `born`: only a year for whoever knows no more."""
    year = born if isinstance(born, int) else born.year
    number = f"010{(year // 100 - 19) * 2 + 1}{year % 100:02d}{chance}"
    day = f"{born:%d%m%Y}" if isinstance(born, date) else f"{born}"
    rest = "||Lò Văn A|Vàng Thị B|" if new else ""
    return f"{number}|{old}|{name}|{day}|Nữ|{ADDRESS}|02072024{rest}"


def before_the_scanner(code: str = BIRTH) -> Walk:
    walk = Walk(offer(priorities=PRIORITIES), scanner=True).advice(code).did(visit.FillIn(), visit.Agree())
    assert today(walk.state) == DAY
    return walk.at(Screen.IDENTIFY)


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def read(walk: Walk, text: str) -> Walk:
    return walk.did(heard(text, DAY))


# --- who may go first ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (date(2013, 11, 23), False),
        (date(2012, 11, 23), False),
        (date(2012, 11, 24), False),
        (date(1966, 11, 24), False),
        (date(1966, 11, 23), True),
        (date(1967, 11, 22), False),
        (date(1952, 11, 24), True),
        (date(1951, 11, 23), True),
        (date(1964, 2, 29), True),
        (date(1968, 2, 29), False),
        (1950, True),
        (1966, True),
        (1967, False),
    ],
)
def test_age_proposes_to_go_first_and_only_the_citizen_takes_it(born: date | int, first: bool) -> None:
    walk = read(before_the_scanner(MARRIAGE), card(born))
    assert here(walk).age_priority == ("elderly" if first else None)
    assert walk.state.priority is None, "nobody has said so yet"
    walk.did(visit.Done()).at(Screen.QUESTION)


@pytest.mark.parametrize(("day", "first"), [(date(2028, 2, 28), False), (date(2028, 2, 29), True)])
def test_whoever_is_born_on_29_february_is_sixty_on_that_day(day: date, first: bool) -> None:
    later = offer(priorities=PRIORITIES, now=NOW.replace(year=day.year, month=day.month, day=day.day))
    walk = Walk(later, scanner=True).advice(BIRTH).did(visit.FillIn(), visit.Agree())
    walk.did(heard(card(date(1968, 2, 29)), day))
    assert (here(walk).age_priority is not None) is first


def test_what_age_proposes_is_not_filed_nor_checked_in_by_itself() -> None:
    walk = read(before_the_scanner(), card(date(1950, 1, 1)))
    walk.did(visit.Done()).fill(ANSWERS).filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.request.priority is None
    walk = read(before_the_scanner(), card(date(1950, 1, 1))).did(on.Back(), on.Back(), on.Back())
    while walk.state.screen is not Screen.WAY:
        walk.did(on.Back())
    walk.did(visit.CheckIn()).type("ABC234").did(on.Confirm(KEY)).at(Screen.ISSUING)
    (asked,) = walk.took(ask.CheckInAt)
    assert isinstance(asked, ask.CheckInAt)
    assert asked.request == CheckInRequest(code="ABC234")


def test_the_age_in_the_answers_proposes_as_that_on_the_card_does() -> None:
    old = {**ANSWERS, "declarant_id": "015150012345", "declarant_born": "1950-02-28"}
    walk = Walk(offer(priorities=PRIORITIES)).questions(MARRIAGE).fill(old).did(visit.Done(), visit.Done())
    walk.at(Screen.PRIORITY)
    assert here(walk).age_priority == "elderly"
    assert walk.state.priority is None
    walk.did(on.ChoosePriority("elderly")).at(Screen.DECLARATION)
    assert walk.state.priority == "elderly"


# --- what is proposed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("new", [False, True])
@pytest.mark.parametrize("procedure", filed_here())
def test_a_card_of_either_kind_fills_in_the_right_questions_of_each_form(procedure: str, new: bool) -> None:
    """Walked to the end of each form, with the card's own words wherever they are proposed."""
    born = date(1966, 11, 23)
    text = card(born, new=new, old="012345678")
    ours = real_catalogue()
    walk = Walk(offer(catalogue=ours.version), ours, real_places(), scanner=True)
    walk.advice(procedure).did(visit.FillIn(), visit.Agree()).at(Screen.IDENTIFY)
    read(walk, text).at(Screen.IDENTIFY).did(visit.Done()).at(Screen.QUESTION)
    used = next(one.form for one in ours.procedures if one.code == procedure)
    assert used is not None
    if used.question("for_self"):
        walk.state = changed(walk.state, answers={"for_self": True})
    expected = {
        Prefill.CARD_NAME: NAME,
        Prefill.CARD_ID: text[:12],
        Prefill.CARD_BIRTH_DATE: born.isoformat(),
        Prefill.CARD_SEX: "female",
        Prefill.CARD_ADDRESS: ADDRESS,
    }
    proposed = set()
    for question in used.questions:
        source = next((one for one in question.prefill if one in expected), None)
        if source is None:
            continue
        proposed.add(source)
        shown = show(walk.state, question.field)
        assert shown.visit is not None
        assert shown.visit.asking is not None
        assert shown.visit.asking.proposed
        assert answered(question, shown.visit.asking, shown.visit.entry) == expected[source], question.field
    assert {Prefill.CARD_NAME, Prefill.CARD_ID, Prefill.CARD_BIRTH_DATE, Prefill.CARD_ADDRESS} <= proposed


def test_of_a_year_alone_no_birthday_is_made_up() -> None:
    walk = read(before_the_scanner(), card(1950)).did(visit.Done())
    while walk.field != "declarant_born":
        walk.did(visit.Done())
    asking = here(walk).asking
    assert asking is not None
    assert asking.parts == (None, None, None)


# --- the wrong card --------------------------------------------------------------------------------------------


def test_the_card_is_shown_before_its_answers_are_taken_over() -> None:
    walk = read(before_the_scanner(), card(date(1990, 5, 6))).at(Screen.IDENTIFY)
    assert here(walk).card is not None
    assert not here(walk).answers
    walk.did(visit.Done()).at(Screen.QUESTION)
    assert here(walk).entry.text == NAME


def test_the_same_card_twice_changes_nothing() -> None:
    walk = read(before_the_scanner(), card(date(1990, 5, 6)))
    once = here(walk)
    assert here(read(walk, card(date(1990, 5, 6)))) == once
    walk.did(visit.Done(), visit.Done(), on.Back(), on.Back()).at(Screen.IDENTIFY)
    answers = dict(here(walk).answers)
    assert answers
    read(walk, card(date(1990, 5, 6)))
    assert dict(here(walk).answers) == answers


def test_another_card_takes_back_what_the_first_had_filled_in_and_nothing_else() -> None:
    """The husband's card was laid there; the wife goes back and lays down hers."""
    walk = read(before_the_scanner(), card(date(1950, 5, 6), name="Vàng Văn Sinh"))
    walk.did(visit.Done(), visit.Done(), visit.Done(), visit.Done())
    assert walk.field == "phone"
    walk.answer("0912345678")
    while walk.state.screen is not Screen.IDENTIFY:
        walk.did(on.Back())
    read(walk, card(date(1990, 1, 2), name=NAME, chance="777777"))
    assert dict(here(walk).answers) == {"phone": "0912345678"}
    assert here(walk).age_priority is None
    walk.did(visit.Done())
    assert (walk.field, here(walk).entry.text) == ("declarant_name", NAME)
    walk.did(visit.Done())
    assert here(walk).entry.text == card(date(1990, 1, 2), chance="777777")[:12]


def test_what_the_citizen_wrote_over_a_card_stays_when_another_card_comes() -> None:
    walk = read(before_the_scanner(), card(date(1950, 5, 6), name="Vàng Văn Sinh")).did(visit.Done())
    walk.answer("Trần Văn Khác").did(on.Back(), on.Back()).at(Screen.IDENTIFY)
    read(walk, card(date(1990, 1, 2))).did(visit.Done())
    assert here(walk).answers["declarant_name"] == "Trần Văn Khác"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://example.com/win?x=1", "link"),
        ("https://motcua.example/d/abcDEF_9-xyz", "not-a-card"),
        ("A" * 10_000, "not-a-card"),
        ("\x00\x01\x1b[2J" * 20, "not-a-card"),
        (card(date(1990, 5, 6)).replace("|Nữ|", "|Nam|"), "disagrees"),
        (card(date(1990, 5, 6)).replace("|06051990|", "|31021990|"), "wrong-date"),
        (card(date(1990, 5, 6), name="Lò\u202eThị"), "wrong-name"),
    ],
)
def test_what_is_no_card_is_said_and_the_card_read_before_stays(text: str, problem: str) -> None:
    walk = read(before_the_scanner(), text).at(Screen.IDENTIFY)
    assert here(walk).scan_problem == problem
    assert here(walk).card is None
    read(read(walk, card(date(1990, 5, 6))), text)
    assert here(walk).card is not None
    assert here(walk).scan_problem == problem
    read(walk, card(date(1990, 5, 6)))
    assert here(walk).scan_problem is None


@pytest.mark.parametrize("screen", ["ways", "question", "review", "papers", "declaration", "filing"])
def test_a_card_on_another_screen_changes_nothing(screen: str) -> None:
    walk = Walk(scanner=True)
    match screen:
        case "ways":
            walk.ways()
        case "question":
            walk.questions(BIRTH)
        case "review":
            walk.questions(BIRTH).fill(ANSWERS)
        case "papers":
            walk.questions(BIRTH).fill(ANSWERS).did(visit.Done()).at(Screen.PAPERS)
        case "declaration":
            walk.questions(BIRTH).fill(ANSWERS).declaration()
        case _:
            walk.questions(BIRTH).fill(ANSWERS).filing()
    before = walk.state
    assert not walk.took(ask.WatchScanner)[1:] or walk.took(ask.WatchScanner)[-1] == ask.WatchScanner(on=False)
    read(walk, card(date(1950, 5, 6)))
    assert (walk.state.visit, walk.state.screen, walk.state.priority) == (before.visit, before.screen, None)


# --- a real scanner --------------------------------------------------------------------------------------------


def test_from_a_real_scanner_to_the_first_question() -> None:
    """A link, a torn code, noise, 10,000 signs and a card after one another on a real line."""
    came: queue.Queue[Event] = queue.Queue()
    walk = before_the_scanner()
    with fake_serial() as device:
        lane = ScanLane(f"{device.url}?again_s=0", came.put, today=lambda: DAY)
        try:
            lane.watch(True)
            while came.get(timeout=WAIT_S) != visit.Equipped(scanner=True, camera=False):
                pass
            device.show("x" * 10_000)  # longer than any code: the scanner's driver drops it
            for wrong in ("https://example.com/prize", card(date(1990, 5, 6)).replace("Nữ", "Nam")):
                device.show(wrong)
                walk.did(came.get(timeout=WAIT_S)).at(Screen.IDENTIFY)
                assert here(walk).scan_problem is not None
                assert here(walk).card is None
            device.show_slowly(card(date(1966, 11, 23), new=True))
            walk.did(came.get(timeout=WAIT_S)).at(Screen.IDENTIFY)
        finally:
            lane.stop()
    assert here(walk).scan_problem is None
    assert here(walk).age_priority == "elderly"
    walk.did(visit.Done())
    assert here(walk).entry.text == NAME
