"""What adds up after a change adds up before it: fleets now, fleets then, and what each airline bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.figure import Figure
from auditor.model.relation import Relation
from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.mentions import Mention, opposed
from auditor.parse.page import LIKELY, Page

# The sides of a change that add up when one of them does.
SIDES = ("from", "to", "change")

Move = Mapping[str, Mention]


def moved_breakdowns(page: Page, found: Sequence[Breakdown], changes: Sequence[Relation]) -> Iterator[Breakdown]:
    """Breakdowns of which every member is one side of a change, told of the other sides, where these add up as well."""
    sides = _sides(page, changes)
    for one in found if sides else ():
        members = (one.total, *one.parts)
        for side in SIDES:
            moves = [sides[side][m.number] for m in members if m.number in sides[side]]
            if len(moves) == len(members) > 2:
                yield from _others(side, moves)


def _sides(page: Page, changes: Sequence[Relation]) -> dict[str, dict[int, Move]]:
    """The changes told in full, by each side that a figure is of."""
    sides: dict[str, dict[int, Move]] = {side: {} for side in SIDES}
    mentions = {m.figure.id: m for m in page.mentions} if changes else {}
    for change in changes:
        if change.kind != "change-between-levels":
            continue
        named = ((m.role, m.filler) for m in change.members)
        move = {role: mentions[filler.id] for role, filler in named if isinstance(filler, Figure)}
        for side, mention in move.items() if set(move) == set(SIDES) else ():
            sides[side].setdefault(mention.number, move)
    return sides


def _others(side: str, moves: Sequence[Move]) -> Iterator[Breakdown]:
    for other in SIDES:
        whole, *parts = (move[other] for move in moves)
        if other != side and _one_way(moves) and _is_sum(whole, parts):
            yield Breakdown(whole, tuple(sorted(parts, key=lambda part: part.number)), True, LIKELY)


def _one_way(moves: Sequence[Move]) -> bool:
    """Whether all of the changes are rises, or all falls."""
    return len({move["to"].value > move["from"].value for move in moves}) == 1


def _is_sum(whole: Mention, parts: Sequence[Mention]) -> bool:
    distinct = len({m.number for m in (whole, *parts)}) > len(parts)
    return distinct and adds_up(whole, parts) and not any(opposed(part, whole) for part in parts)
