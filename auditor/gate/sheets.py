"""Tables in Excel workbooks. A number there has no printed digits: the contract says how many it was rounded to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.table import Table, Unreadable, held, named

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(path: Path, name: str, contract: Contract | None) -> Table:
    """The first sheet of a workbook, or the one that the contract names. Raises Unreadable."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise Unreadable(name, "reading Excel needs the extra 'gate' (pip install 'auditor[gate]')") from None
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            wanted = (contract.reader.sheet if contract else None) or book.sheet_names[0]
            if wanted not in book.sheet_names:
                raise Unreadable(name, f"no sheet {wanted!r}; there are: {', '.join(book.sheet_names)}")
            sheet = book.get_sheet_by_name(wanted)
            rows, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except (CalamineError, OSError) as problem:
        raise Unreadable(name, f"no Excel workbook: {problem}") from None
    _unmerged(name, merged)
    return _table(path, name, rows, contract)


def _unmerged(name: str, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    for (top, left), (bottom, right) in merged:
        cells = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        part = "header" if top == 0 else "cells"
        raise Unreadable(name, f"merged {part} {cells}: only its first cell has a value; unmerge it", top + 1, left + 1)


def _table(path: Path, name: str, rows: list[list[Any]], contract: Contract | None) -> Table:
    while rows and not any(cell not in ("", None) for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable(name, "the sheet is empty", 1, 1)
    header = [_text(cell, ".") for cell in rows[0]]
    named(name, header)
    mark = contract.reader.decimal if contract else "."
    columns = [_column([row[at] for row in rows[1:]], mark) for at in range(len(header))]
    frame = pl.DataFrame(dict(zip(header, columns, strict=True)))
    return held(name, frame, 2, MEDIA, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _column(cells: list[object], mark: str) -> pl.Series:
    """Numbers where all cells are, else text."""
    values = [None if cell in ("", None) else cell for cell in cells]
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, int | float) and not isinstance(value, bool) for value in present):
        if all(float(value).is_integer() and abs(value) < 2**53 for value in present):  # type: ignore[arg-type]
            return pl.Series([None if value is None else int(value) for value in values], dtype=pl.Int64)  # type: ignore[call-overload]
        return pl.Series(values, dtype=pl.Float64)
    return pl.Series([None if value is None else _text(value, mark) for value in values], dtype=pl.String)


def _text(cell: object, mark: str) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return (str(int(cell)) if cell.is_integer() else repr(cell)).replace(".", mark)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _letters(column: int) -> str:
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name, column = chr(ord("A") + rest) + name, column - 1
    return name
