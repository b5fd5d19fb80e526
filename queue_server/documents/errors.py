"""What can go wrong in drawing a document."""

from __future__ import annotations


class DocumentError(Exception):
    """A document could not be drawn. The message names the layout and what is wrong with it, never an answer."""


class LayoutBroken(DocumentError):
    """The layout itself has an error: whoever wrote it must mend it. `line`: where in its source, from 1."""

    def __init__(self, text: str, line: int = 1) -> None:
        super().__init__(text)
        self.line = line
