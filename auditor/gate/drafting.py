"""A first contract for a table, for a person to edit: its columns as they are, and the identities that seem to hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import polars as pl

from auditor.gate.cells import cells, pattern, read
from auditor.gate.contract import Column, Contract, Reader
from auditor.gate.identities import Identity, identities
from auditor.gate.plain import DATE
from auditor.gate.sources import Source, open_table
from auditor.gate.table import Table
from auditor.gate.units import unit
from auditor.gate.wide import ROW
from auditor.model.exact import Fraction

SHOWN = 3  # exceptions named beside an identity
NAMES, REPEATS = 12, 3  # a text column with so few values, each so often, is a list
LARGEST_KEY = 4
DIGITS = 6  # decimals looked for in floats
MARKS: tuple[Literal["."], Literal[","]] = (".", ",")
_ZERO = Fraction(0)
_UNIT = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")


def suggest(source: Source) -> str:
    """The text of a contract for a table. Raises Unreadable."""
    table = open_table(source)
    frame = table.rows().collect()
    contract = draft(frame, table)
    found = identities(frame, contract)
    contract = replace(contract, columns={**contract.columns, **_percentages(contract, found)})
    return "\n".join(_lines(source.name, contract, found, _spread(frame, contract))) + "\n"


def _percentages(contract: Contract, found: Sequence[Identity]) -> dict[str, Column]:
    """The columns that turn out to be percentages, with that unit."""
    roles = [selectors for one in found for role, selectors in one.binding.roles if role in ("share", "percent")]
    names = {selector.column for selectors in roles for selector in selectors}
    chosen = (column for name, column in contract.columns.items() if name in names and not column.unit)
    return {column.name: replace(column, type="number", unit="%") for column in chosen}


def draft(frame: pl.DataFrame, table: Table) -> Contract:
    """The columns of a table as they are found."""
    values = frame.drop(ROW)
    mark = _mark(values)
    reader = Reader(decimal=mark, delimiter=table.delimiter if table.delimiter != "," else None)
    columns = {series.name: _column(series, reader) for series in values}
    return Contract("draft", columns, key=_key(values, columns), reader=reader, source=table.path)


def _mark(frame: pl.DataFrame) -> Literal[".", ","]:
    """The decimal mark under which more columns are numbers."""
    texts = [series for series in frame if series.dtype == pl.String]
    points, commas = (sum(_numeric(one, Reader(decimal=mark)) for one in texts) for mark in MARKS)
    return "," if commas > points else "."


def _numeric(series: pl.Series, reader: Reader) -> bool:
    cells_there = series.str.strip_chars().replace("", None).drop_nulls()
    column = Column(series.name, "number", unit=_unit(series.name) or "%")
    fitting = cells_there.str.contains(pattern(column, reader)).sum()
    return cells_there.len() > 0 and fitting >= 0.9 * cells_there.len()


def _unit(name: str) -> str | None:
    found = _UNIT.search(name)
    return found[1].strip() if found else None


def _column(series: pl.Series, reader: Reader) -> Column:
    text = series.dtype == pl.String
    there = series.str.strip_chars().replace("", None).drop_nulls() if text else series.drop_nulls()
    required = there.len() == series.len()
    if text and there.len() and there.str.contains(DATE).all():
        return Column(series.name, "date", required=required)
    if series.dtype.is_numeric() or (text and _numeric(series, reader)):
        return _number(series, reader, required)
    names = there.unique(maintain_order=True) if text else pl.Series([], dtype=pl.String)
    listed = 0 < names.len() <= NAMES and there.len() >= REPEATS * names.len()
    return Column(series.name, "text", required=required, allowed=tuple(names) if listed else ())


def _number(series: pl.Series, reader: Reader, required: bool) -> Column:
    named = _unit(series.name)
    percent = series.dtype == pl.String and bool(series.drop_nulls().str.contains("%", literal=True).any())
    column = Column(series.name, "number", unit=named or ("%" if percent else None), required=required)
    column = replace(column, decimals=_decimals(series) if series.dtype.is_float() else None)
    sketch = Contract("draft", {column.name: column}, reader=reader)
    found = cells(column, series.dtype)
    assert found is not None
    decimals = pl.lit(found.decimals) if isinstance(found.decimals, int) else found.decimals
    frame = read(series.to_frame(), sketch)
    facts = frame.select(least=found.unscaled.min(), decimals=decimals.max()).row(0, named=True)
    if not facts["decimals"] and unit(column.unit).dimension == "count":
        column = replace(column, type="count", decimals=None)
    return replace(column, minimum=None if facts["least"] is None or facts["least"] < 0 else _ZERO)


def _decimals(series: pl.Series) -> int:
    """The fewest decimals to which every float is rounded."""
    there = series.drop_nulls().drop_nans()
    for places in range(DIGITS):
        shifted = there * 10.0**places
        if ((shifted - shifted.round()).abs() <= 1e-3).all():
            return places
    return DIGITS


def _key(frame: pl.DataFrame, columns: dict[str, Column]) -> tuple[str, ...]:
    """The fewest columns of text or dates, from the left, in which no two rows agree."""
    names = [name for name, column in columns.items() if not column.numeric and column.required]
    for size in range(1, min(len(names), LARGEST_KEY) + 1):
        for chosen in combinations(names, size):
            if frame.select(chosen).n_unique() == frame.height:
                return chosen
    return ()


@dataclass(frozen=True, slots=True)
class Spread:
    """A long table seen as a wide one: the column whose values became columns, what rows agree in, and what holds."""

    by: str
    within: tuple[str, ...]
    value: str
    unit: str | None
    found: list[Identity]


def _spread(frame: pl.DataFrame, contract: Contract) -> Spread | None:
    """The identities of a long table: one column of numbers, and one of names that repeat."""
    numbers = [name for name, column in contract.columns.items() if column.numeric]
    if len(numbers) != 1:
        return None
    value = numbers[0]
    tried = (_pivoted(frame, contract, name, value) for name, column in contract.columns.items() if column.allowed)
    return max((one for one in tried if one.found), key=lambda one: len(one.found), default=None)


def _pivoted(frame: pl.DataFrame, contract: Contract, by: str, value: str) -> Spread:
    fixed = _fixed(frame, by, contract)
    within = tuple(name for name in contract.key if name != by and name not in fixed)
    names = contract.columns[by].allowed
    if not within or frame.select(by, *within).n_unique() < frame.height:
        return Spread(by, within, value, None, [])
    wide = frame.pivot(by, index=list(within), values=value, aggregate_function="first").with_row_index(ROW, offset=1)
    unit_column = next((name for name in fixed if _is_unit(frame[name])), None)
    units = dict(frame.select(by, unit_column).unique().iter_rows()) if unit_column else {}
    columns = {name: replace(contract.columns[value], name=name, type="number", unit=units.get(name)) for name in names}
    found = identities(wide.select(ROW, *names), replace(contract, columns=columns, key=()))
    return Spread(by, within, value, unit_column, found)


def _fixed(frame: pl.DataFrame, by: str, contract: Contract) -> list[str]:
    """The columns that have one value for each name."""
    texts = [name for name, column in contract.columns.items() if not column.numeric and name != by]
    return [name for name in texts if frame.select(by, name).n_unique() == frame[by].n_unique()]


def _is_unit(series: pl.Series) -> bool:
    return any(unit(name).dimension != "count" for name in series.drop_nulls().unique())


def _lines(path: str, contract: Contract, found: Sequence[Identity], spread: Spread | None) -> Iterator[str]:
    yield f"# Drafted from {path}: a person must say whether it is meant so."
    yield "# Columns are as this table has them; relations are those that held in at least nine rows out of ten."
    yield f"read: {{decimal: {_quoted(contract.reader.decimal)}{_delimiter(contract)}}}"
    if contract.key:
        yield f"key: {_list(contract.key)}"
    if spread and spread.unit:
        yield f"unit: {_quoted(spread.unit)}"
    yield "columns:"
    for column in contract.columns.values():
        yield f"  {_quoted(column.name)}: {{{', '.join(_column_words(column))}}}"
    if found or spread:
        yield "relations:"
    for identity in found:
        yield from _identity(identity, None)
    for identity in spread.found if spread else ():
        yield from _identity(identity, spread)


def _delimiter(contract: Contract) -> str:
    return f", delimiter: {_quoted(contract.reader.delimiter)}" if contract.reader.delimiter else ""


def _column_words(column: Column) -> Iterator[str]:
    yield f"type: {column.type}"
    if column.unit:
        yield f"unit: {_quoted(column.unit)}"
    if column.decimals is not None:
        yield f"decimals: {column.decimals}"
    if column.required:
        yield "required: yes"
    if column.minimum is not None:
        yield f"min: {column.minimum}"
    if column.allowed:
        yield f"allowed: {_list(column.allowed)}"


def _identity(identity: Identity, spread: Spread | None) -> Iterator[str]:
    if identity.exceptions:
        rows = ", ".join(map(str, identity.exceptions[:SHOWN]))
        what = "groups" if spread else "rows"
        more = " …" if len(identity.exceptions) > SHOWN else ""
        held = identity.judged - len(identity.exceptions)
        yield f"  # Holds in {held} of {identity.judged} {what}; not in number {rows}{more}."
    roles = [f"relation: {identity.binding.relation}"]
    if spread:
        roles.append(f"within: {_list(spread.within)}")
    for role, selectors in identity.binding.roles:
        names = [selector.column for selector in selectors]
        many = identity.binding.relation in ("total-of-parts", "shares-sum-to-100") and role in ("part", "share")
        chosen = _list(names) if many else _quoted(names[0])
        roles.append(
            f"{role}: {{{_quoted(spread.by)}: {chosen}, value: {_quoted(spread.value)}}}"
            if spread
            else f"{role}: {chosen}"
        )
    yield f"  - {{{', '.join(roles)}}}"


def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(text: str) -> str:
    """A text as YAML takes it for one, plain where that is safe."""
    return (
        text
        if re.fullmatch(r"[a-z][a-z_]*", text)
        and text not in ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
        else json.dumps(text, ensure_ascii=False)
    )
