"""Every screen of self-service by its state: for the pictures, the checks of what fits, the contrast of all texts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.fake_services import services_reply
from kiosk.state import Equipment, Help, Part, Printing, Screen, State, Times, choices
from kiosk.ui.typeface import Weight, font_file
from kiosk.vault import Vault
from kiosk.visit.own_problems import UNANSWERED, own
from kiosk.visit.state import Advice, Declaration, Entry, FilePending, PaperStand, Shot, Visit
from queue_server.catalogue.folder import BUILT_IN, read_folder
from queue_server.contract import (
    CatalogueReply,
    DossierState,
    DossierStatus,
    FeeLine,
    FileRequest,
    Form,
    HeldPaper,
    Kind,
    Language,
    LocalText,
    Outcome,
    Owner,
    PaperSource,
    Problem,
    Procedure,
    Receipt,
    Ticket,
    TicketState,
)
from queue_server.domain.procedure import Procedure as Said
from queue_server.domain.text import LocalText as Text

BIRTH, MARRIAGE, COPY, CERTIFICATE = "1.001193", "1.000894", "2.000815", "1.004873"
FORMS = {
    **dict.fromkeys((BIRTH, CERTIFICATE, "1.000656", "1.004222"), Outcome.DOSSIER),
    **dict.fromkeys((MARRIAGE, COPY), Outcome.PREPARED),
}
VAULT = Vault()
"""Shared by all states; the pictures in it show nobody's papers."""


def states(language: Language, now: datetime, *, landscape: bool, large: bool) -> Iterator[tuple[str, State]]:
    """Each screen with its variants, among them the empty and the broken ones."""
    base = _base(language, now, landscape=landscape, large=large)
    yield "attract-all", replace(base, screen=Screen.ATTRACT, visit=None)
    yield from _finding(base)
    yield from _advising(base)
    yield from _papers(base)
    yield from _filing(base, now)
    yield from _looking_up(base, now)
    yield from _over(base)


def _base(language: Language, now: datetime, *, landscape: bool, large: bool) -> State:
    return State(
        language=language,
        landscape=landscape,
        large_text=large,
        reply=services_reply(now=now).model_copy(update={"self_service": True}),
        catalogue=_catalogue(now),
        equipment=Equipment(scanner=True, camera=True, speaker=True),
        parts=(Part("printer", Kind.PRINTER, "ready"),),
        visit=Visit(),
        times=Times(now=100.0, touched=100.0, answered=100.0),
    )


def _at(state: State, screen: Screen, **changes: object) -> State:
    return replace(state, screen=screen, visit=replace(state.visit or Visit(), **changes))  # type: ignore[arg-type]


def _finding(base: State) -> Iterator[tuple[str, State]]:
    yield "way", _at(base, Screen.WAY)
    yield "way-no-catalogue", replace(_at(base, Screen.WAY), catalogue=None)
    found = _at(base, Screen.FIND)
    yield "find", found
    yield "find-last", replace(found, page=1)
    assert base.catalogue is not None
    codes = tuple(one.code for one in base.catalogue.procedures)
    yield "found", _at(base, Screen.FOUND, found=codes[:3], event="sinh-con")
    yield "found-many", _at(base, Screen.FOUND, found=codes)
    yield "found-none", _at(base, Screen.FOUND)
    yield "search", _at(base, Screen.SEARCH)
    yield "search-some", _at(base, Screen.SEARCH, entry=Entry("khai"), found=codes[:5])
    yield "search-none", _at(base, Screen.SEARCH, entry=Entry("xyz"))
    yield "guide", _at(base, Screen.GUIDE)
    yield "guide-second", _at(base, Screen.GUIDE, guide=("papers",))


def _advising(base: State) -> Iterator[tuple[str, State]]:
    for name, code in (("birth", BIRTH), ("marriage", MARRIAGE), ("copy", COPY), ("certificate", CERTIFICATE)):
        shown = _at(base, Screen.ADVICE, procedure=code)
        yield f"advice-{name}", shown
        if choices(shown) and (base.large_text or base.landscape):
            yield f"advice-{name}-papers", replace(shown, page=1)
    yield "advice-guidance", _at(base, Screen.ADVICE, procedure="1.001612")
    long = _at(base, Screen.ADVICE, procedure="1.004859")
    yield "advice-long", long
    yield "consent", _at(base, Screen.CONSENT, procedure=BIRTH)


