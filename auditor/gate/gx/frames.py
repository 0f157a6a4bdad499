"""Frames between Polars and pandas, without pyarrow: what a cell says is the same on both sides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from auditor.gate.cells import present
from auditor.gate.contract import Contract
from auditor.gate.wide import ROW

NUMBER = "_row"  # the column of row numbers, for results to name rows by


def to_pandas(frame: pl.DataFrame, contract: Contract) -> pd.DataFrame:
    """The frame for Great Expectations, absent values as null, with row numbers in `_row`."""
    values = present(frame, contract).rename({ROW: NUMBER} if ROW in frame.columns else {})
    return pd.DataFrame({series.name: _pandas(series) for series in values})


def _pandas(series: pl.Series) -> Any:
    if series.dtype.is_numeric() and not isinstance(series.dtype, pl.Decimal):
        return series.to_numpy()
    # An array of objects: pandas would turn a list of texts into a type of its own, with its own missing value.
    return pd.Series(np.array(series.to_list(), dtype=object), dtype=object)


def to_polars(frame: pd.DataFrame) -> pl.DataFrame:
    """The frame of a batch. Decimals keep their digits, as text."""
    return pl.DataFrame({str(name): _polars(frame[name]) for name in frame.columns})


def _polars(series: pd.Series) -> pl.Series:
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iuf":
        numbers = pl.Series(series.to_numpy())
        return numbers.fill_nan(None) if series.dtype.kind == "f" else numbers
    values = [None if missing else value for value, missing in zip(series.to_list(), series.isna(), strict=True)]
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, int | float | np.number) for value in present):
        return pl.Series(values, strict=False)
    return pl.Series([None if value is None else _text(value) for value in values], dtype=pl.String)


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
