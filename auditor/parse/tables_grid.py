"""Tables as grids: every place of a table has its cell, numbers are recognised, and the head is told from the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from auditor.languages.tables import TableWords, plain
from auditor.model.document import NormalText
from auditor.model.layout import Cell, Table
from auditor.model.quantity import Bound

NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+\-−–])?\s*"
    r"(?P<digits>[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
    r"\s*(?P<unit>%|[^\W\d_][\w./²³ ]{0,24})?\s*(?P<close>\))?"
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
NUMBERING = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-ZĐ]{1,2})\s*\)?(?:\s*[=:].{1,40})?|[0-9]{1,2}\s*=.{1,40}")
DIGIT = re.compile("[0-9]")
LABEL_COLUMNS = 2
MOST_HEAD = 6


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a cell: its digits as a span of the document's own text, with sign, bound and unit as printed."""

    raw: str
    start: int
    end: int
    sign: int
    unit: str
    bound: Bound | None


@dataclass(slots=True, eq=False)
class Slot:
    """A cell on the grid. ``origin`` is false where a merged cell reaches; ``missing`` says why there is no number."""

    cell: Cell
    text: str
    origin: bool
    number: Number | None = None
    missing: str = ""


@dataclass(slots=True, eq=False)
class Grid:
    """A table as rows of slots. ``head`` counts the rows of its head, ``numbering`` is the row that numbers columns."""

    table: Table
    rows: list[list[Slot | None]]
    head: int = 0
    numbering: int | None = None
    caption: str = ""
    parts: list[Table] = field(default_factory=list)
    repeated: list[list[Slot | None]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def body(self) -> range:
        return range(self.head, len(self.rows))

    def at(self, row: int, column: int) -> Slot | None:
        return self.rows[row][column] if column < len(self.rows[row]) else None

    def slots(self) -> Iterator[Slot]:
        rows = (*self.rows, *self.repeated)
        return (slot for row in rows for slot in row if slot is not None and slot.origin)


def grid(table: Table, text: NormalText, words: TableWords) -> Grid | None:
    """The grid of a table that holds data; nothing for one that only lays out text."""
    rows = _placed(table, text, words)
    rows = _turned(rows) if _lies_on_its_side(rows, words) else rows
    made = Grid(table, rows, parts=[table])
    _find_head(made)
    data = sum(_is_data(slot) for row in made.body() for slot in rows[row])
    texts = [slot.text for slot in made.slots()]
    wordy = sum(len(text) for text in texts) > 160 * max(len(texts), 1)
    return made if made.width > 1 and data >= 2 and not wordy else None


def _placed(table: Table, text: NormalText, words: TableWords) -> list[list[Slot | None]]:
    height = max((cell.row + cell.rows for cell in table.cells), default=0)
    width = max((cell.column + cell.columns for cell in table.cells), default=0)
    rows: list[list[Slot | None]] = [[None] * width for _ in range(height)]
    for cell in table.cells:
        slot = _slot(cell, text, words)
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                first = row == cell.row and column == cell.column
                rows[row][column] = slot if first else Slot(cell, slot.text, False, None, "merged")
    return rows


def _lies_on_its_side(rows: Sequence[Sequence[Slot | None]], words: TableWords) -> bool:
    """Whether the labels of rows say what heads of columns say elsewhere (plan, actual), and the head does not."""
    labels = [slot.text for row in rows[1:] if (slot := row[0]) and slot.origin]
    heads = [slot.text for slot in (rows[0] if rows else [])[1:] if slot and slot.origin]
    named = sum(words.sideways.match(plain(label)) is not None for label in labels)
    return named >= 2 and named * 2 > len(labels) and not any(words.sideways.search(plain(head)) for head in heads)


def _turned(rows: Sequence[Sequence[Slot | None]]) -> list[list[Slot | None]]:
    """Rows for columns."""
    turned: dict[int, Slot] = {}
    for slot in (slot for row in rows for slot in row if slot):
        cell = slot.cell
        swapped = Cell(cell.start, cell.end, cell.column, cell.row, cell.columns, cell.rows, cell.bold, cell.indent)
        turned[id(slot)] = replace(slot, cell=swapped)
    return [[turned[id(slot)] if slot else None for slot in column] for column in zip(*rows, strict=True)]


def _slot(cell: Cell, text: NormalText, words: TableWords) -> Slot:
    begin, end = text.normal(cell.start), text.normal(cell.end)
    shown = text.text[begin:end]
    lower = plain(shown)
    if not lower or lower in words.blank:
        return Slot(cell, shown, True, None, "no-data" if lower else "empty")
    number = _number(shown, begin, lower, text, words) if DIGIT.search(shown) and len(shown) < 60 else None
    missing = "" if number else "nothing" if lower in words.zero else "text"
    return Slot(cell, shown, True, number, missing)


def _number(shown: str, begin: int, lower: str, text: NormalText, words: TableWords) -> Number | None:
    bound: Bound | None = None
    at = len(shown) - len(shown.lstrip())
    for word, its in words.bounds:
        if lower.startswith(word) and not lower[len(word) : len(word) + 1].isalpha():
            bound, at = its, at + len(word)
            break
    found = NUMBER.fullmatch(shown.rstrip(), at) if bound else NUMBER.fullmatch(shown.strip(), 0)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    unit = found["unit"] or ""
    if unit and words.measure(unit) is None:
        return None
    shift = begin if bound else begin + at
    first, last = found.span("digits")
    last = found.end("unit") if unit == "%" else last
    start, end = text.source(shift + first), text.source(shift + last)
    sign = -1 if found["open"] or (found["sign"] or "+") != "+" else 1
    return Number(found["digits"], start, end, sign, unit, bound)


def _is_data(slot: Slot | None) -> bool:
    """A number that is no year: what the body of a table is made of."""
    return slot is not None and slot.origin and slot.number is not None and not YEAR.fullmatch(slot.number.raw)


def _find_head(made: Grid) -> None:
    """The head ends at the first row with data, before that at a row with a label only, or behind a numbering row."""
    at, width = 0, made.width
    while at < len(made.rows) and at < MOST_HEAD and _single(made.rows[at]) and width > 2:
        made.caption += f" {_first_text(made.rows[at])}"
        at += 1
    begin = at
    while at < len(made.rows) and at - begin < MOST_HEAD:
        row = made.rows[at]
        if _is_numbering(row) and at > begin:
            made.numbering, at = at, at + 1
            break
        if any(_is_data(slot) for slot in row[1:]) or (at > begin and _group(row)):
            break
        at += 1
    made.head = at if at < len(made.rows) else begin


def _single(row: Sequence[Slot | None]) -> bool:
    filled = {id(slot.cell) for slot in row if slot and slot.text.strip()}
    return len(filled) == 1 and not any(_is_data(slot) for slot in row)


def _first_text(row: Sequence[Slot | None]) -> str:
    return next((slot.text for slot in row if slot and slot.text.strip()), "")


def _group(row: Sequence[Slot | None]) -> bool:
    """A row with a label and nothing else, as heads of groups are; not the second storey of a head."""
    filled = [column for column, slot in enumerate(row) if slot and slot.origin and slot.text.strip()]
    reached = any(slot and not slot.origin and slot.cell.rows > 1 for slot in row)
    return bool(filled) and filled[-1] < LABEL_COLUMNS and not reached


def _is_numbering(row: Sequence[Slot | None]) -> bool:
    """A row like `A | B | 1 | 2 | 3=2/1`: its numbers count up."""
    texts = [slot.text.strip() for slot in row if slot and slot.origin and slot.text.strip()]
    if len(texts) < 3 or not all(NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"[0-9]+", text))]
    return len(numbers) > 1 and all(0 < b - a <= 2 for a, b in pairwise(numbers))


def joined(grids: Sequence[Grid], text: str) -> list[Grid]:
    """Grids with those that go on after the end of a page: as wide, near, and without a head or with the same one."""
    out: list[Grid] = []
    for one in grids:
        if out and _continues(out[-1], one, text):
            out[-1].rows += one.rows[one.head :]
            out[-1].repeated += one.rows[: one.head]
            out[-1].parts.append(one.table)
        else:
            out.append(one)
    return out


def _continues(above: Grid, one: Grid, text: str) -> bool:
    between = text[above.parts[-1].end : one.table.start]
    if above.width != one.width or len(between.strip()) > 40 or above.table.name != one.table.name:
        return False
    same = one.head == above.head and _heads(one) == _heads(above)
    return above.head > 0 and (one.head == 0 or same)


def _heads(one: Grid) -> list[list[str]]:
    return [[plain(slot.text) if slot else "" for slot in row] for row in one.rows[: one.head]]
