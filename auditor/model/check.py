"""Checks, findings, and the whole result of a run."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditor.model.document import Document
from auditor.model.figure import Figure, Ignored
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule, Severity

Verdict = Literal["consistent", "contradiction", "suspicious", "not-checkable"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to one relation. ``left`` and ``right`` are the two sides as intervals (absent where the
    rule is no equation), ``gap`` their distance; ``equation`` shows them in printed numbers; ``reason`` is a
    message id that says why a verdict is not simply consistent or a contradiction."""

    id: str
    rule: str
    relation: Relation
    verdict: Verdict
    reason: str | None = None
    left: Interval | None = None
    right: Interval | None = None
    gap: Fraction | None = None
    equation: str = ""
    computed: str = ""

    @property
    def document(self) -> str:
        return self.relation.document


@dataclass(frozen=True, slots=True)
class Location:
    document: str
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a person must act on or look at, in words, with the smallest sets of members whose change
    would make everything hold (``suspects``; all ties). ``cause`` is shared by findings with one suspect."""

    id: str
    fingerprint: str
    check: Check
    severity: Severity
    message: dict[str, str]
    locations: tuple[Location, ...]
    suspects: tuple[tuple[Member, ...], ...] = ()
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document: every numeral is in ``figures`` or in ``ignored``, in order of position."""

    document: Document
    figures: tuple[Figure, ...]
    ignored: tuple[Ignored, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of a run, in the order of document paths; what every report is made from."""

    readings: tuple[Reading, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    rules_hash: str

    def checked(self) -> frozenset[str]:
        """Ids of figures in a relation that was judged; a unary rule judges no relation."""
        unary = {rule.id for rule in self.rules if rule.kind == "unary"}
        return frozenset(
            figure.id
            for check in self.checks
            if check.verdict != "not-checkable" and check.rule not in unary
            for figure in check.relation.figures()
        )
