"""A document's text as the HTML report lays it out: lines of text, tables as tables, page furniture set apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic

from auditor.model.document import Document
from auditor.model.layout import Cell, Table
from auditor.report.cut import Mark, Segment, cut

Line = list[Segment[Mark]]


@dataclass(frozen=True, slots=True)
class Box(Generic[Mark]):
    """A cell with its lines."""

    cell: Cell
    lines: list[Line[Mark]]


@dataclass(frozen=True, slots=True)
class Piece(Generic[Mark]):
    """A line of text, or a table: the boxes of its ``rows``. ``aside`` is page furniture."""

    line: Line[Mark]
    rows: list[list[Box[Mark]]]
    aside: bool = False


def pieces(document: Document, marks: Sequence[Mark]) -> Iterator[Piece[Mark]]:
    """The whole text in order, each character once."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    starts = [mark.start for mark in ordered]
    furniture = sorted((block.start, block.end) for block in document.blocks if block.kind == "furniture")

    def lines(start: int, end: int) -> list[Line[Mark]]:
        inside = ordered[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
        return _lines(document.text, start, end, inside)

    at = 0
    for table in (*document.tables, None):
        for line in lines(at, table.start if table else len(document.text)):
            yield Piece(line, [], _aside(furniture, line))
        if table is not None:
            yield Piece([], [[Box(cell, lines(cell.start, cell.end)) for cell in cells] for cells in _rows(table)])
            at = table.end


def _rows(table: Table) -> Iterator[list[Cell]]:
    for _, cells in groupby(table.cells, key=lambda cell: cell.row):
        yield list(cells)


def _aside(furniture: Sequence[tuple[int, int]], line: Line[Mark]) -> bool:
    if not line or not furniture:
        return False
    at = bisect_left(furniture, (line[0].start + 1, 0)) - 1
    return at >= 0 and furniture[at][0] <= line[0].start < furniture[at][1]


def _lines(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Line[Mark]]:
    lines: list[Line[Mark]] = [[]]
    for segment in cut(text, start, end, marks):
        at = segment.start
        for number, part in enumerate(segment.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Segment(at, part.rstrip("\r"), segment.marks))
            at += len(part) + 1
    return lines if lines[-1] else lines[:-1]
