"""A kiosk without a screen: events in, screens and effects out, in the order they happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, VERSION, catalogue_reply, places_reply
from kiosk.fake_services import services_reply
from kiosk.flow import step
from kiosk.state import Screen, State
from kiosk.typing import Method
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import question
from kiosk.visit.drafting import TYPED, strokes
from kiosk.visit.state import CardFields, Visit
from queue_server.contract import (
    SIGNED_AT_COUNTER,
    CatalogueReply,
    Control,
    DeclarationReply,
    DossierState,
    DossierStatus,
    Language,
    LocalText,
    PlacesReply,
    Receipt,
    ServicesReply,
    Ticket,
    TicketState,
    Value,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = "key-of-this-test"
NOTHING = DeclarationReply(pages=())
ANSWERS: dict[str, Value] = {
    "declarant_name": "Nguyễn Thị Hương",
    "declarant_id": "015190012345",
    "declarant_born": "1990-02-28",
    "phone": "0912345678",
    "home": "02680",
    "child_name": "Trần Minh An",
    "child_born": "2026-11-20",
    "child_sex": "female",
    "child_home": "02680",
    "birth_province": "15",
    "married": True,
    "married_year": 2020,
    "copies": 2,
    "languages": ["vi", "en"],
    "place": "Bệnh viện đa khoa",
    "signature": "M10 20 L30 40 L50 60 M100 100 L200 200",
}
CARD = CardFields(
    id="015160000001",
    name="Lò Văn Pao",
    birth_year=1960,
    birth_date=date(1960, 5, 19),
    sex="male",
    address="Xã Cốc San, Lào Cai",
    issued=date(2021, 3, 4),
)


def offer(**changes: object) -> ServicesReply:
    """A hall with self-service."""
    return services_reply(now=NOW).model_copy(update={"self_service": True, "catalogue": VERSION, **changes})


def ticket() -> Ticket:
    return Ticket(
        id=9,
        number="A-009",
        service="1.000894",
        priority=None,
        state=TicketState.WAITING,
        issued_at=NOW,
        ahead=3,
        wait_low_s=300,
        wait_high_s=900,
        track_url="http://127.0.0.1:8080/t/abc",
        queued_at=NOW,
    )


def receipt(*, ticket: Ticket | None = None, at_counter: tuple[LocalText, ...] = ()) -> Receipt:
    return Receipt(
        code="H57.132-261123-0001",
        procedure="1.001193",
        procedure_name=LocalText(vi="Đăng ký khai sinh", en="Registration of a birth"),
        state=DossierState.DRAFT if ticket else DossierState.SUBMITTED,
        filed_at=NOW,
        due_at=NOW + timedelta(hours=8),
        fee=0,
        track_url="http://127.0.0.1:8080/d/Zk3vQ8sWq1LrT0mX",
        papers_at_counter=at_counter,
        ticket=ticket,
    )


class Walk:
    """One kiosk whose server, scanner and camera answer only when the test says so."""

    def __init__(
        self,
        reply: ServicesReply | None = None,
        catalogue: CatalogueReply | None = None,
        places: PlacesReply | None = None,
        *,
        scanner: bool = False,
        camera: bool = False,
    ) -> None:
        self.state = State()
        self.effects: list[do.Effect] = []
        self.tick(1000.0)
        self.did(on.ServicesArrived(reply or offer()), visit.Equipped(scanner=scanner, camera=camera))
        self.did(
            visit.CatalogueArrived(catalogue or catalogue_reply(NOW)), visit.PlacesArrived(places or places_reply())
        )
        self.effects.clear()

    def did(self, *events: on.Event) -> Walk:
        for event in events:
            self.state, effects = step(self.state, event)
            self.effects.extend(effects)
        return self

    def tick(self, seconds: float) -> Walk:
        return self.did(on.Tick(self.state.times.now + seconds))

    def quiet(self, seconds: float) -> Walk:
        for _ in range(round(seconds)):
            self.tick(1.0)
        return self

    def at(self, screen: Screen) -> Walk:
        assert self.state.screen is screen
        return self

    def took(self, kind: type[do.Effect]) -> list[do.Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    # --- ways through it ---------------------------------------------------------------------------------------

    def ways(self) -> Walk:
        return self.did(on.Start(), on.ChooseLanguage(Language.VI)).at(Screen.WAY)

    def advice(self, code: str) -> Walk:
        self.ways().did(visit.FindProcedure(), visit.StartSearch())
        self.did(*(visit.TypeKey(letter) for letter in code)).did(visit.ChooseProcedure(code))
        return self.at(Screen.ADVICE)

    def questions(self, code: str) -> Walk:
        self.advice(code).did(visit.FillIn()).at(Screen.CONSENT).did(visit.Agree())
        if self.state.screen is Screen.IDENTIFY:
            self.did(visit.TypeInstead())
        return self.at(Screen.QUESTION)

    @property
    def field(self) -> str:
        asked = question(self.state)
        assert asked is not None
        return asked.field

    def enter(self, value: Value) -> Walk:
        """`value` entered as a citizen would, by the control on the screen."""
        asked, places = question(self.state), self.state.places
        assert asked is not None
        if asked.control in TYPED:
            self.type(str(value))
        elif asked.control is Control.DATE:
            year, month, day = (int(part) for part in str(value).split("-"))
            self.did(visit.TypeFigures(0))
            self.did(*(visit.TypeKey(digit) for digit in f"{day:02d}{month:02d}{year:04d}"))
        elif asked.control is Control.COMMUNE:
            assert places is not None
            owner = next(one for one in places.provinces if any(each.code == value for each in one.communes))
            self.did(visit.PickOption(owner.code), visit.PickOption(str(value)))
        elif asked.control is Control.SIGNATURE and value == SIGNED_AT_COUNTER:
            self.did(visit.PickOption(SIGNED_AT_COUNTER))
        elif asked.control is Control.SIGNATURE:
            self.did(visit.ClearEntry(), *(visit.Stroke(line) for line in strokes(str(value))))
        elif isinstance(value, list):
            here = self.state.visit
            assert here is not None
            assert here.asking is not None
            self.did(*(visit.PickOption(code) for code in sorted({*value} ^ {*here.asking.picked})))
        elif isinstance(value, bool):
            self.did(visit.PickOption("yes" if value else "no"))
        else:
            self.did(visit.PickOption(str(value)))
        return self

    def type(self, text: str) -> Walk:
        """`text` letter by letter as it is, whatever the keyboard would make of it by itself."""
        self.did(visit.ClearEntry(), visit.SwitchMethod(Method.PLAIN))
        for letter in text:
            here = self.state.visit
            assert here is not None
            if here.entry.shift:
                self.did(visit.Shift())
            self.did(visit.TypeKey(letter))
        return self

    def answer(self, value: Value | None) -> Walk:
        """The question answered, or passed over, and the next one on the screen."""
        return self.did(visit.Skip()) if value is None else self.enter(value).did(visit.Done())

    def fill(self, answers: dict[str, Value]) -> Walk:
        """All questions to the review page."""
        while self.state.screen is Screen.QUESTION:
            field = self.field
            self.answer(answers.get(field))
            here = self.state.visit
            assert here is not None
            complaint = here.asking.complaint if here.asking and self.state.screen is Screen.QUESTION else None
            assert complaint is None, (field, complaint)
        return self.at(Screen.REVIEW)

    def declaration(self, pages: tuple[str, ...] = ("page-1",)) -> Walk:
        """From the review page to the declaration, all of it read."""
        self.did(visit.Done())
        if self.state.screen is Screen.PAPERS:
            here = self.state.visit
            assert here is not None
            self.did(*(visit.BringPaper(stand.type) for stand in here.papers if stand.source is None), visit.Done())
        if self.state.screen is Screen.PRIORITY:
            self.did(on.ChoosePriority(None))
        self.at(Screen.DECLARATION).did(visit.DeclarationArrived(NOTHING, pages))
        return self.did(*[on.TurnPage(1)] * 2 * len(pages))

    def filing(self) -> Walk:
        return self.declaration().did(visit.FileIt(KEY)).at(Screen.FILING)


__all__ = ["KEY", "NOW", "Walk", "ask", "offer", "receipt", "ticket"]


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def reviewed() -> Walk:
    return Walk().questions(BIRTH).fill(ANSWERS)


def status() -> DossierStatus:
    return DossierStatus(
        code="H57.132-261123-0001",
        procedure_name=LocalText(vi="x", en="x"),
        state=DossierState.PROCESSING,
        state_name=LocalText(vi="x", en="x"),
        filed_at=NOW,
        due_at=None,
    )
