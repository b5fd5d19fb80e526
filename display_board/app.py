"""The board over HTTP: the page, its files, the chime and the spoken calls. Mounted by the server at /board.

Everything here is a public read. What the page shows it fetches itself, from the server's own API.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Awaitable, Callable
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

from display_board.errors import BoardError, NotCalledError
from display_board.seldom import Seldom
from display_board.studio import Studio
from display_board.texts import problem_texts, texts
from hardware.voices.errors import SpeechError, VoiceError, VoiceUnavailableError
from hardware.voices.opener import Voice
from hardware.voices.sound import Clip, chime, repeated, silence, write_wav
from hardware.voices.speech import LANGUAGES, sentence
from queue_server.contract import API, CSRF_HEADER, PROBLEM_TYPE, Problem

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_STATUS = {SpeechError.code: 422, NotCalledError.code: 404, VoiceUnavailableError.code: 503}
_MOST_REPEATS = 3
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def create_app(
    voice: Voice,
    *,
    announced: Callable[[str, int], Awaitable[bool]] | None = None,
    signed_in: Callable[[Request], Awaitable[str | None]] | None = None,
    bell: Clip | None = None,
    preroll_s: float = 0.4,
    repeat: int = 2,
    pause_s: float = 0.8,
    timeout_s: float = 8.0,
) -> Starlette:
    """Build the board's app.

    `announced(number, counter)` tells whether the hall called this lately: what it did not call is not spoken, so that
    nobody can keep the voice busy with numbers of their own; None lets every call through. `signed_in(request)`: the
    CSRF token of a browser that is signed in as a board, which then reports how it is; None for all others. `bell`:
    what rings before a call; None is the chime, after `preroll_s` seconds of silence for televisions that wake their
    sound late. `repeat`: how often a call is said, 1 to 3, with `pause_s` seconds between; `timeout_s`: the longest
    that a page waits.
    """
    if not 1 <= repeat <= _MOST_REPEATS:
        raise ValueError(f"repeat is 1 to {_MOST_REPEATS}, not {repeat}")
    studio = Studio(voice, timeout_s=timeout_s)
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    version = _version()

    async def page(request: Request) -> Response:
        languages = _languages(request.query_params.get("lang"))
        context = {
            "languages": languages,
            "repeat": repeat,
            "api": API,
            "csrf": await signed_in(request) if signed_in is not None else None,
            "csrf_header": CSRF_HEADER,
            "version": version,
            "texts": {language: texts(language) for language in languages},
        }
        html = templates.get_template("board.html").render(context, context=context)
        return HTMLResponse(html, headers={**_SAFE, "Content-Security-Policy": _POLICY})

    async def say(request: Request) -> Response:
        query = request.query_params
        language = query.get("lang", LANGUAGES[0])
        times = query.get("repeat", str(repeat))
        if times not in {str(allowed) for allowed in range(1, _MOST_REPEATS + 1)}:
            raise SpeechError(f"repeat is 1 to {_MOST_REPEATS}, not {times[:10]!r}")
        number, counter = query.get("number", ""), _counter(query.get("counter", ""))
        text = sentence(number, counter, language)
        if announced is not None and not await announced(number, counter):
            raise NotCalledError(f"not called lately: {number} to {counter}")
        clip = repeated(await studio.speak(text, language), int(times), pause_s)
        headers = {**_SAFE, "Content-Language": language, "X-Spoken-Text": quote(text)}
        return Response(write_wav(clip), media_type="audio/wav", headers=headers)

    @cache
    def rung() -> bytes:
        return write_wav(chime(preroll_s) if bell is None else bell)

    def ring(request: Request) -> Response:
        return Response(rung(), media_type="audio/wav", headers=_SAFE)

    def hush(request: Request) -> Response:
        """A moment of nothing: by playing it the page learns whether it may make sound."""
        return Response(write_wav(silence(0.05)), media_type="audio/wav", headers=_SAFE)

    def tell_version(request: Request) -> Response:
        return PlainTextResponse(version, headers=_SAFE)

    app = Starlette(
        routes=[
            Route("/", page),
            Route("/say", say),
            Route("/chime.wav", ring),
            Route("/silence.wav", hush),
            Route("/version", tell_version),
            Mount("/static", _Files(directory=_HERE / "static")),
        ],
        exception_handlers=dict.fromkeys((BoardError, VoiceError), partial(_problem, Seldom())),
    )
    app.state.studio = studio
    return app


class _Files(StaticFiles):
    """The page's files, asked about at every load: a board updated at night must not mix old and new."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


def _languages(asked: str | None) -> list[str]:
    """ "vi", "en", "vi,en" or "en,vi"; whatever else is asked for gives what can be understood of it, or Vietnamese."""
    words = [word.strip().lower() for word in (asked or "").split(",")]
    return list(dict.fromkeys(word for word in words if word in LANGUAGES)) or [LANGUAGES[0]]


def _counter(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise SpeechError(f"not a counter: {text[:10]!r}")
    return int(text)


async def _problem(warn: Seldom, request: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, BoardError | VoiceError) else BoardError.code
    language = "en" if request.headers.get("Accept-Language", "").strip().lower().startswith("en") else "vi"
    title, detail, action = problem_texts(language)[code]
    status = _STATUS[code]
    if isinstance(error, VoiceUnavailableError) and (kept_back := warn.now()) is not None:
        _log.warning("a call could not be spoken: %s (untold since the last warning: %d)", error, kept_back)
    problem = Problem(type="about:blank", title=title, status=status, code=code, detail=detail, action=action)
    headers = {**_SAFE, "Retry-After": "5"} if status == _STATUS[VoiceUnavailableError.code] else _SAFE
    return JSONResponse(problem.model_dump(), status_code=status, headers=headers, media_type=PROBLEM_TYPE)


def _version() -> str:
    """A digest of what the page is made of: a page that runs for months learns by it that it was replaced."""
    digest = hashlib.sha256()
    for folder in ("templates", "static", "locale"):
        for path in sorted((_HERE / folder).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
