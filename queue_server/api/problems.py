"""The one table from error codes to statuses, and every refusal as application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from queue_server.contract import API, PROBLEM_TYPE, ComplaintView, Language, Problem
from queue_server.contract.complaints import complaint_text
from queue_server.domain import appointment
from queue_server.domain import errors as rules
from queue_server.domain.dossiers import errors as dossiers
from queue_server.domain.errors import HallError
from queue_server.domain.text import N_
from queue_server.service import errors as refusals
from queue_server.service.dossiers import errors as filing
from queue_server.service.help_calls import HelpUnknown
from queue_server.service.nudges import TooManyListeners
from queue_server.service.words import message
from queue_server.store.database import StoreUnavailable
from queue_server.store.vault import KeysUnusable, SealBroken

PROBLEM_REF = "#/components/schemas/Problem"
log = logging.getLogger(__name__)


class InvalidRequest(HallError):
    code = "invalid-request"
    message = N_("The request does not have the expected form.")
    action = N_("See “errors” for what was expected where.")


class NotFound(HallError):
    code = "not-found"
    message = N_("There is nothing at this address.")
    action = N_("Check the address.")


class MethodNotAllowed(HallError):
    code = "method-not-allowed"
    message = N_("This address does not take this kind of request.")
    action = N_("See the API's description for the right method.")


class BodyTooLarge(HallError):
    code = "body-too-large"
    message = N_("The request is too large.")
    action = N_("No request to this server needs more than 64 KiB.")


class Internal(HallError):
    code = "internal"
    message = N_("Something went wrong on the server; it has been logged.")
    action = N_("Try again; if it keeps happening, call the technician.")


STATUS: Mapping[type[HallError], int] = {
    rules.IllegalTransition: 409,
    rules.TicketUnknown: 404,
    rules.ServiceUnknown: 422,
    rules.PriorityUnknown: 422,
    rules.PriorityUnchanged: 409,
    rules.TransferNowhere: 422,
    rules.CounterLacksService: 422,
    rules.AlreadyRated: 409,
    rules.RatingUnknown: 422,
    rules.RatingClosed: 409,
    rules.CounterUnknown: 404,
    rules.CounterHeld: 409,
    rules.CounterNotOpen: 409,
    rules.CounterNotYours: 403,
    rules.CounterBusy: 409,
    rules.CounterIdle: 409,
    rules.ClerkElsewhere: 409,
    rules.AdviceUnknown: 404,
    rules.AdviceAnswered: 409,
    rules.HallClosed: 409,
    appointment.AppointmentUnknown: 404,
    appointment.AppointmentOver: 409,
    appointment.AppointmentEarly: 409,
    appointment.AppointmentLate: 409,
    appointment.SlotClosed: 422,
    appointment.SlotFull: 409,
    HelpUnknown: 404,
    rules.NumbersExhausted: 409,
    refusals.Unauthenticated: 401,
    refusals.SessionExpired: 401,
    refusals.Forbidden: 403,
    refusals.CsrfFailed: 403,
    refusals.LoginFailed: 401,
    refusals.LoginLocked: 429,
    refusals.PressExpired: 409,
    refusals.IdempotencyKeyMissing: 400,
    refusals.IdempotencyKeyReused: 422,
    dossiers.DossierUnknown: 404,
    dossiers.DossierActIllegal: 409,
    dossiers.DossierChanged: 409,
    dossiers.ReasonMissing: 422,
    dossiers.NewDueMissing: 422,
    dossiers.PapersNotChecked: 409,
    dossiers.FormNotMade: 409,
    dossiers.CodesExhausted: 409,
    filing.ProcedureUnknown: 422,
    filing.ProcedureNotFiled: 409,
    filing.FormChanged: 409,
    filing.AnswersWrong: 422,
    filing.ConfirmationMissing: 422,
    filing.OwnerDiffers: 422,
    filing.PaperMissing: 422,
    filing.PaperUnknown: 422,
    filing.AttachmentUnknown: 422,
    filing.HeldPaperGone: 409,
    filing.DossierErased: 410,
    filing.FormGone: 503,
    filing.TooManyLookups: 429,
    filing.DigestDiffers: 422,
    filing.UploadStalled: 408,
    filing.AttachmentTooLarge: 413,
    filing.AttachmentTypeUnknown: 415,
    filing.AttachmentBroken: 422,
    filing.ImageTooLarge: 422,
    filing.PdfLocked: 422,
    filing.PdfActive: 422,
    filing.PdfTooLong: 422,
    SealBroken: 503,
    KeysUnusable: 503,
    StoreUnavailable: 503,
    TooManyListeners: 503,
    InvalidRequest: 422,
    NotFound: 404,
    MethodNotAllowed: 405,
    BodyTooLarge: 413,
    Internal: 500,
}


def status_of(error: HallError) -> int:
    return STATUS.get(type(error), 500)


def language_of(accept_language: str | None) -> Language:
    """The better liked of the two languages in an Accept-Language header; Vietnamese where it says nothing."""
    best, best_weight = Language.VI, 0.0
    for part in (accept_language or "").split(","):
        name, _, parameters = part.strip().partition(";")
        weight = 1.0
        if parameters.strip().startswith("q="):
            try:
                weight = float(parameters.strip()[2:])
            except ValueError:
                weight = 0.0
        short = name.strip().lower().partition("-")[0]
        if short in set(Language) and weight > best_weight:
            best, best_weight = Language(short), weight
    return best


def problem(error: HallError, language: str, details: Iterable[str] = ()) -> Problem:
    detail, action = message(error, language)
    status = status_of(error)
    return Problem(
        type=f"urn:motcua:problem:{error.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=error.code,
        detail=detail,
        action=action,
        errors=tuple(details),
        complaints=_complaints(error, language),
    )


def _complaints(error: HallError, language: str) -> tuple[ComplaintView, ...]:
    """What is wrong with which answer, in words; the answers themselves are not repeated."""
    if not isinstance(error, filing.AnswersWrong):
        return ()
    found = error.params.get("complaints", ())
    assert isinstance(found, tuple)
    return tuple(
        ComplaintView(field=each.field, code=each.code, detail=complaint_text(each, language)) for each in found
    )


def answer(error: HallError, language: str, details: Iterable[str] = ()) -> Response:
    said = problem(error, language, details)
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if said.status == HTTPStatus.REQUEST_TIMEOUT:
        headers["Connection"] = "close"
    if said.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(said.model_dump_json(), said.status, headers, PROBLEM_TYPE)


def refused(*errors: type[HallError]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of what an endpoint may refuse, with an example of each."""
    described: dict[int | str, dict[str, Any]] = {}
    for error in (*errors, InvalidRequest, BodyTooLarge, Internal, StoreUnavailable):
        example = _example(error)
        # By reference: a model given to FastAPI is built anew for each endpoint and status, hundreds at each start.
        content = {"schema": {"$ref": PROBLEM_REF}, "examples": {}}
        entry = described.setdefault(example.status, {"content": {PROBLEM_TYPE: content}, "description": ""})
        entry["content"][PROBLEM_TYPE]["examples"][example.code] = {"value": example.model_dump()}
        codes = entry["content"][PROBLEM_TYPE]["examples"]
        entry["description"] = ", ".join(f"`{code}`" for code in codes)
    return described


