"""A custom Expectation for printed figures, which the built-in ones can only see as text."""

from __future__ import annotations

from typing import Any

import pandas as pd
from great_expectations.compatibility import pydantic
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)

from auditor.gate.gx.verdict import fitting


class CellsFit(ColumnMapMetricProvider):  # type: ignore[misc]
    """Cells without a breach of one check."""

    condition_metric_name = "auditor.cells_fit"
    condition_value_keys = ("check", "columns", "read")

    @column_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls, column: pd.Series, check: str, columns: dict[str, Any], read: dict[str, Any], **_: Any
    ) -> pd.Series:
        del cls
        return fitting(column.to_frame(), str(column.name), check, {"columns": columns, "read": read})


class ExpectCellsToFit(ColumnMapExpectation):  # type: ignore[misc]
    """Expect the cells of a column to fit the contract in one respect: `column-type`, `column-precision` or
    `column-range`. ``columns`` describes the column and ``read`` the decimal mark, in the words of a contract."""

    map_metric = CellsFit.condition_metric_name
    success_keys = ("mostly", "check", "columns", "read")
    check: str
    columns: dict[str, Any]
    read: dict[str, Any] = pydantic.Field(default_factory=dict)
