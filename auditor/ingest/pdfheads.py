"""The head of a table whose lines are not drawn: heads over their columns, and heads over several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.ingest.pdfcolumns import Span, column_of, spanned
from auditor.ingest.pdfrows import Chunk, Level


@dataclass(slots=True, eq=False)
class Cell:
    """Chunks that make up a cell, from top to bottom, and the places it takes."""

    row: int
    column: int
    rows: int
    columns: int
    chunks: list[Chunk] = field(default_factory=list)


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
        made = _row([chunk for level in band for chunk in level.chunks], every, height)
        if made is None:
            return None
        cells += made
        height = max(cell.row + cell.rows for cell in made)
    headed = {at for cell in cells if cell.chunks for at in _of(cell)}
    wanted = {at for at, span in enumerate(every) for one in named if span[0] <= found[one][0] < span[1]}
    return Head(cells, height, every) if wanted <= headed else None


def _widened(chunks: Sequence[Chunk], found: Sequence[Span]) -> list[Span]:
    """The columns as wide as their heads."""
    every = list(found)
    for chunk in (*chunks, *chunks):  # a line of a head may touch but the line above it
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


def _row(chunks: Sequence[Chunk], found: Sequence[Span], row: int) -> list[Cell] | None:
    """The cells of one row of heads: of two storeys where one head stands over several columns."""
    wide: list[Cell] = []
    own: dict[int, list[Chunk]] = {at: [] for at in range(len(found))}
    for chunk in chunks:
        over = spanned(chunk, found)
        parent = next((cell for cell in wide if _under(chunk, cell, over, found)), None)
        if parent is not None:
            parent.chunks.append(chunk)
        elif len(over) > 1:
            wide.append(Cell(row, over[0], 1, len(over), [chunk]))
        else:
            own[over[0] if over else _nearest(chunk, chunks, found)].append(chunk)
    covered = [at for cell in wide for at in range(cell.column, cell.column + cell.columns)]
    if len(set(covered)) < len(covered) or any(_above(own[at], cell) for cell in wide for at in _of(cell)):
        return None
    high = 2 if wide else 1
    plain = [Cell(row + (at in covered), at, 1 if at in covered else high, 1, inside) for at, inside in own.items()]
    return [*wide, *plain]


def _nearest(chunk: Chunk, chunks: Sequence[Chunk], found: Sequence[Span]) -> int:
    """The column of a head that stands over none: that beside it which has no other."""
    headed = {at for one in chunks for at in spanned(one, found)}
    free = [at for at in _beside(chunk, found) if at not in headed]
    return free[0] if len(free) == 1 else column_of(chunk, found)


def _of(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def _under(chunk: Chunk, cell: Cell, over: Sequence[int], found: Sequence[Span]) -> bool:
    """Whether a chunk is a further line of a head over several columns."""
    if over and list(over) != list(_of(cell)):
        return False
    left, right = found[cell.column][0], found[cell.column + cell.columns - 1][1]
    return left <= chunk.left and chunk.right <= right and chunk.top <= cell.chunks[-1].top


def _above(own: Sequence[Chunk], cell: Cell) -> bool:
    return any(chunk.top > cell.chunks[0].top for chunk in own)
