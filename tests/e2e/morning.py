"""A scripted morning in a hall of real parts on a virtual screen: `make demo`, or `python -m tests.e2e.morning`.

It shows line by line what happens, ends with a table of every ticket and a folder of screenshots, stops all that it
started, and says by its exit code whether every step went well.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

from queue_server.contract import API, TrackView
from tests.e2e.album import Album
from tests.e2e.event_log import event_log, outcomes
from tests.e2e.narrator import Narrator, table
from tests.e2e.scenes import EXPECTED, play
from tests.e2e.stage import Stage, stage

LOGS = ("data/server.log", "kiosk.log", "xvfb.log")


def main() -> int:
    """0 when every step went well, 1 when one did not, 130 when stopped by Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.morning", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/demo-morning"), metavar="DIR", help="for the screenshots")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write the README's four pictures there")
    given = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    narrator = Narrator(lambda line: print(line, flush=True))
    for folder in (given.out, given.pictures):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    album = Album(given.out, given.pictures)
    with tempfile.TemporaryDirectory(prefix="motcua-morning-") as made:
        try:
            with stage(Path(made), album, narrator) as on_stage:
                told = _played(on_stage)
        except Exception as error:  # noqa: BLE001 - a program's edge: whatever failed, it is told
            traceback.print_exception(error, limit=-3)
            _keep_logs(Path(made), given.out)
            print(f"\n✗ Bước hỏng · failed: {narrator.current}\n  Nhật ký · logs: {given.out}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("\nĐã dừng · stopped", file=sys.stderr)
            return 130
    print(f"\n{told}\n\n✓ Xong sau {narrator.elapsed_s:.0f} s · done. Ảnh màn hình · screenshots: {given.out}")
    return 0


def _played(on_stage: Stage) -> str:
    """Play the morning, hold it against what should have come of it, and tell it as a table."""
    try:
        play(on_stage)
        with on_stage.narrator.step("So với dự kiến, kiểm tra cơ sở dữ liệu", "compare, and check the database"):
            _compare(on_stage)
    except Exception:
        with suppress(Exception):
            _picture_all(on_stage)
        raise
    return table(outcomes(on_stage.hall.data), _names(on_stage))


def _compare(on_stage: Stage) -> None:
    """Raises AssertionError where the hall's own record is another than the script's."""
    data = on_stage.hall.data
    found = {one.number: (one.state, one.counter, one.rating) for one in outcomes(data)}
    assert found == EXPECTED, f"{found} instead of {EXPECTED}"
    called = [(event.number, event.counter) for event in event_log(data) if event.kind in ("called", "recalled")]
    spoken = on_stage.board.has_spoken(len(called))
    assert [(call["number"], call["counter"]) for call in spoken] == called, f"spoken: {spoken}"
    assert {call["outcome"] for call in spoken} == {"spoken"}, f"not every call was spoken whole: {spoken}"
    sound = on_stage.hall.check()
    assert sound.returncode == 0, sound.stdout


def _names(on_stage: Stage) -> dict[str, str]:
    """The Vietnamese names of services, priority categories and rating levels, by their codes."""
    token = next(iter(on_stage.addresses.values())).rpartition("/")[2]
    with on_stage.hall.client() as client:
        tracked = TrackView.model_validate_json(client.get(f"{API}/track/{token}").content)
    named = {one.code: one.name for group in on_stage.offered.groups for one in group.services}
    named |= {one.code: one.name for one in on_stage.offered.priorities}
    named |= {one.code: one.name for one in tracked.scale}
    return {code: name.vi for code, name in named.items()}


def _picture_all(on_stage: Stage) -> None:
    """What everybody saw when a step failed."""
    on_stage.picture_kiosk("failed-kiosk")
    pages = [page for context in on_stage.browser.contexts for page in context.pages]
    for place, page in enumerate(pages):
        on_stage.album.screen(f"failed-page-{place}", page)


def _keep_logs(made: Path, out: Path) -> None:
    for name in LOGS:
        if (made / name).is_file():
            shutil.copy(made / name, out / Path(name).name)


if __name__ == "__main__":
    sys.exit(main())