@cache
def _example(error: type[HallError]) -> Problem:
    """Kept: each endpoint names some, hundreds in all at each start, most of them the same."""
    return problem(error(), Language.EN)


ShowPage = Callable[[Request, int], Awaitable[Response]]
"""Makes a page that says a status in words, for a browser that asked for a page."""


def install(app: FastAPI, show_page: ShowPage) -> None:
    """Answer every error of `app` in this form; a browser that asked for a page gets a page."""

    @app.exception_handler(HallError)
    async def refuse(request: Request, error: HallError) -> Response:
        return answer(error, language_of(request.headers.get("accept-language")))

    @app.exception_handler(RequestValidationError)
    async def refuse_form(request: Request, error: RequestValidationError) -> Response:
        # What was sent is not repeated: it might be personal.
        details = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors()]
        return answer(InvalidRequest(), language_of(request.headers.get("accept-language")), details)

    @app.exception_handler(HTTPException)
    async def refuse_route(request: Request, error: HTTPException) -> Response:
        if _asks_for_page(request):
            return await show_page(request, error.status_code)
        known: dict[int, HallError] = {404: NotFound(), 405: MethodNotAllowed(), 413: BodyTooLarge()}
        said = known.get(error.status_code, InvalidRequest() if error.status_code < 500 else Internal())
        refusal = answer(said, language_of(request.headers.get("accept-language")))
        refusal.headers.update(error.headers or {})
        return refusal

    @app.exception_handler(Exception)
    async def fail(request: Request, error: Exception) -> Response:
        log.error("unexpected error at %s %s", request.method, request.scope.get("route"), exc_info=error)
        if _asks_for_page(request):
            return await show_page(request, 500)
        return answer(Internal(), language_of(request.headers.get("accept-language")))


def _asks_for_page(request: Request) -> bool:
    wanted = request.headers.get("accept", "")
    return "text/html" in wanted and not request.url.path.startswith(f"{API}/")
