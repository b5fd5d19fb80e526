"""Draws every screen of the kiosk without a display: pictures to look at, and a report on texts that do not fit.

    python tests/kiosk/pictures.py [--out DIR] [--only PART]

Without --out nothing is stored. The report on stdout is one JSON object a line: screen, texts cut or shrunk, targets.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.health import Kind
from kiosk.events import (
    ChooseGroup,
    ChooseLanguage,
    ChoosePriority,
    ChooseService,
    Confirm,
    IssueRefused,
    IssueUncertain,
    Printed,
    PrinterChecked,
    PrintFailed,
    Resized,
    ServicesArrived,
    ServicesFailed,
    Start,
    SwitchLanguage,
    Tick,
    TicketIssued,
    ToggleLargeText,
    Touched,
    TurnPage,
)
from kiosk.fake_services import services_reply
from kiosk.flow import step
from kiosk.speech import spoken
from kiosk.state import Part, State, clamped
from kiosk.words import words
from queue_server.contract import Language, LocalText, Opening, OpeningReason, Problem, Ticket, TicketState

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.kiosk import question_pictures, visit_pictures

if TYPE_CHECKING:
    from kiosk.ui.painter import Target

MORNING = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800)}
KEY = "k"


def printer(state: str) -> tuple[Part, ...]:
    return (Part("printer", Kind.PRINTER, state),)


def walked(state: State, *events: object) -> State:
    for event in events:
        state, _ = step(state, event)  # type: ignore[arg-type]
    return state


def ticket() -> Ticket:
    return Ticket(
        id=25,
        number="A-025",
        service="1.001193",
        priority="elderly",
        state=TicketState.WAITING,
        issued_at=MORNING,
        ahead=12,
        wait_low_s=600,
        wait_high_s=1500,
        track_url="https://motcua.ngocson.gov.example/t/Zk3vQ8sWq1LrT0mXb7YpUg",
        queued_at=MORNING,
    )


def refusal(language: Language) -> Problem:
    vi = language is Language.VI
    return Problem(
        type="urn:motcua:problem:hall-closed",
        title="",
        status=409,
        code="hall-closed",
        detail="Bộ phận Một cửa vừa ngừng cấp số trong buổi sáng."
        if vi
        else "The hall has just stopped giving numbers.",
        action="Mời quay lại lúc 13 giờ 30 hôm nay." if vi else "Please come back at 13:30 today.",
    )


def closings() -> Iterator[tuple[str, Opening]]:
    tomorrow, afternoon = MORNING + timedelta(days=1), MORNING + timedelta(hours=5, minutes=18)
    for reason, opens in (
        (OpeningReason.BEFORE_OPENING, MORNING + timedelta(minutes=18)),
        (OpeningReason.LUNCH, afternoon),
        (OpeningReason.AFTER_CLOSING, tomorrow),
        (OpeningReason.ISSUING_STOPPED, afternoon),
        (OpeningReason.DAY_OFF, tomorrow),
    ):
        yield reason.value, Opening(issuing=False, reason=reason, opens_at=opens)
    note = LocalText(vi="Ngày Giải phóng miền Nam và Quốc tế Lao động", en="Reunification Day and Labour Day")
    yield "holiday", Opening(issuing=False, reason=OpeningReason.HOLIDAY, opens_at=tomorrow, note=note)
    yield "closed-no-date", Opening(issuing=False, reason=OpeningReason.AFTER_CLOSING)


def states(language: Language, *, landscape: bool, large: bool) -> Iterator[tuple[str, State]]:
    """Every screen and variant, reached by the flow's own steps."""
    reply = services_reply(now=MORNING)
    look: list[object] = [SwitchLanguage(language), *([ToggleLargeText()] if large else [])]
    fresh = walked(State(), Tick(100.0), Resized(landscape), Touched(), *look)
    yield "starting", fresh
    yield "unreachable", walked(fresh, ServicesFailed("down"))
    home = walked(fresh, ServicesArrived(reply))
    yield "attract", home
    yield "attract-no-paper", walked(home, PrinterChecked(printer("paper-out")))
    for name, opening in closings():
        yield f"closed-{name}", walked(fresh, ServicesArrived(services_reply(opening, MORNING)))
    asked = walked(home, Start())
    yield "language", asked
    listed = walked(asked, ChooseLanguage(language))
    yield "group", listed
    yield "group-warned", walked(listed, Tick(138.0))
    for group in reply.groups:
        yield f"service-{group.prefix}", walked(listed, ChooseGroup(group.code))
    civil = walked(listed, ChooseGroup("ho-tich"))
    yield "service-A-next", walked(civil, TurnPage(1))
    without = reply.groups[0].services[0].model_copy(update={"counters": 0})
    group = reply.groups[0].model_copy(update={"services": (without, *reply.groups[0].services[1:])})
    unmanned = reply.model_copy(update={"groups": (group, *reply.groups[1:])})
    yield "service-no-counter", walked(civil, ServicesArrived(unmanned))
    chosen = walked(civil, ChooseService("1.001193"))
    yield "priority", chosen
    yield "priority-next", walked(chosen, TurnPage(1))
    yield "confirm", walked(chosen, ChoosePriority(None))
    yield "confirm-priority", walked(chosen, ChoosePriority("disability"))
    certified = walked(listed, ChooseGroup("chung-thuc"), ChooseService("2.000815"), ChoosePriority(None))
    yield "confirm-long", certified
    sent = walked(chosen, ChoosePriority("elderly"), Confirm(KEY))
    yield "issuing", sent
    yield "issuing-late", walked(sent, IssueUncertain(KEY, "timeout"))
    yield "unreachable-waiting", walked(sent, IssueUncertain(KEY, "timeout"), IssueUncertain(KEY, "timeout"))
    yield "refused", walked(sent, IssueRefused(KEY, refusal(language)))
    issued = walked(sent, TicketIssued(KEY, ticket()))
    yield "ticket-printing", issued
    yield "ticket", walked(issued, Printed(25))
    yield "ticket-paper-out", walked(issued, PrintFailed(25, printer("paper-out")))
    yield "ticket-fault", walked(issued, PrintFailed(25, printer("offline")))
    long = ticket().model_copy(update={"number": "HT-1025", "service": "1.004859", "wait_high_s": 9000})
    yield "ticket-long", replace(walked(sent, TicketIssued(KEY, long), Printed(25)))