def _papers(base: State) -> Iterator[tuple[str, State]]:
    held = HeldPaper(type="CAN-CUOC", digitised_on=date(2026, 3, 2), valid_until=date(2027, 3, 2))
    open_ones = _stands(base, CERTIFICATE)
    birth, wedding = _stands(base, BIRTH), _stands(base, MARRIAGE)
    yield "papers", _at(base, Screen.PAPERS, procedure=MARRIAGE, papers=wedding)
    yield "papers-led-to", _at(base, Screen.PAPERS, procedure=BIRTH, papers=birth, pointed=birth[1].type)
    done = (
        PaperStand(wedding[0].type, PaperSource.CAPTURED, ("p1", "p2")),
        PaperStand(wedding[1].type, PaperSource.HELD, held=held),
        PaperStand("CAN-CUOC", PaperSource.AT_COUNTER),
    )
    yield "papers-done", _at(base, Screen.PAPERS, procedure=MARRIAGE, papers=done)
    offered = (replace(open_ones[0], held=held), *open_ones[1:])
    yield "papers-held", _at(base, Screen.PAPERS, procedure=CERTIFICATE, papers=offered)
    without = replace(base, equipment=Equipment())
    yield "papers-no-camera", _at(without, Screen.PAPERS, procedure=BIRTH, papers=birth)
    lost = replace(base, equipment=Equipment(camera_lost=True))
    yield "papers-camera-lost", _at(lost, Screen.PAPERS, procedure=BIRTH, papers=birth)
    every = tuple(PaperStand(one.type) for one in _procedure(base, MARRIAGE).papers)
    yield "papers-every", _at(base, Screen.PAPERS, procedure=MARRIAGE, papers=every)
    needed = {one.type for one in _procedure(base, MARRIAGE).papers if one.required}
    left_out = tuple(replace(one, left_out=one.type not in needed) for one in every)
    yield "papers-left-out", _at(base, Screen.PAPERS, procedure=MARRIAGE, papers=left_out)
    camera = _at(base, Screen.CAPTURE, procedure=BIRTH, papers=birth, paper=birth[0].type)
    yield "capture-starting", camera
    seen = _at(camera, Screen.CAPTURE, camera=_photo(tilted=True))
    # The longest of them where letters are large; all of them once.
    longest = (Advice.NO_PAPER, Advice.CUT_OFF, Advice.GLARE, Advice.TWO_PAPERS)
    for advice in longest if base.large_text or base.landscape else Advice:
        yield f"capture-{advice.value}", _at(seen, Screen.CAPTURE, camera_advice=advice)
    yield "capture-shooting", _at(seen, Screen.CAPTURE, camera_advice=Advice.GOOD, working=True)
    page = _photo(tilted=False)
    yield "capture-shot", _at(seen, Screen.CAPTURE, shot=Shot(page, Advice.GOOD))
    second = (replace(birth[0], pages=("p1",)), *birth[1:])
    yield "capture-shot-second", _at(seen, Screen.CAPTURE, shot=Shot(page, Advice.GOOD), papers=second)
    yield "capture-shot-nothing", _at(seen, Screen.CAPTURE, shot=Shot(page, Advice.NO_PAPER))
    yield "capture-shot-blurred", _at(seen, Screen.CAPTURE, shot=Shot(page, Advice.BLURRED))
    yield "capture-no-camera", replace(camera, equipment=Equipment())


def _stands(state: State, code: str) -> tuple[PaperStand, ...]:
    return tuple(PaperStand(one.type) for one in _procedure(state, code).papers if not one.shown)


def _filing(base: State, now: datetime) -> Iterator[tuple[str, State]]:
    waiting = _at(base, Screen.DECLARATION, procedure=BIRTH, working=True)
    yield "declaration-waiting", waiting
    yield "declaration-failed", _at(waiting, Screen.DECLARATION, working=False, problem=_problem(base.language))
    yield "declaration-unanswered", _at(waiting, Screen.DECLARATION, working=False, problem=own(UNANSWERED))
    pages = (_photo(tilted=False), _photo(tilted=False))
    due = now + timedelta(days=1, hours=8, minutes=48)
    open_fee = Declaration(pages, fee_note=_procedure(base, CERTIFICATE).fee, due_at=due)
    yield "declaration", _at(base, Screen.DECLARATION, procedure=CERTIFICATE, declaration=open_fee)
    read = Declaration(pages, page=3, seen=frozenset(range(4)), fee=20000, due_at=due)
    yield "declaration-read", _at(base, Screen.DECLARATION, procedure=BIRTH, declaration=read)
    first = replace(read, page=0, fee=0, due_at=None)
    yield "declaration-read-prepared", _at(base, Screen.DECLARATION, procedure=MARRIAGE, declaration=first)
    request = FileRequest(
        procedure=BIRTH,
        form_version="2025-07-01",
        answers={},
        owner=Owner(id="001085012345", birth_date=date(1985, 3, 2)),
        papers=(),
        confirmed=True,
        consent="2026-01",
    )
    sent = FilePending("k", request, (), since=100.0)
    yield "filing", _at(base, Screen.FILING, filing=sent)
    yield "filing-late", _at(base, Screen.FILING, filing=replace(sent, attempts=3))
    filed = _receipt(now, ticket=False)
    for printing in Printing:
        if printing is not Printing.NONE:
            done = _at(base, Screen.RECEIPT, receipt=filed)
            yield f"receipt-{printing.value}", replace(done, printing=printing)
    open_receipt = filed.model_copy(update={"fee": None, "fee_note": _procedure(base, CERTIFICATE).fee})
    told = replace(_at(base, Screen.RECEIPT, receipt=open_receipt), printing=Printing.DONE)
    yield "receipt-fee-told-by-clerk", told
    prepared = _at(base, Screen.RECEIPT, receipt=_receipt(now, ticket=True))
    yield "receipt-ticket", replace(prepared, printing=Printing.DONE)


