"""A server in this process for every test that asks for one; each leaves a sound database behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The small hall with its server. At the end its database must be sound, whatever the test did through the API."""
    with House(tmp_path / "data") as running:
        yield running
        assert running.faults() == []
