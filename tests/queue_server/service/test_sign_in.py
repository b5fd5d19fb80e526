"""Passwords: kept as Argon2id, a wrong name costs what a wrong password costs."""

from __future__ import annotations

from argon2 import PasswordHasher, extract_parameters

from queue_server.service import sign_in
from queue_server.service.sign_in import hash_password, matches, token_hash


def test_a_password_matches_its_own_hash_only() -> None:
    kept = hash_password("mật khẩu dài")
    assert kept.startswith("$argon2id$")
    assert matches(kept, "mật khẩu dài")
    assert not matches(kept, "mật khẩu dai")
    assert hash_password("mật khẩu dài") != kept


def test_a_broken_hash_matches_nothing() -> None:
    assert not matches("", "x")
    assert not matches("$argon2id$broken", "x")


def test_the_hash_for_unknown_names_costs_as_much_as_a_real_one() -> None:
    assert extract_parameters(sign_in._NOBODY) == extract_parameters(PasswordHasher().hash("x"))
    assert not matches(sign_in._NOBODY, "x")


def test_tokens_are_hashed_the_same_way_every_time() -> None:
    assert token_hash("a") == token_hash("a") != token_hash("b")
    assert len(token_hash("a")) == 64
