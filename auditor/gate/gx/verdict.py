"""The gate's own verdicts on a pandas frame: what the expectations answer with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import polars as pl

from auditor.gate import plain
from auditor.gate.amounts import prepare
from auditor.gate.cells import read
from auditor.gate.contradicted import contradicted
from auditor.gate.examine import fits
from auditor.gate.gx.frames import to_polars
from auditor.gate.gx.kwargs import contract
from auditor.gate.table import held

BATCH = "batch"
BREACHED = "\0breached"


def related(frame: pd.DataFrame, relation: Mapping[str, Any], table: Mapping[str, Any]) -> pd.Series:
    """Whether each row is free of a contradiction in one relation. Raises what makes an answer impossible."""
    answer = pd.Series(True, index=frame.index, dtype=bool)
    answer.iloc[contradicted(to_polars(frame), contract(relation, table))] = False
    return answer


def fitting(frame: pd.DataFrame, column: str, check: str, table: Mapping[str, Any]) -> pd.Series:
    """Whether each row is free of a breach of one check of one column."""
    wanted = contract(None, table)
    source = held(BATCH, to_polars(frame), 0, "")
    fits(source, wanted)
    names = [column] if wanted.columns[column].numeric else []
    known, amounts = prepare(read(source.rows().collect(), wanted), wanted, names)
    asked = [one for one in plain.asked(wanted, source.schema, amounts) if (one.check, one.column) == (check, column)]
    # Asked beside the rows, because what can never fail is one answer for all of them.
    failing = pl.any_horizontal(plain.NEVER, *(one.failing for one in asked)).fill_null(False)
    breached = known.with_columns(failing.alias(BREACHED))[BREACHED]
    return pd.Series(~breached.to_numpy(), index=frame.index, dtype=bool)
