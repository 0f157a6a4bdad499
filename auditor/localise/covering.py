"""Minimum hitting sets of large knots, as 0/1 programs solved by HiGHS.

A set cover has no big constants: every factor is 0 or 1, so nothing depends on the units of the figures. All ties are
found by forbidding each answer and solving again while the weight stays the same. The solver's floating point only
proposes; each answer is counted again in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from auditor.localise.hitting import TooLarge, Weight

Element = TypeVar("Element")

MAX_TIES = 200
SECONDS = 2.0


def minimum(conflicts: Sequence[frozenset[Element]], weight: Callable[[Element], Weight]) -> set[frozenset[Element]]:
    """The lightest hitting sets, all of them up to ``MAX_TIES``. Raises TooLarge when the solver runs out of time."""
    elements = sorted({one for conflict in conflicts for one in conflict}, key=repr)
    solver = _program(elements, conflicts, weight)
    found: set[frozenset[Element]] = set()
    least: Weight | None = None
    while len(found) < MAX_TIES:
        chosen = _solved(solver, elements)
        if chosen is None or any(chosen.isdisjoint(conflict) for conflict in conflicts):
            break
        cost = sum(weight(one) for one in chosen)
        if least is not None and cost > least:
            break
        least = cost
        found.add(chosen)
        taken = [number for number, one in enumerate(elements) if one in chosen]
        solver.addRow(-solver.getInfinity(), len(taken) - 1, len(taken), taken, [1.0] * len(taken))
    if not found:
        raise TooLarge
    return found


def _program(
    elements: Sequence[Element], conflicts: Sequence[frozenset[Element]], weight: Callable[[Element], Weight]
) -> Any:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", SECONDS)
    solver.setOptionValue("mip_rel_gap", 0.0)
    column = {one: number for number, one in enumerate(elements)}
    for number, one in enumerate(elements):
        solver.addVar(0.0, 1.0)
        solver.changeColCost(number, float(weight(one)))
        solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
    for conflict in conflicts:
        columns = sorted(column[one] for one in conflict)
        solver.addRow(1.0, solver.getInfinity(), len(columns), columns, [1.0] * len(columns))
    return solver


def _solved(solver: Any, elements: Sequence[Element]) -> frozenset[Element] | None:
    import highspy

    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = solver.getSolution().col_value
    return frozenset(one for one, value in zip(elements, values, strict=True) if value > 0.5)
