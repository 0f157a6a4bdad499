"""PDF: the text layer in reading order, tables as tables, running heads set aside. Scripts are never run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from auditor.ingest.builder import Builder, Piece, Unreadable
from auditor.ingest.limits import ENCRYPTED, MOST_PAGES, most_characters
from auditor.ingest.pdfaligned import Aligned, tables
from auditor.ingest.pdfgrids import Grid, grids
from auditor.ingest.pdflines import Line, furniture, lines, paragraphs
from auditor.ingest.pdfwords import Word, words

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
        pages.append(_page(document, number, pages[-1].tables if pages else []))
    if not any(page.lines or page.tables for page in pages):
        raise Unreadable(NO_TEXT)
    aside = furniture([(page.lines, page.height) for page in pages])
    _body(pages, aside, builder)
    for line in aside:
        builder.block(line.pieces(), "furniture")


@dataclass(slots=True)
class _Page:
    """The lines and the tables of a page, both from top to bottom."""

    lines: list[Line]
    tables: list[Grid | Aligned]
    height: float


def _page(document: pdfium.PdfDocument, number: int, before: Sequence[Grid | Aligned]) -> _Page:
    page = document[number]
    try:
        found = words(page, number)
        ruled = grids(page, found)
        free = _without(found, ruled)
        aligned = tables(free, before[-1].columns if before and isinstance(before[-1], Aligned) else ())
        both: list[Grid | Aligned] = [*ruled, *aligned]
        both.sort(key=lambda table: -table.top)
        return _Page(lines(_without(free, aligned)), both, page.get_height())
    finally:
        page.close()


def _without(found: Sequence[Word], tables: Sequence[Grid | Aligned]) -> list[Word]:
    taken = {id(word) for table in tables for word in table.words()}
    return [word for word in found if id(word) not in taken]


def _body(pages: Sequence[_Page], aside: list[Line], builder: Builder) -> None:
    """Paragraphs and tables from top to bottom; a paragraph may go on over the end of a page."""
    skipped = {id(line) for line in aside}
    run: list[Line] = []
    for page in pages:
        waiting = list(page.tables)
        for line in (line for line in page.lines if id(line) not in skipped):
            while waiting and waiting[0].top > line.top:
                run = _flush(run, builder)
                builder.table(waiting.pop(0).cells())
            run.append(line)
        for table in waiting:
            run = _flush(run, builder)
            builder.table(table.cells())
    _flush(run, builder)


def _flush(run: list[Line], builder: Builder) -> list[Line]:
    for paragraph in paragraphs(run):
        builder.block([piece for line in paragraph for piece in (*line.pieces(), Piece(_gap(line)))])
    most_characters(builder.at)
    return []


def _gap(line: Line) -> str:
    """What stands between a line and the next: nothing where a word was broken behind a stroke or a hyphen."""
    return "" if len(line.words[-1].text) > 1 and line.words[-1].text.endswith(("/", "-")) else " "
