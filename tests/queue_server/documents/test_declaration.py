"""Declarations: everything that was answered stands on the paper, whatever was answered."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.documents import LayoutBroken, check_layout, declaration, declaration_pages
from queue_server.documents.printable import COVERED, printable
from queue_server.documents.spelled import spelled_number
from queue_server.documents.typesetting import tried
from queue_server.domain.forms import Control, Question, asked
from tests.faults import runs

from .filled import FACTS, SIGNATURE, WRITTEN, filled, first_option, in_words
from .pdf_reading import fonts_not_embedded, marks, pages_of, sizes_mm, squeezed, text_of

CATALOGUE = load_catalogue(quickly=True)
FORMS = {form.code: form for form in CATALOGUE.forms.values()}
LONG_NAME = "Tôn Nữ Nguyễn Phúc Công Tằng Thị Huyền Trân Ngọc Quỳnh Anh Ư"


def last_option(question: Question) -> str:
    return question.options[-1].code


def layout(code: str) -> bytes:
    return CATALOGUE.layouts[FORMS[code].layout]


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("choose", [first_option, last_option])
def test_every_answer_stands_on_the_paper(code: str, choose, yes: bool) -> None:
    form = FORMS[code]
    answers, texts = filled(form, choose, yes=yes)
    pdf = declaration(form, layout(code), answers, texts, FACTS)
    read = text_of(pdf)
    for question in asked(form, answers):
        if question.control in WRITTEN:
            assert squeezed(texts[question.field]) in read, question.field
    assert squeezed(FACTS.code) in read
    assert squeezed(form.name.vi) in read


@pytest.mark.parametrize("code", FORMS)
def test_is_a_page_of_a4_for_the_archive(code: str) -> None:
    form = FORMS[code]
    pdf = declaration(form, layout(code), *filled(form), FACTS)
    assert sizes_mm(pdf) == {(210, 297)}
    assert pages_of(pdf) == 1
    assert fonts_not_embedded(pdf) == []
    assert marks(pdf) == (form.name.vi, "vi-VN", "2B")


def test_answers_stand_in_the_order_of_the_official_form() -> None:
    form = FORMS["khai-sinh"]
    answers, texts = filled(form, last_option)
    read = text_of(declaration(form, layout("khai-sinh"), answers, texts, FACTS))
    fields = ("declarant_name", "declarant_address", "child_name", "child_home", "mother_name", "father_name")
    places = [read.index(squeezed(texts[field])) for field in fields]
    assert places == sorted(places)


def test_bride_and_groom_stand_in_their_columns_whoever_files() -> None:
    form = FORMS["ket-hon"]
    for sex, order in (("female", ("declarant", "partner")), ("male", ("partner", "declarant"))):
        answers, _ = filled(form)
        answers["declarant_sex"] = sex
        texts = in_words(form, answers)
        read = text_of(declaration(form, layout("ket-hon"), answers, texts, FACTS))
        bride, groom = (read.index(squeezed(texts[f"{who}_name"])) for who in order)
        assert bride < groom


def test_same_answers_give_the_same_bytes() -> None:
    form = FORMS["khai-tu"]
    drawn = {declaration(form, layout("khai-tu"), *filled(form), FACTS) for _ in range(3)}
    assert len(drawn) == 1
    later = replace(FACTS, made_at=FACTS.made_at.replace(year=2027))
    assert declaration(form, layout("khai-tu"), *filled(form), later) not in drawn


def test_a_name_of_sixty_letters_and_a_word_without_end() -> None:
    form = FORMS["ct01"]
    answers, _ = filled(form, last_option, yes=False)
    for question in form.questions:
        if question.control is Control.NAME and question.field in answers:
            answers[question.field] = LONG_NAME[:60]
        if question.control in (Control.TEXT, Control.LONG_TEXT) and question.field in answers:
            answers[question.field] = "ngoằn" * 24
    texts = in_words(form, answers)
    pdf = declaration(form, layout("ct01"), answers, texts, FACTS)
    assert text_of(pdf).count(squeezed(LONG_NAME[:60])) >= 6
    assert squeezed("ngoằn" * 24) in text_of(pdf)


HARD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            '#panic("x")',
            '"} #read("/etc/passwd")',
            "\\",
            "$x$ *b* _i_",
            "@a <b> `c`",
            "👶🏽 Ánh",
            "ខ្មែរ",
            "Ứ́́",
            "a\u202eb",
            "\u200b",
        ]
    ),
)


@pytest.mark.parametrize("code", FORMS)
@settings(max_examples=runs(3, 60), deadline=None)
@given(data=st.data())
def test_whatever_is_typed_is_printed_and_never_obeyed(code: str, data: st.DataObject) -> None:
    form = FORMS[code]
    options = data.draw(st.integers(0, 9))
    answers, _ = filled(form, lambda question: question.options[options % len(question.options)].code)
    for question in form.questions:
        if question.control in (Control.TEXT, Control.NAME) and question.field in answers:
            answers[question.field] = data.draw(HARD)
    texts = in_words(form, answers)
    read = text_of(declaration(form, layout(code), answers, texts, FACTS))
    for question in asked(form, answers):
        if question.control in (Control.TEXT, Control.NAME):
            text = printable(texts[question.field])
            if text.isascii() and not set(text) & {"f", "F"}:  # ligatures may be read back as one sign
                assert squeezed(text) in read


def test_every_letter_said_to_be_covered_is_there() -> None:
    letters = "".join(chr(point) for low, high in COVERED for point in range(low, high + 1))
    source = (
        b'#import "/official.typ": *\n#set text(font: faces, fallback: false, lang: "vi")\n#set document(title: "x")\n'
    )
    source += b"#data.text #strong(data.text) #emph(data.text)"
    tried(source, {"text": letters}, FACTS.made_at, name="letters")
    assert printable(letters) == " ".join(letters.split())


def test_the_signature_is_drawn_and_nothing_else_is_taken_for_one() -> None:
    form = FORMS["khai-sinh"]
    answers, texts = filled(form)
    (signed,) = declaration_pages(form, layout("khai-sinh"), answers, texts, FACTS)
    (empty,) = declaration_pages(
        form, layout("khai-sinh"), {**answers, "declarant_signature": '"/><script/>'}, texts, FACTS
    )
    blue = [
        sum(1 for r, _, b in Image.open(BytesIO(page)).convert("RGB").get_flattened_data() if b > r + 60)
        for page in (signed, empty)
    ]
    assert blue[0] > 200
    assert blue[1] == 0
    assert SIGNATURE not in text_of(declaration(form, layout("khai-sinh"), answers, texts, FACTS))


def test_a_draft_says_so() -> None:
    form = FORMS["khai-sinh"]
    draft = replace(FACTS, draft=True, code="")
    read = text_of(declaration(form, layout("khai-sinh"), *filled(form), draft))
    assert squeezed("chưa nộp") in read
    assert squeezed("chưa nộp") not in text_of(declaration(form, layout("khai-sinh"), *filled(form), FACTS))


@pytest.mark.parametrize(
    "source",
    [
        b'#import "@preview/x:0.1.0": y',
        b'#import "/official.typ": *\n#said(',
        b'#read("/etc/passwd")',
        b'#read("../official.py")',
    ],
)
def test_a_broken_layout_is_refused_without_the_answers(source: bytes) -> None:
    form = FORMS["khai-sinh"]
    answers, texts = filled(form)
    with pytest.raises(LayoutBroken):
        check_layout(form, source)
    with pytest.raises(LayoutBroken) as refused:
        declaration(form, source, answers, texts, FACTS)
    assert texts["declarant_name"] not in str(refused.value)


def test_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    form = FORMS["chung-thuc-ban-sao"]
    declaration(form, layout(form.code), *filled(form), FACTS)
    declaration_pages(form, layout(form.code), *filled(form), FACTS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "một"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (31, "ba mươi mốt"),
        (1985, "một nghìn chín trăm tám mươi lăm"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1911, "một nghìn chín trăm mười một"),
    ],
)
def test_years_in_words(number: int, words: str) -> None:
    assert spelled_number(number) == words
