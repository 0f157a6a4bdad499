"""The gate for incoming tables: contracts, their checks in Polars, pandera and Great Expectations.

What it offers is loaded when it is asked for: pandera takes a second to import, Great Expectations four. No name on
offer is that of a module beside it: once imported, the module would stand in its place.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "load": "loading", "gate": "run", "model": "models", "opinion": "models", "present": "cells", "split": "parting",
    "suggest": "drafting",
    "ExpectTotalToBeSumOfParts": "gx.relations", "ExpectShareOfTotal": "gx.relations",
    "ExpectChangeBetweenLevels": "gx.relations", "ExpectPercentOfPlan": "gx.relations",
    "ExpectCountWithinTotal": "gx.relations", "ExpectCellsToFit": "gx.cells",
}  # fmt: skip

__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"auditor.gate.{_WHERE[name]}"), name)
