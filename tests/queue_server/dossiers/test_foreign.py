"""A stranger's PDF takes neither the hall's memory nor its time, whatever it unfolds to."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from queue_server.foreign import Verdict, carries_archive, ends_where_the_picture_ends, page_picture, verdict
from queue_server.service.dossiers.errors import AttachmentBroken
from queue_server.service.dossiers.screening import JPEG, PDF, PNG, screen
from tests.queue_server.small_catalogue import picture


def written(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its root."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def stream(head: bytes, content: bytes) -> bytes:
    folded = zlib.compress(content, 1)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(folded), folded)


def scanned(content: bytes = b"q 10 0 0 10 0 0 cm /a Do Q") -> bytes:
    shot = io.BytesIO()
    Image.new("L", (20, 30), 80).save(shot, "JPEG")
    image = b"<</Type/XObject/Subtype/Image/Width 20/Height 30/ColorSpace/DeviceGray/BitsPerComponent 8"
    image += b"/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream" % (len(shot.getvalue()), shot.getvalue())
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</a 5 0 R>>>>>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return written(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(b"", content), image)


def test_a_scan_is_sound_and_its_page_is_shown() -> None:
    assert verdict(scanned()) == (Verdict.SOUND, 1)
    shown = page_picture(scanned(), 1)
    assert shown is not None
    assert shown[0] == "image/jpeg"
    assert Image.open(io.BytesIO(shown[1])).size == (20, 30)
    assert page_picture(scanned(), 2) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 1000])
def test_what_is_no_pdf_is_broken(content: bytes) -> None:
    assert verdict(content) == (Verdict.BROKEN, 0)
    assert page_picture(content, 1) is None


@given(st.binary(min_size=1, max_size=40), st.sampled_from(["JPEG", "PNG"]))
def test_whatever_stands_behind_a_picture_is_seen(tail: bytes, kind: str) -> None:
    content = picture(kind=kind)
    assert ends_where_the_picture_ends(content)
    assert ends_where_the_picture_ends(content + tail) == (not tail.strip(b"\0\r\n\t "))


@pytest.mark.parametrize("made", [lambda: picture(kind="JPEG"), lambda: picture(kind="PNG"), scanned])
def test_a_file_that_is_an_archive_as_well_is_seen(made: Callable[[], bytes]) -> None:
    """Its directory behind the file, or its end within it, with the rest of the file as the archive's comment."""
    content = made()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.exe", b"MZ")
    assert not carries_archive(content)
    assert carries_archive(content + archive.getvalue())
    behind = len(content).to_bytes(2, "little")
    assert carries_archive(archive.getvalue()[:-2] + behind + content)
    with pytest.raises(AttachmentBroken):
        screen(content + archive.getvalue(), {b"\xff\xd8": JPEG, b"\x89P": PNG, b"%P": PDF}[content[:2]])
