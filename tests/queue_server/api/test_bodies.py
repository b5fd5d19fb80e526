"""Bodies of the wrong shape, huge ones, and nonsense: always a clear refusal, never a 500, nothing lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.api.body_limit import MOST_BYTES
from queue_server.contract import PROBLEM_TYPE, Problem
from tests.queue_server.house import House


async def in_chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 4096):
        yield b" " * 4096


def test_a_huge_body_is_refused_announced_or_not(house: House) -> None:
    kiosk = house.token("kiosk")
    for content in (b" " * (MOST_BYTES + 1), in_chunks(4 * MOST_BYTES)):
        answer = house.post("/tickets", kiosk, content=content, key="key-00001")
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
        assert answer.headers["content-type"] == PROBLEM_TYPE
    assert house.issue(kiosk)["number"] == "B-001"


def test_a_body_that_lies_about_its_size_is_refused(house: House) -> None:
    for size in ("-1", "x", "9" * 30):
        answer = house.post("/tickets", house.token("kiosk"), headers={"Content-Length": size}, content=b"{}")
        assert answer.status_code == 413


def test_a_large_body_within_the_limit_is_read(house: House) -> None:
    padded = json.dumps({"service": "copy"}).encode().ljust(MOST_BYTES)
    assert house.post("/tickets", house.token("kiosk"), content=padded, key="key-00001").status_code == 201


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"copy"',
        b"{",
        b"\xff\xfe",
        b"[" * 50_000,
        b"1" * 5_000,
        b'{"service": NaN}',
        b'{"service": "\\ud800"}',
        b'{"\\ud800": 1, "service": "copy"}',
        b'{"service": "copy", "then": "birth"}',
        b'{"service": "copy", "then": ["birth", "birth", "birth", "birth", "birth", "birth"]}',
        b'{"service": "copy", "language": "fr"}',
        b'{"service": "copy", "unknown": 1}',
        b'{"service": "copy\\n"}',
        b'{"service": ""}',
        b'{"service": 7}',
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_with_what_was_expected(house: House, content: bytes) -> None:
    kiosk = house.token("kiosk")
    answer = house.post("/tickets", kiosk, content=content, key="key-00001")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert house.issue(kiosk)["number"] == "B-001"


def test_a_refusal_does_not_repeat_what_was_sent(house: House) -> None:
    answer = house.post("/tickets", house.token("kiosk"), {"service": "Nguyễn Thị Lan 001184012345"}, key="key-00001")
    assert answer.status_code == 422
    assert "001184012345" not in answer.text
    assert answer.json()["errors"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
NEARLY = st.dictionaries(
    st.sampled_from(
        [
            "service",
            "priority",
            "then",
            "language",
            "reason",
            "next_service",
            "counter",
            "score",
            "parts",
            "part",
            "kind",
            "key",
            "to_counter",
            "state",
            "detail",
            "extra",
        ]
    ),
    st.sampled_from(["copy", "birth", "elderly", "good", "vi", 2, 0, -1, 10**30, "", None, ["copy"], True, "x" * 300])
    | JSON,
    max_size=5,
)
PATHS = [
    "/tickets",
    *(
        f"/tickets/{{id}}/{verb}"
        for verb in ["recall", "start", "finish", "no-show", "park", "resume", "transfer", "cancel", "priority", "rate"]
    ),
    "/counters/2/open",
    "/counters/2/pause",
    "/counters/2/close",
    "/counters/2/next",
    "/counters/2/press",
    "/track/{track}/rate",
    "/devices/report",
]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with House(folder) as house:
        tokens = {role: house.token(role) for role in ("kiosk", "admin", "agent")}
        tickets = [house.issue(tokens["kiosk"]) for _ in range(5)]
        yield {"house": house, "tokens": tokens, "tickets": tickets}
        assert house.faults() == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    path=st.sampled_from(PATHS),
    body=NEARLY | JSON,
    role=st.sampled_from(["kiosk", "admin", "agent"]),
    which=st.integers(0, 4),
    key=st.none() | st.text(st.characters(codec="latin-1", categories=["L", "N", "P"]), max_size=20),
    language=st.sampled_from(["vi", "en", "fr;q=0.9", "en;q=nan", ",;=", "vi;q=x"]),
)
def test_no_body_whatever_makes_the_server_stumble(
    fuzzed: dict[str, Any], path: str, body: Any, role: str, which: int, key: str | None, language: str
) -> None:
    ticket = fuzzed["tickets"][which]
    filled = path.format(id=ticket["id"], track=ticket["track_url"].rpartition("/")[2])
    headers = {"Content-Type": "application/json", "Accept-Language": language}
    if key:
        headers["Idempotency-Key"] = key  # type: ignore[assignment]
    content = json.dumps(body).encode()
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = fuzzed["house"].post(filled, fuzzed["tokens"][role], content=content, headers=raw)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == PROBLEM_TYPE
        Problem.model_validate(answer.json())
