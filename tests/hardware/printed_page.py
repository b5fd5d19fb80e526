"""The printed test page as a picture for the docs, decoded from the very bytes that a printer was sent.

`python -m tests.hardware.printed_page` makes it anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from hardware.printers import open_printer
from hardware.printers.cli import page
from hardware.printers.fake_tcp import FakeTcpPrinter
from tests.e2e.album import as_paper
from tests.hardware.escpos_reader import read

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "printed-test-page.png"
URL = "escpos+tcp://192.168.1.50?profile=XP-80"
WHEN = datetime(2026, 11, 23, 7, 15, tzinfo=UTC)


def printed_page() -> Image.Image:
    """80 mm paper, with the margins that the print head leaves."""
    with FakeTcpPrinter() as simulated:
        printer = open_printer(simulated.url)
        printer.print_slip(page(URL, printer.status(), WHEN, "vi"))
        (job,) = simulated.device.wait_for_jobs(1)
    return as_paper(read(job).image)


def main() -> None:
    printed_page().convert("P", palette=Image.Palette.ADAPTIVE, colors=8).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
