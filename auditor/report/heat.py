"""Documents by rules: where findings gather, what was compared, and what no document gave a rule to judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from auditor.model.check import Audit
from auditor.model.rule import Rule

MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Ran:
    """A rule with what became of it in this run."""

    rule: Rule
    judged: int
    unmade: int
    findings: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What a rule did in a document; ``kind`` chooses its colour."""

    rule: str
    judged: int
    findings: int
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """A document with its cells, in the order of the rules."""

    document: str
    cells: list[Cell]


def ran(audit: Audit) -> list[Ran]:
    """Every rule, those with findings first, those that never met a relation last."""
    judged = Counter(check.rule for check in audit.checks if check.verdict != "not-checkable")
    unmade = Counter(check.rule for check in audit.checks if check.verdict == "not-checkable")
    found = Counter(finding.check.rule for finding in audit.findings)
    every = [Ran(rule, judged[rule.id], unmade[rule.id], found[rule.id]) for rule in audit.rules]
    return sorted(every, key=lambda one: (-one.findings, -one.judged, -one.unmade, one.rule.id))


def rows(audit: Audit, rules: list[Ran]) -> list[Row]:
    """The documents with the most findings, with a cell a rule that met something."""
    judged = Counter((check.document, check.rule) for check in audit.checks if check.verdict != "not-checkable")
    found = Counter((finding.document, finding.check.rule) for finding in audit.findings)
    wrong = {(one.document, one.check.rule) for one in audit.findings if one.severity == "error" and not one.suppressed}
    totals = Counter(finding.document for finding in audit.findings)
    paths = [reading.document.path for reading in audit.readings if reading.document.error is None]
    chosen = sorted(paths, key=lambda path: -totals[path])[:MOST_ROWS]

    def cell(path: str, rule: str) -> Cell:
        key = (path, rule)
        kind = "error" if key in wrong else "warning" if found[key] else "checked" if judged[key] else "none"
        return Cell(rule, judged[key], found[key], kind)

    return [Row(path, [cell(path, one.rule.id) for one in rules]) for path in chosen]
