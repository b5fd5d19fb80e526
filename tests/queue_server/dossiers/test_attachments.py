"""Only what is truly an image or a PDF, whole and harmless, is kept; sealed, and not longer than it is needed."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from queue_server.service.dossiers import uploads
from queue_server.service.dossiers.errors import (
    AttachmentBroken,
    AttachmentTypeUnknown,
    ImageTooLarge,
    PdfActive,
    PdfLocked,
    PdfTooLong,
)
from queue_server.service.dossiers.screening import JPEG, PDF, PNG, screen
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import digest, picture


def pdf(pages: int = 2, password: str = "", change: object = None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    if callable(change):
        change(writer)
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of so many dots in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def launching(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")})
    writer.root_object[NameObject("/OpenAction")] = action


def opening_a_script(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = action


def linking_to_script(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.vn"))
    annotation = writer.pages[0]["/Annots"][0].get_object()
    annotation[NameObject("/A")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def carrying_a_file(writer: PdfWriter) -> None:
    """Named by nothing but the document's associated files."""
    inside = DecodedStreamObject()
    inside.set_data(b"MZ")
    spec = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(inside)}),
        }
    )
    writer.root_object[NameObject("/AF")] = ArrayObject([spec])


def with_a_file_pinned_on(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.vn"))
    annotation = writer.pages[0]["/Annots"][0].get_object()
    annotation[NameObject("/Subtype")] = writer._add_object(NameObject("/FileAttachment"))


def opening_an_address(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://x")})
    writer.root_object[NameObject("/OpenAction")] = action


def opening_an_address_with_its_page(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://x")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def opening_at_a_page(writer: PdfWriter) -> None:
    """As many ordinary programs write it."""
    writer.root_object[NameObject("/OpenAction")] = ArrayObject(
        [writer.pages[0].indirect_reference, NameObject("/Fit")]
    )


def endless(writer: PdfWriter) -> None:
    """A page tree that leads to itself."""
    kids = writer.root_object["/Pages"]["/Kids"]
    kids.append(writer.root_object.raw_get("/Pages"))


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (picture(), JPEG, 1),
        (picture(kind="PNG"), PNG, 1),
        (pdf(2), PDF, 2),
        (pdf(1, change=lambda writer: writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://a.vn"))), PDF, 1),
        (pdf(1, change=opening_at_a_page), PDF, 1),
        (picture() + b"\0\0\r\n", JPEG, 1),
        (picture() + picture(9), JPEG, 1),
        (picture(kind="PNG") + b"\n", PNG, 1),
    ],
    ids=["jpeg", "png", "pdf", "link", "opens at a page", "padded", "two exposures", "padded png"],
)
def test_sound_files_are_taken(content: bytes, media_type: str, pages: int) -> None:
    assert screen(content, media_type).pages == pages


@pytest.mark.parametrize(
    ("content", "media_type", "refusal"),
    [
        (b"GIF89a" + b"x" * 50, "image/gif", AttachmentTypeUnknown),
        (b"MZ" + b"\0" * 50, JPEG, AttachmentTypeUnknown),
        (b"", JPEG, AttachmentTypeUnknown),
        (picture(), PNG, AttachmentBroken),
        (picture()[:200], JPEG, AttachmentBroken),
        (picture(kind="PNG")[:-40], PNG, AttachmentBroken),
        (b"\xff\xd8\xff" + b"no picture" * 9, JPEG, AttachmentBroken),
        (bomb(40_000, 40_000), PNG, ImageTooLarge),
        (bomb(8_000, 8_000), PNG, ImageTooLarge),
        (pdf()[:300], PDF, AttachmentBroken),
        (b"%PDF-1.7\nnothing", PDF, AttachmentBroken),
        (pdf(0), PDF, AttachmentBroken),
        (pdf(101), PDF, PdfTooLong),
        (pdf(password="geheim"), PDF, PdfLocked),
        (pdf(change=opening_a_script), PDF, PdfActive),
        (pdf(change=lambda writer: writer.add_attachment("x.exe", b"MZ")), PDF, PdfActive),
        (pdf(change=launching), PDF, PdfActive),
        (pdf(change=linking_to_script), PDF, PdfActive),
        (pdf(change=endless), PDF, AttachmentBroken),
        (pdf(change=carrying_a_file), PDF, PdfActive),
        (pdf(change=with_a_file_pinned_on), PDF, PdfActive),
        (pdf(change=opening_an_address), PDF, PdfActive),
        (pdf(change=opening_an_address_with_its_page), PDF, PdfActive),
        (picture() + b"MZ" + b"\0" * 90_000, JPEG, AttachmentBroken),
        (picture() + b"PK\x03\x04", JPEG, AttachmentBroken),
        (picture() + picture()[:-2] + b"PK\x03\x04", JPEG, AttachmentBroken),
        (picture() + pdf(), JPEG, AttachmentBroken),
        (picture(kind="PNG") + b"<html>", PNG, AttachmentBroken),
    ],
)
def test_what_is_not_an_image_or_a_harmless_pdf_is_refused(
    content: bytes, media_type: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        screen(content, media_type)


def test_refusals_have_their_codes_and_nothing_is_kept(hall: FilingHouse) -> None:
    content = picture()
    refused = {
        "digest-differs": hall.attach(content, digest="0" * 64),
        "attachment-type-unknown": hall.attach(b"<svg/>", "image/svg+xml"),
        "pdf-locked": hall.attach(pdf(password="x"), "application/pdf"),
        "attachment-too-large": hall.attach(b"\xff\xd8\xff" + b"\0" * 10 * 1024 * 1024),
        "invalid-request": hall.attach(content, digest="not-a-digest"),
        "unauthenticated": hall.attach(content, token="nobody"),
        "forbidden": hall.attach(content, token=hall.token("board")),
    }
    for code, answer in refused.items():
        assert answer.json()["code"] == code
    assert refused["attachment-too-large"].status_code == 413
    assert hall.rows("SELECT COUNT(*) FROM attachment") == [(0,)]
    assert stored(hall) == []


def test_a_file_is_kept_sealed_and_shown_to_clerks_as_it_came(hall: FilingHouse) -> None:
    content = picture(77)
    hall.filed(hall.captured(shade=77))
    (path,) = stored(hall)
    assert path.name == digest(content)
    assert content[20:60] not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    shown = hall.get("/dossiers/1/papers/GCS", hall.clerk)
    assert (shown.content, shown.headers["content-type"]) == (content, "image/jpeg")
    assert shown.headers["cache-control"] == "no-store"
    assert "001190123456.GCS" in shown.headers["content-disposition"]


def test_uploads_that_no_dossier_names_go_after_an_hour(hall: FilingHouse) -> None:
    named, forgotten = hall.captured(shade=1), hall.captured(shade=2)
    hall.filed(named)
    hall.later(minutes=59)
    hall.attach(picture(3))
    hall.later(minutes=2)
    assert uploads.forget_expired(hall.db, files(hall), hall.now) == 1
    assert {path.name for path in stored(hall)} == {named["digest"], digest(picture(3))}
    refused = hall.file({**forgotten}, procedure="1.002")
    assert refused.json()["code"] == "attachment-unknown"


def test_sending_the_same_file_again_starts_its_hour_anew_and_keeps_what_is_named(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.captured()
    assert hall.rows("SELECT COUNT(*), MAX(expires_at) FROM attachment") == [(1, None)]
    hall.captured(shade=9)
    hall.later(minutes=50)
    hall.captured(shade=9)
    hall.later(minutes=50)
    assert uploads.forget_expired(hall.db, files(hall), hall.now) == 0


def test_a_picture_that_is_replaced_goes_and_is_offered_to_nobody(hall: FilingHouse) -> None:
    hall.filed(hall.captured(shade=1))
    better = hall.captured(shade=2)["digest"]
    put = hall.request("PUT", "/dossiers/1/papers/GCS", token=hall.clerk, json={"digest": better})
    assert put.status_code == 200, put.text
    assert hall.faults() == []
    assert hall.rows("SELECT DISTINCT digest FROM held_paper") == [(better,)]
    hall.later(minutes=61)
    assert uploads.forget_expired(hall.db, files(hall), hall.now) == 1
    assert [path.name for path in stored(hall)] == [better]


def test_a_full_disk_is_said_and_leaves_nothing(hall: FilingHouse) -> None:
    folder = files(hall).folder
    content = picture(5)
    (folder / digest(content)[:2]).mkdir(parents=True)
    (folder / digest(content)[:2] / (digest(content) + ".unfinished")).mkdir()
    refused = hall.attach(content)
    assert (refused.status_code, refused.json()["code"]) == (503, "store-unavailable")
    assert hall.rows("SELECT COUNT(*) FROM attachment") == [(0,)]


def test_a_file_that_stalls_takes_no_turn_from_others_and_is_refused(hall: FilingHouse) -> None:
    async def stalling() -> AsyncIterator[bytes]:
        yield b"\xff\xd8"
        await asyncio.Event().wait()

    state = hall.app.state
    usual = state.context
    state.context = replace(usual, upload_s=0.01, uploading=asyncio.Semaphore(0))
    refused = hall.attach(stalling(), digest="0" * 64)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["code"]) == (408, "upload-stalled")
    assert refused.headers["connection"] == "close"
    state.context = usual
    hall.captured(shade=6)


def test_a_file_in_pieces_that_is_too_large_is_told_its_own_limit(hall: FilingHouse) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"\0" * 1024 * 1024

    refused = hall.attach(pieces(), digest="0" * 64)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["code"]) == (413, "attachment-too-large")


def test_half_a_character_is_refused_in_words(hall: FilingHouse) -> None:
    content = b'{"procedure": "1.001", "form_version": "a\\ud83d", "answers": {"x": "a\\ud83d"}}'
    headers = {"Content-Type": "application/json", "Idempotency-Key": "key-00001"}
    refused = hall.request("POST", "/dossiers", token=hall.kiosk, content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-request")
    assert "surrogate" in refused.text


def test_files_without_a_row_go_at_the_next_start(hall: FilingHouse) -> None:
    hall.captured()
    (kept,) = stored(hall)
    for name in ("f" * 64, "e" * 60 + ".unfinished"):
        (kept.parent / name).write_bytes(b"left by a power cut")
    assert uploads.sweep(hall.db, files(hall)) == 2
    assert stored(hall) == [kept]


def test_a_picture_moved_under_another_name_does_not_open(hall: FilingHouse) -> None:
    hall.filed(hall.captured(shade=1))
    hall.attach(picture(2))
    first, second = sorted(stored(hall), key=lambda path: path.name != digest(picture(1)))
    first.write_bytes(second.read_bytes())
    shown = hall.get("/dossiers/1/papers/GCS", hall.clerk)
    assert (shown.status_code, shown.json()["code"]) == (503, "seal-broken")


def files(hall: FilingHouse):  # type: ignore[no-untyped-def]
    return hall.app.state.context.dossiers.files


def stored(hall: FilingHouse) -> list[Path]:
    return [path for path in (hall.db.path.parent / "attachments").glob("??/*") if path.is_file()]


def test_a_huge_photograph_is_decoded_and_refused_by_its_dots_not_by_memory() -> None:
    made = io.BytesIO()
    Image.new("L", (7100, 7100)).save(made, "JPEG")
    with pytest.raises(ImageTooLarge):
        screen(made.getvalue(), JPEG)
