"""Printers by name: python-escpos' table, our own, and what a URL says besides."""

from __future__ import annotations

import pytest

from hardware.printers import open_printer
from hardware.printers.address import DOTS_RANGE, FEED_RANGE
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.profile import Cut, Profile
from hardware.printers.profiles import ALIASES, OWN, names, near, profile
from tests.hardware.escpos_reader import read
from tests.hardware.slips import PLAIN


@pytest.mark.parametrize("name", names())
def test_every_profile_can_be_printed_with(name: str) -> None:
    known = profile(name)
    assert known is not None
    assert known.name == name
    assert known.dots in DOTS_RANGE
    assert known.dots % 8 == 0
    assert known.feed in FEED_RANGE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TM-T20II", Profile("TM-T20II", 576, Cut.FULL, 4, True, True)),
        ("TM-T20", Profile("TM-T20", 576, Cut.FULL, 4, True, True)),
        ("TM-T88", Profile("TM-T88", 512, Cut.FULL, 4, True, True)),
        ("POS-58", Profile("POS-58", 384, Cut.NONE, 3, None, False)),
        ("POS-80", Profile("POS-80", 576, Cut.PARTIAL, 4, None, False)),
        ("XP-58", Profile("XP-58", 384, Cut.NONE, 3, None, False)),
        ("POS-5890", Profile("POS-5890", 384, Cut.NONE, 3, None, False)),
    ],
)
def test_the_printers_halls_buy(name: str, expected: Profile) -> None:
    assert profile(name) == expected


@pytest.mark.parametrize(
    ("said", "meant"),
    [("tm-t88v", "TM-T88V"), ("TM T20 II", "TM-T20II"), ("xp80c", "XP-80"), ("XP-58IIH", "XP-58"), ("pos80", "POS-80")],
)
def test_a_name_is_found_however_it_is_written(said: str, meant: str) -> None:
    known = profile(said)
    assert known is not None
    assert known.name == meant


@pytest.mark.parametrize("name", ["", "?", "LaserJet 1020", "TM-U220", "AF-240", "SP2000"])
def test_what_prints_no_pictures_is_no_profile(name: str) -> None:
    assert profile(name) is None


def test_the_names_most_alike_are_offered() -> None:
    assert "TM-T88V" in near("TMT88-5V")
    assert near("LaserJet 1020") == ()


def test_our_own_names_hide_none_of_the_shipped_by_mistake() -> None:
    assert not set(ALIASES) & set(OWN)


def test_the_profile_reaches_the_paper_and_an_option_is_stronger() -> None:
    with FakeTcpPrinter() as simulated:
        open_printer(f"{simulated.url}?profile=POS-58").print_slip(PLAIN)
        open_printer(f"{simulated.url}?profile=POS-58&cut=partial&dots=360&feed=9").print_slip(PLAIN)
        first, second = (read(job) for job in simulated.device.wait_for_jobs(2))
    assert (first.image.width, first.cuts, first.feeds) == (384, (), (3,))
    assert (second.image.width, second.cuts, second.feeds) == (360, ("partial",), (9,))


def test_a_printer_that_must_answer_gets_no_slip_while_it_is_mute() -> None:
    with FakeTcpPrinter() as simulated:
        simulated.device.faults.mute = True
        with pytest.raises(Exception, match="no answer"):
            open_printer(f"{simulated.url}?profile=TM-T88", timeout_s=0.3).print_slip(PLAIN)
        open_printer(f"{simulated.url}?profile=TM-T88&status=no", timeout_s=0.3).print_slip(PLAIN)
        (job,) = simulated.device.wait_for_jobs(1)
    assert read(job).queries == ()
