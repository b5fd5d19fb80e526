"""The provinces and communes of 1 July 2025: all of them, each with its code, in the order people look for them."""

from __future__ import annotations

import pytest

from queue_server.catalogue.places import load_places
from queue_server.domain.alphabet import sort_key


def test_there_are_34_provinces_and_3321_communes_each_with_its_own_code() -> None:
    places = load_places()
    communes = [commune for province in places.provinces for commune in province.communes]
    assert len(places.provinces) == 34
    assert len(communes) == 3321
    assert all(len(each.code) == 2 and each.code.isdigit() for each in places.provinces)
    assert all(len(each.code) == 5 and each.code.isdigit() for each in communes)
    assert len(places.codes) == 34 + 3321
    kinds = {each.name.split(maxsplit=1)[0] for each in communes}
    assert kinds == {"Xã", "Phường", "Đặc"}
    assert sum(each.name.startswith("Đặc khu ") for each in communes) == 13


def test_a_place_is_called_by_its_whole_name() -> None:
    places = load_places()
    assert places.name("01") == "Thành phố Hà Nội"
    assert places.name("05329") == "Xã Ngọc Sơn, Tỉnh Phú Thọ"
    assert places.name("99999") is None


def test_names_that_differ_by_a_diacritic_alone_are_both_there() -> None:
    names = {(province.name, each.name) for province in load_places().provinces for each in province.communes}
    assert {("Tỉnh Thái Nguyên", "Xã Văn Lang"), ("Tỉnh Thái Nguyên", "Xã Văn Lăng")} <= names


def test_places_stand_in_vietnamese_order() -> None:
    order = [each.name for each in load_places().provinces]
    assert order[:4] == ["Tỉnh An Giang", "Tỉnh Bắc Ninh", "Tỉnh Cà Mau", "Tỉnh Cao Bằng"]
    assert order.index("Thành phố Đà Nẵng") > order.index("Thành phố Cần Thơ")
    assert order.index("Tỉnh Lào Cai") < order.index("Tỉnh Lâm Đồng")


@pytest.mark.parametrize(
    "words",
    [["an", "ăn", "ân", "ba"], ["da", "đa", "e", "ê"], ["ma", "mà", "mả", "mã", "má", "mạ"], ["ma", "mạ", "man"]],
)
def test_letters_first_then_tones(words: list[str]) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == words
