"""Frames: their contracts, their order, and exact numbers as text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandera.errors
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import frames
from auditor.frames import tables
from auditor.frames.decimals import outward, plain, rounded
from auditor.model.check import Audit
from auditor.model.quantity import Interval
from auditor.report import parquet
from tests.test_report_sample import sample

numbers = st.fractions() | st.decimals(allow_nan=False, allow_infinity=False).map(Fraction)


def test_the_sample_keeps_its_contracts() -> None:
    frames.validate(frames.frames(sample()))


def test_an_empty_audit_keeps_its_contracts() -> None:
    frames.validate(frames.frames(Audit((), (), (), (), "")))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("figures", pl.lit("twice").alias("id")),
        ("figures", pl.lit("1e3").alias("value")),
        ("figures", pl.lit(0, pl.Int64).alias("end")),
        ("figures", pl.lit(None, pl.String).alias("reason")),
        ("figures", pl.lit(1).alias("extra")),
        ("relations", pl.lit(2, pl.Int8).alias("sign")),
        ("relations", pl.lit("x").alias("figure")),
        ("checks", pl.lit("maybe").alias("verdict")),
        ("checks", pl.col("id").alias("confidence")),
    ],
)
def test_a_broken_contract_is_found(name: str, change: pl.Expr) -> None:
    built = frames.frames(sample())
    with pytest.raises((pandera.errors.SchemaErrors, pandera.errors.SchemaError)):
        frames.validate(built | {name: built[name].with_columns(change)})


def test_an_id_without_its_row_is_found() -> None:
    built = frames.frames(sample())
    with pytest.raises(ValueError, match="no row explains figure"):
        frames.validate(built | {"figures": built["figures"].head(1)})


def test_a_value_of_another_type_is_refused_without_pandera() -> None:
    audit = sample()
    reading = audit.readings[0]
    start: Any = "12"
    broken = replace(reading, figures=(replace(reading.figures[0], start=start), *reading.figures[1:]))
    with pytest.raises(TypeError):
        frames.figures(replace(audit, readings=(broken,)))


def test_columns_have_one_type_whatever_the_rows() -> None:
    for name, schema in (("figures", tables.FIGURES), ("relations", tables.RELATIONS), ("checks", tables.CHECKS)):
        assert dict(frames.frames(sample())[name].schema) == schema
        assert dict(frames.frames(Audit((), (), (), (), ""))[name].schema) == schema


def test_rows_stand_in_the_order_of_the_audit() -> None:
    audit = sample()
    assert frames.figures(audit)["id"].to_list() == [one.id for read in audit.readings for one in read.figures]
    assert frames.checks(audit)["id"].to_list() == [check.id for check in audit.checks]


def test_evidence_and_figures_fill_roles() -> None:
    rows = frames.relations(sample()).filter(pl.col("kind") == "date-order")
    assert rows.select("role", "figure", "evidence", "value").rows() == [
        ("event", None, "date", "2023-01-25"),
        ("cited", None, "date", "2024-01-24"),
    ]


def test_parquet_is_the_same_twice() -> None:
    assert parquet.render(sample()) == parquet.render(sample())


@given(numbers)
def test_finite_decimals_are_printed_whole(value: Fraction) -> None:
    printed = Fraction(plain(value))
    assert printed == value if _only_two_and_five(value.denominator) else abs(printed - value) <= abs(value) / 10**14


@given(numbers, st.integers(1, 20))
def test_ends_are_rounded_outward_but_not_far(value: Fraction, significant: int) -> None:
    lo, hi = outward(Interval(value, value), significant)
    assert lo is not None
    assert hi is not None
    assert Fraction(lo) <= value <= Fraction(hi)
    assert Fraction(hi) - Fraction(lo) <= abs(value) / 10 ** (significant - 1)


def test_decimals_have_no_exponent() -> None:
    assert [plain(Fraction(10) ** 18), plain(Fraction(-1, 8)), plain(Fraction(0))] == ["1" + "0" * 18, "-0.125", "0"]
    assert [rounded(Fraction(2, 3), 3), rounded(Fraction(2, 3), 3, up=True)] == ["0.666", "0.667"]
    assert [rounded(Fraction(-2, 3), 3), rounded(Fraction(123456), 2)] == ["-0.667", "120000"]
    assert outward(Interval(None, Fraction(1, 2))) == (None, "0.5")


def _only_two_and_five(number: int) -> bool:
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number == 1
