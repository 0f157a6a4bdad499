"""Rules as data: what must hold for a kind of relation, how bad a breach is, why, and examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from auditor.model.exact import Fraction

Severity = Literal["error", "warning", "note"]
RuleKind = Literal["equation", "order", "claim", "repeat", "integer", "unary", "joint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the verdict the rule must reach on it, or ``none`` where it must bind no such relation;
    ``line`` is its place in the rule file."""

    text: str
    verdict: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading, tried in order when the rule itself is breached; ``when`` limits it to relations
    whose figures all have that dimension."""

    holds: str
    verdict: str
    reason: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What the rule says of relations that fill exactly these roles: a level with its change instead of two levels."""

    roles: frozenset[str]
    holds: str
    message: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One file of ``expectations/``. ``holds`` is an arithmetic expression over roles, or for a claim rule a
    mapping of claim words to expressions; ``forms`` say the same of relations with other roles; ``breach`` is the
    verdict when it fails, ``floor`` the link confidence below which a breach is only suspicious, ``parameters`` are the
    numbers of its kind. A ``unary`` rule
    has no ``holds``: that its relation was bound is the breach."""

    id: str
    relation: str
    kind: RuleKind
    holds: dict[str, str]
    severity: Severity
    title: dict[str, str]
    why: dict[str, str]
    message: dict[str, str]
    examples: tuple[Example, ...]
    otherwise: tuple[Alternative, ...] = ()
    forms: tuple[Form, ...] = ()
    breach: str = "contradiction"
    floor: float = 0.0
    parameters: dict[str, Fraction] = field(default_factory=dict)
    source: str = ""

    def on(self, roles: Iterable[str]) -> Rule:
        """The rule as it is for a relation that fills these roles."""
        form = next((form for form in self.forms if form.roles == frozenset(roles)), None)
        return replace(self, holds={"": form.holds}, message=form.message, otherwise=()) if form else self
