"""Ruled tables of a PDF page: the lines that are drawn make a grid, and words fall into its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from auditor.ingest.builder import CellDraft, Piece
from auditor.ingest.pdflines import lines
from auditor.ingest.pdfwords import Word

THIN = 2.5  # a drawn shape thinner than this is a line
NEAR = 2.5  # lines nearer than this are one
MOST_SHAPES = 20_000
Rules = dict[float, list[tuple[float, float]]]  # where a line lies -> the stretches that are drawn


@dataclass(slots=True)
class Grid:
    """A table on a page: its lines from left to right and from top to bottom, and the words of each cell."""

    xs: list[float]
    ys: list[float]
    down: Rules
    across: Rules
    inside: dict[tuple[int, int], list[Word]] = field(default_factory=lambda: defaultdict(list))

    @property
    def top(self) -> float:
        return self.ys[0]

    def words(self) -> Iterator[Word]:
        return (word for words in self.inside.values() for word in words)

    def take(self, word: Word) -> None:
        x, y = word.middle
        if self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]:
            row = bisect_right(self.ys, -y, key=lambda value: -value) - 1
            self.inside[row, bisect_right(self.xs, x) - 1].append(word)

    def cells(self) -> Iterator[CellDraft]:
        """The cells, each as far as no line is drawn through it."""
        taken: set[tuple[int, int]] = set()
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in taken:
                    rows, columns = self._spans(row, column)
                    covered = [(row + a, column + b) for a in range(rows) for b in range(columns)]
                    taken.update(covered)
                    yield CellDraft(
                        _pieces([w for at in covered for w in self.inside.get(at, ())]), row, column, rows, columns
                    )

    def _spans(self, row: int, column: int) -> tuple[int, int]:
        columns = rows = 1
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        while column + columns < len(self.xs) - 1 and not _drawn(self.down, self.xs[column + columns], middle):
            columns += 1
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        while row + rows < len(self.ys) - 1 and not _drawn(self.across, self.ys[row + rows], middle):
            rows += 1
        return rows, columns


def _pieces(words: list[Word]) -> list[Piece]:
    words.sort(key=lambda word: word.first)
    return [piece for line in lines(words) for piece in (*line.pieces(), Piece(" "))]


def grids(page: pdfium.PdfPage, words: Sequence[Word]) -> list[Grid]:
    """The tables of a page from top to bottom, with the words in them."""
    down, across = _rules(page)
    found = [grid for low, high in _bands(down) if (grid := _grid(low, high, down, across))]
    for word in words if found else ():
        for grid in found:
            grid.take(word)
    return sorted((grid for grid in found if any(grid.words())), key=lambda grid: -grid.top)


def _grid(low: float, high: float, down: Rules, across: Rules) -> Grid | None:
    xs = [x for x, drawn in down.items() if any(a < high and b > low for a, b in drawn)]
    ys = [y for y in across if low - NEAR <= y <= high + NEAR]
    return Grid(sorted(xs), sorted(ys, reverse=True), down, across) if len(xs) > 2 and len(ys) > 2 else None


def _bands(down: Rules) -> list[tuple[float, float]]:
    """The stretches of the page's height where upright lines are drawn: one a table."""
    return _joined(stretch for drawn in down.values() for stretch in drawn)


def _rules(page: pdfium.PdfPage) -> tuple[Rules, Rules]:
    down: list[tuple[float, float, float]] = []
    across: list[tuple[float, float, float]] = []
    for number, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > MOST_SHAPES:
            break
        left, bottom, right, top = shape.get_bounds()
        for x0, y0, x1, y1 in _edges(left, bottom, right, top, shape):
            if x1 - x0 <= THIN and y1 - y0 > THIN:
                down.append(((x0 + x1) / 2, y0, y1))
            elif y1 - y0 <= THIN and x1 - x0 > THIN:
                across.append(((y0 + y1) / 2, x0, x1))
    return _snapped(down), _snapped(across)


def _edges(
    left: float, bottom: float, right: float, top: float, shape: pdfium.PdfObject
) -> Iterator[tuple[float, ...]]:
    if right - left <= THIN or top - bottom <= THIN:
        yield left, bottom, right, top
    elif raw.FPDFPath_CountSegments(shape) <= 6 and _stroked(shape):
        yield left, bottom, left, top
        yield right, bottom, right, top
        yield left, bottom, right, bottom
        yield left, top, right, top


def _stroked(shape: pdfium.PdfObject) -> bool:
    from ctypes import byref, c_int

    fill, stroke = c_int(), c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape, byref(fill), byref(stroke))) and bool(stroke.value)


def _snapped(lines: list[tuple[float, float, float]]) -> Rules:
    """Lines that lie as good as on each other as one, with the stretches that are drawn of it."""
    groups: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][-1][0] <= NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return {group[0][0]: _joined((low, high) for _, low, high in group) for group in groups}


def _joined(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for low, high in sorted(stretches):
        if out and low <= out[-1][1] + NEAR:
            out[-1] = out[-1][0], max(out[-1][1], high)
        else:
            out.append((low, high))
    return out


def _drawn(rules: Rules, at: float, middle: float) -> bool:
    return any(low <= middle <= high for low, high in rules[at])
