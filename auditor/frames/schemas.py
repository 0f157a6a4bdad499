"""The contracts of the frames, and the only place that knows pandera (which takes half a second to import)."""

from __future__ import annotations

from collections.abc import Mapping

import pandera.polars as pa
import polars as pl
from pandera.typing.polars import Series

DECIMAL = r"^-?(0|[1-9]\d*)(\.\d*[1-9])?$"
ROLES = ["actual", "plan", "estimate", "target", "previous"]
VERDICTS = ["consistent", "contradiction", "suspicious", "not-checkable"]


class _Frame(pa.DataFrameModel):
    class Config:
        strict = True
        ordered = True


class _Placed(_Frame):
    """Rows that stand at a place of a text."""

    @pa.dataframe_check
    @classmethod
    def range_has_length(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("start") < pl.col("end"))


class Figures(_Placed):
    """One row a figure; ``start`` and ``end`` are code-point offsets, ``value`` and ``step`` in the base unit."""

    id: Series[pl.String] = pa.Field(unique=True)
    document: Series[pl.String]
    start: Series[pl.Int64] = pa.Field(ge=0)
    end: Series[pl.Int64]
    raw: Series[pl.String] = pa.Field(str_length={"min_value": 1})
    value: Series[pl.String] = pa.Field(str_matches=DECIMAL)
    value_float: Series[pl.Float64]
    step: Series[pl.String] = pa.Field(str_matches=DECIMAL)
    unit: Series[pl.String] = pa.Field(nullable=True)
    dimension: Series[pl.String]
    exact: Series[pl.Boolean]
    bound: Series[pl.String] = pa.Field(isin=[">=", "<=", "~"], nullable=True)
    indicator: Series[pl.String] = pa.Field(nullable=True)
    place: Series[pl.String] = pa.Field(nullable=True)
    period: Series[pl.String] = pa.Field(nullable=True)
    role: Series[pl.String] = pa.Field(isin=ROLES)
    status: Series[pl.String] = pa.Field(isin=["checked", "unpaired"])
    reason: Series[pl.String] = pa.Field(nullable=True)

    @pa.dataframe_check
    @classmethod
    def exact_means_no_step(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("exact") == (pl.col("step") == "0"))

    @pa.dataframe_check
    @classmethod
    def unpaired_has_a_reason(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("status") == "unpaired") == pl.col("reason").is_not_null())


class Relations(_Placed):
    """One row a member; either ``figure`` names it or ``evidence`` says what kind of evidence it is."""

    relation: Series[pl.String]
    kind: Series[pl.String]
    document: Series[pl.String]
    role: Series[pl.String]
    figure: Series[pl.String] = pa.Field(nullable=True)
    evidence: Series[pl.String] = pa.Field(isin=["date", "span", "word", "period"], nullable=True)
    start: Series[pl.Int64] = pa.Field(ge=0)
    end: Series[pl.Int64]
    raw: Series[pl.String]
    value: Series[pl.String] = pa.Field(nullable=True)
    sign: Series[pl.Int8] = pa.Field(isin=[-1, 1])
    offset: Series[pl.String] = pa.Field(str_matches=DECIMAL)
    confidence: Series[pl.Float64] = pa.Field(ge=0, le=1)

    @pa.dataframe_check
    @classmethod
    def figure_or_evidence(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("figure").is_null() != pl.col("evidence").is_null())


class Checks(_Frame):
    """One row a check; interval ends are rounded outward, an open or absent end is null."""

    id: Series[pl.String] = pa.Field(unique=True)
    relation: Series[pl.String]
    document: Series[pl.String]
    rule: Series[pl.String]
    verdict: Series[pl.String] = pa.Field(isin=VERDICTS)
    reason: Series[pl.String] = pa.Field(nullable=True)
    left_lo: Series[pl.String] = pa.Field(str_matches=DECIMAL, nullable=True)
    left_hi: Series[pl.String] = pa.Field(str_matches=DECIMAL, nullable=True)
    right_lo: Series[pl.String] = pa.Field(str_matches=DECIMAL, nullable=True)
    right_hi: Series[pl.String] = pa.Field(str_matches=DECIMAL, nullable=True)
    gap: Series[pl.String] = pa.Field(str_matches=DECIMAL, nullable=True)
    gap_float: Series[pl.Float64] = pa.Field(ge=0, nullable=True)
    equation: Series[pl.String]
    computed: Series[pl.String]
    confidence: Series[pl.Float64] = pa.Field(ge=0, le=1)

    @pa.dataframe_check
    @classmethod
    def not_checkable_has_a_reason(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("verdict") != "not-checkable") | pl.col("reason").is_not_null())


SCHEMAS: dict[str, type[pa.DataFrameModel]] = {"figures": Figures, "relations": Relations, "checks": Checks}


def validate(tables: Mapping[str, pl.DataFrame]) -> None:
    """Raises ``pandera.errors.SchemaErrors`` with every fault, or ``ValueError`` for an id without its row."""
    for name, schema in SCHEMAS.items():
        schema.validate(tables[name], lazy=True)
    _explained(tables["relations"], "figure", tables["figures"], "id")
    _explained(tables["checks"], "relation", tables["relations"], "relation")


def _explained(rows: pl.DataFrame, key: str, target: pl.DataFrame, target_key: str) -> None:
    lost = rows.drop_nulls(key).join(target, left_on=key, right_on=target_key, how="anti")
    if lost.height:
        raise ValueError(f"no row explains {key} {lost[key].unique().sort().to_list()}")