def _looking_up(base: State, now: datetime) -> Iterator[tuple[str, State]]:
    yield "look-up", _at(base, Screen.LOOK_UP, looking_up=True)
    typed = Entry("H57.132-261123")
    yield "look-up-working", _at(base, Screen.LOOK_UP, entry=typed, working=True)
    problem = _problem(base.language)
    yield "look-up-unknown", _at(base, Screen.LOOK_UP, entry=typed, problem=problem)
    yield "look-up-unanswered", _at(base, Screen.LOOK_UP, entry=typed, problem=own(UNANSWERED))
    yield "look-up-unreadable", _at(base, Screen.LOOK_UP, scan_problem="unreadable")
    yield "look-up-no-scanner", replace(_at(base, Screen.LOOK_UP), equipment=Equipment())
    yield "check-in", _at(base, Screen.CHECK_IN)
    yield "check-in-typed", _at(base, Screen.CHECK_IN, entry=Entry("K7P"))
    yield "check-in-wrong", _at(base, Screen.CHECK_IN, entry=Entry("K7P"), scan_problem="not-an-appointment")
    yield "check-in-refused", _at(base, Screen.CHECK_IN, entry=Entry("K7P4QX"), problem=problem)
    names = {
        DossierState.PROCESSING: ("đang giải quyết", "being processed"),
        DossierState.RESULT_READY: ("đã có kết quả, mời Quý vị đến nhận", "result ready, please collect it"),
        DossierState.SUPPLEMENT_REQUESTED: ("chờ Quý vị bổ sung giấy tờ", "waiting for papers from you"),
        DossierState.REFUSED: ("đã từ chối tiếp nhận", "refused"),
    }
    for state, (vi, en) in names.items():
        status = DossierStatus(
            code="H57.132-261120-0583",
            procedure_name=LocalText(vi="Cấp giấy xác nhận tình trạng hôn nhân", en="Certificate of marital status"),
            state=state,
            state_name=LocalText(vi=vi, en=en),
            filed_at=now - timedelta(days=3),
            due_at=now + timedelta(days=1, hours=7),
        )
        yield f"status-{state.value}", _at(base, Screen.STATUS, status=status)


def _over(base: State) -> Iterator[tuple[str, State]]:
    way = _at(base, Screen.WAY)
    yield "access", replace(way, access=True)
    yield (
        "access-on",
        replace(
            way, access=True, contrast=base.contrast, voice=True, equipment=Equipment(headphones=True, speaker=True)
        ),
    )
    consent = _at(base, Screen.CONSENT, procedure=BIRTH)
    yield "leave", replace(consent, leaving=True)
    yield "still-there", replace(consent, times=replace(base.times, now=100.0 + 45 - 9))
    yield "help-called", replace(way, help=Help.CALLED)
    yield "help-coming", replace(way, help=Help.COMING)


# --- what they show ------------------------------------------------------------------------------------------------


def _catalogue(now: datetime) -> CatalogueReply:
    """The shipped one, and one procedure whose name is as long as any the ministries have."""
    folder = read_folder(BUILT_IN)
    form = Form("x", "1", Text("x", "x"), Text("x", "x"), "x", (), (), {})
    wired = []
    for code, (_file, shape) in folder.procedures.items():
        said = shape.versions[-1].procedure(code, None)
        wired.append(_wire(replace(said, form=form, outcome=FORMS[code]) if code in FORMS else said, now))
    events, guide = folder.life_events, folder.guide
    assert events is not None
    assert guide is not None
    return CatalogueReply(
        version="1",
        procedures=tuple(_longest(one) if one.code == "1.004859" else one for one in wired),
        life_events=tuple(one.life_event() for one in events[1].life_events),
        guide=tuple(one.question() for one in guide[1].guide),
        now=now,
    )


