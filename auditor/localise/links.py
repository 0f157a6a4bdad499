"""Links under suspicion: the figure may be right, and only not what it was taken for (`this is the total`).

A figure that stands in several checks is split in two: the number in one role, and the number everywhere else. Where
a free choice for the role alone would make everything hold, the link is a suspect, as cheap as a single figure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from auditor.localise.condition import Condition, condition
from auditor.localise.graph import Place, place
from auditor.localise.hitting import TooLarge
from auditor.localise.knot import Knot
from auditor.model.check import Check
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation


def links(checks: Sequence[Check], knot: Knot, sets: Collection[frozenset[Place]]) -> tuple[Member, ...]:
    """Members whose role, and not whose number, may be mistaken; in the order of the text. A figure that is a
    suspect by itself is not named again."""
    found: dict[tuple[Place, str], Member] = {}
    for member in checks[0].relation.members:
        spot = place(member)
        if frozenset({spot}) in sets or not isinstance(member.filler, Figure) or not _in_all(member, checks):
            continue
        if _plays_another_part(member, knot) and _explains(member, knot):
            found.setdefault((spot, member.role), member)
    return tuple(found[key] for key in sorted(found))


def _in_all(member: Member, checks: Sequence[Check]) -> bool:
    return all(any(_same(one, member) for one in check.relation.members) for check in checks)


def _same(one: Member, other: Member) -> bool:
    return place(one) == place(other) and one.role == other.role


def _plays_another_part(member: Member, knot: Knot) -> bool:
    members = (one for condition in knot.touching([place(member)]) for one in condition.check.relation.members)
    return any(place(one) == place(member) and one.role != member.role for one in members)


def _explains(member: Member, knot: Knot) -> bool:
    apart = [_split(one, member) for one in knot.conditions]
    stand_in = place(_stand_in(member))
    try:
        return Knot(apart, len(knot.breached)).lacks(frozenset({stand_in})) is None
    except TooLarge:
        return False


def _split(one: Condition, member: Member) -> Condition:
    relation = one.check.relation
    if not any(_same(other, member) for other in relation.members):
        return one
    return condition(one.number, replace(one.check, relation=_apart(relation, member)), one.rule, one.doubted)


def _apart(relation: Relation, member: Member) -> Relation:
    stand_in = _stand_in(member)
    members = (replace(one, filler=stand_in.filler) if _same(one, member) else one for one in relation.members)
    return replace(relation, members=tuple(members))


def _stand_in(member: Member) -> Member:
    """The same number at a place of its own: an end before its start, which no figure has."""
    assert isinstance(member.filler, Figure)
    return replace(member, filler=replace(member.filler, end=-1))
