"""How severe each finding is, once tolerances and what people decided have been heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from auditor.gate.result import Checked, Gate, Tally
from auditor.model.check import Audit, Finding
from auditor.model.rule import SEVERITIES

Passed = Counter[tuple[int, int, str]]


def levelled(result: Gate, audit: Audit | None = None) -> Gate:
    """The result with every finding as severe as its check is. ``audit`` is the result's own after a review: findings
    that somebody decided about, or that a baseline knows, are counted apart and use up no tolerance."""
    reviewed = audit or result.audit
    passed: Passed = Counter(
        (*result.owners[one.check.id][:2], one.check.verdict)
        for one in reviewed.findings
        if one.suppressed and one.check.id in result.owners
    )
    tables = tuple(_recounted(checked, number, passed) for number, checked in enumerate(result.tables))
    levelled = replace(result, tables=tables)
    found = sorted((_levelled(one, levelled) for one in reviewed.findings), key=_rank)
    numbered = tuple(replace(one, id=f"f{number}") for number, one in enumerate(found, 1))
    return replace(levelled, audit=replace(reviewed, findings=numbered))


def _recounted(checked: Checked, table: int, passed: Passed) -> Checked:
    def after(tally: Tally) -> Tally:
        contradictions, suspicions = (
            passed[table, tally.number, verdict] for verdict in ("contradiction", "suspicious")
        )
        return replace(tally, waived=contradictions, waived_suspicious=suspicions)

    return replace(checked, tallies=tuple(map(after, checked.tallies)))


def _levelled(finding: Finding, result: Gate) -> Finding:
    owner = result.owners.get(finding.check.id)
    if owner is None:
        return finding
    table, tally, _ = owner
    return replace(finding, severity=result.tables[table].tallies[tally].of(finding.check.verdict))


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)
