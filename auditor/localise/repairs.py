"""What a single suspect probably was: the values that would make everything hold, and the one that is a slip away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.localise.condition import Condition
from auditor.localise.edits import Edit, edits
from auditor.localise.graph import Place
from auditor.localise.knot import Knot, grain, printable
from auditor.model.check import Fit, Repair
from auditor.model.exact import Fraction
from auditor.model.figure import Figure

MAX_STEPS_INWARD = 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure whose change alone would do: what fits in its place, and which of that is a slip away."""

    figure: Figure
    fit: Fit | None
    slips: tuple[Edit, ...]


def suspect(knot: Knot, spot: Place) -> Suspect:
    """The fits and slips of one figure, each confirmed by the rules."""
    figure, touched = knot.figures[spot], knot.touching([spot])
    fit = _fit(knot, spot, touched)
    near = edits(figure, (fit.lo, fit.hi) if fit else None)
    slips = [edit for edit in near if _content(touched, spot, edit.value)]
    return Suspect(figure, fit, tuple(slips))


def unique(suspects: Iterable[Suspect]) -> tuple[Repair, ...]:
    """The one repair among all suspects, if there is only one."""
    found = [(one.figure, slip) for one in suspects for slip in one.slips]
    if len(found) != 1:
        return ()
    figure, slip = found[0]
    return (Repair(figure, slip.raw, slip.kind),)


def _fit(knot: Knot, spot: Place, touched: list[Condition]) -> Fit | None:
    """The range of printed numbers with which each check holds by itself."""
    figure = knot.figures[spot]
    first: int | None = None
    last: int | None = None
    for condition in touched:
        ends = knot.range(spot, [condition], frozenset({spot}), {})
        if ends is None:
            return None
        low, high = printable(figure, ends)
        first = low if first is None or (low is not None and low > first) else first
        last = high if last is None or (high is not None and high < last) else last
    if first is None or last is None or all(one.opaque for one in touched):
        return None
    unit = grain(figure)

    def inward(numbers: range) -> int:
        """The first number with which the rules agree; inequalities may be a little too generous."""
        near = numbers[:MAX_STEPS_INWARD]
        return next((number for number in near if _content(touched, spot, number * unit)), numbers[0])

    if first > last:
        return None
    low, high = inward(range(first, last + 1)), inward(range(last, first - 1, -1))
    return Fit(figure, low * unit, high * unit) if low <= high else None


def _content(touched: Iterable[Condition], spot: Place, value: Fraction) -> bool:
    return all(condition.holds({spot: value}) for condition in touched)
