"""What people type finds what they came for: no diacritics, slips, other words, any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue.folder import BUILT_IN, read_procedures
from queue_server.domain.find import find, fold
from queue_server.domain.procedure import Procedure

PROCEDURES = [shape.versions[-1].procedure(code, None) for code, (_, shape) in read_procedures(BUILT_IN).items()]
BIRTH, MARRIAGE, DEATH, SINGLE = "1.001193", "1.000894", "1.000656", "1.004873"
COPY, SIGNATURE, EXTRACT, CORRECTION = "2.000815", "2.000884", "2.000635", "1.004859"
HOME, LODGING, DISABILITY, BUSINESS = "1.004222", "1.004194", "1.001699", "1.001612"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("khai sinh", BIRTH),
        ("Khai Sinh", BIRTH),
        ("khai sih", BIRTH),
        ("sinh khai", BIRTH),
        ("khaisinh", BIRTH),
        ("dky khai sinh", BIRTH),
        ("giay khai sinh cho con", BIRTH),
        ("tôi muốn làm giấy chứng sinh", BIRTH),
        ("lam giay to cho em be", BIRTH),
        ("birth", BIRTH),
        ("newborn baby", BIRTH),
        ("cong chung", COPY),
        ("công chứng", COPY),
        ("sao y", COPY),
        ("sao y ban chinh", COPY),
        ("xao y", COPY),
        ("photo cong chung bang cap", COPY),
        ("cong chung chu ky", SIGNATURE),
        ("uy quyen", SIGNATURE),
        ("so yeu ly lich", SIGNATURE),
        ("tam tru", LODGING),
        ("tam chu", LODGING),
        ("thue nha", LODGING),
        ("doc than", SINGLE),
        ("Độc thân", SINGLE),
        ("mua nha", SINGLE),
        ("ket hon", MARRIAGE),
        ("ket hom", MARRIAGE),
        ("dang ky ket hon", MARRIAGE),
        ("mariage", MARRIAGE),
        ("lay vo", MARRIAGE),
        ("khai tu", DEATH),
        ("chung tu", DEATH),
        ("bao tu", DEATH),
        ("nguoi chet", DEATH),
        ("mat giay khai sinh", EXTRACT),
        ("trich luc khai sinh", EXTRACT),
        ("ban sao khai sinh", EXTRACT),
        ("doi ten", CORRECTION),
        ("sua ten", CORRECTION),
        ("cai chinh ho tich", CORRECTION),
        ("thường trú", HOME),
        ("nhap khau", HOME),
        ("ho khau", HOME),
        ("ct01", HOME),
        ("khuyet tat", DISABILITY),
        ("mo quan", BUSINESS),
        ("kinh doanh", BUSINESS),
        ("1.001193", BIRTH),
        ("1193", BIRTH),
        ("2 000815", COPY),
    ],
)
def test_the_first_hit_is_what_was_meant(query: str, code: str) -> None:
    found = find(query, PROCEDURES)
    assert found, query
    assert found[0].code == code


@pytest.mark.parametrize("query", ["", "   ", "xyz", "!!!", "ly lich tu phap", "999999"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert find(query, PROCEDURES) == ()


def test_a_word_that_is_still_being_typed_narrows_down() -> None:
    for typed in ("khai s", "khai si", "khai sin"):
        assert find(typed, PROCEDURES)[0].code == BIRTH


def test_no_more_than_wanted() -> None:
    assert len(find("đăng ký", PROCEDURES, 3)) == 3


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)
def test_each_is_found_by_its_names_and_its_keywords_first_or_nearly(procedure: Procedure) -> None:
    assert find(procedure.name.vi, PROCEDURES)[0].code == procedure.code
    assert find(fold(procedure.name.vi), PROCEDURES)[0].code == procedure.code
    for keyword in procedure.keywords:
        assert procedure.code in [each.code for each in find(fold(keyword), PROCEDURES, 3)], keyword


@given(st.text(max_size=300))
def test_no_query_breaks_it(query: str) -> None:
    assert len(find(query, PROCEDURES, 5)) <= 5


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_paper_that_many_ask_about_leads_to_no_other_one() -> None:
    found = [each.code for each in find("so do", PROCEDURES)]
    assert COPY in found
    assert SINGLE not in found
