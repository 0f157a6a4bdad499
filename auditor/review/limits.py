"""When a run is not green: findings, too many warnings, too little coverage, or nothing that was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.check import Audit
from auditor.model.rule import SEVERITIES
from auditor.report.summary import summary


@dataclass(frozen=True, slots=True)
class Limits:
    """``fail_on`` is the mildest severity that fails, or ``never``; ``max_warnings`` and ``min_coverage`` (per cent of
    figures checked) fail a run besides."""

    fail_on: str = "error"
    max_warnings: int | None = None
    min_coverage: float | None = None
    allow_empty: bool = False

    @property
    def failing(self) -> tuple[str, ...]:
        """The severities that fail a run."""
        return SEVERITIES[: SEVERITIES.index(self.fail_on) + 1] if self.fail_on in SEVERITIES else ()


def found(audit: Audit, limits: Limits) -> bool:
    """Whether an open finding is severe enough to fail the run."""
    return any(one.severity in limits.failing and not one.suppressed for one in audit.findings)


def exceeded(audit: Audit, limits: Limits) -> Iterator[str]:
    """The limits that the run does not keep, in words."""
    warnings = sum(one.severity == "warning" and not one.suppressed for one in audit.findings)
    if limits.max_warnings is not None and warnings > limits.max_warnings:
        yield f"{warnings} warnings, more than --max-warnings {limits.max_warnings}"
    read = summary(audit).coverage
    share = 100 * read.checked / read.figures if read.figures else 0.0
    if limits.min_coverage is not None and share < limits.min_coverage:
        yield f"{share:.1f} % of the figures were checked, less than --min-coverage {limits.min_coverage:g}"


def empty(audit: Audit) -> str:
    """Why a run says nothing about its documents; nothing when it does say something."""
    if not any(reading.figures for reading in audit.readings):
        return "no figure was read, so nothing was checked (--allow-empty accepts that)"
    if all(check.verdict == "not-checkable" for check in audit.checks):
        return "no figure was checked against another (--allow-empty accepts that)"
    return ""
