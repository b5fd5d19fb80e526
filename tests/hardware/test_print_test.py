"""The technician's test print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hardware.printers import Paper, PrinterStatus, Slip
from hardware.printers.cli import main, page
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.render import render
from tests.hardware.escpos_reader import read
from tests.hardware.printed_page import PICTURE, printed_page


def test_prints_a_slip_and_says_so_in_vietnamese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"preview://{tmp_path}"
    assert main(["--printer", url]) == 0
    said = capsys.readouterr().out
    assert "[ready] Hoạt động tốt." in said
    assert "Đã gửi phiếu in thử" in said
    (path,) = tmp_path.iterdir()
    (code,) = zxingcpp.read_barcodes(Image.open(path).convert("L"))
    assert code.text == url


def test_the_page_names_what_a_technician_has_to_know() -> None:
    before = PrinterStatus(online=True, paper=Paper.NEAR_END)
    url = "escpos+serial:///dev/ttyUSB0?baud=9600&flow=xonxoff&profile=POS-58&cut=partial"
    slip = page(url, before, datetime(2026, 11, 22, 9, 5, 7, tzinfo=UTC), "en")
    assert slip.ruler
    assert slip.qr == url
    assert slip.lines == (
        "Time: 09:05:07 22/11/2026",
        f"Printer: {url}",
        "Model: POS-58",
        "Width: 384 dots",
        "Cut: partial, 3 lines before it",
        "State: The paper is nearly used up: have a new roll at hand",
    )


@pytest.mark.parametrize("dots", [576, 384, 512])
def test_the_bar_goes_from_edge_to_edge(dots: int) -> None:
    picture = render(Slip("", "", "", "", "", ruler=True), dots)
    assert any(not any(picture.crop((0, y, dots, y + 1)).tobytes()) for y in range(picture.height))


def test_the_picture_in_the_docs_is_what_comes_out_of_the_printer() -> None:
    with Image.open(PICTURE) as kept:
        assert kept.convert("L").tobytes() == printed_page().convert("L").tobytes(), (
            "make it anew: python -m tests.hardware.printed_page"
        )


def test_reaches_a_network_printer_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with FakeTcpPrinter() as simulated:
        simulated.device.faults.paper_near_end = True
        assert main(["--printer", simulated.url, "--language", "en"]) == 0
        (job,) = simulated.device.wait_for_jobs(1)
    assert len(read(job).cuts) == 1
    assert "[paper-near-end] The paper is nearly used up" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "mute", "advice"),
    [("", False, "silence counts as a fault"), ("", True, "nothing proves"), ("?status=yes", False, "")],
)
def test_says_how_silence_would_be_noticed(
    option: str, mute: bool, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeTcpPrinter() as simulated:
        simulated.device.faults.mute = mute
        main(["--printer", simulated.url + option, "--language", "en", "--status", "--timeout", "0.3"])
    said = capsys.readouterr().out
    assert advice in said
    assert bool(advice) is ("status=yes" in said)


def test_asks_for_the_state_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--printer", "fake://?fault=cover-open", "--status"]) == 0
    assert "[cover-open] Nắp máy in đang mở." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "result", "words"),
    [
        ("fake://?fault=paper-out", 1, "Máy in đã hết giấy. "),
        ("fax://1022", 2, "Địa chỉ thiết bị không hợp lệ."),
    ],
)
def test_failure_is_told_with_its_remedy(url: str, result: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--printer", url]) == result
    assert words in capsys.readouterr().err


def test_wrong_use_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ([], ["--printer", "fake://", "--timeout", "0"], ["--printer", "fake://", "--timeout", "x"]):
        with pytest.raises(SystemExit) as caught:
            main(wrong)
        assert caught.value.code == 2
