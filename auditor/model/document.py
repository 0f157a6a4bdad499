"""A document as it was read: its own text, where it came from, and what went wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from auditor.model.errors import InputError
from auditor.model.layout import Anchor, Block, Cell, Table


@dataclass(frozen=True, slots=True)
class Document:
    """One input. ``text`` is its own text, unnormalised; every position that leaves the program points into it.
    ``code_page`` names the old encoding that the file was converted from, ``about`` the place that it speaks of where
    it names none itself, as far as anybody said."""

    path: str
    text: str
    sha256: str
    media_type: str
    error: InputError | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    code_page: str = ""
    about: str | None = None

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Line and column of a code-point offset, both counted from 1."""
        before = self.text[:position]
        return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1

    def anchor(self, position: int) -> Anchor | None:
        """The anchor that holds a position, if the reader of this format sets anchors."""
        at = bisect_right(self.anchors, position, key=lambda anchor: anchor.start) - 1
        return self.anchors[at] if at >= 0 and position < self.anchors[at].end else None

    def cell(self, position: int) -> tuple[Table, Cell] | None:
        """The cell that holds a position, with its table."""
        at = bisect_right(self.tables, position, key=lambda table: table.start) - 1
        if at < 0 or position >= self.tables[at].end:
            return None
        table = self.tables[at]
        return table, table.cells[max(bisect_right(table.cells, position, key=lambda cell: cell.start) - 1, 0)]


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

    def normal(self, position: int) -> int:
        """The offset in the normal text of an offset in the document's own text."""
        if not self.anchors:
            return position
        at = bisect_right(self.starts, position) - 1
        step = position - self.starts[at]
        return self.anchors[at] + (
            min(step, self.anchors[at + 1] - self.anchors[at]) if at + 1 < len(self.anchors) else step
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of normal text that is read as one: ``block`` numbers the paragraph or list item it stands in."""

    start: int
    end: int
    block: int
