"""What can go wrong on the board, as one family with stable codes and words for a person."""

from __future__ import annotations


class BoardError(Exception):
    """Root of the board's errors. `code` is stable; `str(error)` tells a technician what happened."""

    code = "board-error"


class NotCalledError(BoardError):
    """A number that the hall did not call to this counter lately: there is nothing to say."""

    code = "not-called"
