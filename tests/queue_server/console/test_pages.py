"""The pages over HTTP: who sees what, in which language, under which headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest

from queue_server.contract import LocalText


@pytest.fixture
def web(server: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base, timeout=10) as client:
        yield client


def as_(client: httpx.Client, who: str) -> httpx.Client:
    client.cookies.set("motcua_session", who)
    return client


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


PUBLIC = ("/", "/login", "/device", "/preview")
STAFF = ("/console", "/console/3")


@pytest.mark.parametrize("path", [*PUBLIC, "/t/K7mQ2xV9", "/t/unknown"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_public_page_reads_in_the_chosen_language_with_strict_headers(
    web: httpx.Client, hall: Any, tracked: Any, path: str, lang: str
) -> None:
    hall.tracked = tracked()
    web.cookies.set("lang", lang)
    answer = web.get(path)
    assert answer.status_code == (404 if path == "/t/unknown" else 200)
    assert f'<html lang="{lang}">' in answer.text
    assert ("Ủy ban nhân dân" in answer.text) == (lang == "vi")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert 'name="robots" content="noindex' in answer.text


@pytest.mark.parametrize("path", [*PUBLIC, "/t/K7mQ2xV9"])
def test_no_page_has_an_inline_script_style_or_foreign_address(
    web: httpx.Client, hall: Any, tracked: Any, path: str
) -> None:
    hall.tracked = tracked()
    html = web.get(path).text
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", html)
    assert not re.findall(r"\sstyle=|<style|\son\w+=", html)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", html)


@pytest.mark.parametrize("path", [*STAFF, "/hall", "/devices"])
def test_a_stranger_is_sent_to_sign_in_and_back(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?next={path}"


@pytest.mark.parametrize("path", ["/console/3/fragment", "/hall/fragment", "/devices/fragment", "/rate/3/fragment"])
def test_a_script_without_a_session_is_told_so(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 401


def test_a_clerk_may_not_open_the_overview_and_a_screen_not_the_desk(web: httpx.Client) -> None:
    as_(web, "clerk")
    for page in ("/hall", "/devices"):
        assert web.get(page).status_code == 403
        assert web.get(f"{page}/fragment").status_code == 403
    web.cookies.clear()
    assert as_(web, "screen").get("/console/3").status_code == 403


def test_staff_cannot_rate_in_the_citizens_place(web: httpx.Client) -> None:
    answer = as_(web, "clerk").get("/rate/3")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/device?next=/rate/3"


def test_a_screen_of_one_counter_does_not_show_another(web: httpx.Client) -> None:
    assert as_(web, "screen").get("/rate/3").status_code == 200
    assert web.get("/rate/4").status_code == 403


def test_an_unknown_counter_is_a_page_that_says_so(web: httpx.Client) -> None:
    answer = as_(web, "clerk").get("/console/99")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


@pytest.mark.parametrize("wanted", ["9" * 5000, "0", "1000", "-3", "٣", "abc"])
@pytest.mark.parametrize("page", ["console", "rate"])
def test_what_cannot_be_a_counter_is_a_page_that_says_so_to_a_stranger_too(
    web: httpx.Client, page: str, wanted: str
) -> None:
    answer = web.get(f"/{page}/{wanted}")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
    assert web.get(f"/{page}/{wanted}/fragment").status_code == 404


def test_the_overview_says_until_when_but_not_until_midnight(web: httpx.Client, hall: Any, overview: Any) -> None:
    for at, said in (("2026-11-23T09:45:00Z", True), ("2026-11-23T17:00:00Z", False)):
        opening = overview().opening.model_copy(update={"closes_at": datetime.fromisoformat(at)})
        hall.overview = overview().model_copy(update={"opening": opening})
        html = as_(web, "manager").get("/hall/fragment").text
        assert ("đến 16:45" in html) == said
        assert "đến 00:00" not in html


def test_signing_in_needs_the_forms_own_token(web: httpx.Client) -> None:
    web.get("/login")
    answer = web.post("/login", data={"username": "huong", "password": "quay-so-3", "csrf": "guessed"})
    assert answer.status_code == 403
    assert "motcua_session" not in answer.cookies


def test_signing_in_leads_back_to_where_one_came_from(web: httpx.Client) -> None:
    token = csrf(web.get("/login?next=/console/3").text)
    data = {"username": "huong", "password": "quay-so-3", "csrf": token, "next": "/console/3"}
    answer = web.post("/login", data=data)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/3"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_signing_in_never_leads_to_another_site(web: httpx.Client) -> None:
    token = csrf(web.get("/login").text)
    data = {"username": "huong", "password": "quay-so-3", "csrf": token, "next": "//evil.example"}
    assert web.post("/login", data=data).headers["location"] == "/start"


def test_a_wrong_password_is_said_and_the_name_kept(web: httpx.Client) -> None:
    token = csrf(web.get("/login").text)
    answer = web.post("/login", data={"username": 'hu"ong<b>', "password": "x", "csrf": token})
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
    assert 'value="hu&#34;ong&lt;b&gt;"' in answer.text


def test_too_many_tries_say_how_long_to_wait(web: httpx.Client, hall: Any, refused: Any) -> None:
    hall.refusal = refused(429, "login-locked", "Đã nhập sai quá nhiều lần.", "Vui lòng chờ.", 180)
    token = csrf(web.get("/login").text)
    answer = web.post("/login", data={"username": "huong", "password": "x", "csrf": token})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "180"
    assert 'data-countdown="180">3 phút' in answer.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a" * 20_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"\xff=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(40)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_body_that_is_no_small_form_gets_the_form_again(
    web: httpx.Client, body: bytes, kind: str, status: int
) -> None:
    answer = web.post("/login", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert "Vui lòng nhập lại." in answer.text


@pytest.mark.parametrize(
    ("who", "onward"), [("clerk", "/console"), ("manager", "/hall"), ("screen", "/rate/3"), ("nobody", "/login")]
)
def test_each_role_starts_at_its_own_page(web: httpx.Client, who: str, onward: str) -> None:
    assert as_(web, who).get("/start").headers["location"] == onward


def test_signing_out_needs_the_sessions_token(web: httpx.Client, hall: Any) -> None:
    as_(web, "clerk").post("/logout", data={"csrf": "guessed"})
    assert "clerk" in hall.sessions
    web.post("/logout", data={"csrf": "csrf-clerk"})
    assert "clerk" not in hall.sessions


def test_the_language_is_kept_and_leads_back(web: httpx.Client) -> None:
    answer = web.get("/language/en?back=/login")
    assert answer.headers["location"] == "/login"
    assert answer.cookies["lang"] == "en"
    assert web.get("/language/xx?back=//evil.example").headers["location"] == "/"


def test_the_desk_shows_no_markup_that_came_as_text(web: httpx.Client, hall: Any, ticket: Any, counter: Any) -> None:
    nasty = LocalText(vi="<script>alert(1)</script>", en="x")
    hall.view = counter(ticket=ticket(service_name=nasty, reason="<img src=x>"), holder='"><b>')
    html = as_(web, "clerk").get("/console/3").text
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_an_unchanged_desk_gives_the_same_text(web: httpx.Client, hall: Any, ticket: Any, counter: Any) -> None:
    hall.view = counter(ticket=ticket())
    first = as_(web, "clerk").get("/console/3/fragment")
    hall.view = hall.view.model_copy(update={"now": counter().now})
    assert web.get("/console/3/fragment").text == first.text
    assert first.headers["x-server-time"].isdigit()


def test_the_phone_page_names_nobody_and_is_not_kept(web: httpx.Client, hall: Any, tracked: Any) -> None:
    hall.tracked = tracked("called")
    answer = web.get("/t/K7mQ2xV9")
    assert "Quầy 3" in answer.text
    assert "Hương" not in answer.text
    assert answer.headers["x-robots-tag"].startswith("noindex")


def test_outside_a_demonstration_there_are_no_logins_and_no_previews(web: httpx.Client, hall: Any) -> None:
    assert "quay-so-3" in web.get("/").text
    hall.demo = False
    assert "quay-so-3" not in web.get("/").text
    assert web.get("/preview").status_code == 404
    assert web.get("/preview/fragment").status_code == 404


def test_previews_are_shown_newest_first(web: httpx.Client, hall: Any, moments: Any) -> None:
    hall.pictures = {"A-001.png": moments[0], "A-002.png": moments[1]}
    html = web.get("/preview/fragment").text
    assert html.index("A-002.png") < html.index("A-001.png")
    assert web.get("/preview/A-001.png").headers["content-type"] == "image/png"
    assert web.get("/preview/B-404.png").status_code == 404


def test_every_static_file_is_served_and_so_are_the_fonts(web: httpx.Client) -> None:
    html = web.get("/login").text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', html):
        assert web.get(address).status_code == 200
    for weight in ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold"):
        assert web.get(f"/static/fonts/BeVietnamPro-{weight}.ttf").status_code == 200
