"""What a contract asks of single cells, as Polars expressions: the ones that decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

import polars as pl

from auditor.gate.amounts import Amount
from auditor.gate.cells import cells, pattern
from auditor.gate.contract import Column, Contract

# What a spreadsheet would run instead of showing: a text that begins like a formula or like a call behind a sign.
FORMULA = r"^(?:[=@\t\r]|[+-][^\s]*[(|!])"
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
OTHER_MARK = "other-decimal-mark"
NEVER = pl.lit(False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One check of one column: ``failing`` marks its breaches, ``judged`` the cells it is about. ``hint`` is a cheap
    question without whose yes there is no breach."""

    check: str
    column: str
    failing: pl.Expr
    judged: pl.Expr
    reason: pl.Expr | None = None
    hint: pl.Expr | None = None


def asked(contract: Contract, schema: pl.Schema, amounts: Mapping[str, Amount]) -> list[Asked]:
    """Every check of every column, in the order of the contract."""
    found = [one for column in contract.columns.values() for one in _column(column, contract, schema, amounts)]
    texts = [name for name, dtype in schema.items() if dtype == pl.String and not _fixed(contract.columns.get(name))]
    return found + [_formula(name) for name in texts]


def _fixed(column: Column | None) -> bool:
    """Whether another check leaves no room for a formula."""
    return column is not None and (column.type != "text" or bool(column.allowed))


def _column(column: Column, contract: Contract, schema: pl.Schema, amounts: Mapping[str, Amount]) -> Iterator[Asked]:
    dtype = schema[column.name]
    there = pl.col(column.name).is_not_null()
    if column.required:
        yield Asked("column-required", column.name, ~there, pl.lit(True))
    if column.numeric:
        yield from _numeric(column, contract, dtype, there, amounts.get(column.name))
    elif column.type == "date":
        yield Asked("column-type", column.name, there & ~_date(column.name, dtype), there)
    else:
        yield from _text(column, dtype, there)


def _numeric(
    column: Column, contract: Contract, dtype: pl.DataType, there: pl.Expr, amount: Amount | None
) -> Iterator[Asked]:
    read = cells(column, dtype)
    if read is None:
        yield Asked("column-type", column.name, there, there)
        return
    # Where every cell was taken as a figure of the column, there is nothing to ask.
    whole = amount is not None and amount.whole
    well = there if whole else there & read.well
    if not (dtype.is_integer() or isinstance(dtype, pl.Decimal)):
        ill = NEVER if whole else there & ~read.well.fill_null(False)
        reason = _other_mark(column, contract, there & ~read.well) if dtype == pl.String else None
        yield Asked("column-type", column.name, ill, there, reason)
    if read.precise is not None:
        # Where the column was read already, what is a number and yet was not taken has too many digits.
        taken = read.precise if amount is None or not dtype.is_float() else pl.col(amount.value).is_not_null()
        yield Asked("column-precision", column.name, NEVER if whole else well & ~taken, well)
    outside = _outside(column, dtype, amount)
    if outside is not None:
        yield Asked("column-range", column.name, (there & outside).fill_null(False), there)


def _other_mark(column: Column, contract: Contract, ill: pl.Expr) -> pl.Expr:
    """Whether a cell that is no number here would be one with the other decimal mark."""
    other = "." if contract.reader.decimal == "," else ","
    alike = pl.col(column.name).str.contains(pattern(column, contract.reader, other))
    return pl.when(ill & alike).then(pl.lit(OTHER_MARK))


def _outside(column: Column, dtype: pl.DataType, amount: Amount | None) -> pl.Expr | None:
    bounds = (column.minimum, column.maximum)
    if bounds == (None, None):
        return None
    if dtype.is_float():
        number = pl.col(column.name)
        ends = [None if end is None else float(end) for end in bounds]
    elif amount is not None:
        number = pl.col(amount.value)
        scale = 10**amount.scale
        ends = [
            None if bounds[0] is None else ceil(bounds[0] * scale),
            None if bounds[1] is None else floor(bounds[1] * scale),
        ]
    else:
        return None
    low = None if ends[0] is None else number < ends[0]
    high = None if ends[1] is None else number > ends[1]
    return low | high if low is not None and high is not None else low if low is not None else high


def _date(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype in (pl.Date, pl.Datetime):
        return pl.lit(True)
    if dtype != pl.String:
        return pl.lit(False)
    text = pl.col(name)
    # A year or a month is a date too; it is completed to ask the calendar.
    full = pl.concat_str(text, text.str.len_chars().replace_strict({4: "-01-01", 7: "-01", 10: ""}, default="?"))
    return text.str.contains(DATE) & full.str.to_date("%Y-%m-%d", strict=False).is_not_null()


def _text(column: Column, dtype: pl.DataType, there: pl.Expr) -> Iterator[Asked]:
    if not isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
        yield Asked("column-type", column.name, there, there)
        return
    text = pl.col(column.name)
    if column.allowed:
        yield Asked("column-allowed", column.name, there & ~text.is_in(column.allowed), there)
    if column.pattern:
        yield Asked(
            "column-pattern", column.name, there & ~text.cast(pl.String).str.contains(rf"^(?:{column.pattern})$"), there
        )


def _formula(name: str) -> Asked:
    text = pl.col(name)
    # All that a formula begins with sorts before the letters.
    failing = text.str.contains(FORMULA).fill_null(False)
    return Asked("cell-formula", name, failing, text.is_not_null(), hint=text < "A")
