"""Breaches that hang together, and every check that speaks about the same figures: would this change be enough?

A proposal names the places that may change. Inequalities decide what cannot be; what is left is tried: new numbers,
printed as precisely as the old ones, are put in place one by one until every rule concerned is content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import ceil, floor

from auditor.localise.condition import Condition, Values
from auditor.localise.elimination import Row, TooManyRows, conflict, reach, row
from auditor.localise.graph import Place, place
from auditor.localise.hitting import TooLarge
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Quantity

MAX_READINGS = 16  # combinations of alternative readings of the checks concerned
MAX_TRIALS = 120  # numbers put in place for one proposal
MAX_WORK = 30_000  # inequalities times figures that may change, over all proposals
EACH = 6  # numbers tried for one figure

Ends = tuple[Fraction | None, Fraction | None]


class Knot:
    """``conditions`` must all hold; the first ``breached`` of them do not."""

    def __init__(self, conditions: Sequence[Condition], breached: int) -> None:
        self.conditions = conditions
        self.breached = conditions[:breached]
        self.at: defaultdict[Place, list[int]] = defaultdict(list)
        self.figures: dict[Place, Figure] = {}
        self.work = 0
        for number, condition in enumerate(conditions):
            for spot in condition.elements:
                self.at[spot].append(number)
            self.figures |= _figures(condition)

    def conflicts(self) -> list[frozenset[Place]]:
        return [condition.elements for condition in self.breached]

    def lacks(self, free: frozenset[Place]) -> frozenset[Place] | None:
        """``None`` when a change of the free places is enough; else places of which one must change as well.
        Raises TooLarge where the proposals so far were too much work."""
        untouched = next((one for one in self.breached if one.elements.isdisjoint(free)), None)
        if untouched is not None:
            return untouched.elements
        if self.work > MAX_WORK:
            raise TooLarge
        touched = self.touching(free)
        origin = self._impossible(touched, free)
        if origin is not None:
            return _elements(self.conditions[number] for number in origin) - free
        trials = iter(range(MAX_TRIALS))
        if self._fill(touched, sorted(spot for spot in free if spot in self.figures), free, {}, trials):
            return None
        return _elements(touched) - free

    def touching(self, free: Iterable[Place]) -> list[Condition]:
        numbers = sorted({number for spot in free for number in self.at[spot]})
        return [self.conditions[number] for number in numbers]

    def range(self, spot: Place, touched: Sequence[Condition], free: frozenset[Place], values: Values) -> Ends | None:
        """The true values of one free place that the inequalities allow, over all readings."""
        found = [ends for rows in self._readings(touched, free, values) if (ends := _possible(rows, spot))]
        if not found:
            return None
        lows, highs = zip(*found, strict=True)
        return (None if None in lows else min(lows)), (None if None in highs else max(highs))

    def _impossible(self, touched: Sequence[Condition], free: frozenset[Place]) -> frozenset[int] | None:
        origins: frozenset[int] = frozenset()
        for rows in self._readings(touched, free, {}):
            try:
                core = conflict(rows)
            except TooManyRows:
                return None
            if core is None:
                return None
            origins |= core
        return origins

    def _readings(self, touched: Sequence[Condition], free: frozenset[Place], values: Values) -> Iterator[list[Row]]:
        systems = [condition.systems(free.difference(values), values) for condition in touched]
        signs = [_sign(spot, self.figures[spot]) for spot in free if spot in self.figures and spot not in values]
        for chosen in islice(product(*systems), MAX_READINGS):
            self.work += len(free) * (len(signs) + sum(map(len, chosen)))
            yield [*signs, *(one for rows in chosen for one in rows)]

    def _fill(
        self,
        touched: Sequence[Condition],
        waiting: list[Place],
        free: frozenset[Place],
        values: dict[Place, Fraction],
        trials: Iterator[int],
    ) -> bool:
        if not waiting:
            return all(one.holds(values) for one in touched if self._numeric(one, free))
        spot, *others = waiting
        ends = self.range(spot, touched, free, values)
        if ends is None:
            return False
        for value in candidates(self.figures[spot], ends):
            if self.work > MAX_WORK:
                raise TooLarge
            if next(trials, None) is None:
                return False
            if self._fill(touched, others, free, {**values, spot: value}, trials):
                return True
        return False

    def _numeric(self, condition: Condition, free: frozenset[Place]) -> bool:
        """Whether the places of a check that may change are all figures: a date or a word is taken to fit."""
        return all(spot in self.figures for spot in condition.elements & free)


def printable(figure: Figure, ends: Ends) -> tuple[int | None, int | None]:
    """The first and last number in units of the last printed digit whose rounding meets a range."""
    unit = grain(figure)
    low, high = _behind_hedge(figure.quantity, *ends) if figure.quantity.bound else ends
    half = figure.quantity.step / 2
    return None if low is None else ceil((low - half) / unit), None if high is None else floor((high + half) / unit)


def _behind_hedge(quantity: Quantity, low: Fraction | None, high: Fraction | None) -> Ends:
    """The printed numbers whose band meets a range: `over 100` reaches from 100 to 110, so 105 may stand behind 96."""
    below, above = quantity.band or (Fraction(1), Fraction(1))
    if quantity.value < 0:
        below, above = above, below
    return None if low is None or not above else low / above, None if high is None or not below else high / below


def grain(figure: Figure) -> Fraction:
    """One unit of the last printed digit; one for a count."""
    return figure.quantity.step or Fraction(1)


def candidates(figure: Figure, ends: Ends) -> list[Fraction]:
    """A few numbers out of a range at the printed precision: the nearest to the printed one, the middle, the ends."""
    unit = grain(figure)
    own = round(figure.quantity.value / unit)
    first, last = printable(figure, ends)
    low = min(own, 0 if last is None else last) if first is None else first
    high = max(own, low) if last is None else last
    picked = [min(max(own, low), high), (low + high) // 2, low, high, low + 1, high - 1]
    return [number * unit for number in dict.fromkeys(picked) if low <= number <= high][:EACH]


def _possible(rows: Sequence[Row], spot: Place) -> Ends | None:
    try:
        return None if conflict(rows) is not None else reach(rows, spot)
    except TooManyRows:
        return None, None


def _sign(spot: Place, figure: Figure) -> Row:
    return row({spot: Fraction(1 if figure.quantity.value < 0 else -1)}, Fraction(0))


def _figures(condition: Condition) -> Mapping[Place, Figure]:
    members = condition.check.relation.members
    return {place(member): member.filler for member in members if isinstance(member.filler, Figure)}


def _elements(conditions: Iterable[Condition]) -> frozenset[Place]:
    return frozenset(spot for condition in conditions for spot in condition.elements)
