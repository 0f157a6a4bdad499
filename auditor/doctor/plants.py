"""Mistakes planted in texts: one digit of one figure is another, or two figures change places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.model.check import Check
from auditor.model.figure import Figure
from auditor.model.relation import Member

BREACHES = ("contradiction", "suspicious")


@dataclass(frozen=True, slots=True)
class Plant:
    """A text with a mistake: ``figure`` was ``raw`` and now reads ``planted``; ``other`` is the second of a swap."""

    text: str
    figure: Figure
    raw: str
    planted: str
    other: Figure | None = None

    @property
    def starts(self) -> tuple[int, ...]:
        return tuple(one.start for one in (self.figure, self.other) if one)


def linked(checks: Iterable[Check]) -> dict[str, list[tuple[Check, Member]]]:
    """For each figure in a consistent check, by id: these checks, and the figure's part in each."""
    found: defaultdict[str, list[tuple[Check, Member]]] = defaultdict(list)
    for check in checks:
        if check.verdict == "consistent":
            for member in check.relation.members:
                if isinstance(member.filler, Figure):
                    found[member.filler.id].append((check, member))
    return dict(found)


def digits(text: str, figure: Figure, each: int) -> Iterator[Plant]:
    """The text with one digit changed: up to ``each`` changes of the figure, the same at every call."""
    places = [at for at in range(figure.start, figure.end) if text[at] in "0123456789"]
    for number, at in enumerate(places[:each] if each < len(places) else places):
        shift = 1 + (figure.start * 7 + number * 3) % 9
        digit = str((int(text[at]) + shift) % 10)
        if digit == "0" and at == places[0]:  # a leading zero is no longer a number that people print
            digit = "9" if text[at] != "9" else "8"
        changed = text[:at] + digit + text[at + 1 :]
        yield Plant(changed, figure, text[figure.start : figure.end], changed[figure.start : figure.end])


def swap(text: str, one: Figure, other: Figure) -> Plant:
    """The text with two figures in each other's place."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    between = text[first.end : last.start]
    changed = text[: first.start] + last.raw + between + first.raw + text[last.end :]
    return Plant(changed, one, one.raw, other.raw, other)


def caught(checks: Iterable[Check], starts: Sequence[int]) -> list[Check]:
    """The breached checks over a place in which something was planted."""
    return [
        check
        for check in checks
        if check.verdict in BREACHES and any(member.filler.start in starts for member in check.relation.members)
    ]
