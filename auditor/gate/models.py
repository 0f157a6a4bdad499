"""A contract as a pandera model, for pipelines that speak pandera: of cells types, nulls, ranges, sets, patterns and
keys, and the relations between them.

    Sectors = model(load("expectations/contracts/sectors-wide.yaml"))
    Sectors.validate(frame, lazy=True)

What it asks of cells is made of pandera's own checks where there are such, and shares no expression with those that
decide at the gate; that both find the same is what `opinion` asserts. Relations are checks of the whole frame, one
each, and answered by the gate's own exact intervals, which pandera does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

import pandera.polars as pa
import polars as pl

from auditor.gate.cells import BLANKS, LARGEST, allowed_decimals, pattern, present
from auditor.gate.contract import Binding, Column, Contract, Reader
from auditor.gate.contradicted import alone, contradicted
from auditor.gate.plain import DATE
from auditor.gate.wide import ROW
from auditor.model.exact import Fraction
from auditor.model.rule import Rule

FOUND = {"check": pl.String, "column": pl.String, "row": pl.Int64, "value": pl.String}
# What pandera calls its own checks, and what they are called here.
OWN = {"isin": "column-allowed", "greater_than_or_equal_to": "column-range", "less_than_or_equal_to": "column-range",
       "not_nullable": "column-required", "multiple_fields_uniqueness": "key-unique",
       "field_uniqueness": "key-unique", "dtype": "column-type"}  # fmt: skip


def model(
    contract: Contract, schema: pl.Schema | None = None, rules: Sequence[Rule] | None = None
) -> type[pa.DataFrameModel]:
    """The model of frames of a contract. ``schema`` says how the numbers are stored: printed digits in text, or
    numbers; without it as the contract suggests. ``rules`` judge the relations: those that are shipped, if none are
    given. Absent values must be null (see `present`). A relation that can be judged on no row fails, unless the
    contract says that it is optional."""
    stored = {**_stored(contract), **(schema or {})}
    space: dict[str, Any] = {"__annotations__": {}, "__module__": __name__, "__doc__": contract.title.get("en")}
    for number, column in enumerate(contract.columns.values()):
        name = f"column_{number}"
        space["__annotations__"][name] = _annotation(column, stored[column.name])
        space[name] = _field(column, stored[column.name])
        for check, method in _methods(column, stored[column.name], contract.reader):
            space[f"{check}_{number}".replace("-", "_")] = method
    for number, binding in enumerate(contract.relations):
        space[f"relation_{number}"] = _relation(binding, contract, rules)
    space["Config"] = type("Config", (), {"unique": list(contract.key) or None, "strict": not contract.extra})
    title = "".join(part.capitalize() for part in contract.name.split("-"))
    return cast("type[pa.DataFrameModel]", type(title, (pa.DataFrameModel,), space))


def opinion(frame: pl.DataFrame, contract: Contract, rules: Sequence[Rule] | None = None) -> pl.DataFrame:
    """What pandera finds in a collected frame, all of it: check, column, row and value; of a relation its name and the
    cells of the key and of the relation. Row numbers are those of the frame's row column, or count from one."""
    numbered = frame if ROW in frame.columns else frame.with_row_index(ROW, offset=1)
    values = present(numbered, contract)
    try:
        model(contract, frame.drop(ROW, strict=False).schema, rules).validate(values.drop(ROW), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = cast(pl.DataFrame, errors.failure_cases)
        found = [_found(case, contract, values) for case in cases.iter_rows(named=True)]
        return pl.DataFrame(found, schema=FOUND, orient="row").unique(maintain_order=True)
    return pl.DataFrame(schema=FOUND)


def _found(case: dict[str, Any], contract: Contract, frame: pl.DataFrame) -> tuple[str, str, int | None, str]:
    text = str(case["check"])
    name = re.split(r"[(\[]", text)[0]
    check = OWN.get(name, name)
    column = ", ".join(contract.key) if check == "key-unique" else str(case["column"])
    if name == "str_matches":
        check = "column-pattern" if contract.columns[column].type == "text" else "column-type"
    row = None if case["index"] is None else int(frame[ROW][case["index"]])
    related = {binding.name: binding for binding in contract.relations}.get(text)
    if related is None:
        return check, column, row, str(case["failure_case"])
    told = case["failure_case"] if row is None else _cells(related, contract, frame.row(case["index"], named=True))
    return related.relation, related.name, row, str(told)


def _cells(binding: Binding, contract: Contract, row: dict[str, Any]) -> str:
    names = dict.fromkeys([*contract.key, *binding.columns()])
    return ", ".join(f"{name} = {row[name]}" for name in names)


def _stored(contract: Contract) -> pl.Schema:
    return pl.Schema({column.name: _storage(column) for column in contract.columns.values()})


def _storage(column: Column) -> pl.DataType:
    if column.exact:
        return pl.Int64()
    return pl.Float64() if column.numeric and column.decimals is not None else pl.String()


def _annotation(column: Column, dtype: pl.DataType) -> Any:
    """The type a column must have; text for what is no number, whatever the source holds."""
    if column.numeric:
        return dtype if dtype.is_numeric() or dtype == pl.String else pl.Float64()
    if column.type == "date":
        return dtype if dtype in (pl.Date, pl.Datetime) else pl.String()
    return dtype if isinstance(dtype, pl.Categorical | pl.Enum) else pl.String()


def _field(column: Column, dtype: pl.DataType) -> Any:
    checks: dict[str, Any] = {}
    if column.allowed:
        checks["isin"] = list(column.allowed)
    if column.pattern:
        checks["str_matches"] = rf"^(?:{column.pattern})$"
    if column.numeric and dtype.is_float():
        checks |= {key: float(end) for key, end in _ends(column)}
    return pa.Field(alias=column.name, nullable=not column.required, **checks)


def _ends(column: Column) -> Iterator[tuple[str, Fraction]]:
    if column.minimum is not None:
        yield "ge", column.minimum
    if column.maximum is not None:
        yield "le", column.maximum


def _methods(column: Column, dtype: pl.DataType, reader: Reader) -> Iterator[tuple[str, Any]]:
    """The checks that pandera does not have, by the ids they have at the gate."""
    if column.type == "date" and dtype == pl.String:
        yield _method("column-type", column, _is_date)
    if not column.numeric:
        return
    if dtype == pl.String:
        form = pattern(column, reader)
        yield _method("column-type", column, lambda cell: cell.str.contains(form))
        number = _number(form, reader)
    elif dtype.is_float():
        yield _method("column-type", column, lambda cell: cell.is_finite())
        number = lambda cell: pl.when(cell.is_finite()).then(cell)  # noqa: E731 - one of two ways to a number
    else:
        number = lambda cell: cell.cast(pl.Decimal(38, 12))  # noqa: E731
    yield from _numeric(column, dtype, number)


def _numeric(column: Column, dtype: pl.DataType, number: Any) -> Iterator[tuple[str, Any]]:
    places = allowed_decimals(column)
    if places is not None and not dtype.is_integer():
        yield _method("column-precision", column, lambda cell: _rounded(number(cell).cast(pl.Float64), places))
    if not dtype.is_float() and (column.minimum is not None or column.maximum is not None):
        yield _method("column-range", column, lambda cell: _between(number(cell).cast(pl.Float64), column))


def _method(check: str, column: Column, holds: Any) -> tuple[str, Any]:
    def method(cls: type, data: pa.PolarsData) -> pl.LazyFrame:
        del cls
        cell = pl.col(data.key)
        return data.lazyframe.select(cell.is_null() | holds(cell).fill_null(True))

    method.__name__ = f"{check}_{column.name}"
    return check, pa.check(column.name, name=check, error=check)(method)


def _relation(binding: Binding, contract: Contract, rules: Sequence[Rule] | None) -> Any:
    """Whether each row is free of a contradiction in one relation."""
    related = alone(binding, contract)

    def method(cls: type, data: pa.PolarsData) -> pl.LazyFrame:
        del cls
        frame = data.lazyframe.collect()
        broken = contradicted(frame, related, rules)
        return frame.lazy().select(~pl.int_range(pl.len()).is_in(broken))

    return pa.dataframe_check(name=binding.relation, error=binding.name)(method)


def _number(form: str, reader: Reader) -> Any:
    """Text to a number, by another way than the one that decides: through pandera's side of the house, floats."""

    def number(cell: pl.Expr) -> pl.Expr:
        plain = cell.str.replace_all(f"[{BLANKS}%+]", "").str.replace("\u2212", "-", literal=True)
        if reader.decimal == ",":
            plain = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        elif reader.groups:
            plain = plain.str.replace_all(reader.groups, "", literal=True)
        return pl.when(cell.str.contains(form)).then(plain).cast(pl.Float64, strict=False)

    return number


def _rounded(number: pl.Expr, places: int) -> pl.Expr:
    shifted = number * 10.0**places
    return ((shifted - shifted.round()).abs() <= 1e-3 + shifted.abs() * 1e-12) & (shifted.abs() < LARGEST)


def _between(number: pl.Expr, column: Column) -> pl.Expr:
    low = pl.lit(True) if column.minimum is None else number >= float(column.minimum)
    high = pl.lit(True) if column.maximum is None else number <= float(column.maximum)
    return low & high


def _is_date(cell: pl.Expr) -> pl.Expr:
    day = pl.when(cell.str.len_chars() == 4).then(cell + "-01-01").when(cell.str.len_chars() == 7).then(cell + "-01")
    return cell.str.contains(DATE) & day.otherwise(cell).str.to_date("%Y-%m-%d", strict=False).is_not_null()
