"""A PDF made to take the hall's memory or its time takes neither."""

from __future__ import annotations

from queue_server.foreign import Verdict, page_picture, verdict
from tests.queue_server.dossiers.test_foreign import scanned, stream


def test_a_page_that_takes_minutes_to_read_is_given_up() -> None:
    assert page_picture(scanned(b"0 0 m 1 1 l " * 1_500_000), 1) is None


def test_a_file_that_unfolds_without_end_is_broken() -> None:
    """A page that needs half a gigabyte, in two megabytes."""
    assert verdict(unfolding(1, 100)) == (Verdict.SOUND, 1)
    assert verdict(unfolding(9, 60_000_000)) == (Verdict.BROKEN, 0)


def unfolding(many: int, unfolded: int) -> bytes:
    """A page that needs the objects 100 and on, each in a stream of its own, padded to so many bytes."""
    needs = b" ".join(b"%d 0 R" % (100 + n) for n in range(many))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Needs[%s]>>" % needs,
        *(stream(b"/Type/ObjStm/N 1/First 6", (b"%d 0 <<>>" % (100 + n)).ljust(unfolded)) for n in range(many)),
    ]
    made, rows = bytearray(b"%PDF-1.7\n"), bytearray()
    for number, each in enumerate(objects, 1):
        rows += b"\1%s\0" % len(made).to_bytes(4, "big")
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start, own = len(made), len(objects) + 1
    rows += b"\1%s\0" % start.to_bytes(4, "big")
    rows += b"".join(b"\2%s\0" % (4 + n).to_bytes(4, "big") for n in range(many))
    head = b"/Type/XRef/Size %d/Root 1 0 R/W[1 4 1]/Index[1 %d 100 %d]" % (100 + many, own, many)
    made += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, stream(head, bytes(rows)), start)
    return bytes(made)
