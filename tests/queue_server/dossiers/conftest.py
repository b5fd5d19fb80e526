"""A server with the small catalogue; whatever a test does, its database must be sound in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import CATALOGUE, PLACES


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[FilingHouse]:
    with FilingHouse(tmp_path / "data", catalogue=CATALOGUE, places=PLACES) as running:
        yield running
        assert running.faults() == []
