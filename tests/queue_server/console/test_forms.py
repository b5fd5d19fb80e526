"""Where a form may send the browser afterwards."""

from __future__ import annotations

import pytest

from queue_server.console.forms import safe_path


@pytest.mark.parametrize("wanted", ["/console/3", "/rate/3?x=1", "/t/abc"])
def test_a_path_of_this_server_is_followed(wanted: str) -> None:
    assert safe_path(wanted, "/start") == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "console",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "/a\r\nb: c",
    ],
)
def test_anything_that_could_lead_elsewhere_is_dropped(wanted: str | None) -> None:
    assert safe_path(wanted, "/start") == "/start"
