"""Tables of a PDF page whose lines are not drawn: rows by their levels, columns by the space between them.

What only may be a table stays text: numbers that stand in no column of their own, columns without a head, a table of
contents, lines of which nobody can say whether they go on with a cell. A relation that is not read is a gap; one read
from a wrong grid is a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.ingest.builder import CellDraft, Piece
from auditor.ingest.pdfcolumns import Span, column_of, columns, numeric, parted, spanned, with_heads
from auditor.ingest.pdfheads import Cell, Head, heads
from auditor.ingest.pdfrows import MARKER, NOTHING, Level, levels
from auditor.ingest.pdfwords import Word

FEWEST = 2  # rows with numbers
NARROW = 2  # so few columns need a row more
MOST_BETWEEN = 6  # levels between two rows with numbers
MOST_HEAD = 8
MOST_WORDS = 10  # in a chunk of a head
FAR = 2.5  # heights: rows further apart are not of one table
NEAR = 1.2  # heights: a head stands no further above its rows
LONG = 3  # words
JUMP = 0.1  # heights: by so much the space between rows is wider than that between the lines of a cell
STOPS = (".", ":", ";")
Band = list[Level]


@dataclass(slots=True, eq=False)
class Aligned:
    """A table on a page: its cells, where its columns lie, and whether it begins or goes on there."""

    drafts: list[Cell]
    columns: list[Span]
    top: float
    bottom: float
    goes_on: bool

    def words(self) -> Iterator[Word]:
        return (word for cell in self.drafts for chunk in cell.chunks for word in chunk.words)

    def cells(self) -> Iterator[CellDraft]:
        for cell in self.drafts:
            pieces: list[Piece] = [piece for chunk in cell.chunks for piece in chunk.pieces()]
            yield CellDraft(pieces, cell.row, cell.column, cell.rows, cell.columns)


def tables(words: Sequence[Word], above: Sequence[Span] = ()) -> list[Aligned]:
    """The tables among words that no drawn grid holds, from top to bottom. ``above`` are the columns of a table at the
    end of the page before, which may go on without a head."""
    page = levels(words)
    found: list[Aligned] = []
    after = 0
    for first, last in _runs(page):
        made = _table(page, first, last, after, [] if found else above)
        if made:
            after = last + 1
            found.append(made)
    return found


def _runs(page: Sequence[Level]) -> Iterator[tuple[int, int]]:
    """Stretches of levels from one row with numbers to another, without text that stands under the numbers."""
    first = last = -1
    zones: list[Span] = []
    for number, level in enumerate(page):
        if first >= 0 and (number - last > MOST_BETWEEN or _apart(page[number - 1], level) or _foreign(level, zones)):
            yield first, last
            first = -1
        if level.is_data:
            zones = zones if first >= 0 else []
            first, last = number if first < 0 else first, number
            zones += ((chunk.left, chunk.right) for chunk in level.chunks[1:] if chunk.number)
    if first >= 0:
        yield first, last


def _apart(above: Level, level: Level) -> bool:
    return above.bottom - level.top > FAR * level.height


def _foreign(level: Level, zones: Sequence[Span]) -> bool:
    """Whether words stand where the rows above have numbers, in a line that is no head of a group."""
    if level.heads_group:
        return False
    least = LONG if level.is_data else 1  # a row with numbers may have a word in place of one
    texts = [
        one for one in level.chunks if not one.number and not NOTHING.fullmatch(one.text) and len(one.words) >= least
    ]
    return any(chunk.left < right and left < chunk.right for chunk in texts for left, right in zones)


def _table(page: Sequence[Level], first: int, last: int, after: int, above: Sequence[Span]) -> Aligned | None:
    rows = [level for level in page[first : last + 1] if level.is_data]
    goes_on = bool(above) and first <= MOST_BETWEEN and _fits(rows, above)
    found = list(above) if goes_on else columns(rows)
    if not goes_on and (len(rows) < FEWEST + (len(found) == NARROW) or len(found) < NARROW):
        return None
    begin = first if goes_on else _upward(page, first, after, found)
    parted(rows, found)
    bands = _bands(page[begin : last + 1 + _below(page, last)])
    while bands and not _has_data(bands[-1]):
        bands.pop()
    top = _body_from(bands)
    named = numeric(rows, found)
    if not goes_on and named:
        found = with_heads(found, [chunk for band in bands[:top] for level in band for chunk in level.chunks], named)
        named = numeric(rows, found)
    if not named or not _is_body(bands[top:], found, named):
        return None
    head = Head([], 0, found) if goes_on and not top else heads(bands[:top], found, named)
    return _made(head, bands, top, goes_on) if head else None


def _body_from(bands: Sequence[Band]) -> int:
    """The first row: the first with numbers, or the head of a group before it."""
    top = next(number for number, band in enumerate(bands) if _has_data(band))
    while top > 1 and bands[top - 1][0].heads_group:
        top -= 1
    return top


def _made(head: Head, bands: list[Band], top: int, goes_on: bool) -> Aligned:
    every = [level for band in bands for level in band]
    cells = [*head.cells, *_cells(bands[top:], head.columns, head.rows)]
    return Aligned(cells, head.columns, max(one.top for one in every), min(one.bottom for one in every), goes_on)


def _fits(rows: Sequence[Level], above: Sequence[Span]) -> bool:
    """Whether rows stand in the columns of the table before: every chunk in one, every number in one with numbers."""
    return all(
        len({column_of(chunk, above) for chunk in row.chunks}) == len(row.chunks)
        and all(len(spanned(chunk, above)) == 1 for chunk in row.chunks[1:])
        for row in rows
    )


def _upward(page: Sequence[Level], first: int, after: int, found: Sequence[Span]) -> int:
    """The first level of the head above a row."""
    at = _label_from(page, first, after)
    while at > after and first - at < MOST_HEAD and _is_head(page[at - 1], page[at], found):
        if len(page[at - 1].chunks) == 1 and at > 1 and _nearer(page[at - 2 : at + 1]):
            break
        at -= 1
    return at


def _label_from(page: Sequence[Level], first: int, after: int) -> int:
    """Where the label of the first row begins: lines close above it, further from the heads side by side above them."""
    at, widest = first, 0.0
    while at > after and len(page[at - 1].chunks) == 1 and page[at - 1].chunks[0].right < _numbers_from(page[first]):
        widest = max(widest, page[at - 1].bottom - page[at].top)
        at -= 1
    headed = at > after and len(page[at - 1].chunks) > 1
    step = JUMP * page[first].height
    return at if headed and page[at - 1].bottom - page[at].top > max(widest, 0.0) + step else first


def _numbers_from(level: Level) -> float:
    """How far to the left the numbers of a row reach."""
    return min(chunk.left for chunk in level.chunks[1:] if chunk.number)


def _nearer(three: Sequence[Level]) -> bool:
    """Whether a level is nearer to the one above it, as the last line of a paragraph is."""
    above, level, below = three
    return 0 < above.bottom - level.top < level.bottom - below.top


def _is_head(level: Level, below: Level, found: Sequence[Span]) -> bool:
    """Whether a level belongs to the head above another: side by side heads, a line of one, or one over several."""
    gap = level.bottom - below.top
    if gap > NEAR * level.height or level.is_leader or any(len(one.words) > MOST_WORDS for one in level.chunks):
        return False
    if len(level.chunks) > 1 or gap < 0:
        return True
    (chunk,) = level.chunks
    over = spanned(chunk, found)
    if gap > NEAR / 2 * level.height or chunk.text.endswith(STOPS):
        return False
    if len(over) < 2:
        return bool(over) and over[0] > 0
    middle = (found[over[0]][0] + found[over[-1]][1]) / 2
    return len(over) < len(found) - 1 and abs((chunk.left + chunk.right) / 2 - middle) < level.height


def _below(page: Sequence[Level], last: int) -> int:
    """How many levels below the last row may be further lines of its label."""
    count = 0
    for above, level in pairwise(page[last : last + 4]):
        if above.bottom - level.top > level.height / 2 or level.chunks[-1].right > _numbers_from(page[last]):
            break
        count += 1
    return count


def _bands(found: Sequence[Level]) -> list[Band]:
    """Levels as rows: those that overlap, and those between which there is less space than between rows."""
    bands: list[Band] = []
    for level in found:
        if bands and min(one.bottom for one in bands[-1]) < level.top - JUMP * 2 * level.height:
            bands[-1].append(level)
        else:
            bands.append([level])
    gaps = [min(one.bottom for one in a) - max(one.top for one in b) for a, b in pairwise(bands)]
    for limit in _limits(gaps, max((level.height for level in found), default=0.0)):
        merged = bands[:1]
        for gap, band in zip(gaps, bands[1:], strict=True):
            merged = [*merged[:-1], [*merged[-1], *band]] if gap < limit else [*merged, band]
        if all(sum(level.is_data for level in band) < 2 for band in merged):
            return merged
    return bands


def _limits(gaps: Sequence[float], height: float) -> list[float]:
    """Distances that may tell lines of a cell from rows, the widest first: those where nothing lies in between."""
    ordered = sorted(gaps)
    jumps = [(low + high) / 2 for low, high in pairwise(ordered) if high - low > JUMP * height]
    return jumps[::-1]


def _has_data(band: Band) -> bool:
    return any(level.is_data for level in band)


def _is_body(body: Sequence[Band], found: Sequence[Span], named: Sequence[int]) -> bool:
    """Whether every row can be read in one way only."""
    for band in body:
        first = band[0].chunks[0].text
        if not _has_data(band):
            over = {at for level in band for chunk in level.chunks for at in spanned(chunk, found)}
            if (first[:1].islower() and not MARKER.fullmatch(first.split()[0])) or (
                over & set(named) and not band[0].heads_group
            ):
                return False
        for level in band:
            numbers = [column_of(chunk, found) for chunk in level.chunks if chunk.number]
            if level.is_data and len(set(numbers)) < len(numbers):
                return False
    return True


def _cells(body: Sequence[Band], found: Sequence[Span], start: int) -> Iterator[Cell]:
    for row, band in enumerate(body, start):
        cells: dict[int, Cell] = {}
        for chunk in (chunk for level in band for chunk in level.chunks):
            over = spanned(chunk, found) or [column_of(chunk, found)]
            owner = next((cell for cell in cells.values() if cell.column <= over[0] < cell.column + cell.columns), None)
            if owner is None:
                owner = cells[over[0]] = Cell(row, over[0], 1, 1, [])
            owner.columns = max(owner.columns, over[-1] - owner.column + 1)
            owner.chunks.append(chunk)
        taken = {at for cell in cells.values() for at in range(cell.column, cell.column + cell.columns)}
        yield from (
            cells.get(at) or Cell(row, at, 1, 1, []) for at in range(len(found)) if at in cells or at not in taken
        )
