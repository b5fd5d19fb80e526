"""Who may do what: nothing that changes anything is open, and each role has its own doors."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.api.context import RECOGNISED_FOR
from queue_server.contract import Role
from tests.queue_server.house import House
from tests.queue_server.small_catalogue import BORN, OWNER
from tests.queue_server.small_catalogue import request as dossier_request

CAPABILITY = "/track/{token}/rate"
"""The one POST without credentials: the unguessable address of a ticket is the right to rate it."""
STAFF = {"clerk", "manager", "admin"}
DEVICES = {"kiosk", "board", "agent"}
EVERYBODY = STAFF | DEVICES
OPEN = {
    ("get", path)
    for path in (
        "/services",
        "/catalogue",
        "/places",
        "/dossiers/status/{code}",
        "/board",
        "/events",
        "/track/{token}",
        "/healthz",
        "/metrics",
    )
}
DOORS: dict[tuple[str, str], set[str]] = {
    ("post", "/tickets"): STAFF | {"kiosk"},
    ("get", "/tickets/{ticket_id}"): EVERYBODY,
    **{
        ("post", f"/tickets/{{ticket_id}}/{verb}"): STAFF
        for verb in ("recall", "start", "finish", "no-show", "park", "resume", "transfer", "cancel", "priority")
    },
    ("post", "/tickets/{ticket_id}/rate"): {"agent", "kiosk"},
    ("get", "/counters/{counter}"): STAFF,
    **{("post", f"/counters/{{counter}}/{verb}"): STAFF for verb in ("open", "pause", "close", "next")},
    ("get", "/counters/{counter}/rate"): STAFF | {"agent", "kiosk"},
    ("get", "/hall"): {"manager", "admin"},
    ("get", "/alerts"): {"manager", "admin"},
    **{("post", f"/advice/{{advice}}/{verb}"): {"manager", "admin"} for verb in ("take", "decline", "take-back")},
    ("post", "/devices/report"): DEVICES,
    ("get", "/devices"): {"manager", "admin"},
    ("post", "/counters/{counter}/press"): {"agent"},
    ("put", "/attachments/{digest}"): STAFF | {"kiosk"},
    **{("post", path): STAFF | {"kiosk"} for path in ("/dossiers", "/dossiers/held", "/dossiers/declaration")},
    ("get", "/dossiers/filed"): STAFF | {"kiosk"},
    ("get", "/dossiers"): STAFF,
    **{("get", f"/dossiers/{{dossier_id}}{each}"): STAFF for each in ("", "/forms/{number}", "/declaration")},
    **{(method, "/dossiers/{dossier_id}/papers/{kind}"): STAFF for method in ("get", "put")},
    ("post", "/dossiers/{dossier_id}/act"): STAFF,
    ("post", "/help"): {"kiosk"},
    ("get", "/help"): STAFF | {"kiosk"},
    ("post", "/help/{call_id}/answer"): STAFF,
    ("post", "/appointments"): STAFF,
    ("get", "/appointments"): STAFF,
    ("get", "/appointments/slots"): STAFF,
    ("post", "/appointments/check-in"): STAFF | {"kiosk"},
    ("post", "/appointments/{appointment_id}/cancel"): STAFF,
}
BODIES: dict[str, Any] = {
    "/tickets": {"service": "copy"},
    "/tickets/{ticket_id}/transfer": {"counter": 3},
    "/tickets/{ticket_id}/priority": {"priority": None, "reason": "x"},
    "/tickets/{ticket_id}/rate": {"score": "good"},
    "/counters/{counter}/pause": {"reason": "x"},
    "/track/{token}/rate": {"score": "good"},
    "/devices/report": {"parts": [{"part": "printer", "kind": "printer", "state": "ready"}]},
    "/counters/{counter}/press": {"key": "pause"},
    "/help": {"screen": "question"},
    "/dossiers": dossier_request(),
    "/dossiers/held": {"owner": {"id": OWNER, "birth_date": BORN}, "types": ["GCS"]},
    "/dossiers/declaration": {
        each: value for each, value in dossier_request().items() if each not in ("papers", "confirmed", "consent")
    },
    "/dossiers/{dossier_id}/act": {"act": "received"},
    "/dossiers/{dossier_id}/papers/{kind}": {"digest": "a" * 64},
    "/appointments": {"service": "copy", "at": "2026-11-23T03:00:00Z"},
    "/appointments/check-in": {"code": "K7WXQ3"},
}


DOSSIER: dict[str, Any] = {"dossier_id": 999, "number": "01", "kind": "GCS", "digest": "a" * 64, "code": "A" * 22}


def operations(house: House) -> list[tuple[str, str]]:
    described = house.get("/openapi.json").json()["paths"]
    return [(method, path.removeprefix("/api/v1")) for path, each in described.items() for method in each]


def knock(house: House, method: str, path: str, **how: Any) -> Any:
    filled = path.format(
        ticket_id=999, counter=2, advice=999, token="A" * 22, call_id=999, appointment_id=999, **DOSSIER
    )
    if path in BODIES and method != "get":
        how["json"] = BODIES[path]
    return house.request(method, filled, **how)


def test_every_door_of_the_api_is_in_the_table(house: House) -> None:
    assert set(operations(house)) == set(DOORS) | OPEN | {("post", CAPABILITY)}


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"token": "wrong-token"},
        {"headers": {"Authorization": "Basic bGFuOnBhc3N3b3Jk"}},
        {"headers": {"Authorization": "Bearer "}},
        {"session": ("never-given", "never-given")},
    ],
    ids=["nothing", "wrong token", "basic", "empty token", "unknown session"],
)
def test_nothing_that_changes_anything_is_open(house: House, how: dict[str, Any]) -> None:
    changing = [(method, path) for method, path in operations(house) if method != "get"]
    assert len(changing) == 32
    for method, path in changing:
        answer = knock(house, method, path, key="key-00001", **how)
        if path == CAPABILITY:
            assert (answer.status_code, answer.json()["code"]) == (404, "ticket-unknown")
        else:
            assert answer.status_code == 401, path
            assert answer.json()["code"] in ("unauthenticated", "session-expired")
            assert answer.headers["www-authenticate"] == "Bearer"
    assert house.rows("SELECT COUNT(*) FROM event") == [(0,)]


def test_reading_what_is_not_public_needs_credentials_too(house: House) -> None:
    for method, path in set(DOORS):
        if method == "get":
            assert knock(house, method, path).status_code == 401, path


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_own_doors(house: House, role: Role) -> None:
    """Inside, the request may still fail (there is no ticket 999); outside, it is always `forbidden`."""
    token = house.token(role)
    for (method, path), allowed in DOORS.items():
        answer = knock(house, method, path, token=token, key=f"key-{path}")
        refused = answer.status_code == 403 and answer.json()["code"] == "forbidden"
        assert refused == (role not in allowed), (role, method, path, answer.text)


def test_a_revoked_token_is_worth_nothing(house: House) -> None:
    token = house.token("clerk", "lan")
    assert house.get("/counters/2", token).status_code == 200
    house.token("clerk", "lan")
    house.now += RECOGNISED_FOR
    answer = house.get("/counters/2", token)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_tokens_and_passwords_are_kept_as_hashes_only(house: House) -> None:
    token = house.token("clerk")
    cookie, _ = house.session("lan", "clerk")
    kept = house.db.path.read_bytes() + house.db.path.with_name("motcua.db-wal").read_bytes()
    for secret in (token, cookie, "a-password"):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept
