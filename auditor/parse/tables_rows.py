"""Rows of a table: their labels, units and numbering, and which row stands under which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.languages.tables import Measure, TableWords, plain
from auditor.model.exact import Fraction
from auditor.parse.tables_columns import Column
from auditor.parse.tables_grid import YEAR, Grid, Slot

SHAPES = (
    ("dotted", re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.)]?(?=\s|$)")),
    ("arabic", re.compile(r"([0-9]{1,3})[.)]?(?=\s|$)")),
    ("roman", re.compile(r"([IVXL]{1,6})[.)]?(?=\s|$)")),
    ("upper", re.compile(r"([A-ZĐ])[.)]?(?=\s|$)")),
    ("lower", re.compile(r"([a-zđ])[.)]?(?=\s|$)")),
    ("dash", re.compile(r"([-–•*])(?=\s|$|\w)")),
    ("plus", re.compile(r"(\+)(?=\s|$|\w)")),
)
INLINE = re.compile(r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[IVXL]{1,5}[.)]|[A-ZĐ][.)]|[a-zđ][.)]|[-–+•*])\s*")
Key = tuple[str, int]


@dataclass(slots=True, eq=False)
class Row:
    """One row of the body. ``key`` is the kind of its numbering; ``parts`` are the rows right under it."""

    index: int
    label: str
    key: Key | None
    slot: Slot | None
    measure: Measure | None = None
    total: bool = False
    within: bool = False
    complete: bool = False
    additive: bool = True
    bold: bool = False
    indent: int = 0
    year: int | None = None
    parts: list[Row] = field(default_factory=list)
    parent: Row | None = None


def rows(grid: Grid, columns: Sequence[Column], words: TableWords, whole: Measure | None) -> list[Row]:
    """The rows of the body with their hierarchy. ``whole`` is the unit that the caption gives to all."""
    number = next((column for column in columns if column.role == "number"), None)
    label = next((column for column in columns if column.role == "label"), None)
    unit = next((column for column in columns if column.role == "unit"), None)
    made: list[Row] = []
    for index in grid.body():
        row = _row(grid, index, number, label, words)
        row.measure = _measure(grid, row, unit, words, made) or whole
        made.append(row)
    _hierarchy(made)
    return made


def _row(grid: Grid, index: int, number: Column | None, label: Column | None, words: TableWords) -> Row:
    slot = grid.at(index, label.index) if label else None
    text = slot.text.strip() if slot else ""
    mark = grid.at(index, number.index) if number else None
    key = _key(mark.text.strip()) if mark and mark.origin else None
    if key is None:
        inline = INLINE.match(text)
        key = _key(inline[0].strip()) if inline else None
        text = text[inline.end() :] if inline else text
    if not text and mark and not _key(mark.text.strip()):
        text = mark.text.strip()  # a word for total merged over the column of numbers
    label_text = plain(text)
    year = YEAR.search(label_text)
    row = Row(index, label_text, key, slot, year=int(year[0]) if year else None)
    for name in ("total", "within", "complete"):
        found = words.rows[name].match(label_text)
        setattr(row, name, found is not None and (name != "total" or _only_total(label_text, found.end(), key)))
    row.additive = words.not_additive.search(label_text) is None
    row.bold, row.indent = (slot.cell.bold, slot.cell.indent) if slot else (False, 0)
    return row


def _only_total(label: str, end: int, key: Key | None) -> bool:
    """`Total` alone is the total of the table; `total area of rice` in a numbered row names an indicator."""
    return key is None or len(label) - end < 3


def _key(text: str) -> Key | None:
    for name, shape in SHAPES:
        found = shape.match(text)
        if found:
            return name, found[1].count(".")
    return None


def _measure(grid: Grid, row: Row, unit: Column | None, words: TableWords, above: Sequence[Row]) -> Measure | None:
    if unit is not None:
        slot = grid.at(row.index, unit.index)
        text = plain(slot.text) if slot else ""
        if text in words.ditto and above:
            return above[-1].measure
        found = words.measure(text)
        if found is not None:
            return found
        if text:
            return Measure(text, Fraction(1), "count", text)
    tail = re.search(r"\(([^()]{1,30})\)\s*$|,\s*([^,()]{1,20})$", row.label)
    return words.measure(tail[1] or tail[2]) if tail else None


def _hierarchy(made: Sequence[Row]) -> None:
    """Each row under the last one above it whose numbering is of an outer kind, whichever kinds the table uses."""
    stack: list[tuple[object, Row]] = []
    romans = _roman_rows(made)
    numbered = any(row.key for row in made)
    bolds = {row.bold for row in made if not row.total}
    within = False
    for row in made:
        if row.total and row.key is None:
            continue
        if row.key is None and numbered:
            # A row without a number among numbered ones belongs to the one above it from `of which` on.
            within = (within or row.within) and bool(stack)
            if within:
                _adopt(stack[-1][1], row)
            continue
        within = False
        key = _level(row, romans, len(bolds) == 2)
        known = next((at for at, (other, _) in enumerate(stack) if other == key), None)
        if known is not None:
            del stack[known:]
        elif not numbered:
            while stack and not _inner(key, stack[-1][0]):
                stack.pop()
        if stack:
            _adopt(stack[-1][1], row)
        stack.append((key, row))
    _open_groups(made)


def _adopt(parent: Row, row: Row) -> None:
    row.parent = parent
    parent.parts.append(row)


def _inner(key: object, outer: object) -> bool:
    return isinstance(key, tuple) and isinstance(outer, tuple) and key > outer


def _level(row: Row, romans: frozenset[int], by_bold: bool) -> object:
    """What says how deep a row stands: the kind of its number, else its indent and whether it is bold."""
    if row.key is None:
        return (row.indent, 0 if row.bold or not by_bold else 1)
    name, depth = row.key
    if name == "upper" and row.index in romans:
        name = "roman"
    if name == "roman" and row.index not in romans:
        name = "upper"
    return name, depth


def _roman_rows(made: Sequence[Row]) -> frozenset[int]:
    """Rows numbered with Roman numerals. C and D are letters in a table that has A and B."""
    capitals = [row for row in made if row.key and row.key[0] in ("roman", "upper")]
    letters = any(row.key and row.key[0] == "upper" for row in capitals)
    first = capitals[0].key if capitals else None
    if not letters or (first and first[0] == "roman"):
        return frozenset(row.index for row in capitals)
    return frozenset(row.index for row in capitals if row.key and row.key[0] == "roman")


def _open_groups(made: Sequence[Row]) -> None:
    """From `of which` on, what stands under a row is an incomplete breakdown of it."""
    for row in made:
        opened = False
        for part in row.parts:
            opened = part.within = opened or part.within
