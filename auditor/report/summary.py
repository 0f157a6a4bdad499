"""The numbers at the head of every report: what was read, what was compared, and with which outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from auditor.model.check import Audit, Reading, Verdict
from auditor.model.rule import SEVERITIES


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of numerals; each is exactly one of ``checked``, ``unpaired`` or ``ignored``."""

    checked: int = 0
    unpaired: int = 0
    ignored: int = 0

    @property
    def figures(self) -> int:
        return self.checked + self.unpaired

    @property
    def numerals(self) -> int:
        return self.figures + self.ignored

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.checked + other.checked, self.unpaired + other.unpaired, self.ignored + other.ignored)


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of a run; ``by_verdict`` counts checks and ``by_severity`` findings, zeros included, worst last."""

    documents: int
    unread: int
    coverage: Coverage
    checks: int
    by_verdict: dict[str, int]
    by_severity: dict[str, int]


def coverage(reading: Reading, checked: frozenset[str]) -> Coverage:
    """``checked`` is :meth:`Audit.checked`, made once for all documents."""
    paired = sum(figure.id in checked for figure in reading.figures)
    return Coverage(paired, len(reading.figures) - paired, len(reading.ignored))


def summary(audit: Audit) -> Summary:
    checked = audit.checked()
    return Summary(
        documents=len(audit.readings),
        unread=sum(reading.document.error is not None for reading in audit.readings),
        coverage=sum((coverage(reading, checked) for reading in audit.readings), Coverage()),
        checks=len(audit.checks),
        by_verdict=_counts((check.verdict for check in audit.checks), get_args(Verdict)),
        by_severity=_counts((finding.severity for finding in audit.findings), SEVERITIES),
    )


def reasons(audit: Audit) -> tuple[Counter[str], Counter[str]]:
    """Why figures are unpaired and why checks were not checkable: counts by message id."""
    checked = audit.checked()
    figures = (figure for reading in audit.readings for figure in reading.figures if figure.id not in checked)
    stopped = (check for check in audit.checks if check.verdict == "not-checkable")
    return Counter(figure.reason or "no-relation" for figure in figures), Counter(
        check.reason or "no-relation" for check in stopped
    )


def _counts(found: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    counted = Counter(found)
    return {name: counted[name] for name in names}
