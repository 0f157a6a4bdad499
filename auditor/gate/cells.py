"""Cells to exact numbers, in Polars: a whole number of the column's smallest digits, and its step.

No binary float decides anything: `12,50` becomes 1250 hundredths with a step of 1. Where a source has only floats the
contract says how many decimals they were rounded to, and they are brought back to that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from auditor.gate.contract import Column, Contract, Reader
from auditor.gate.units import unit

WIDEST = 38  # digits of the widest whole number there is
MINUS = "-\u2212"
BLANKS = " \u00a0\u202f"
# A float may be off its decimal by the noise of a sum, not by a thousandth of a digit.
NOISE, RELATIVE_NOISE = 1e-3, 1e-12
LARGEST = 2.0**63  # no float from here on says its last digits, nor fits what they are counted in


@dataclass(frozen=True, slots=True)
class Cells:
    """A column read as numbers: ``unscaled`` times ten to the minus ``decimals`` is the value. ``well`` says that the
    cell is a number in the contract's format, ``precise`` that it has no more digits than the contract allows,
    ``usable`` both. ``nearest`` is ``unscaled`` at a third of the cost, where all floats of the column are
    precise, which is to be asked of the result."""

    unscaled: pl.Expr
    decimals: int | pl.Expr
    well: pl.Expr
    precise: pl.Expr | None = None
    short: pl.Expr | None = None
    nearest: pl.Expr | None = None

    @property
    def usable(self) -> pl.Expr:
        if self.short is not None:
            return self.short
        return self.well if self.precise is None else self.well & self.precise


def present(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame with null where a cell of the contract holds no value: nothing, no number, or a text that means
    nothing. Blanks around a text are no part of it."""
    texts = {name: pl.col(name).str.strip_chars() for name in contract.columns if frame.schema.get(name) == pl.String}
    nothing = ["", *contract.reader.missing]
    # Most columns are as they should be; to write them anew takes longer than to look.
    asked = [_unlike(pl.col(name), text, contract.reader.missing).any().alias(name) for name, text in texts.items()]
    found = frame.lazy().select(asked).collect().row(0, named=True) if asked else {}
    floats = [name for name in contract.columns if name in frame.columns and frame.schema[name].is_float()]
    changed = [
        pl.when(~texts[name].is_in(nothing)).then(texts[name]).alias(name) for name, some in found.items() if some
    ]
    return frame.with_columns(pl.col(floats).fill_nan(None), *changed)


def _unlike(cell: pl.Expr, text: pl.Expr, missing: tuple[str, ...]) -> pl.Expr:
    """Whether a cell is something else than its text: blanks around it, or nothing in it."""
    unlike = (text != cell) | (cell == "")
    return unlike | text.is_in(missing) if missing else unlike


def pattern(column: Column, reader: Reader, mark: str | None = None) -> str:
    """The regular expression of a number in text: groups of three, the decimal mark, a percent sign where that is the
    unit. A dot groups digits where the comma is the decimal mark; a comma does so only if the contract says it."""
    mark = mark or reader.decimal
    groups = reader.groups if mark == reader.decimal else None
    marks = BLANKS + (groups or ("." if mark == "," else ""))
    grouped = "|".join(rf"[0-9]{{1,3}}(?:{re.escape(one)}[0-9]{{3}})+" for one in marks)
    percent = rf"[{BLANKS}]?%?" if unit(column.unit).dimension == "percent" else ""
    return rf"^[{MINUS}+]?(?:{grouped}|[0-9]+)(?:{re.escape(mark)}[0-9]+)?{percent}$"


def cells(column: Column, dtype: pl.DataType) -> Cells | None:
    """How to take a column of this type as numbers in a frame that was `read`; ``None`` where its type holds none."""
    if dtype == pl.String:
        return _text(column)
    if dtype.is_integer():
        return _whole(column, pl.col(column.name), 0)
    if isinstance(dtype, pl.Decimal):
        scaled = pl.col(column.name).to_physical()
        return _whole(column, scaled, dtype.scale)
    if dtype.is_float():
        return _float(column)
    return None


def allowed_decimals(column: Column) -> int | None:
    """How many decimals the figures of a column may have; any, where the printed digits say it."""
    return 0 if column.exact else column.decimals


def _whole(column: Column, number: pl.Expr, scale: int) -> Cells:
    return Cells(number, scale, number.is_not_null(), _precise(column, number, scale))


def read(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame as `present` gives it, with the numbers in its text read into columns of their own: once, because the
    expressions that ask for them are many and Polars would read the text for each."""
    frame = present(frame, contract)
    numeric = [column for column in contract.columns.values() if column.numeric]
    texts = [column for column in numeric if frame.schema.get(column.name) == pl.String]
    if not texts:
        return frame
    spelt = [one for column in texts for one in _spelt(column, contract.reader)]
    numbers = [pl.col(_number(column)).cast(pl.Int128, strict=False) for column in texts]
    return frame.lazy().with_columns(spelt).with_columns(numbers).collect()


def _spelt(column: Column, reader: Reader) -> tuple[pl.Expr, pl.Expr]:
    """The digits of the cells that are numbers in the contract's format, and how many of them are decimals."""
    text = pl.col(column.name)
    digits = text.str.replace_all(r"[^0-9\-\u2212]", "").str.replace("\u2212", "-", literal=True)
    well = text.str.contains(pattern(column, reader))
    tail = rf"{re.escape(reader.decimal)}([0-9]+)[{BLANKS}]?%?$"
    decimals = text.str.extract(tail).str.len_chars().fill_null(0).cast(pl.Int64)
    return pl.when(well).then(digits).alias(_number(column)), decimals.alias(_decimals(column))


def _number(column: Column) -> str:
    return f"{column.name}\0number"


def _decimals(column: Column) -> str:
    return f"{column.name}\0decimals"


def _text(column: Column) -> Cells:
    # A number too wide for exact arithmetic became null: no number here, rather than a wrong one.
    number, decimals = pl.col(_number(column)), pl.col(_decimals(column))
    return Cells(number, decimals, number.is_not_null(), _precise(column, number, decimals))


def _float(column: Column) -> Cells:
    places = allowed_decimals(column) or 0
    shifted = pl.col(column.name) * 10.0**places
    nearest = shifted.round(0, mode="half_away_from_zero")
    precise = ((shifted - nearest).abs() <= NOISE + shifted.abs() * RELATIVE_NOISE) & (shifted.abs() < LARGEST)
    # What is not finite is not precise either.
    unscaled = nearest.cast(pl.Int64, strict=False)
    quick = (shifted + 0.5).floor().cast(pl.Int64, wrap_numerical=True) if places >= 0 else None
    return Cells(unscaled, places, pl.col(column.name).is_finite(), precise, precise, quick)


def _precise(column: Column, number: pl.Expr, decimals: int | pl.Expr) -> pl.Expr | None:
    """Whether the digits beyond the allowed ones are zeros; nothing to ask where any precision is allowed."""
    places = allowed_decimals(column)
    if places is None or (isinstance(decimals, int) and decimals <= places):
        return None
    if isinstance(decimals, int):
        return (number % pl.lit(10 ** (decimals - places), dtype=pl.Int128)).eq(0)
    beyond = (decimals - places).clip(0, WIDEST)
    return (beyond == 0) | (number % pl.lit(10, dtype=pl.Int128).pow(beyond) == 0)
