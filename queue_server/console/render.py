"""Turns a template and what it shows into an answer, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from queue_server.console import assets, language, words
from queue_server.console.pages import Pages, Session
from queue_server.contract import Language, LocalText

TEMPLATES = Path(__file__).parent / "templates"
SERVER_TIME = "X-Server-Time"


class Renderer:
    """One template environment per language, built once with the router."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        addresses = assets.addresses()
        self.environments = {each: _environment(each, addresses) for each in Language}

    async def page(
        self, request: Request, template: str, session: Session | None = None, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """A whole page, with the masthead's names."""
        return self.part(
            request, template, session, status, hall=await self.pages.hall(), demo=self.pages.demo, **context
        )

    def part(
        self,
        request: Request,
        template: str,
        session: Session | None = None,
        status: int = 200,
        now: datetime | None = None,
        **context: Any,
    ) -> HTMLResponse:
        """A fragment. `now` travels as a header: the same state gives the same text, so a page can see 'no change'."""
        chosen = language.chosen(request, session)
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        html = (
            self.environments[chosen]
            .get_template(template)
            .render(session=session, now=now, back=back, short_of_disk=self.pages.short_of_disk, **context)
        )
        headers = {"Cache-Control": "no-store", "Content-Language": chosen.value, "Vary": "Cookie"}
        if now is not None:
            headers[SERVER_TIME] = str(int(now.timestamp() * 1000))
        return HTMLResponse(html, status, headers)


def _environment(chosen: Language, addresses: dict[str, str]) -> Environment:
    texts = language.texts(chosen)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]

    def local(text: LocalText) -> str:
        return text.in_language(chosen)

    environment.filters |= {
        "local": local,
        "minutes": lambda seconds: words.minutes(texts, seconds),
        "clock": words.clock,
        "moment": words.moment,
        "lasting": lambda since, now: words.lasting(texts, since, now),
        "epoch": words.epoch,
        "day": words.day,
        "isoday": words.isoday,
        "dong": words.dong,
        "sentence": words.sentence,
        "actor": words.actor,
    }
    environment.globals |= {
        "lang": chosen.value,
        "static": addresses.__getitem__,
        "pressure": words.pressure,
        "share": words.share,
        "span": lambda low, high: words.span(texts, low, high),
    }
    return environment
