"""Good rows and bad rows apart, in Parquet: together they are the table, row for row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from auditor.atomic import replacing
from auditor.gate.result import Checked
from auditor.gate.wide import ROW

NUMBER, SOURCE, REASONS = "_row", "_source", "_reasons"  # added to every rejected row; accepted ones stay as they are


def split(tables: Sequence[Checked], accepted: Path | None, rejected: Path | None) -> None:
    """Write the rows that no check of severity `error` faults, and the others with their reasons.

    A relation between rows that fails takes all its rows along. Tables that could not be judged are in neither.
    Raises OSError when a place cannot be written, ValueError when the tables have different columns.
    """
    judged = [checked for checked in tables if checked.table is not None]
    if accepted:
        _written([_accepted(checked) for checked in judged], accepted)
    if rejected:
        _written([_rejected(checked) for checked in judged], rejected)


def reasons(checked: Checked) -> pl.DataFrame:
    """The rows that are not let in, each once, with the checks that say so."""
    names = {tally.number: f"{tally.rule.id}: {tally.name}" for tally in checked.tallies if tally.severity == "error"}
    faults = checked.failing.filter((pl.col("verdict") == "contradiction") & pl.col("check").is_in(list(names)))
    reason = pl.col("check").replace_strict(names, return_dtype=pl.String, default=None).alias(REASONS)
    spread = faults.select(pl.col("rows").alias(ROW), reason).explode(ROW)
    return spread.group_by(ROW).agg(pl.col(REASONS).unique().sort()).sort(ROW)


def _accepted(checked: Checked) -> pl.LazyFrame:
    assert checked.table is not None
    bad = reasons(checked).lazy().select(ROW)
    return checked.table.rows().join(bad, on=ROW, how="anti", maintain_order="left").drop(ROW)


def _rejected(checked: Checked) -> pl.LazyFrame:
    assert checked.table is not None
    joined = checked.table.rows().join(reasons(checked).lazy(), on=ROW, how="inner", maintain_order="left")
    names = list(checked.table.schema)
    return joined.select(pl.lit(checked.path).alias(SOURCE), pl.col(ROW).alias(NUMBER), REASONS, *names)


def _written(frames: Sequence[pl.LazyFrame], path: Path) -> None:
    if len({frozenset(frame.collect_schema().items()) for frame in frames}) > 1:
        raise ValueError("the tables have different columns or types: split them one by one")
    with replacing(path) as temporary:
        whole = pl.concat(frames) if frames else pl.LazyFrame()
        whole.sink_parquet(temporary, compression="zstd", maintain_order=True)
