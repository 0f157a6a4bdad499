"""Breaches that hang together: checks are joined where they share a place in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

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


def joined(components: Sequence[list[Check]], between: Iterable[Check]) -> list[list[list[Check]]]:
    """The components in bundles: those that a further check has a place in common with are bundled."""
    owner = {spot: number for number, one in enumerate(components) for check in one for spot in places(check)}
    first = list(range(len(components)))  # of the components that one is bundled with, an earlier one, or itself
    for check in between:
        numbers = {_first(owner[spot], first) for spot in places(check) if spot in owner}
        for number in numbers:
            first[number] = min(numbers)
    bundles: defaultdict[int, list[list[Check]]] = defaultdict(list)
    for number, one in enumerate(components):
        bundles[_first(number, first)].append(one)
    return list(bundles.values())


def _first(number: int, first: list[int]) -> int:
    while first[number] != number:
        first[number] = number = first[first[number]]
    return number


def _reached(start: int, checks: list[Check], at: dict[Place, list[int]]) -> set[int]:
    """The checks that hang together with one. What is known of a place is taken from it: it is looked up once."""
    reached, waiting = {start}, [start]
    while waiting:
        neighbours = {other for spot in places(checks[waiting.pop()]) for other in at.pop(spot, ())}
        waiting += neighbours - reached
        reached |= neighbours
    return reached
