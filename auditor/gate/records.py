"""Tables in JSON: a list of objects, or one object a line. Numbers keep the digits they are written with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.table import Table, Unreadable, held

LINES = (".ndjson", ".jsonl")
FIRST = 1  # objects are counted from one: there is no header


class _Twice(ValueError):
    """A key that stands in one object twice."""


def read(path: Path, name: str, contract: Contract | None) -> Table:
    """The table in a JSON file. Raises Unreadable."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(name, f"not UTF-8: byte 0x{data[problem.start]:02x} at byte offset {problem.start}") from None
    mark = contract.reader.decimal if contract else "."
    records = list(_lines(text, name) if path.suffix.lower() in LINES else _list(text, name))
    frame = table(records, mark)
    return held(name, frame, FIRST, "application/json", sha256=hashlib.sha256(data).hexdigest())


def table(records: Iterable[dict[str, object]], mark: str) -> pl.DataFrame:
    """Records as text columns; a key that a record lacks is an absent value."""
    rows = list(records)
    names = dict.fromkeys(key for row in rows for key in row)
    return pl.DataFrame({key: pl.Series([_cell(row.get(key), mark) for row in rows], dtype=pl.String) for key in names})


class _Number(str):
    """The digits of a number as they are written."""


def _cell(value: object, mark: str) -> str | None:
    match value:
        case None | str() if not isinstance(value, _Number):
            return value
        case _Number():
            plain = format(Decimal(value), "f") if "e" in value.lower() else str(value)
            return plain.replace(".", mark)
        case bool():
            return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def _list(text: str, name: str) -> Iterator[dict[str, object]]:
    found = _parsed(text, name, 1)
    if not isinstance(found, list):
        raise Unreadable(name, "a list of objects is expected", 1, 1)
    for number, record in enumerate(found, 1):
        yield _object(record, name, number)


def _lines(text: str, name: str) -> Iterator[dict[str, object]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _object(_parsed(line, name, number), name, number)


def _parsed(text: str, name: str, line: int) -> object:
    try:
        return json.loads(text, parse_float=_Number, parse_int=_Number, object_pairs_hook=_unique)
    except json.JSONDecodeError as problem:
        raise Unreadable(name, f"not JSON: {problem.msg}", line + problem.lineno - 1, problem.colno) from None
    except _Twice as problem:
        raise Unreadable(name, f"key {str(problem)!r} stands in one object twice", line) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _object(record: object, name: str, number: int) -> dict[str, object]:
    if not isinstance(record, dict):
        raise Unreadable(name, "an object is expected", number, 1)
    return record