def cases(only: str = "") -> Iterator[tuple[str, State, tuple[int, int]]]:
    """Each screen's name, state and size. `only`: where it names a look, the other looks are not walked to."""
    for language, (shape, size), large in product(Language, SIZES.items(), (False, True)):
        landscape = shape == "landscape"
        look = f"{language.value}-{shape}-{'large' if large else 'normal'}"
        if only.startswith(("vi-", "en-")) and only not in look and look not in only:
            continue
        for name, state in states(language, landscape=landscape, large=large):
            yield f"{name}.{look}", state, size
        alone = visit_pictures.states(language, MORNING, landscape=landscape, large=large)
        asking = question_pictures.states(language, MORNING, landscape=landscape, large=large)
        for name, state in (*alone, *asking):
            yield f"{name}.{look}", clamped(state), size
            # Colours do not depend on words and sizes: one look shows them all.
            if look == "vi-portrait-normal":
                yield f"{name}.{look}-contrast", clamped(replace(state, contrast=True)), size
            if not landscape and language is Language.VI:
                yield f"{name}.{look}-low", clamped(replace(state, low_reach=True)), size


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.settings import Settings
    from kiosk.ui.window import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Settings("http://127.0.0.1:1", "t", ("fake://",), size=(320, 320)), Path(home))
        import kivy.core.window  # noqa: F401 - makes the GL context
        from kivy.graphics import Fbo
        from PIL import Image

        from kiosk.ui.draw import draw
        from kiosk.ui.photos import Photos
        from tests.kiosk.watching import WatchingPainter

        photos = Photos(visit_pictures.VAULT)
        sheets = {size: Fbo(size=size, with_stencilbuffer=True) for size in SIZES.values()}
        for name, state, size in cases(given.only):
            if given.only not in name:
                continue
            sheet = sheets[size]
            sheet.clear()
            look = {"large": state.large_text, "contrast": state.contrast, "low_reach": state.low_reach}
            painter = WatchingPainter(sheet, *size, **look, pictures=photos)
            draw(painter, state)
            if given.out:
                sheet.draw()
                given.out.mkdir(parents=True, exist_ok=True)
                picture = Image.frombytes("RGBA", size, sheet.pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
                picture.convert("RGB").save(given.out / f"{name}.png")
            said = spoken(state, words(state.language))
            print(json.dumps(report(name, painter, said), ensure_ascii=False))
    return 0


def unreached(targets: Sequence[Target]) -> set[str]:
    """What nobody comes to by the arrow keys from where the focus begins."""
    from kiosk.ui.focus import Move, first, onward, reachable

    order, start = reachable(targets), first(targets)
    seen: set[str] = set()
    left = [start] if start else []
    while left:
        here = left.pop()
        if here.name not in seen:
            seen.add(here.name)
            left += [onward(order, here, arrow) for arrow in (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT)]
    return {one.name for one in order} - seen


def report(name: str, painter: object, said: Sequence[str]) -> dict[str, object]:
    """`tight`: texts that shrank to less than 9 tenths; `over`: texts larger than their box, in pixels."""
    from tests.kiosk.watching import WatchingPainter

    assert isinstance(painter, WatchingPainter)
    unit = painter.unit
    return {
        "name": name,
        "cut": [one.text for one in painter.written if one.fit.cut],
        "tight": [[one.text, round(one.shrunk, 2)] for one in painter.written if one.shrunk < 0.9],
        "over": [
            [one.text, one.fit.size, one.room]
            for one in painter.written
            if one.fit.size[1] > one.room[1] + 2 or one.fit.size[0] > one.room[0] + 2
        ],
        "pale": [[text, seen] for text, seen in painter.pairs if seen < (7.0 if painter.contrast else 4.5)],
        "first_said": said[0] if said else "",
        "texts": [one.text for one in painter.written],
        "said_is_shown": bool(said) and any(said[0].casefold() in one.text.casefold() for one in painter.written),
        "unreached": sorted(unreached(painter.targets)),
        "unnamed": [one.name for one in painter.targets if one.name != "anywhere" and not painter.spoken(one)],
        "targets": {
            one.name: [round(v * unit) for v in (one.box.x, one.box.y, one.box.w, one.box.h)] for one in painter.targets
        },
    }


if __name__ == "__main__":
    sys.exit(main())
