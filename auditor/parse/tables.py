"""Tables of a document: found before its prose is read, so that no sentence runs across cells, and read beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.languages.tables import Measure, TableWords, plain, table_words
from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import Document, NormalText
from auditor.model.figure import Figure, Ignored
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.numerals import Mark
from auditor.parse.tables_across import comparisons
from auditor.parse.tables_claims import assessments
from auditor.parse.tables_columns import Column, columns
from auditor.parse.tables_down import column_shares, column_sums
from auditor.parse.tables_figures import Sheet
from auditor.parse.tables_grid import Grid, Slot, grid, joined
from auditor.parse.tables_rows import rows
from auditor.parse.tables_text import against_text
from auditor.parse.tables_totals import row_totals

NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
CAPTION_REACH = 300
Wall = tuple[int, int, bool]


@dataclass(slots=True)
class Tables:
    """What is known of a document's tables before it is read. ``walls`` are the stretches of normal text that stand by
    themselves, each with whether it holds prose; the others are read from the grids or not at all."""

    grids: list[tuple[Grid, list[Column]]] = field(default_factory=list)
    walls: list[Wall] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def numerals(self) -> Iterator[str]:
        """The numbers in cells, which say how the document writes decimals."""
        for one, its in self.grids:
            read = [column.index for column in its if column.role in ("level", "derived")]
            slots = (one.at(row, column) for row in one.body() for column in read)
            yield from (slot.number.raw for slot in slots if slot and slot.number)


def find(document: Document, text: NormalText, vocabulary: Vocabulary) -> Tables:
    """The tables and the furniture of a document."""
    found = Tables()
    for block in document.blocks:
        if block.kind == "furniture":
            found.walls.append((text.normal(block.start), text.normal(block.end), False))
            found.ignored += _numerals(document, block.start, block.end, "page furniture")
    if document.tables:
        _find_tables(document, text, table_words(), found)
    found.walls.sort()
    return found


def _find_tables(document: Document, text: NormalText, words: TableWords, found: Tables) -> None:
    made = [(table, grid(table, text, words)) for table in document.tables]
    found.walls += (
        (text.normal(cell.start), text.normal(cell.end), True)
        for table, one in made
        if one is None
        for cell in table.cells
    )
    for one in joined([one for _, one in made if one is not None], document.text):
        its = columns(one, words)
        found.grids.append((one, its))
        kinds = {column.index: column.role for column in its}
        for slot, what in _uses(one, kinds):
            start, end = slot.cell.start, slot.cell.end
            found.walls.append((text.normal(start), text.normal(end), what == "prose"))
            if what not in ("prose", "figure"):
                found.ignored += _numerals(document, start, end, what)


def _uses(one: Grid, kinds: Mapping[int, str]) -> Iterator[tuple[Slot, str]]:
    """Each cell with how it is read: a figure, prose, or part of the head or the labels."""
    for number, row in enumerate((*one.rows, *one.repeated)):
        in_head = number < one.head or number >= len(one.rows)
        for column, slot in enumerate(row):
            if slot and slot.origin:
                yield slot, "table head" if in_head else _what(slot, kinds.get(column, "text"))


def _what(slot: Slot, role: str) -> str:
    """How a cell of the body is read."""
    if role in ("number", "label", "unit"):
        return "table label"
    if slot.number is not None:
        return "figure" if role in ("level", "derived") else "table label"
    return "prose"


def _numerals(document: Document, start: int, end: int, what: str) -> Iterator[Ignored]:
    for found in NUMERAL.finditer(document.text, start, end):
        yield Ignored(document.path, found.start(), found.end(), found[0], what)


def read(
    tables: Tables, document: Document, mark: Mark, mentions: Sequence[Mention]
) -> tuple[list[Figure], list[Relation]]:
    """The figures of all tables, and the relations within them and with the text around."""
    words = table_words()
    figures: list[Figure] = []
    relations: list[Relation] = []
    for one, its in tables.grids:
        whole = _caption_measure(document, one, words)
        made = Sheet(document.path, one, its, rows(one, its, words, whole), mark, words).read()
        figures += made.figures.values()
        relations += _relations(made, document, mentions)
    return figures, relations


def _relations(made: Sheet, document: Document, mentions: Sequence[Mention]) -> Iterator[Relation]:
    yield from comparisons(made)
    yield from row_totals(made)
    yield from column_sums(made)
    yield from column_shares(made)
    yield from assessments(made, document.text)
    yield from against_text(made, mentions)


def _caption_measure(document: Document, one: Grid, words: TableWords) -> Measure | None:
    """The line that names the unit of a table, in the table's own caption row or in the lines right before it."""
    before = document.text[max(0, one.table.start - CAPTION_REACH) : one.table.start]
    for line in (*one.caption.splitlines(), *reversed(before.strip().splitlines()[-3:])):
        found = words.unit_line.search(plain(line))
        if found:
            return words.measure(re.split(r"[;,.)]|\s{2,}", found[1])[0])
    return None
