"""Browsers: a session cookie, a CSRF token beside it, an end, and no guessing of passwords."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from queue_server.service import sign_in
from queue_server.service.errors import LoginLocked
from queue_server.service.sign_in import SESSION, TRIES_PER_ADDRESS, TRIES_PER_NAME, WINDOW
from tests.queue_server.house import House


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_browser_needs_its_csrf_token_to_change_anything_but_not_to_read(house: House) -> None:
    cookie, csrf = house.session("lan", "clerk")
    assert house.get("/counters/2", session=(cookie, None)).status_code == 200
    for wrong in (None, "wrong", csrf[:-1]):
        assert code(house.post("/counters/2/open", session=(cookie, wrong))) == (403, "csrf-failed")
    assert house.rows("SELECT COUNT(*) FROM counter") == [(0,)]
    assert house.post("/counters/2/open", session=(cookie, csrf)).json()["holder"] == "lan"


def test_one_sessions_csrf_token_is_not_anothers(house: House) -> None:
    cookie, _ = house.session("lan", "clerk")
    _, other = house.session("minh", "clerk")
    assert code(house.post("/counters/2/open", session=(cookie, other))) == (403, "csrf-failed")


def test_a_session_ends(house: House) -> None:
    session = house.session("lan", "clerk")
    house.now += SESSION - timedelta(seconds=1)
    assert house.get("/counters/2", session=session).status_code == 200
    house.later(seconds=1)
    assert code(house.get("/counters/2", session=session)) == (401, "session-expired")
    assert code(house.post("/counters/2/open", session=session)) == (401, "session-expired")


def test_a_new_password_or_role_ends_the_sessions(house: House) -> None:
    session = house.session("lan", "manager")
    house.account("lan", "clerk")
    assert code(house.get("/hall", session=session)) == (401, "session-expired")


def test_a_password_is_taken_only_when_right(house: House) -> None:
    house.account("lan", "clerk", "mat-khau-1")
    assert login(house, "lan", "mat-khau-1")
    assert not login(house, "lan", "mat-khau-2")
    assert not login(house, "nobody", "mat-khau-1")


def test_too_many_wrong_passwords_lock_the_name_for_a_while_even_for_the_right_one(house: House) -> None:
    house.account("lan", "clerk", "mat-khau-1")
    house.account("minh", "clerk", "mat-khau-2")
    fail_to_sign_in(house, ["lan"] * (TRIES_PER_NAME - 1))
    assert not login(house, "lan", "wrong")
    with pytest.raises(LoginLocked):
        login(house, "lan", "mat-khau-1")
    assert login(house, "minh", "mat-khau-2")
    house.now += WINDOW + timedelta(seconds=1)
    assert login(house, "lan", "mat-khau-1")


def test_one_address_cannot_try_many_names(house: House) -> None:
    fail_to_sign_in(house, [f"name-{number}" for number in range(TRIES_PER_ADDRESS)])
    house.account("lan", "clerk", "mat-khau-1")
    with pytest.raises(LoginLocked):
        login(house, "lan", "mat-khau-1")


def fail_to_sign_in(house: House, names: list[str]) -> None:
    """Without the time that checking a password takes."""
    now = house.now
    for name in names:
        house.db.submit(
            lambda tx, name=name: sign_in.sign_in(tx, name, "127.0.0.1", False, "token", "csrf", now)
        ).result()


def login(house: House, name: str, password: str) -> bool:
    """As the sign-in page does it."""
    now = house.now
    kept = house.run(house.db.read(lambda sql: sign_in.password_hash_of(sql, name, "127.0.0.1", now)))
    verified = sign_in.matches(kept, password)
    token = f"{name}-{password}-{now}"
    write = house.db.write(lambda tx: sign_in.sign_in(tx, name, "127.0.0.1", verified, token, "csrf", now))
    return house.run(write) is not None
