"""Contract files: YAML read with its places, so that every fault is named with its line and column.

Nothing is converted by YAML: a value is taken as it is written, and `yes` or `no` are read here and only here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import cast

import yaml

from auditor.gate.bindings import hierarchies, relations
from auditor.gate.contract import TYPES, Column, ColumnType, Contract, Limit, Reader, Tolerance
from auditor.gate.entries import decimal, flag, mapping, names, scalar, whole
from auditor.model.exact import Fraction, rational
from auditor.model.rule import SEVERITIES, Severity
from auditor.rules.source import Entry, read

KEYS = ("title", "read", "key", "columns", "extra", "unit", "hierarchies", "relations", "tolerate")
READ = ("delimiter", "encoding", "sheet", "decimal", "groups", "missing")
COLUMN = ("type", "unit", "decimals", "step", "required", "allowed", "min", "max", "pattern", "severity", "tolerate")
NUMERIC = ("unit", "decimals", "step", "min", "max")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load(path: Path | str) -> Contract:
    """The contract in a file; its name is that of the file. Raises ConfigError with the place of the first fault."""
    file = Path(path)
    top = read(file)
    if not _NAME.fullmatch(file.stem):
        raise top.fault("the file name is the contract's name: small letters, digits and hyphens")
    return build(file.stem, top)


def build(name: str, top: Entry) -> Contract:
    """The contract of a mapping. Raises ConfigError."""
    fields = top.fields(KEYS, ("columns",))
    tolerance = _tolerance(fields.get("tolerate"), Tolerance())
    columns = {name: _column(name, entry, tolerance) for name, entry in mapping(fields["columns"]).items()}
    _steps(mapping(fields["columns"]), columns)
    trees = hierarchies(fields.get("hierarchies"), columns)
    unit = _known(fields["unit"], columns) if "unit" in fields else None
    return Contract(
        name=name,
        columns=columns,
        title={language: text.text() for language, text in mapping(fields["title"]).items()}
        if "title" in fields
        else {},
        key=tuple(_known(item, columns) for item in fields["key"].items()) if "key" in fields else (),
        key_tolerance=tolerance,
        relations=relations(fields.get("relations"), columns, trees, lambda entry: _tolerance(entry, tolerance)),
        hierarchies=tuple(trees.values()),
        reader=_reader(fields["read"]) if "read" in fields else Reader(),
        unit=unit,
        extra=flag(fields["extra"]) if "extra" in fields else True,
        source=top.path,
    )


def _reader(entry: Entry) -> Reader:
    fields = entry.fields(READ)
    mark = _text(fields, "decimal") or "."
    if mark not in (".", ","):
        raise fields["decimal"].fault("the decimal mark is '.' or ','")
    return Reader(
        delimiter=_one_character(fields.get("delimiter")),
        encoding=_text(fields, "encoding"),
        sheet=_text(fields, "sheet"),
        decimal="," if mark == "," else ".",
        groups=_text(fields, "groups"),
        missing=tuple(names(fields["missing"])) if "missing" in fields else (),
    )


def _one_character(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    text = str(cast(yaml.ScalarNode, entry.node).value)
    if len(text) != 1 or len(text.encode()) != 1:
        raise entry.fault('a delimiter is one ASCII character (a tab is written "\\t")')
    return text


def _column(name: str, entry: Entry, tolerance: Tolerance) -> Column:
    fields = entry.fields(COLUMN)
    kind = cast(ColumnType, fields["type"].choice(TYPES, "type") if "type" in fields else "text")
    column = Column(
        name=name,
        type=kind,
        unit=_text(fields, "unit"),
        decimals=_decimals(fields.get("decimals")),
        step=_text(fields, "step"),
        required=flag(fields["required"]) if "required" in fields else False,
        allowed=tuple(names(fields["allowed"])) if "allowed" in fields else (),
        minimum=_bound(fields.get("min")),
        maximum=_bound(fields.get("max")),
        pattern=_pattern(fields.get("pattern")),
        severity=cast(Severity, fields["severity"].choice(SEVERITIES, "severity") if "severity" in fields else "error"),
        tolerance=_tolerance(fields.get("tolerate"), tolerance),
    )
    _fits(column, fields)
    return column


def _fits(column: Column, fields: dict[str, Entry]) -> None:
    for key in NUMERIC:
        if key in fields and not column.numeric:
            raise fields[key].fault(f"a column of type {column.type!r} has no {key!r}")
    for key in ("allowed", "pattern"):
        if key in fields and column.type != "text":
            raise fields[key].fault(f"{key!r} is for columns of type 'text'")
    for key in ("decimals", "step"):
        if column.exact and key in fields:
            raise fields[key].fault(f"a count is exact: it has no {key!r}")
    if "decimals" in fields and "step" in fields:
        raise fields["step"].fault("the precision is given twice: as 'decimals' and as 'step'")
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        raise fields["max"].fault("'max' is smaller than 'min'")


def _steps(entries: dict[str, Entry], columns: dict[str, Column]) -> None:
    """A column of steps is a column of numbers."""
    for name, column in columns.items():
        if column.step and (column.step not in columns or not columns[column.step].numeric):
            raise mapping(entries[name])["step"].fault(f"{column.step!r} is no column of numbers in this contract")


def _decimals(entry: Entry | None) -> int | None:
    return None if entry is None or scalar(entry) == "printed" else whole(entry, -12, 12)


def _bound(entry: Entry | None) -> Fraction | None:
    return None if entry is None else decimal(entry)


def _pattern(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    try:
        re.compile(entry.text())
    except re.error as error:
        raise entry.fault(f"no regular expression: {error}") from None
    return entry.text()


def _tolerance(entry: Entry | None, default: Tolerance) -> Tolerance:
    if entry is None:
        return default
    fields = entry.fields(("warn", "error"))
    error = _limit(fields["error"]) if "error" in fields else Limit()
    return Tolerance(_limit(fields["warn"]) if "warn" in fields else Limit(), error)


def _limit(entry: Entry) -> Limit:
    text = scalar(entry)
    if not text.endswith("%"):
        return Limit(whole(entry, 0, 10**12))
    try:
        fraction = rational(text[:-1].strip()) / 100
    except ValueError:
        raise entry.fault(f"{text!r} is no share: write a whole number or a percentage such as 0.5%") from None
    if not 0 <= fraction <= 1:
        raise entry.fault("a share lies between 0% and 100%")
    return Limit(0, fraction)


def _known(entry: Entry, columns: Collection[str]) -> str:
    return entry.choice(columns, "column")


def _text(fields: dict[str, Entry], key: str) -> str | None:
    return scalar(fields[key]) if key in fields else None
