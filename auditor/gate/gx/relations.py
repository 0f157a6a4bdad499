"""Custom Expectations for relations between figures, rounding-aware and exact.

    from auditor.gate import ExpectShareOfTotal
    suite.add_expectation(ExpectShareOfTotal(part="agriculture", total="total", share="agriculture_share"))

A column of text is read with its printed digits; for a column of floats say how many decimals it is rounded to:
``columns={"total": {"type": "number", "decimals": 1}}``, in the words of a contract. A row is unexpected when no values
within the rounding satisfy the relation; a row with a missing figure is not judged, and when no row can be judged, or
a column is missing, the Expectation ends with an exception, never with success.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pandas as pd
from great_expectations.compatibility import pydantic
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)

from auditor.gate.gx.kwargs import TABLE, columns
from auditor.gate.gx.verdict import related

SHARED = ("within", "over", "value", *TABLE)


class _Metric(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """One answer a row: whether the relation may hold there."""

    relation: ClassVar[str] = ""

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: Any) -> pd.Series:
        given = {key.rstrip("_"): value for key, value in kwargs.items() if not key.startswith("_")}
        table = {key: given.pop(key) for key in TABLE if key in given}
        return related(column_list, {"relation": cls.relation, **given}, table)


class _Relation(MulticolumnMapExpectation):  # type: ignore[misc]
    """What the five have in common. ``columns``, ``read``, ``unit`` and ``hierarchies`` are those of a contract,
    ``within`` and ``over`` those of its relations."""

    roles: ClassVar[tuple[str, ...]] = ()

    columns: dict[str, Any] = pydantic.Field(default_factory=dict)
    read: dict[str, Any] = pydantic.Field(default_factory=dict)
    within: list[str] = pydantic.Field(default_factory=list)
    over: str | None = None
    value: str | None = None
    unit: str | None = None
    hierarchies: dict[str, Any] = pydantic.Field(default_factory=dict)
    ignore_row_if: str = "never"

    def __init__(self, **given: Any) -> None:
        relation = {key: given[key] for key in (*self.roles, "within", "over", "value") if given.get(key)}
        if "column_list" not in given:
            given["column_list"] = list(columns(relation, given.get("columns", {})))
        super().__init__(**given)


class TotalOfParts(_Metric):
    """Rows whose parts add up to their total."""

    relation = "total-of-parts"
    condition_metric_name = "auditor.total_of_parts"
    condition_value_keys = ("total", "part", *SHARED)


class ExpectTotalToBeSumOfParts(_Relation):
    """Expect a total to equal the sum of its parts, within the rounding of all of them."""

    roles = ("total", "part")
    map_metric = TotalOfParts.condition_metric_name
    success_keys = ("mostly", *TotalOfParts.condition_value_keys)
    total: Any = None
    part: Any = None


class ShareOfTotal(_Metric):
    """Rows whose share is their part over their total."""

    relation = "share-of-total"
    condition_metric_name = "auditor.share_of_total"
    condition_value_keys = ("part", "total", "share", *SHARED)


class ExpectShareOfTotal(_Relation):
    """Expect a share, in per cent, to equal its part over its total, within the rounding of all three."""

    roles = ("part", "total", "share")
    map_metric = ShareOfTotal.condition_metric_name
    success_keys = ("mostly", *ShareOfTotal.condition_value_keys)
    part: Any = None
    total: Any = None
    share: Any = None


class ChangeBetweenLevels(_Metric):
    """Rows whose change is the difference of two levels."""

    relation = "change-between-levels"
    condition_metric_name = "auditor.change_between_levels"
    condition_value_keys = ("from_", "to", "change", *SHARED)  # `from` is a keyword


class ExpectChangeBetweenLevels(_Relation):
    """Expect a change to equal the difference of two levels; between percentages also the relative one."""

    roles = ("from_", "to", "change")
    map_metric = ChangeBetweenLevels.condition_metric_name
    success_keys = ("mostly", *ChangeBetweenLevels.condition_value_keys)
    from_: Any = None
    to: Any = None
    change: Any = None


class PercentOfPlan(_Metric):
    """Rows whose percentage is the result over the plan."""

    relation = "percent-of-plan"
    condition_metric_name = "auditor.percent_of_plan"
    condition_value_keys = ("actual", "plan", "percent", *SHARED)


class ExpectPercentOfPlan(_Relation):
    """Expect a percentage of a plan to equal the result over the plan, within the rounding of all three."""

    roles = ("actual", "plan", "percent")
    map_metric = PercentOfPlan.condition_metric_name
    success_keys = ("mostly", *PercentOfPlan.condition_value_keys)
    actual: Any = None
    plan: Any = None
    percent: Any = None


class PartWithinTotal(_Metric):
    """Rows whose parts together do not exceed their total."""

    relation = "part-within-total"
    condition_metric_name = "auditor.part_within_total"
    condition_value_keys = ("part", "total", *SHARED)


class ExpectCountWithinTotal(_Relation):
    """Expect one or several parts not to exceed their total."""

    roles = ("part", "total")
    map_metric = PartWithinTotal.condition_metric_name
    success_keys = ("mostly", *PartWithinTotal.condition_value_keys)
    part: Any = None
    total: Any = None
