"""What came out of the printer: its bytes read as paper, and the code on the paper read as a phone reads it."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp
from PIL import Image

from tests.hardware.escpos_reader import read


@dataclass(frozen=True)
class PrintedTicket:
    """One ticket on paper. `address`: what its QR code opens."""

    picture: Image.Image
    address: str


def printed_ticket(job: bytes) -> PrintedTicket:
    """The one ticket in the bytes of a print job, cut off. Raises EscposError, or AssertionError for anything else."""
    paper = read(job)
    assert len(paper.slips) == 1, f"{len(paper.slips)} tickets in one print job"
    assert len(paper.cuts) == 1, f"{len(paper.cuts)} cuts for one ticket"
    return PrintedTicket(paper.slips[0], qr_address(paper.slips[0]))


def qr_address(picture: Image.Image) -> str:
    """The text of the only QR code in a picture."""
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert len(found) == 1, f"{len(found)} QR codes where one was expected"
    return found[0].text
