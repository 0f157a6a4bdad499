"""What adds up after a change adds up before it: fleets now, fleets then, and what each airline bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.relation import Relation
from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.mentions import Mention, opposed, same_measure
from auditor.parse.page import LIKELY, Page

# The sides of a change that add up when one of them does.
SIDES = ("from", "to", "change")

Move = Mapping[str, Mention]


def moved_breakdowns(page: Page, found: Sequence[Breakdown], changes: Sequence[Relation]) -> Iterator[Breakdown]:
    """Breakdowns of which every member is one side of a change, told of the other sides, where these add up as well."""
    moves = _moves(page, changes) if found else []
    by_side = {side: {move[side].number: move for move in reversed(moves) if side in move} for side in SIDES}
    for one in found:
        members = (one.total, *one.parts)
        for side, known in by_side.items():
            if len(members) > 2 and all(m.number in known for m in members):
                yield from _others(side, [known[m.number] for m in members])


def _moves(page: Page, changes: Sequence[Relation]) -> list[Move]:
    """The changes by their sides: those told in full, then those told of a level."""
    mentions = {m.figure.id: m for m in page.mentions} if changes else {}
    told = [change.members for change in changes if change.kind == "change-between-levels"]
    full = [{m.role: mentions[m.filler.id] for m in members if isinstance(m.filler, Figure)} for members in told]
    beside = ((m.head, m) for m in page.mentions if m.function == "change" and m.head)
    return [*full, *({"to": level, "change": change} for level, change in beside if same_measure(level, change))]


def _others(side: str, moves: Sequence[Move]) -> Iterator[Breakdown]:
    for other in SIDES:
        if other != side and all(other in move for move in moves) and len({_rises(move) for move in moves}) == 1:
            whole, *parts = (move[other] for move in moves)
            if _is_sum(whole, parts):
                yield Breakdown(whole, tuple(sorted(parts, key=lambda part: part.number)), True, LIKELY)


def _rises(move: Move) -> bool:
    return move["to"].value > move["from"].value if "from" in move else move["change"].sign > 0


def _is_sum(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether figures add up as printed, and not just within what their hedges leave open."""
    distinct = len({m.number for m in (whole, *parts)}) > len(parts)
    missed = abs(sum((part.value for part in parts), -whole.value))
    near = missed <= sum((m.grain for m in (whole, *parts)), Fraction(0)) and adds_up(whole, parts)
    return distinct and near and not any(opposed(part, whole) for part in parts)
