"""The catalogue and the places over HTTP: what this hall offers today, fetched once until it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.catalogue.load import load_hall
from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.contract import CatalogueReply, PlacesReply, ServicesReply
from queue_server.domain.calendar import Hours, Session
from tests.queue_server.house import House

NINE = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
DAY = (Session(datetime.min.time().replace(hour=7, minute=30), datetime.min.time().replace(hour=17)),)


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    hall = replace(load_hall()(date(2026, 11, 23)), hours=Hours(week=(*([DAY] * 5), (), ())))
    folder: Path = tmp_path_factory.mktemp("catalogue")
    with House(folder, hall=hall, now=NINE, catalogue=load_catalogue(), places=load_places()) as house:
        yield house


@pytest.fixture
def house(open_house: House) -> House:
    open_house.now = NINE
    return open_house


def catalogue(house: House) -> CatalogueReply:
    return CatalogueReply.model_validate_json(house.get("/catalogue").content)


def test_the_twelve_procedures_come_with_all_that_is_said_of_them(house: House) -> None:
    reply = catalogue(house)
    assert len(reply.procedures) == 12
    assert [each.group for each in reply.procedures][:6] == ["ho-tich"] * 6
    birth = next(each for each in reply.procedures if each.code == "1.001193")
    assert birth.name.vi == "Đăng ký khai sinh"
    assert birth.papers[0].type == "GIAY-CHUNG-SINH"
    assert birth.fee is not None
    assert birth.due_at == NINE.replace(hour=17)
    copies = next(each for each in reply.procedures if each.code == "2.000815")
    assert copies.duration is not None
    assert {code for each in reply.procedures for code in each.life_events} == {each.code for each in reply.life_events}
    assert reply.guide[0].code == "about"


def test_every_answer_of_the_guide_leads_to_a_procedure_within_three_questions(house: House) -> None:
    reply = catalogue(house)
    questions = {each.code: each for each in reply.guide}
    known = {each.code for each in reply.procedures}
    reached: set[str] = set()

    def walk(code: str, asked: int) -> None:
        assert asked <= 3
        for answer in questions[code].answers:
            assert set(answer.procedures) <= known
            reached.update(answer.procedures)
            if answer.next:
                walk(answer.next, asked + 1)

    walk(reply.guide[0].code, 1)
    assert reached == known


def test_the_services_name_the_same_version(house: House) -> None:
    services = ServicesReply.model_validate_json(house.get("/services").content)
    assert services.catalogue == catalogue(house).version


@pytest.mark.parametrize("path", ["/catalogue", "/places"])
def test_what_is_at_hand_is_not_sent_again(house: House, path: str) -> None:
    first = house.get(path)
    again = house.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    for other in ('"something-else"', "", "W/"):
        assert house.get(path, headers={"If-None-Match": other}).status_code == 200


def test_the_version_changes_when_a_due_date_moves_on(house: House) -> None:
    morning = catalogue(house)
    house.later(hours=1)
    assert catalogue(house).version == morning.version
    house.later(hours=5)
    afternoon = catalogue(house)
    assert afternoon.version != morning.version
    birth = next(each for each in afternoon.procedures if each.code == "1.001193")
    assert birth.due_at == NINE.replace(hour=17) + timedelta(days=1)


def test_a_procedure_of_a_service_that_the_hall_lacks_is_not_shown(house: House) -> None:
    whole = house.hall
    kept = tuple(replace(each, services=each.services[:1]) for each in whole.groups)
    offered = {code for each in kept for code in each.services}
    before = catalogue(house).version
    try:
        services = tuple(each for each in whole.services if each.code in offered)
        counters = tuple(
            replace(each, services=each.services & offered, backup=each.backup & offered) for each in whole.counters
        )
        house.hall = replace(whole, groups=kept, services=services, counters=counters)
        reply = catalogue(house)
    finally:
        house.hall = whole
    assert {each.service for each in reply.procedures} == offered
    assert reply.version != before


def test_all_places_come_at_once_with_the_halls_own_province(house: House) -> None:
    reply = PlacesReply.model_validate_json(house.get("/places").content)
    assert (len(reply.provinces), sum(len(each.communes) for each in reply.provinces)) == (34, 3321)
    assert reply.home == "25"
