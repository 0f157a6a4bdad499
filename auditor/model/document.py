"""A document as it was read: its own text, where it came from, and what went wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from auditor.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Document:
    """One input. ``text`` is its own text, unnormalised; every position that leaves the program points into it."""

    path: str
    text: str
    sha256: str
    media_type: str
    error: InputError | None = None

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Line and column of a code-point offset, both counted from 1."""
        before = self.text[:position]
        return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True, slots=True)
class NormalText:
    """NFC text and the way back: ``starts[i]`` is the source offset of normal offset ``anchors[i]``."""

    text: str
    anchors: tuple[int, ...]
    starts: tuple[int, ...]

    def source(self, position: int) -> int:
        """The offset in the document's own text of an offset in the normal text."""
        if not self.anchors:
            return position
        at = bisect_right(self.anchors, position) - 1
        return self.starts[at] + (position - self.anchors[at])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of normal text that is read as one: ``block`` numbers the paragraph or list item it stands in."""

    start: int
    end: int
    block: int
