"""Identities that a table seems to keep: which column is the sum of which, which is a share of what.

Candidates are found on a few rows in whole numbers and confirmed on all rows by the engine that will judge them. What
holds in nine rows out of ten is proposed, with the rows where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations

import polars as pl

from auditor.gate.amounts import prepare
from auditor.gate.cells import read
from auditor.gate.contract import Binding, Contract, Selector
from auditor.gate.evidence import printed, quantity
from auditor.gate.units import unit
from auditor.gate.verdicts import VERDICT, judge
from auditor.gate.wide import ROW, slots
from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.rules.load import load

SAMPLE = 4  # rows that a candidate is looked for in
ROWS, MOST = 3, Fraction(9, 10)  # rows that must speak for an identity, and how many of them must agree
COLUMNS = 12  # beyond so many columns of one unit only neighbours are added up
PARTS = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation that seems to hold, in how many of how many rows, and where it does not."""

    binding: Binding
    judged: int
    exceptions: tuple[int, ...]


def identities(frame: pl.DataFrame, contract: Contract) -> list[Identity]:
    """The identities between the numeric columns of a frame with row numbers, simplest first."""
    search = _Search(frame, contract)
    sums = search.sums()
    shares = search.shares({(names, total) for total, names in _parts(sums)})
    return [*sums, *search.structures(), *shares]


def _parts(sums: Sequence[Identity]) -> Iterator[tuple[str, str]]:
    for one in sums:
        roles = dict(one.binding.roles)
        yield from ((roles["total"][0].column, selector.column) for selector in roles["part"])


class _Search:
    def __init__(self, frame: pl.DataFrame, contract: Contract) -> None:
        self.contract = contract
        numbers = [column.name for column in contract.columns.values() if column.numeric]
        self.frame, self.amounts = prepare(read(frame, contract), contract, numbers)
        self.rules = {rule.relation: rule for rule in load() if rule.kind == "equation"}
        self.names = [name for name in self.amounts if self.frame[self.amounts[name].value].is_not_null().any()]
        self.sample = self._sample()

    def _sample(self) -> list[dict[str, Interval]]:
        """The values of a few rows that have all figures, none of them nought, as intervals."""
        values = [pl.col(self.amounts[name].value) for name in self.names]
        if not values:
            return []
        full = self.frame.filter(pl.all_horizontal(value.is_not_null() & (value != 0) for value in values))
        some = full if full.height else self.frame.filter(pl.all_horizontal(value.is_not_null() for value in values))
        return [self._intervals(row) for row in islice(some.iter_rows(named=True), SAMPLE)]

    def _intervals(self, row: dict[str, object]) -> dict[str, Interval]:
        found = {}
        for name in self.names:
            column = self.contract.columns[name]
            read = quantity(column, printed(row[name], column, self.contract.reader.decimal), self.contract)
            if read is not None:
                found[name] = read.certain()
        return found

    def sums(self) -> list[Identity]:
        """For every column the largest set of others that adds up to it."""
        found = []
        for total in self.names:
            alike = [name for name in self.names if name != total and self._kind(name) == self._kind(total)]
            if self._kind(total) == "%":
                continue
            best = self._best(self._sum(total, names) for names in _sets(alike) if self._adds_up(total, names))
            found += [best] if best else []
        return found

    def structures(self) -> list[Identity]:
        """Sets of percentages that make up a whole."""
        shares = [name for name in self.names if self._percent(name)]
        fitting = (names for names in _sets(shares) if self._adds_up(None, names))
        best = self._best(self._confirmed("shares-sum-to-100", share=names) for names in fitting)
        return [best] if best else []

    def shares(self, parts: set[tuple[str, str]]) -> list[Identity]:
        """Percentages that are one column over another: a share of a whole, or of a plan."""
        found = []
        for share in filter(self._percent, self.names):
            amounts = [name for name in self.names if name != share and self._kind(name) != "%"]
            pairs = [pair for pair in permutations(amounts, 2) if self._is_share(share, *pair)]
            pairs.sort(key=lambda pair: pair not in parts)
            best = self._best(self._share(share, part, total, (part, total) in parts) for part, total in pairs)
            found += [best] if best else []
        return found

    def _percent(self, name: str) -> bool:
        """Whether a column holds percentages, or may: one without a unit and never above 100."""
        if self.contract.columns[name].unit:
            return self._kind(name) == "%"
        amount = self.amounts[name]
        return amount.least >= 0 and amount.most <= 100 * 10**amount.scale

    def _kind(self, name: str) -> str:
        measure = unit(self.contract.columns[name].unit)
        return "%" if measure.dimension == "percent" else measure.base

    def _sum(self, total: str, names: tuple[str, ...]) -> Identity | None:
        return self._confirmed("total-of-parts", total=(total,), part=names)

    def _share(self, share: str, part: str, total: str, known: bool) -> Identity | None:
        if known or not self._exceeds(part, total):
            return self._confirmed("share-of-total", part=(part,), total=(total,), share=(share,))
        return self._confirmed("percent-of-plan", actual=(part,), plan=(total,), percent=(share,))

    def _exceeds(self, part: str, total: str) -> bool:
        return any(one[part].lo > one[total].hi for one in self.sample if part in one and total in one)  # type: ignore[operator]

    def _adds_up(self, total: str | None, names: tuple[str, ...]) -> bool:
        return any(self._sum_holds(row, total, names) for row in self.sample)

    def _sum_holds(self, row: dict[str, Interval], total: str | None, names: tuple[str, ...]) -> bool:
        whole = row[total] if total else Interval(Fraction(100), Fraction(100))
        low, high = sum(row[name].lo or 0 for name in names), sum(row[name].hi or 0 for name in names)
        return low <= (whole.hi or 0) and (whole.lo or 0) <= high

    def _is_share(self, share: str, part: str, total: str) -> bool:
        return any(self._share_holds(row[share], row[part], row[total]) for row in self.sample)

    def _share_holds(self, share: Interval, part: Interval, total: Interval) -> bool:
        ends = (share.lo, share.hi, part.lo, part.hi, total.lo, total.hi)
        low, high, least, most, bottom, top = (end or Fraction(0) for end in ends)
        return bottom > 0 and low * bottom <= 100 * most and 100 * least <= high * top

    def _confirmed(self, relation: str, **roles: tuple[str, ...]) -> Identity | None:
        """The identity if enough rows speak for it."""
        binding = Binding(relation, tuple((role, tuple(map(Selector, names))) for role, names in roles.items()))
        figures = slots(binding, self.amounts)
        assert figures is not None
        result = judge(self.frame, figures, self.rules[relation])
        failing = result.failing.filter(pl.col(VERDICT) == "contradiction")
        exceptions = tuple(int(row) for row in failing[ROW])
        if result.judged < ROWS or len(exceptions) > (1 - MOST) * result.judged:
            return None
        return Identity(binding, result.judged, exceptions)

    def _best(self, found: Iterator[Identity | None]) -> Identity | None:
        """The one with the fewest exceptions, and among those the first."""
        return min((one for one in found if one), key=lambda one: len(one.exceptions), default=None)


def _sets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Sets of at least two, larger ones first: a total that two subtotals give is also that of their parts."""
    for size in range(min(len(names), PARTS), 1, -1):
        if len(names) <= COLUMNS:
            yield from combinations(names, size)
        else:
            yield from (tuple(names[at : at + size]) for at in range(len(names) - size + 1))
