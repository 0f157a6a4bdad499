"""The head of a table whose lines are not drawn: heads over their columns, and heads over several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.ingest.pdfcolumns import Span, column_of, spanned
from auditor.ingest.pdfrows import Chunk, Level

LOW = 0.6  # heights: twice as far below the middle a head hangs

FLUSH = 1.5  # points


@dataclass(slots=True, eq=False)
class Cell:
    """Chunks that make up a cell, from top to bottom, and the places it takes."""

    row: int
    column: int
    rows: int
    columns: int
    chunks: list[Chunk] = field(default_factory=list)

    def across(self) -> range:
        return range(self.column, self.column + self.columns)


@dataclass(slots=True)
class Head:
    """The cells of a head, how many rows they take, and the columns: some have nothing below their head."""

    cells: list[Cell]
    rows: int
    columns: list[Span]


def heads(bands: Sequence[Sequence[Level]], found: Sequence[Span], named: Sequence[int]) -> Head | None:
    """The head in some rows of levels; nothing where a column of numbers is left without one or places are disputed."""
    chunks = [chunk for band in bands for level in band for chunk in level.chunks]
    every = _with_empty(chunks, _widened(chunks, found))
    cells: list[Cell] = []
    height = 0
    for band in bands:
        made = _Storeys([chunk for level in band for chunk in level.chunks], every).cells(height)
        if made is None:
            return None
        cells += made
        height = max(cell.row + cell.rows for cell in made)
    headed = {at for cell in cells if cell.chunks for at in cell.across()}
    wanted = {at for at, span in enumerate(every) for one in named if span[0] <= found[one][0] < span[1]}
    return Head(cells, height, every) if wanted <= headed and not _hangs(cells) else None


def _hangs(cells: Sequence[Cell]) -> bool:
    """Whether a head stands at the bottom alone, while others do not: that above it lies over its neighbour only, and
    nobody can say that it means both."""
    under = {at for cell in cells if cell.columns > 1 for at in cell.across()}
    own: dict[int, list[Chunk]] = {}
    for cell in cells:
        if cell.columns == 1 and cell.chunks:
            own.setdefault(cell.column, []).extend(cell.chunks)
    every = [chunk for cell in cells for chunk in cell.chunks]
    lowest = min((chunk.bottom for chunk in every), default=0.0)
    # Heads that all stand at the bottom hang together.
    apart = any(chunks[-1].bottom - lowest > LOW * _height(chunks) for at, chunks in own.items() if at not in under)
    return apart and not _low(own, every) <= under


def _low(own: dict[int, list[Chunk]], every: Sequence[Chunk]) -> set[int]:
    """The columns whose heads stand below the middle of all."""
    top, bottom = max((chunk.top for chunk in every), default=0.0), min((chunk.bottom for chunk in every), default=0.0)
    off = {at: max(c.top for c in chunks) - top + min(c.bottom for c in chunks) - bottom for at, chunks in own.items()}
    return {at for at, chunks in own.items() if off[at] < -LOW * _height(chunks)}


def _height(chunks: Sequence[Chunk]) -> float:
    return min(chunk.top - chunk.bottom for chunk in chunks)


def _widened(chunks: Sequence[Chunk], found: Sequence[Span]) -> list[Span]:
    """The columns as wide as their heads, as far as these do not reach over others."""
    every = list(found)
    lowest = sorted(chunks, key=lambda chunk: chunk.bottom)
    for chunk in (*lowest, *lowest):  # a line of a head may touch but the line above it
        over = spanned(chunk, every)
        if len(over) == 1:
            left, right = every[over[0]]
            every[over[0]] = min(left, chunk.left), max(right, chunk.right)
    return every


def _with_empty(chunks: Sequence[Chunk], found: Sequence[Span]) -> list[Span]:
    """The columns with those that have nothing but a head: the columns beside such a head have their own."""
    headed = {at for chunk in chunks for at in spanned(chunk, found)}
    every = list(found)
    for chunk in chunks:
        if not spanned(chunk, every) and all(at in headed for at in _beside(chunk, found)):
            every = sorted([*every, (chunk.left, chunk.right)])
    return every


def _beside(chunk: Chunk, found: Sequence[Span]) -> list[int]:
    """The columns to the left and to the right of a chunk that stands over none."""
    before = sum(right <= chunk.left + 1 for _, right in found)
    return [at for at in (before - 1, before) if 0 <= at < len(found)]


@dataclass(slots=True)
class _Storeys:
    """One row of heads, of two storeys where one stands over several columns."""

    chunks: list[Chunk]
    found: Sequence[Span]

    def cells(self, row: int) -> list[Cell] | None:
        wide: list[Cell] = []
        own: dict[int, list[Chunk]] = {at: [] for at in range(len(self.found))}
        for chunk in self.chunks:
            over = self.over(chunk)
            parent = next((cell for cell in wide if self.goes_on(cell, chunk, over)), None)
            if parent is not None:
                parent.chunks.append(chunk)
            elif len(over) > 1:
                wide.append(Cell(row, over[0], 1, len(over), [chunk]))
            else:
                own[over[0] if over else self.nearest(chunk)].append(chunk)
        under = [at for cell in wide for at in cell.across()]
        above = any(one.top > cell.chunks[0].top for cell in wide for at in cell.across() for one in own[at])
        if above or len(set(under)) < len(under):
            return None
        high = 2 if wide else 1
        plain = [Cell(row + (at in under), at, 1 if at in under else high, 1, inside) for at, inside in own.items()]
        return [*wide, *plain]

    def goes_on(self, cell: Cell, chunk: Chunk, over: Sequence[int]) -> bool:
        """Whether a chunk is a further line of a head over several columns."""
        if over and list(over) != list(cell.across()):
            return False
        left, right = self.found[cell.column][0], self.found[cell.across()[-1]][1]
        return left <= chunk.left and chunk.right <= right and chunk.top <= cell.chunks[-1].top

    def over(self, chunk: Chunk) -> list[int]:
        """The columns that a head stands over. Columns beside these with a head at the bottom only need one above it:
        this, if there is no other on their far side, or if it stands in the middle of them."""
        own = spanned(chunk, self.found)
        hanging = self.hanging() - set(own)
        if not hanging or not own or not self.is_upper(chunk, own):
            return own
        first, last = own[0], own[-1]
        while first - 1 in hanging:
            first -= 1
        while last + 1 in hanging:
            last += 1
        left, right = list(range(first, own[-1] + 1)), list(range(own[0], last + 1))
        return sorted({
            *(left if self.claims(chunk, left, first - 1) else own),
            *(right if self.claims(chunk, right, last + 1) else own),
        })  # fmt: skip

    def hanging(self) -> set[int]:
        """The columns whose heads all stand low."""
        own: dict[int, list[Chunk]] = {}
        for chunk in self.chunks:
            for at in spanned(chunk, self.found):
                own.setdefault(at, []).append(chunk)
        return _low(own, self.chunks)

    def is_upper(self, chunk: Chunk, over: Sequence[int]) -> bool:
        """Whether another head stands below one, and none above it."""
        others = [one for one in self.chunks if one is not chunk and set(spanned(one, self.found)) & set(over)]
        return bool(others) and all(one.top < chunk.top for one in others)

    def claims(self, chunk: Chunk, wide: Sequence[int], beyond: int) -> bool:
        """Whether a head stands over ``wide`` rather than over its own columns; ``beyond`` is the next one."""
        own = spanned(chunk, self.found)
        if not any(beyond in spanned(one, self.found) and self.is_upper(one, [beyond]) for one in self.chunks):
            return True
        left = abs(self.found[own[0]][0] - chunk.left) < FLUSH
        right = abs(self.found[own[-1]][1] - chunk.right) < FLUSH
        if left != right:  # heads flush with one side of their columns reach to the other
            return left == (wide[-1] > own[-1])
        return self._off(chunk, wide) < self._off(chunk, own)

    def _off(self, chunk: Chunk, over: Sequence[int]) -> float:
        """How far a head stands from the middle of some columns."""
        return abs((chunk.left + chunk.right) / 2 - (self.found[over[0]][0] + self.found[over[-1]][1]) / 2)

    def nearest(self, chunk: Chunk) -> int:
        """The column of a head that stands over none: that beside it which has no other."""
        headed = {at for one in self.chunks for at in spanned(one, self.found)}
        free = [at for at in _beside(chunk, self.found) if at not in headed]
        return free[0] if len(free) == 1 else column_of(chunk, self.found)
