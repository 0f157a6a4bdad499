"""Columns of numbers made ready for exact arithmetic: whole values and steps in one scale, and what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from auditor.gate.cells import NOISE, WIDEST, Cells, cells
from auditor.gate.contract import Column, Contract
from auditor.gate.units import NONE, Measure, unit


@dataclass(frozen=True, slots=True)
class Amount:
    """Figures in a frame: ``value`` names the column of whole numbers, of which ``10 ** scale`` make one printed unit.

    ``step`` is one unit of the last printed digit: a column, or one number for all. For the sum of several figures
    ``step`` is the sum of theirs, ``step_below`` that of the negative ones and ``coarsest`` the largest.
    ``least`` and ``most`` bound the values, ``widest`` the steps. ``row`` is the column of row numbers.
    ``whole``: every cell that is not empty is such a figure.
    """

    value: str
    step: str | int
    scale: int
    measure: Measure
    exact: bool
    least: int
    most: int
    widest: int
    row: str = ""
    step_below: str | None = None
    coarsest: str | None = None
    whole: bool = False


def prepare(frame: pl.DataFrame, contract: Contract, names: Iterable[str]) -> tuple[pl.DataFrame, dict[str, Amount]]:
    """A frame that was `cells.read`, with some numeric columns in scale, and what is known of each. A cell that is no
    number, or has more digits than the contract allows, is null: no relation is judged on it."""
    read = {name: found for name in names if (found := _cells(frame, contract, name))}
    columns = {name: contract.columns[name] for name in read}
    # All columns at once, and not eagerly: they are read side by side, and nothing is computed twice.
    asked = (one for name, found in read.items() for one in _read(frame, contract, columns[name], found))
    frame = frame.lazy().with_columns(asked).collect()
    for name, found in read.items():
        if _own_precision(columns[name], found):
            frame = _aligned(frame, columns[name], _Names(name))
    facts = _facts(frame, read)
    off = [
        name for name, found in read.items() if _quick(columns[name], found) is not None and not facts[f"even {name}"]
    ]
    if off:
        frame = frame.lazy().with_columns(_figures(read[name]).alias(value_name(name)) for name in off).collect()
        facts = _facts(frame, read)
    return frame, {name: _amount(columns[name], found, frame, facts) for name, found in read.items()}


def value_name(column: str) -> str:
    return f"{column}\0value"


def step_name(column: str) -> str:
    return f"{column}\0step"


def _cells(frame: pl.DataFrame, contract: Contract, name: str) -> Cells | None:
    return cells(contract.columns[name], frame.schema[name])


def _read(frame: pl.DataFrame, contract: Contract, column: Column, found: Cells) -> Iterator[pl.Expr]:
    names, quick = _Names(column.name), _quick(column, found)
    yield (_figures(found) if quick is None else quick).alias(names.value)
    if _own_precision(column, found):
        yield _where(found.usable, found.decimals).alias(names.digits)
    steps = _cells(frame, contract, column.step) if column.step else None
    if steps:
        yield pl.when(steps.well).then(steps.unscaled).alias(names.unit)
        yield _where(steps.well, steps.decimals).alias(names.unit_digits)


def _figures(found: Cells) -> pl.Expr:
    return pl.when(found.usable).then(found.unscaled)


def _quick(column: Column, found: Cells) -> pl.Expr | None:
    return None if _own_precision(column, found) else found.nearest


def _own_precision(column: Column, found: Cells) -> bool:
    """Whether each figure says for itself how precise it is."""
    return column.step is not None or not isinstance(found.decimals, int)


def _where(condition: pl.Expr, digits: int | pl.Expr) -> pl.Expr:
    return pl.when(condition).then(pl.lit(digits, dtype=pl.Int64) if isinstance(digits, int) else digits)


class _Names:
    """The columns in which a number is while it is brought to scale."""

    def __init__(self, column: str) -> None:
        self.value, self.step, self.scale = value_name(column), step_name(column), _scale_name(column)
        self.digits, self.unit, self.unit_digits = (f"{column}\0{one}" for one in ("digits", "unit", "unit digits"))


def _aligned(frame: pl.DataFrame, column: Column, names: _Names) -> pl.DataFrame:
    """Numbers of differing precision in the scale of the finest. A number that would not fit stays out."""
    digits = [names.digits, *([names.unit_digits] if column.step else [])]
    scale = max(*(_maximum(frame, name) for name in digits), column.decimals or 0)
    shift = _power(scale - pl.col(names.digits))
    step = shift if column.decimals is None else pl.lit(10 ** (scale - column.decimals), dtype=pl.Int128)
    if column.step:
        # A figure without a step has no known precision, so nothing can be said of it.
        step = pl.col(names.unit) * _power(scale - pl.col(names.unit_digits))
    fits = (pl.col(names.value).abs() <= 10 ** (WIDEST - 1) // shift) & step.is_not_null() & (step >= 0)
    shifted = frame.with_columns(
        pl.when(fits).then(pl.col(names.value) * shift).alias(names.value),
        pl.when(fits).then(step).alias(names.step),
        pl.lit(scale).alias(names.scale),
    )
    return _narrowed(shifted.drop(digits, names.unit, strict=False), (names.value, names.step))


def _power(exponent: pl.Expr) -> pl.Expr:
    return pl.lit(10, dtype=pl.Int128).pow(exponent)


def _narrowed(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Half as wide where all values fit, for twice the speed."""
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in names if _maximum(frame, name) < 2**62)


def _scale_name(column: str) -> str:
    return f"{column}\0scale"


def _maximum(frame: pl.DataFrame, name: str) -> int:
    return int(frame.select(pl.col(name).abs().max()).item() or 0)


def _facts(frame: pl.DataFrame, read: Mapping[str, Cells]) -> dict[str, int]:
    asked = []
    for name, found in read.items():
        value = pl.col(value_name(name))
        asked += [value.min().alias(f"least {name}"), value.max().alias(f"most {name}")]
        asked.append((value.count() == pl.col(name).count()).alias(f"whole {name}"))
        if found.nearest is not None:
            asked.append(_even(pl.col(name), value, found.decimals).alias(f"even {name}"))
        if step_name(name) in frame.columns:
            asked.append(pl.col(step_name(name)).max().alias(f"widest {name}"))
    facts = frame.lazy().select(asked).collect()
    return {key: int(fact or 0) for key, fact in facts.row(0, named=True).items()} if asked else {}


def _even(cell: pl.Expr, value: pl.Expr, places: int | pl.Expr) -> pl.Expr:
    """Whether every float is as near to its whole number as noise: then all are precise, and none outgrew its type."""
    return ((cell * 10.0**places - value).abs().max() <= NOISE).fill_null(True)


def _amount(column: Column, found: Cells, frame: pl.DataFrame, facts: dict[str, int]) -> Amount:
    name = column.name
    if isinstance(found.decimals, int) and not column.step:
        scale = found.decimals
        step: str | int = _static_step(column, scale)
    else:
        scale = int(frame[_scale_name(name)][0]) if frame.height else 0
        step = 0 if column.exact else step_name(name)
    return Amount(
        value=value_name(name),
        step=step,
        scale=scale,
        measure=unit(column.unit) if column.unit else NONE,
        exact=column.exact,
        least=facts[f"least {name}"],
        most=facts[f"most {name}"],
        widest=step if isinstance(step, int) else facts[f"widest {name}"],
        whole=bool(facts[f"whole {name}"]),
    )


def _static_step(column: Column, scale: int) -> int:
    if column.exact:
        return 0
    return int(10 ** (scale - (scale if column.decimals is None else column.decimals)))
