"""How a document is laid out: blocks and tables as spans of its text, and anchors back to the place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "furniture"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text and what it is. ``furniture`` is menus, running heads and the like: shown, never read."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of text stands in the file: ``place`` for people (``page 3``), ``path`` for programs (indices of
    paragraph and run, or of page and first character), ``box`` the rectangle on a page (left, bottom, right, top)."""

    start: int
    end: int
    place: str
    path: tuple[int, ...] = ()
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, from 0; ``rows`` and ``columns`` are how many it spans. ``end`` is ``start`` when empty."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its cells in order of their text. ``name`` is the sheet it stands on, where ``top`` and ``left`` are the
    sheet's row and column of its first cell."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    name: str = ""
    top: int = 0
    left: int = 0

    def reference(self, cell: Cell) -> str:
        """The cell as a spreadsheet names it, without its sheet."""
        return f"{column_name(self.left + cell.column)}{self.top + cell.row + 1}"


def column_name(number: int) -> str:
    """A spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
