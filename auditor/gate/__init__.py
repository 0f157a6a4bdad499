"""The gate for incoming tables: contracts, their checks in Polars, pandera and Great Expectations.

What it offers is loaded when it is asked for: pandera takes a second to import, Great Expectations four.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "load": "load", "gate": "run", "model": "models", "opinion": "models", "present": "cells", "split": "split",
    "suggest": "suggest",
    "ExpectTotalToBeSumOfParts": "gx.relations", "ExpectShareOfTotal": "gx.relations",
    "ExpectChangeBetweenLevels": "gx.relations", "ExpectPercentOfPlan": "gx.relations",
    "ExpectCountWithinTotal": "gx.relations", "ExpectCellsToFit": "gx.cells",
}  # fmt: skip

__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"auditor.gate.{_WHERE[name]}"), name)
