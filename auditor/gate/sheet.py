"""The text that findings on a table point into: the file itself where it is text, else the rows that matter, written
out with their numbers. Positions are code-point offsets, as everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.gate.table import Table

Row = Mapping[str, str]
Spans = dict[tuple[int, str], tuple[int, int]]


def sheet(table: Table, rows: Mapping[int, Row]) -> tuple[str, Spans]:
    """The text, and where each cell of the given rows stands in it."""
    if table.text is not None:
        return table.text, _own(table.text, table.delimiter, list(table.schema), rows)
    return _written(table, rows)


def _written(table: Table, rows: Mapping[int, Row]) -> tuple[str, Spans]:
    names = list(table.schema)
    lines = ["\t".join(["#", *map(_flat, names)])]
    at, spans = len(lines[0]) + 1, {}
    for number in sorted(rows):
        cells = [str(number), *(_flat(rows[number].get(name, "")) for name in names)]
        place = at + len(cells[0]) + 1
        for name, cell in zip(names, cells[1:], strict=True):
            spans[number, name] = (place, place + len(cell))
            place += len(cell) + 1
        lines.append("\t".join(cells))
        at += len(lines[-1]) + 1
    return "\n".join(lines) + "\n", spans


def _flat(text: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", text)


def _own(text: str, delimiter: str, names: Sequence[str], wanted: Iterable[int]) -> Spans:
    chosen, spans = set(wanted), {}
    for number, cells in enumerate(_records(text, delimiter), 1):
        if number in chosen:
            spans.update({(number, name): cell for name, cell in zip(names, cells, strict=False)})
    return spans


def _records(text: str, delimiter: str) -> Iterator[list[tuple[int, int]]]:
    """The spans of the fields of each record, without their quotes."""
    field = re.compile(rf'"((?:[^"]|"")*)"|([^{re.escape(delimiter)}\r\n]*)')
    at, cells = 0, []
    while at < len(text):
        found = field.match(text, at)
        assert found is not None  # the second way matches nothing at all
        cells.append(found.span(1 if found[1] is not None else 2))
        at = found.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        at += 2 if text[at : at + 2] == "\r\n" else 1
        yield cells
        cells = []
    if cells:
        yield cells
