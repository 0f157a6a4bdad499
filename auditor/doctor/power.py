"""How strong each rule is: mistakes planted in texts where it holds, and what became of its check.

A planted digit is ``found`` when the rule's own check is breached, ``elsewhere`` when only other checks are, ``lost``
when the rule no longer binds the figure, and ``held`` when it binds it and sees nothing: to that mistake it is blind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.doctor.plants import BREACHES, Plant, caught, digits, swap
from auditor.model.check import Check
from auditor.model.figure import Figure
from auditor.model.relation import Member

Reader = Callable[[str], Sequence[Check]]

DIGIT, SWAP = "digit", "swap"


@dataclass
class Power:
    """What became of the mistakes planted in one role of one rule: of one kind, counted by outcome."""

    rule: str
    role: str
    kind: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def planted(self) -> int:
        return self.counts.total()

    def share(self, *outcomes: str) -> int:
        """Per cent of the planted, rounded."""
        return round(100 * sum(self.counts[one] for one in outcomes) / self.planted)


def power(texts: Iterable[str], rules: Sequence[str], read: Reader, each: int = 3) -> list[Power]:
    """Digits changed (up to ``each`` a figure) and figures swapped within a relation, in every consistent check of
    these rules; by rule, role and kind. ``read`` gives the checks of a text."""
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for check in read(text):
            if check.verdict == "consistent" and check.rule in rules:
                for role, kind, plant in _plants(text, check, each):
                    found[check.rule, role, kind][_outcome(check.rule, plant, read(plant.text))] += 1
    return [Power(*key, counts) for key, counts in sorted(found.items())]


def _plants(text: str, check: Check, each: int) -> Iterator[tuple[str, str, Plant]]:
    figures = [(m, m.filler) for m in check.relation.members if isinstance(m.filler, Figure)]
    printed = [(member, one) for member, one in figures if text[one.start : one.end] == one.raw]
    for member, one in printed:
        yield from ((member.role, DIGIT, plant) for plant in digits(text, one, each))
    for (first, one), (second, other) in pairwise(printed):
        if one.quantity.unit == other.quantity.unit and one.raw != other.raw and not _nested(one, other):
            yield _roles(first, second), SWAP, swap(text, one, other)


def _roles(one: Member, other: Member) -> str:
    return "/".join(dict.fromkeys((one.role, other.role)))


def _nested(one: Figure, other: Figure) -> bool:
    return one.start < other.end and other.start < one.end


def _outcome(rule: str, plant: Plant, checks: Sequence[Check]) -> str:
    own = [c for c in checks if c.rule == rule and any(m.filler.start in _near(plant) for m in c.relation.members)]
    if any(check.verdict in BREACHES for check in own):
        return "found"
    if caught(checks, _near(plant)):
        return "elsewhere"
    return "held" if any(check.verdict == "consistent" for check in own) else "lost"


def _near(plant: Plant) -> tuple[int, ...]:
    """The places of the planted figures; behind a swap of figures of different length the second one has moved."""
    if plant.other is None:
        return plant.starts
    first, last = sorted((plant.figure, plant.other), key=lambda figure: figure.start)
    return first.start, last.start + len(last.raw) - len(first.raw)
