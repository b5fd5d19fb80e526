"""The way in and out: people sign in with a password, screens with their token; and the choice of language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from queue_server.console import forms, language
from queue_server.console.pages import MANAGERS, STAFF, Pages, RefusedError
from queue_server.console.render import Renderer
from queue_server.contract import Role

YEAR_S = 365 * 24 * 3600
Fields = dict[str, str]


def add_entry(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    async def form(
        request: Request,
        template: str,
        fields: Mapping[str, str],
        problem: RefusedError | None = None,
    ) -> Response:
        kept = forms.token(request)
        answer = await renderer.page(
            request,
            template,
            await pages.session(request),
            status=problem.status if problem else 200,
            csrf=kept,
            next=forms.safe_path(fields.get("next"), ""),
            username=fields.get("username", ""),
            problem=problem,
        )
        if problem and problem.wait_s:
            answer.headers["Retry-After"] = str(problem.wait_s)
        forms.remember(request, answer, kept)
        return answer

    def admit(request: Request, cookie: str, onward: str, lasting: bool) -> Response:
        answer = RedirectResponse(onward, 303)
        answer.set_cookie(
            pages.session_cookie,
            cookie,
            max_age=YEAR_S if lasting else None,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    async def sent(request: Request, template: str) -> tuple[Fields, Response | None]:
        """The form's fields, and the page to show instead when the form cannot be taken."""
        texts = language.texts(language.chosen(request))
        try:
            fields = await forms.read(request)
        except RefusedError as broken:
            broken.detail = texts.gettext("This form could not be read.")
            broken.action = texts.gettext("Please fill it in again.")
            return {}, await form(request, template, request.query_params, broken)
        if not forms.genuine(request, fields):
            stale = RefusedError(
                403,
                "form-stale",
                texts.gettext("This page had been open for too long, or cookies are switched off."),
                texts.gettext("Please try once more."),
            )
            return fields, await form(request, template, fields, stale)
        return fields, None

    async def enter(
        request: Request, template: str, knock: Callable[[Fields, str, str], Awaitable[str]], lasting: bool
    ) -> Response:
        """Let in whom `knock` lets in, given the form's fields, the address and the language; else the form again."""
        fields, instead = await sent(request, template)
        if instead:
            return instead
        address = request.client.host if request.client else ""
        try:
            cookie = await knock(fields, address, language.chosen(request).value)
        except RefusedError as problem:
            return await form(request, template, fields, problem)
        return admit(request, cookie, forms.safe_path(fields.get("next"), "/start"), lasting)

    @router.get("/login")
    async def login_page(request: Request) -> Response:
        session = await pages.session(request)
        if session and session.role in STAFF:
            return RedirectResponse(forms.safe_path(request.query_params.get("next"), "/start"), 303)
        return await form(request, "login.html", request.query_params)

    @router.post("/login")
    async def login(request: Request) -> Response:
        def by_password(fields: Fields, address: str, spoken: str) -> Awaitable[str]:
            return pages.login(fields.get("username", ""), fields.get("password", ""), address, spoken)

        return await enter(request, "login.html", by_password, lasting=False)

    @router.get("/device")
    async def device_page(request: Request) -> Response:
        return await form(request, "device.html", request.query_params)

    @router.post("/device")
    async def device(request: Request) -> Response:
        def by_token(fields: Fields, address: str, spoken: str) -> Awaitable[str]:
            return pages.device_login(fields.get("token", "").strip(), address, spoken)

        return await enter(request, "device.html", by_token, lasting=True)

    @router.get("/start")
    async def start(request: Request) -> Response:
        session = await pages.session(request)
        if session is None:
            return RedirectResponse("/login", 303)
        if session.role in MANAGERS:
            return RedirectResponse("/hall", 303)
        if session.role in STAFF:
            return RedirectResponse(f"/console/{session.counter}" if session.counter else "/console", 303)
        if session.role is Role.BOARD:
            return RedirectResponse("/board/", 303)
        return RedirectResponse(f"/rate/{session.counter}" if session.counter else "/", 303)

    @router.post("/logout")
    async def logout(request: Request) -> Response:
        session = await pages.session(request)
        try:
            fields = await forms.read(request)
        except RefusedError:
            fields = {}
        if session is None or fields.get("csrf") != session.csrf_token:
            return RedirectResponse("/start", 303)
        await pages.logout(request.cookies.get(pages.session_cookie, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(pages.session_cookie)
        return answer

    @router.get("/language/{code}")
    async def choose_language(request: Request, code: str) -> Response:
        answer = RedirectResponse(forms.safe_path(request.query_params.get("back"), "/"), 303)
        if code in language.KNOWN:
            answer.set_cookie(language.COOKIE, code, max_age=YEAR_S, samesite="lax", httponly=True)
        return answer
