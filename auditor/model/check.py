"""Checks, findings, and the whole result of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from auditor.model.document import Document
from auditor.model.exact import Fraction
from auditor.model.figure import Figure, Ignored
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.review import Entry, Standing, Waiver
from auditor.model.rule import Rule, Severity
from auditor.model.subject import Level, Subject

Verdict = Literal["consistent", "contradiction", "suspicious", "not-checkable"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to one relation. ``left`` and ``right`` are the two sides as intervals (absent where the
    rule is no equation), ``gap`` their distance; ``equation`` shows them in printed numbers; ``reason`` is a
    message id that says why a verdict is not simply consistent or a contradiction. ``covers`` names, by rule and
    relation, other checks that this one speaks for: they stay, and are no findings of their own."""

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
    covers: tuple[tuple[str, Relation], ...] = ()

    @property
    def document(self) -> str:
        return self.relation.document


@dataclass(frozen=True, slots=True)
class Implied:
    """The values of a level that a text speaks of and does not print: the base of ``up 62,3 billion on 2015``.

    ``role`` is its role in ``check``, ``unit`` the base unit of ``interval``, ``equation`` the claim in print with a
    question mark for the level, ``reading`` the message id of the alternative that was taken (none for the rule's own
    words), ``subject`` what it is, where the text says.
    ``printed`` is the figure that was found for it elsewhere and held against the claim."""

    check: Check
    role: str
    interval: Interval
    unit: str | None
    equation: str
    reading: str | None = None
    subject: Subject | None = None
    printed: Figure | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A member's place in its document's own text."""

    document: str
    start: int
    end: int
    role: str


Spot = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True, slots=True)
class Fit:
    """The range of numbers, printed as precisely as ``figure`` is, that would make everything hold; in base units."""

    figure: Figure
    lo: Fraction
    hi: Fraction


@dataclass(frozen=True, slots=True)
class Repair:
    """What a figure probably was: as it would be printed, and the ``kind`` of slip (digit, swap, lost, added, comma,
    scale). A hint, never applied."""

    figure: Figure
    raw: str
    kind: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a check is breached: the smallest sets of members whose change would make everything hold (all ties, the
    likeliest first). ``vouchers`` counts for each suspect's place the checks that speak for it, ``links`` are members
    whose number may be right and whose role may not, ``fits`` say what would fit for suspects that stand alone, and
    ``repairs`` holds the one repair that is a slip away, or nothing. Checks with one suspect share a ``cause``.
    ``apart`` says that too many breaches hang together for all of them to be explained at once."""

    suspects: tuple[tuple[Member, ...], ...] = ()
    cause: str | None = None
    vouchers: Mapping[Spot, int] = field(default_factory=dict)
    links: tuple[Member, ...] = ()
    repairs: tuple[Repair, ...] = ()
    fits: tuple[Fit, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a person must act on or look at, in words, with the smallest sets of members whose change
    would make everything hold (``suspects``; all ties). ``cause`` is shared by findings with one suspect.
    ``turns`` says that the figures show the opposite of what the text states (a plan exceeded that was missed), and
    ``standing`` whether a baseline knows it (absent without a baseline)."""

    id: str
    fingerprint: str
    check: Check
    severity: Severity
    message: dict[str, str]
    locations: tuple[Location, ...]
    suspects: tuple[tuple[Member, ...], ...] = ()
    cause: str | None = None
    explanation: Explanation = field(default_factory=Explanation)
    waiver: Waiver | None = None
    standing: Standing | None = None
    turns: bool = False

    @property
    def document(self) -> str:
        return self.check.document

    @property
    def suppressed(self) -> bool:
        """Whether somebody decided about it already, or a baseline knows it."""
        return self.waiver is not None or self.standing == "known"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document: every numeral is in ``figures`` or in ``ignored``, in order of position.
    ``levels`` are the figures whose subject is known well enough to look for it elsewhere."""

    document: Document
    figures: tuple[Figure, ...]
    ignored: tuple[Ignored, ...]
    relations: tuple[Relation, ...]
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of a run, in the order of document paths; what every report is made from. ``sources`` are other
    texts that findings point into (a waivers file); ``fixed`` is what a baseline knew and this run did not find;
    ``implied`` are levels that follow from the text without being printed beside it."""

    readings: tuple[Reading, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    rules_hash: str
    sources: tuple[Document, ...] = ()
    fixed: tuple[Entry, ...] = ()
    implied: tuple[Implied, ...] = ()

    def checked(self) -> frozenset[str]:
        """Ids of figures in a relation that was judged; a unary rule judges no relation."""
        unary = {rule.id for rule in self.rules if rule.kind == "unary"}
        return frozenset(
            figure.id
            for check in self.checks
            if check.verdict != "not-checkable" and check.rule not in unary
            for figure in check.relation.figures()
        )
