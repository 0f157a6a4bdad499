"""Suspects: for every breached check, the smallest sets of members whose change would make everything hold.

Breaches that share a figure are explained together, so one wrong total is one suspect and not nine findings' worth.
Among explanations of the same size, those stand that contradict the fewest consistent checks: a total that eight
shares vouch for is a poorer suspect than the ninth share. All ties are kept, in the order of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from auditor.localise.graph import Place, candidates, components, place, places
from auditor.localise.hitting import TooLarge, minimum
from auditor.model.check import Check
from auditor.model.relation import Member

Suspects = tuple[tuple[Member, ...], ...]
Explanation = tuple[Suspects, str]

BREACHES = ("contradiction", "suspicious")


def localise(checks: Iterable[Check], vouching: Collection[str] | None = None) -> dict[str, Explanation]:
    """Suspect sets and cause by the id of each breached check.

    Checks with one cause have one suspect in common, or hang together in a knot of their own. ``vouching`` are the
    rules whose consistent checks speak for their figures; all of them when it is absent.
    """
    every = list(checks)
    vouchers = _vouchers(every, vouching)
    breached = [check for check in every if check.verdict in BREACHES]
    found: dict[str, Explanation] = {}
    for component in components(breached):
        found.update(_explained(component, vouchers))
    return found


def _vouchers(checks: Iterable[Check], vouching: Collection[str] | None) -> Counter[Place]:
    speaking = (c for c in checks if c.verdict == "consistent" and (vouching is None or c.rule in vouching))
    return Counter(one for check in speaking for one in places(check))


def _explained(component: Sequence[Check], vouchers: Mapping[Place, int]) -> dict[str, Explanation]:
    try:
        smallest = minimum([places(check) for check in component])
    except TooLarge:
        # No common explanation within bounds: every breach speaks for itself.
        return {check.id: _alone(check, vouchers) for check in component}
    sets = _least_vouched(smallest, vouchers)
    suspects = _members(sets, component)
    return {check.id: (suspects, _cause(check, sets, component)) for check in component}


def _alone(check: Check, vouchers: Mapping[Place, int]) -> Explanation:
    sets = _least_vouched([frozenset({spot}) for spot in places(check)], vouchers)
    return _members(sets, [check]), _cause(check, sets, [check])


def _least_vouched(sets: Iterable[frozenset[Place]], vouchers: Mapping[Place, int]) -> list[frozenset[Place]]:
    weights = {one: sum(vouchers.get(spot, 0) for spot in one) for one in sets}
    least = min(weights.values())
    return sorted((one for one, weight in weights.items() if weight == least), key=sorted)


def _members(sets: Iterable[frozenset[Place]], component: Iterable[Check]) -> Suspects:
    at: dict[Place, Member] = {}
    for check in component:
        for member in candidates(check):
            at.setdefault(place(member), member)
    return tuple(tuple(at[spot] for spot in sorted(one)) for one in sets)


def _cause(check: Check, sets: Sequence[frozenset[Place]], component: Sequence[Check]) -> str:
    """A key of the place that is to blame: the only suspect in the check, or else where its knot begins."""
    own = sorted(sets[0] & places(check)) if len(sets) == 1 else []
    document, start, _ = own[0] if len(own) == 1 else min(min(places(one)) for one in component)
    return f"{document}:{start}"
