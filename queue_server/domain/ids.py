"""The hall's identifiers, as types of their own so that one is never passed for another."""

from __future__ import annotations

from typing import NewType

TicketId = NewType("TicketId", int)
CounterId = NewType("CounterId", int)
ServiceCode = NewType("ServiceCode", str)
PriorityCode = NewType("PriorityCode", str)
Actor = NewType("Actor", str)
"""Who did it: `user:NAME`, `device:NAME`, `citizen`, `system` or `system:auto-call`; `keypad:NAME` holds a counter.
Never a citizen's name."""
