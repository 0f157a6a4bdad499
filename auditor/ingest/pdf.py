"""PDF: the text layer in reading order, tables as tables, running heads set aside. Scripts are never run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from auditor.ingest.builder import Builder, Piece, Unreadable
from auditor.ingest.limits import ENCRYPTED, MOST_PAGES, most_characters
from auditor.ingest.pdfaligned import Aligned, tables
from auditor.ingest.pdfgrids import Grid, grids
from auditor.ingest.pdflines import MARGIN, Layout, Line, furniture, lines, paragraphs
from auditor.ingest.pdfrows import Level, levels
from auditor.ingest.pdfwords import Word, words

DIGITS = re.compile("[0-9]+")
FIRST = 3  # levels: so soon on a page a table goes on
NO_TEXT = "no text layer: its pages are pictures (a scan?); run character recognition over it first"


def read(data: bytes, builder: Builder) -> None:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        raise Unreadable(ENCRYPTED if "assword" in str(problem) else f"not a readable PDF: {problem}") from None
    try:
        _read(document, builder)
    except pdfium.PdfiumError as problem:
        raise Unreadable(f"not a readable PDF: {problem}") from None
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, builder: Builder) -> None:
    count = len(document)
    if count > MOST_PAGES:
        raise Unreadable(f"too many pages: {count:,} (limit {MOST_PAGES:,})")
    pages: list[_Page] = []
    for number in range(count):
        before = pages[-1].last() if pages else None
        pages.append(_page(document, number, before))
        if before and pages[-1].goes_on_unread(pages[-2]):
            pages[-2].withdraw(before)
    if not any(page.lines or page.tables for page in pages):
        raise Unreadable(NO_TEXT)
    aside = furniture([(page.lines, page.height) for page in pages])
    _body(pages, aside, builder)
    for line in aside:
        builder.block(line.pieces(), "furniture")


@dataclass(slots=True)
class _Page:
    """The lines and the tables of a page, both from top to bottom; ``free`` are the words that no drawn grid holds."""

    free: list[Word]
    tables: list[Grid | Aligned]
    height: float
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = lines(_without(self.free, self.tables))

    def last(self) -> Aligned | None:
        """The table without drawn lines that the page ends with, which may go on over the page."""
        last = self.tables[-1] if self.tables else None
        body = [line for line in self.lines if self.height * MARGIN < line.bottom]
        ends = isinstance(last, Aligned) and all(line.bottom >= last.bottom for line in body)
        return last if ends and isinstance(last, Aligned) else None

    def goes_on_unread(self, before: _Page) -> bool:
        """Whether the page begins with rows of numbers that are in none of its tables, nor in its running head."""
        heads = {_shape(level) for level in levels(before.free)[:FIRST]}
        taken = {id(word) for table in self.tables for word in table.words()}
        first = [level for level in levels(self.free)[:FIRST] if _shape(level) not in heads]
        return any(level.is_data and id(level.chunks[0].words[0]) not in taken for level in first)

    def withdraw(self, table: Aligned) -> None:
        """A table whose rows go on where they cannot be read is text: its sums would lack parts."""
        self.tables.remove(table)
        self.lines = lines(_without(self.free, self.tables))


def _page(document: pdfium.PdfDocument, number: int, before: Aligned | None) -> _Page:
    page = document[number]
    try:
        found = words(page, number)
        ruled = grids(page, found)
        free = _without(found, ruled)
        both: list[Grid | Aligned] = [*ruled, *tables(free, before.columns if before else ())]
        both.sort(key=lambda table: -table.top)
        return _Page(free, both, page.get_height())
    finally:
        page.close()


def _shape(level: Level) -> str:
    return DIGITS.sub("#", " ".join(chunk.text for chunk in level.chunks))


def _without(found: Sequence[Word], tables: Sequence[Grid | Aligned]) -> list[Word]:
    taken = {id(word) for table in tables for word in table.words()}
    return [word for word in found if id(word) not in taken]


def _body(pages: Sequence[_Page], aside: list[Line], builder: Builder) -> None:
    """Paragraphs and tables from top to bottom; a paragraph may go on over the end of a page."""
    skipped = {id(line) for line in aside}
    layout = Layout([line for page in pages for line in page.lines if id(line) not in skipped])
    run: list[Line] = []
    for page in pages:
        waiting = list(page.tables)
        for line in (line for line in page.lines if id(line) not in skipped):
            while waiting and waiting[0].top > line.top:
                run = _flush(run, layout, builder)
                builder.table(waiting.pop(0).cells())
            run.append(line)
        for table in waiting:
            run = _flush(run, layout, builder)
            builder.table(table.cells())
    _flush(run, layout, builder)


def _flush(run: list[Line], layout: Layout, builder: Builder) -> list[Line]:
    for paragraph in paragraphs(run, layout):
        builder.block([piece for line in paragraph for piece in (*line.pieces(), Piece(_gap(line)))])
    most_characters(builder.at)
    return []


def _gap(line: Line) -> str:
    """What stands between a line and the next: nothing where a word was broken behind a stroke or a hyphen."""
    return "" if len(line.words[-1].text) > 1 and line.words[-1].text.endswith(("/", "-")) else " "