def _longest(one: Procedure) -> Procedure:
    """58 characters."""
    vi = "Đăng ký lại khai sinh có yếu tố nước ngoài, không cư trú ở"
    return one.model_copy(
        update={"name": LocalText(vi=vi, en="Second registration of a birth with a foreign element (re)")}
    )


def _wire(said: Said, now: datetime) -> Procedure:
    return Procedure(
        code=said.code,
        version=said.version,
        name=_local(said.name),
        summary=_local(said.summary),
        who=tuple(_local(one) for one in said.who),
        group="ho-tich",
        service=said.service,
        papers=said.papers,
        fee=_local(said.fee) if said.fee else None,
        fee_lines=tuple(FeeLine(name=_local(one.name), amount=one.amount) for one in said.fees),
        duration=_local(said.duration) if said.duration else None,
        due_at=now + timedelta(days=1, hours=8, minutes=48),
        outcome=said.outcome,
        life_events=said.life_events,
        keywords=said.keywords,
        form=said.form,
    )


def _local(text: Text) -> LocalText:
    return LocalText(vi=text.vi, en=text.en)


def _procedure(state: State, code: str) -> Procedure:
    assert state.catalogue is not None
    return next(one for one in state.catalogue.procedures if one.code == code)


def _problem(language: Language) -> Problem:
    vi = language is Language.VI
    return Problem(
        type="urn:motcua:problem:not-found",
        title="",
        status=404,
        code="not-found",
        detail="Không tìm thấy mã này." if vi else "There is no such code.",
        action="Xin xem lại từng chữ và số trên giấy hẹn."
        if vi
        else "Please compare each letter and digit with the slip.",
    )


def _receipt(now: datetime, *, ticket: bool) -> Receipt:
    waiting = Ticket(
        id=31,
        number="A-031",
        service=MARRIAGE,
        priority=None,
        state=TicketState.WAITING,
        issued_at=now,
        ahead=4,
        wait_low_s=600,
        wait_high_s=1200,
        track_url="https://motcua.ngocson.gov.example/t/Zk3vQ8sWq1LrT0mXb7YpUg",
        queued_at=now,
    )
    birth, marriage = ("Đăng ký khai sinh", "Birth registration"), ("Đăng ký kết hôn", "Marriage registration")
    vi, en = marriage if ticket else birth
    bring = (("Giấy chứng sinh (bản chính)", "Birth notice (original)"), ("Căn cước", "Identity card"))
    return Receipt(
        code="H57.132-261123-0042",
        procedure=MARRIAGE if ticket else BIRTH,
        procedure_name=LocalText(vi=vi, en=en),
        state=DossierState.DRAFT if ticket else DossierState.SUBMITTED,
        filed_at=now,
        due_at=now + timedelta(days=1, hours=8, minutes=48),
        fee=0 if ticket else 8000,
        track_url="https://motcua.ngocson.gov.example/d/Zk3vQ8sWq1LrT0mXb7YpUg",
        papers_at_counter=tuple(LocalText(vi=a, en=b) for a, b in bring[: 1 if ticket else 2]),
        reused=0 if ticket else 1,
        ticket=waiting if ticket else None,
    )


@cache
def _photo(*, tilted: bool) -> str:
    """A sheet of no real person: as the camera sees it on its dark plate, or straightened."""
    sheet = Image.new("RGB", (1240, 1754), (250, 249, 245))
    pen = ImageDraw.Draw(sheet)
    bold, plain = (
        ImageFont.truetype(font_file(weight), size) for weight, size in ((Weight.BOLD, 46), (Weight.REGULAR, 34))
    )
    pen.text((620, 120), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (20, 20, 20), plain, anchor="mm")
    pen.text((620, 175), "Độc lập - Tự do - Hạnh phúc", (20, 20, 20), plain, anchor="mm")
    pen.text((620, 320), "TỜ KHAI ĐĂNG KÝ KHAI SINH", (20, 20, 20), bold, anchor="mm")
    pen.text((620, 400), "Kính gửi: Ủy ban nhân dân xã Ngọc Sơn", (20, 20, 20), plain, anchor="mm")
    for line in range(22):
        pen.text((130, 480 + line * 54), f"{line + 1}. " + ". " * (44 - line % 5), (60, 60, 60), plain)
    if tilted:
        plate = Image.new("RGB", (1600, 1200), (34, 38, 40))
        small = sheet.resize((660, 934)).convert("RGBA").rotate(4, expand=True, resample=Image.Resampling.BICUBIC)
        plate.paste(small, (450, 110), small)
        sheet = plate
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return VAULT.put(kept.getvalue())
