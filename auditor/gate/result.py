"""The result of a gate run: what was judged, what failed, and whether the table may pass."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from auditor.gate.contract import Binding, Contract, Level, Tolerance
from auditor.gate.table import Table
from auditor.model.check import Audit
from auditor.model.errors import InputError
from auditor.model.rule import SEVERITIES, Rule, Severity

CLEAN, BREACHED, FAILED = 0, 1, 2
Owner = tuple[int, int, int]  # the numbers of a table, of one of its tallies, and of the row that failed


@dataclass(frozen=True, slots=True)
class Tally:
    """One check of a contract on one table. ``breached`` are contradictions and faulty cells, ``suspicious`` what a
    person must look at, ``unchecked`` what could not be judged for want of a figure, ``waived`` those that a person
    let pass."""

    number: int
    rule: Rule
    name: str
    columns: tuple[str, ...]
    severity: Severity
    tolerance: Tolerance
    judged: int = 0
    breached: int = 0
    suspicious: int = 0
    unchecked: int = 0
    waived: int = 0
    waived_suspicious: int = 0
    binding: Binding | None = None

    @property
    def held(self) -> int:
        return self.judged - self.breached - self.suspicious

    @property
    def level(self) -> Level | None:
        """The severity that the breaches reach: at most that of the rule; a suspicion is at most a warning."""
        reached = self.tolerance.level(self.breached - self.waived, self.judged)
        found = [_milder(self.severity, reached)] if reached else []
        if self.suspicious > self.waived_suspicious:
            found.append(_milder(self.severity, "warning"))
        return min(found, key=SEVERITIES.index, default=None)

    def of(self, verdict: str) -> Level:
        """The severity of one finding of this check."""
        if verdict == "suspicious":
            return _milder(self.severity, "warning")
        return _milder(self.severity, self.tolerance.level(self.breached - self.waived, self.judged) or "note")


@dataclass(frozen=True, slots=True)
class Checked:
    """One table against its contract. ``failing`` has a row for each breach and suspicion: number of the check, row,
    all rows, verdict, reason. ``error`` means that nothing can be said, and then nothing else is."""

    path: str
    contract: Contract
    rows: int = 0
    tallies: tuple[Tally, ...] = ()
    failing: pl.DataFrame = field(default_factory=pl.DataFrame)
    table: Table | None = None
    error: InputError | None = None

    @property
    def level(self) -> Level | None:
        return min((tally.level for tally in self.tallies if tally.level), key=SEVERITIES.index, default=None)


@dataclass(frozen=True, slots=True)
class Gate:
    """A whole run. ``audit`` holds the findings as those of documents, so that every report can show them; ``owners``
    says by the id of a finding's check which table, tally and row it belongs to."""

    tables: tuple[Checked, ...]
    audit: Audit
    owners: dict[str, Owner] = field(default_factory=dict)

    def status(self, fail_on: str = "error") -> int:
        """0 when all may pass, 1 when something reached ``fail_on``, 2 when a table could not be judged."""
        if any(checked.error for checked in self.tables):
            return FAILED
        if fail_on == "never":
            return CLEAN
        counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return BREACHED if any(checked.level in counted for checked in self.tables) else CLEAN


def _milder(one: Severity, other: Severity) -> Severity:
    return max(one, other, key=SEVERITIES.index)
