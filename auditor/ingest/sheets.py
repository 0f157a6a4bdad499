"""Workbooks (.xlsx, .xlsm, .xls, .ods): every sheet a table, with numbers written as the sheet shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from auditor.ingest.builder import Builder, CellDraft, Piece, Unreadable
from auditor.ingest.formats import General, Styles, styles
from auditor.ingest.limits import ENCRYPTED, archive, most_cells
from auditor.model.layout import column_name

OLD = b"\xd0\xcf\x11\xe0"
Grid = Sequence[Sequence[Any]]


def read(data: bytes, builder: Builder) -> None:
    packed = None if data.startswith(OLD) else archive(data)
    looks = styles(packed) if packed is not None and "xl/workbook.xml" in packed.namelist() else {}
    try:
        _sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)), builder, looks)
    except PasswordError:
        raise Unreadable(ENCRYPTED) from None
    except (CalamineError, OSError, ValueError, OverflowError) as problem:
        raise Unreadable(f"not a readable workbook: {problem}") from None


def _sheets(book: CalamineWorkbook, builder: Builder, looks: dict[str, Styles]) -> None:
    total = 0
    for about in book.sheets_metadata:
        if "sheet" not in str(about.typ).lower() or "work" not in str(about.typ).lower():
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows = sheet.to_python(skip_empty_area=False)
        total += sum(map(len, rows))
        most_cells(total)
        merged = getattr(sheet, "merged_cell_ranges", None) or []
        look = looks.get(about.name, General())
        if about.visible == SheetVisibleEnum.Visible:
            _sheet(builder, about.name, rows, merged, look)
        else:
            _hidden(builder, about.name, rows, look)


def _hidden(builder: Builder, name: str, rows: Grid, look: Styles) -> None:
    """A hidden sheet is set aside as furniture."""
    for row, line in enumerate(rows):
        shown = " ".join(look.shown(value, row, column) for column, value in enumerate(line))
        builder.block([Piece(shown, name)], "furniture")


def _sheet(builder: Builder, name: str, rows: Grid, merged: Any, look: Styles) -> None:
    spans = {tuple(first): (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in merged}
    for top, bottom in _regions(rows):
        cells = list(_cells(rows, top, bottom, spans, look))
        if len(cells) == 1:
            place = f"{name}!{column_name(cells[0].column)}{top + 1}"
            builder.block([Piece(cells[0].pieces[0].text, place, (top, cells[0].column))])
        else:
            builder.table(cells, name, top)


def _regions(rows: Grid) -> Iterator[tuple[int, int]]:
    """Stretches of rows between empty ones; a row with one text alone stands by itself (a title, a unit line)."""
    start = None
    for number, row in enumerate([*rows, ()]):
        filled = sum(value not in ("", None) for value in row)
        alone = filled == 1 and not any(isinstance(value, int | float) for value in row)
        title = alone and (start is None or all(_alone(rows[at]) for at in range(start, number)))
        if start is not None and (not filled or title):
            yield start, number
            start = None
        if filled and start is None:
            start = number
            if title:
                yield number, number + 1
                start = None


def _alone(row: Sequence[Any]) -> bool:
    return sum(value not in ("", None) for value in row) == 1


def _cells(rows: Grid, top: int, bottom: int, spans: dict[Any, tuple[int, int]], look: Styles) -> Iterator[CellDraft]:
    for row in range(top, bottom):
        for column, value in enumerate(rows[row]):
            if value in ("", None) and (row, column) not in spans:
                continue
            text = look.shown(value, row, column)
            down, right = spans.get((row, column), (1, 1))
            bold, indent = look.bold(row, column), len(text) - len(text.lstrip())
            yield CellDraft([Piece(text)], row - top, column, down, right, bold, indent or look.indent(row, column))
