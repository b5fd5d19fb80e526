"""`motcua reprint`: the clerk at the kiosk's machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.render import render
from hardware.printers.reprint import main
from hardware.printers.spool import Spool, Stage
from tests.hardware.escpos_reader import read
from tests.hardware.slips import LONG, PLAIN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    spool = Spool(tmp_path / "spool")
    spool.add("k-1", PLAIN)
    spool.move("k-1", Stage.WAITING, Stage.PRINTED)
    spool.add("k-2", LONG, "en")
    return tmp_path / "spool"


def test_the_list_names_keys_numbers_and_stages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--spool", str(folder)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("k-1 ")
    assert "A-025" in first
    assert first.endswith(" đã in")
    assert "HT-015" in second
    assert second.endswith("chưa in")


@pytest.mark.parametrize(("which", "slip", "mark"), [("k-1", PLAIN, "IN LẠI"), ("--last", LONG, "REPRINT")])
def test_a_reprint_is_marked_whatever_the_spool_says(
    folder: Path, which: str, slip: object, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeTcpPrinter() as simulated:
        assert main(["--spool", str(folder), "--printer", simulated.url, which]) == 0
        (job,) = simulated.device.wait_for_jobs(1)
    assert "Đã in lại phiếu" in capsys.readouterr().out
    paper = read(job).image
    chosen = PLAIN if slip is PLAIN else LONG
    note = {
        "IN LẠI": "Cùng số với phiếu đã in; chỉ có một lượt chờ",
        "REPRINT": "Same number as on the first ticket; only one place in the queue",
    }
    assert paper.tobytes() == render(replace(chosen, reprint=mark, reprint_note=note[mark]), 576).tobytes()
    assert Spool(folder).stage("k-1" if slip is PLAIN else "k-2") is Stage.PRINTED


def test_a_folder_that_is_none_is_a_wrong_call(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--spool", str(folder / "x"), "--language", "en"]) == 2
    assert f"the folder {folder}/x does not exist" in capsys.readouterr().err
    assert main(["--spool", str(folder / "k-1.printed"), "--last", "--language", "en"]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_the_kiosks_variable_names_the_printers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeTcpPrinter() as simulated:
        monkeypatch.setenv("MOTCUA_PRINTER", f"fake://?fault=paper-out {simulated.url}")
        assert main(["--spool", str(folder), "k-1"]) == 0
        assert len(simulated.device.wait_for_jobs(1)) == 1


@pytest.mark.parametrize(
    ("line", "result", "words"),
    [
        (["k-9", "--printer", "fake://"], 1, "The spool keeps no such ticket."),
        (["k-1"], 2, "Name the printer"),
        (["k-1", "--printer", "fake://?fault=paper-out"], 1, "out of paper"),
        (["k-1", "--printer", "fax://"], 2, "address is not valid"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, line: list[str], result: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "en", "--spool", str(folder), *line]) == result
    assert words in capsys.readouterr().err


def test_an_empty_spool_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "--spool", str(tmp_path)]) == 0
    assert "keeps no tickets" in capsys.readouterr().out
