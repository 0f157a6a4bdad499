"""Breaches that hang together: checks are joined where they share a place in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.model.check import Check
from auditor.model.figure import Evidence
from auditor.model.relation import Member

Place = tuple[str, int, int]  # document, start, end

# A list item or a number of years is read off the text around it; it is not what somebody mistyped.
BEYOND_SUSPICION = ("span", "period")


def place(member: Member) -> Place:
    return member.filler.document, member.filler.start, member.filler.end


def places(check: Check) -> frozenset[Place]:
    """Where the check could be mistaken; never empty."""
    return frozenset(place(member) for member in candidates(check))


def candidates(check: Check) -> list[Member]:
    """The members that could be mistaken: figures, dates and claim words; all of them if there are none."""
    members = check.relation.members
    found = [m for m in members if not (isinstance(m.filler, Evidence) and m.filler.kind in BEYOND_SUSPICION)]
    return found or list(members)


def components(checks: Iterable[Check]) -> Iterator[list[Check]]:
    """The connected components, each and all of them in the order of the checks."""
    every = list(checks)
    at: defaultdict[Place, list[int]] = defaultdict(list)
    for number, check in enumerate(every):
        for spot in places(check):
            at[spot].append(number)
    seen: set[int] = set()
    for number in range(len(every)):
        if number not in seen:
            component = _reached(number, every, at)
            seen |= component
            yield [every[one] for one in sorted(component)]


def _reached(start: int, checks: list[Check], at: dict[Place, list[int]]) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        neighbours = {other for spot in places(checks[waiting.pop()]) for other in at[spot]}
        waiting += neighbours - reached
        reached |= neighbours
    return reached
