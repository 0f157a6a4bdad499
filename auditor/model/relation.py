"""Relations: what a text claims to hold between figures, each in a role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, Figure
from auditor.model.subject import Subject


@dataclass(frozen=True, slots=True)
class Member:
    """A figure or a piece of evidence in a role. ``sign`` is -1 where the cue word turns the number (a fall);
    ``offset`` is added to the value (100 for `exceeds the plan by 9 %`); ``factor`` multiplies it (an area in m2 is
    counted in ha beside a yield per ha). All leave the printed figure as it is."""

    role: str
    filler: Figure | Evidence
    sign: int = 1
    offset: Fraction = Fraction(0)
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Relation:
    """One claim. ``confidence`` (0 to 1) says how surely the text makes it; ``missing`` names roles that the
    text claims but does not print, which makes the relation not checkable for the reason ``reason`` (a message id);
    ``sought`` is the level that a missing role speaks of, where the text says which. Members may stand in several
    documents; ``document`` is the one that makes the claim."""

    kind: str
    document: str
    members: tuple[Member, ...]
    confidence: float = 1.0
    missing: tuple[str, ...] = ()
    reason: str | None = None
    sought: Subject | None = None

    def role(self, name: str) -> list[Member]:
        return [member for member in self.members if member.role == name]

    def roles(self) -> set[str]:
        return {member.role for member in self.members}

    def figures(self) -> Iterator[Figure]:
        return (member.filler for member in self.members if isinstance(member.filler, Figure))

    def documents(self) -> frozenset[str]:
        return frozenset(member.filler.document for member in self.members)

    @property
    def position(self) -> int:
        """Where the claim stands in its own document."""
        return min((m.filler.document != self.document, m.filler.start) for m in self.members)[1]
