"""PDF: the text layer in reading order, ruled tables as tables, running heads set aside. Scripts are never run."""

from __future__ import annotations

import pypdfium2 as pdfium

from auditor.ingest.builder import Builder, Piece, Unreadable
from auditor.ingest.limits import ENCRYPTED, MOST_PAGES, most_characters
from auditor.ingest.pdfgrids import Grid, grids
from auditor.ingest.pdflines import Line, furniture, lines, paragraphs
from auditor.ingest.pdfwords import words

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
    pages = [_page(document, number) for number in range(count)]
    if not any(inside or found for inside, found, _ in pages):
        raise Unreadable(NO_TEXT)
    aside = furniture([(inside, height) for inside, _, height in pages])
    _body(pages, aside, builder)
    for line in aside:
        builder.block(line.pieces(), "furniture")


def _page(document: pdfium.PdfDocument, number: int) -> tuple[list[Line], list[Grid], float]:
    page = document[number]
    try:
        found = words(page, number)
        ruled = grids(page, found)
        taken = {id(word) for grid in ruled for word in grid.words()}
        return lines([word for word in found if id(word) not in taken]), ruled, page.get_height()
    finally:
        page.close()


def _body(pages: list[tuple[list[Line], list[Grid], float]], aside: list[Line], builder: Builder) -> None:
    """Paragraphs and tables from top to bottom; a paragraph may go on over the end of a page."""
    skipped = {id(line) for line in aside}
    run: list[Line] = []
    for inside, ruled, _ in pages:
        waiting = list(ruled)
        for line in (line for line in inside if id(line) not in skipped):
            while waiting and waiting[0].top > line.top:
                run = _flush(run, builder)
                _put(waiting.pop(0), builder)
            run.append(line)
        for grid in waiting:
            run = _flush(run, builder)
            _put(grid, builder)
    _flush(run, builder)


def _flush(run: list[Line], builder: Builder) -> list[Line]:
    for paragraph in paragraphs(run):
        builder.block([piece for line in paragraph for piece in (*line.pieces(), Piece(_gap(line)))])
    most_characters(builder.at)
    return []


def _gap(line: Line) -> str:
    """What stands between a line and the next: nothing where a word was broken behind a stroke or a hyphen."""
    return "" if len(line.words[-1].text) > 1 and line.words[-1].text.endswith(("/", "-")) else " "


def _put(grid: Grid, builder: Builder) -> None:
    builder.table(grid.cells())
