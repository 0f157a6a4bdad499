"""Tables in text files: CSV, and Markdown's rows between pipes. Cells are spans of the file's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.ingest.limits import most_cells
from auditor.model.layout import Cell, Table

SEPARATORS = (";", "\t", "|", ",")
SAMPLE = 20
ROW = re.compile(r"[^\n]*\|[^\n]*")
RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
Span = tuple[int, int]


def csv_tables(text: str) -> tuple[Table, ...]:
    """The one table of a CSV file, separated by what cuts its first lines most evenly. Quotes keep a cell together."""
    rows = list(_csv_rows(text, _separator(text)))
    return (_table(rows, 0, len(text)),) if rows else ()


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    # A comma may be a decimal comma, so it comes last; an even count in all lines counts most.
    counts = {mark: [line.count(mark) for line in lines] for mark in SEPARATORS}
    even = [mark for mark in SEPARATORS if counts[mark] and min(counts[mark]) > 0]
    return even[0] if even else max(SEPARATORS, key=lambda mark: sum(counts[mark]))


def _csv_rows(text: str, mark: str) -> Iterator[list[Span]]:
    field = re.compile(rf'[ \t]*"(?P<quoted>(?:[^"]|"")*)"[^{re.escape(mark)}\n]*|(?P<bare>[^{re.escape(mark)}\r\n]*)')
    at, row = 0, []
    while at < len(text):
        found = field.match(text, at)
        assert found is not None  # the second branch takes the empty text
        row.append(_trimmed(text, *found.span("quoted" if found["quoted"] is not None else "bare")))
        at = found.end()
        if text.startswith(mark, at):
            at += 1
            if at == len(text):
                row.append((at, at))
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield row
        row = []
    if row:
        yield row


def pipe_tables(text: str) -> tuple[Table, ...]:
    """Runs of lines with pipes whose second line is the rule under the head."""
    tables: list[Table] = []
    run: list[Span] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        if "|" in line[0] and line[0].strip():
            run.append(line.span())
            continue
        tables += _pipe_table(text, run)
        run = []
    return (*tables, *_pipe_table(text, run))


def _pipe_table(text: str, run: Sequence[Span]) -> Iterator[Table]:
    if len(run) > 2 and RULE.fullmatch(text[slice(*run[1])].strip()):
        rows = [list(_pipe_cells(text, *line)) for number, line in enumerate(run) if number != 1]
        yield _table(rows, run[0][0], run[-1][1])


def _pipe_cells(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = _trimmed(text, start, end)
    start += text.startswith("|", start, end)
    end -= text.endswith("|", start, end)
    for cell in re.finditer(r"(?:[^|\\]|\\.)*(?:\||$)", text[start:end]):
        stop = cell.end() - cell[0].endswith("|")
        if cell[0]:
            yield _trimmed(text, start + cell.start(), start + stop)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    if not piece.strip():
        return start, start
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _table(rows: Sequence[Sequence[Span]], start: int, end: int) -> Table:
    most_cells(sum(map(len, rows)))
    cells = (Cell(*span, row, column) for row, spans in enumerate(rows) for column, span in enumerate(spans))
    return Table(start, end, tuple(cells))
