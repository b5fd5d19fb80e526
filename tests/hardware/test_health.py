"""How bad each condition is: silence and unknown words are never taken for "all well"."""

from __future__ import annotations

import pytest

from hardware.advice import ANY, OF_KIND
from hardware.health import Health, Kind, Severity, State, severity


def test_only_ready_is_ok() -> None:
    assert [state for state in State if severity(state) is Severity.OK] == [State.READY]


def test_nobody_s_guess() -> None:
    assert severity("unknown") is Severity.UNKNOWN
    assert severity("on-fire") is Severity.UNKNOWN
    assert Health().severity is Severity.UNKNOWN


@pytest.mark.parametrize("state", [State.OFFLINE, State.TIMEOUT, State.PAPER_OUT, State.DEVICE_FAULT, State.SILENT])
def test_what_cannot_work_has_failed(state: State) -> None:
    assert Health(state).severity is Severity.FAILED


@pytest.mark.parametrize("state", [State.PAPER_NEAR_END, State.GARBLED, State.DARK, State.VOICE_UNAVAILABLE])
def test_what_still_works_is_a_warning(state: State) -> None:
    assert Health(state).severity is Severity.WARNING


def test_every_state_has_advice() -> None:
    assert set(ANY) == set(State)
    assert all(advice.do for state, advice in ANY.items() if state is not State.READY)
    assert all(isinstance(kind, Kind) and state in State for kind, state in OF_KIND)
