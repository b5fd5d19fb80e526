"""The server in this process, with what a kiosk and a clerk do about dossiers."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

from tests.queue_server.house import House
from tests.queue_server.small_catalogue import digest, picture, request


class FilingHouse(House):
    """`kiosk`, `clerk`: tokens of one each."""

    def __enter__(self) -> FilingHouse:
        super().__enter__()
        self.kiosk = self.token("kiosk", "kiosk-1")
        self.clerk = self.token("clerk", "lan")
        return self

    def attach(self, content: bytes | None = None, kind: str = "image/jpeg", **how: Any) -> httpx.Response:
        content = picture() if content is None else content
        name = how.pop("digest", None) or digest(content)
        return self.request(
            "PUT",
            f"/attachments/{name}",
            token=how.pop("token", self.kiosk),
            content=content,
            headers={"Content-Type": kind},
            **how,
        )

    def captured(self, kind: str = "GCS", shade: int = 200) -> dict[str, Any]:
        """A paper that was photographed just now."""
        answer = self.attach(picture(shade))
        assert answer.status_code == 200, answer.text
        return {"type": kind, "source": "captured", "digest": answer.json()["digest"]}

    def file(self, *papers: dict[str, Any], key: str | None = None, **changed: Any) -> httpx.Response:
        return self.post("/dossiers", self.kiosk, request(*papers, **changed), key=key or secrets.token_hex(8))

    def filed(self, *papers: dict[str, Any], **changed: Any) -> dict[str, Any]:
        answer = self.file(*papers, **changed)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def newest(self) -> dict[str, Any]:
        return self.get("/dossiers", self.clerk).json()["dossiers"][0]

    def look(self, ident: int) -> dict[str, Any]:
        answer = self.get(f"/dossiers/{ident}", self.clerk)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def work(self, ident: int, act: str, **more: Any) -> httpx.Response:
        return self.post(f"/dossiers/{ident}/act", self.clerk, {"act": act, **more})

    def worked(self, ident: int, act: str, **more: Any) -> dict[str, Any]:
        answer = self.work(ident, act, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()
