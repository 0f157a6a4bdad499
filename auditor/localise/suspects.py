"""Suspects: for every breached check, the smallest sets of places whose change would make everything hold.

Breaches that share a figure are explained together, so one wrong total is one suspect and not nine findings' worth; and
a change must leave every other check standing, so a total that eight shares vouch for is no suspect. All ties
are kept: first those that fewest checks vouch for, then those that one slip of the hand explains, then by place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.localise.condition import Condition, condition
from auditor.localise.diagnosis import diagnose
from auditor.localise.graph import Place, candidates, components, joined, place, places
from auditor.localise.hitting import TooLarge
from auditor.localise.knot import Knot
from auditor.localise.links import links
from auditor.localise.repairs import Suspect, suspect, unique
from auditor.model.check import Check, Explanation, Fit
from auditor.model.relation import Member
from auditor.model.rule import Rule

Sets = Iterable[frozenset[Place]]

BREACHES = ("contradiction", "suspicious")
SURE = 0.8  # a weaker link was made because the numbers fit: it speaks for them, but would not be there for others
MAX_TOGETHER = 4  # breaches in several documents that are explained together
MAX_REPAIRED = 24  # suspects of one knot for which repairs are looked for


def localise(
    checks: Iterable[Check], rules: Iterable[Rule], vouching: Collection[str] | None = None
) -> dict[str, Explanation]:
    """The explanation of each breached check by its id.

    Checks with one cause have one suspect in common, or hang together in a knot of their own. ``vouching`` are the
    rules whose consistent checks speak for their figures; all of them when it is absent.
    """
    return _Localiser(list(checks), rules, vouching).explained()


class _Localiser:
    def __init__(self, checks: list[Check], rules: Iterable[Rule], vouching: Collection[str] | None) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.breached = [check for check in checks if check.verdict in BREACHES]
        self.standing = [check for check in checks if check.verdict == "consistent"]
        self.doubted: defaultdict[Place, list[int]] = defaultdict(list)
        for number, check in enumerate(self.breached):
            if check.verdict == "suspicious" and self.rules[check.rule].kind != "unary":
                for spot in places(check):
                    self.doubted[spot].append(number)
        self.at: defaultdict[Place, list[int]] = defaultdict(list)
        self.vouchers: Counter[Place] = Counter()
        for number, check in enumerate(self.standing if self.breached else ()):
            for spot in places(check):
                if check.relation.confidence >= SURE:
                    self.at[spot].append(number)
                self.vouchers[spot] += vouching is None or check.rule in vouching

    def explained(self) -> dict[str, Explanation]:
        found: dict[str, Explanation] = {}
        plain = [check for check in self.breached if self.rules[check.rule].kind == "unary"]
        found.update({check.id: self._bare(check) for check in plain})
        computed = [check for check in self.breached if self.rules[check.rule].kind != "unary"]
        # What is off by a last digit has causes of its own and must not decide about what is plainly wrong.
        for verdict in BREACHES:
            knots = list(components(check for check in computed if check.verdict == verdict))
            for together in joined(knots, (self.standing[n] for n in self._near())):
                found.update(self._together(together))
        return {check.id: found[check.id] for check in self.breached}

    def _near(self) -> list[int]:
        return sorted({number for check in self.breached for spot in places(check) for number in self.at[spot]})

    def _together(self, components: Sequence[list[Check]]) -> dict[str, Explanation]:
        """Components that a standing check joins are explained together, and apart again where each can be."""
        every = [check for one in components for check in one]
        if len(every) > MAX_TOGETHER and len(_documents(every)) > 1:
            return self._by_document(every)
        knot = self._knot(every)
        try:
            sets = diagnose(knot.conflicts(), knot.lacks)
        except TooLarge:
            return self._apart(components)
        shares = _factors(sets, [frozenset().union(*map(places, one)) for one in components])
        if shares is None:
            return self._explained(sets, every, knot)
        found: dict[str, Explanation] = {}
        for own, one in zip(shares, components, strict=True):
            found.update(self._explained(own, one, knot))
        return found

    def _apart(self, components: Sequence[list[Check]]) -> dict[str, Explanation]:
        if len(components) > 1:
            return {name: one for part in components for name, one in self._together([part]).items()}
        # No common explanation within bounds: every breach speaks for itself.
        return {check.id: replace(self._bare(check), apart=True) for check in components[0]}

    def _by_document(self, checks: Sequence[Check]) -> dict[str, Explanation]:
        """What hangs together over many documents: each explains its own breaches by what it says itself, and a breach
        between documents speaks for itself."""
        own: defaultdict[str, list[Check]] = defaultdict(list)
        found: dict[str, Explanation] = {}
        for check in checks:
            if len(check.relation.documents()) > 1:
                found[check.id] = self._bare(check)
            else:
                own[check.document].append(check)
        for document in own.values():
            for component in components(document):
                found.update(self._alone(component))
        return {name: replace(one, apart=True) for name, one in found.items()}

    def _alone(self, component: list[Check]) -> dict[str, Explanation]:
        knot = self._knot(component, inside=True)
        try:
            return self._explained(diagnose(knot.conflicts(), knot.lacks), component, knot)
        except TooLarge:
            return self._apart([component])

    def _knot(self, breached: Sequence[Check], inside: bool = False) -> Knot:
        """The breaches and the checks over the same places: of all documents, or of none but their own."""
        around = {spot for check in breached for spot in places(check)}
        numbers = sorted({number for spot in around for number in self.at[spot]})
        near = [*(self.standing[number] for number in numbers), *self._doubted(breached, around)]
        every = [*breached, *(check for check in near if not inside or len(check.relation.documents()) == 1)]
        made = [
            condition(number, check, self.rules[check.rule], number >= len(breached) and check.verdict != "consistent")
            for number, check in enumerate(every)
        ]
        return Knot(made, len(breached))

    def _doubted(self, breached: Sequence[Check], around: set[Place]) -> list[Check]:
        """The merely suspicious checks over the same places, when contradictions are explained."""
        if breached[0].verdict == "suspicious":
            return []
        return [self.breached[number] for number in sorted({n for spot in around for n in self.doubted.get(spot, ())})]

    def _explained(self, sets: Sets, checks: Sequence[Check], knot: Knot) -> dict[str, Explanation]:
        known = list(sets)
        if not known:
            return {check.id: self._bare(check) for check in checks}
        alone = [spot for one in known if len(one) == 1 for spot in one if spot in knot.figures][:MAX_REPAIRED]
        repaired = {spot: suspect(knot, spot) for spot in alone}
        ordered = self._ordered(known, repaired)
        members = _members(checks, knot.conditions)
        found = Explanation(
            suspects=tuple(tuple(members[spot] for spot in sorted(one)) for one in ordered),
            vouchers=self._vouchers(ordered),
            links=links(checks, knot, set(known)),
            repairs=unique(repaired.values()) if len(repaired) == len(known) else (),
            fits=tuple(fit for one in ordered for spot in one if (fit := _fit(repaired.get(spot)))),
        )
        return {check.id: replace(found, cause=_cause(check, ordered, checks)) for check in checks}

    def _ordered(self, sets: Sets, repaired: Mapping[Place, Suspect]) -> list[frozenset[Place]]:
        def order(one: frozenset[Place]) -> tuple[int, bool, list[Place]]:
            slip = any(spot in repaired and repaired[spot].slips for spot in one)
            return sum(self.vouchers[spot] for spot in one), not slip, sorted(one)

        return sorted(sets, key=order)

    def _vouchers(self, sets: Sets) -> dict[Place, int]:
        return {spot: self.vouchers[spot] for spot in sorted(frozenset().union(*sets))}

    def _bare(self, check: Check) -> Explanation:
        """Every member of one breach by itself."""
        sets = self._ordered([frozenset({spot}) for spot in places(check)], {})
        members = _members([check], ())
        return Explanation(
            tuple((members[spot],) for one in sets for spot in one),
            _cause(check, sets, [check]),
            self._vouchers(sets),
        )


def _documents(checks: Iterable[Check]) -> set[str]:
    return {path for check in checks for path in check.relation.documents()}


def _factors(sets: set[frozenset[Place]], elements: Sequence[frozenset[Place]]) -> list[set[frozenset[Place]]] | None:
    """The explanations of each component by itself, if any choice of them is an explanation of all."""
    shares = [{one & own for one in sets} for own in elements]
    size = 1
    for share in shares:
        size *= len(share)
    whole = all(sum(len(one & own) for own in elements) == len(one) for one in sets)
    return shares if sets and whole and size == len(sets) else None


def _members(checks: Iterable[Check], conditions: Iterable[Condition]) -> dict[Place, Member]:
    at: dict[Place, Member] = {}
    for check in [*checks, *(one.check for one in conditions)]:
        for member in candidates(check):
            at.setdefault(place(member), member)
    return at


def _fit(found: Suspect | None) -> Fit | None:
    return found.fit if found else None


def _cause(check: Check, sets: Sequence[frozenset[Place]], component: Sequence[Check]) -> str:
    """A key of the place that is to blame: the only suspect in the check, or else where its knot begins."""
    own = sorted(sets[0] & places(check)) if len(sets) == 1 else []
    document, start, _ = own[0] if len(own) == 1 else min(min(places(one)) for one in component)
    return f"{document}:{start}"
