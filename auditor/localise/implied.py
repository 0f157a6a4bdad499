"""Levels that follow from a text without being printed in the claim: the rule turned round for the role that lacks.

``113,4 billion, up 62,3 billion on 2015`` gives 2015 as 113,4 - 62,3, anywhere within the rounding of both. Two claims
that give one level two values cannot both be true, although neither can be checked by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.judge import arithmetic, wording
from auditor.judge.demands import demands
from auditor.judge.expression import Expression, parse
from auditor.judge.reading import possible
from auditor.judge.verdict import judge
from auditor.localise.graph import place
from auditor.localise.polynomial import form, parts, span
from auditor.model.check import Check, Implied
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule
from auditor.model.subject import Key

NOWHERE = -1  # an end before its start, which no figure has
UNKNOWN = "?"


def implied(checks: Iterable[Check], rules: Iterable[Rule]) -> tuple[Implied, ...]:
    """Every level that a claim speaks of and does not print beside it, once for each reading of the claim; in the order
    of the checks. A level is left out where it could be anything."""
    by_id = {rule.id: rule for rule in rules}
    return tuple(found for check in checks for found in _implied(check, by_id[check.rule]))


def conflicts(checks: Iterable[Check], rules: Iterable[Rule]) -> list[Check]:
    """For each level that is printed nowhere and that claims give values which exclude each other, one breached check
    (without an id) over the figures of the two claims that are furthest apart. None without a joint rule."""
    every = tuple(rules)
    joint = next((rule for rule in every if rule.kind == "joint"), None)
    if joint is None:
        return []
    by_key: defaultdict[tuple[Key, str], list[Check]] = defaultdict(list)
    for check in checks:
        subject = check.relation.sought
        if subject and subject.named and subject.told and check.relation.missing:
            by_key[subject.key, "" if subject.place else check.document].append(check)
    groups = (implied(group, every) for group in by_key.values() if len(group) > 1)
    return [_conflict(joint, pair) for group in groups if group and (pair := _excluding(group))]


def _implied(check: Check, rule: Rule) -> Iterator[Implied]:
    claim = check.relation
    role, printed = _lacking(claim)
    if role is None:
        return
    stand_in = _stand_in(claim, role)
    known = replace(claim, members=(*_without(claim, printed), stand_in), missing=())
    unit = next(figure.quantity.unit for figure in claim.figures())
    for expression, relation in demands(rule, known):
        interval = _solved(expression, relation, stand_in)
        if interval is not None:
            equation = wording.equation(expression, relation)
            yield Implied(check, role, interval, unit, equation, _reading(rule, expression), claim.sought, printed)


def _lacking(claim: Relation) -> tuple[str | None, Figure | None]:
    """The role that a claim does not print, and the figure found for it elsewhere: its last member, if there is one."""
    if claim.missing:
        return (claim.missing[0], None) if len(claim.missing) == 1 else (None, None)
    last = claim.members[-1]
    return (last.role, last.filler) if claim.sought and isinstance(last.filler, Figure) else (None, None)


def _without(claim: Relation, printed: Figure | None) -> tuple[Member, ...]:
    return claim.members if printed is None else claim.members[:-1]


def _stand_in(claim: Relation, role: str) -> Member:
    """A member at no place, of the dimension of the first figure of the claim: a level beside a level."""
    like = next(claim.figures())
    quantity = Quantity(Fraction(1), Fraction(0), like.quantity.unit, like.quantity.dimension, exact=False)
    return Member(role, Figure(UNKNOWN, claim.document, 0, NOWHERE, UNKNOWN, quantity))


def _solved(expression: Expression, relation: Relation, stand_in: Member) -> Interval | None:
    """The values of the stand-in for which the comparison can hold; ``None`` where nothing is said about them."""
    known = form(expression, relation)
    spot = place(stand_in)
    split = parts(known.difference, frozenset({spot})) if known else None
    if split is None or spot not in split[0] or expression.comparison != "==":
        return None
    box = {place(m): possible(m.filler.quantity) for m in relation.members if isinstance(m.filler, Figure)}
    factor, rest = span(split[0][spot], box), span(split[1], box)
    found = arithmetic.divide(arithmetic.negative(rest), factor)
    return None if found is None or found == Interval(None, None) else found


def _reading(rule: Rule, expression: Expression) -> str | None:
    return next((other.reason for other in rule.otherwise if parse(other.holds) == expression), None)


def _excluding(group: Sequence[Implied]) -> tuple[Implied, Implied] | None:
    """Two claims that no reading of either reconciles, the furthest apart."""
    by_check: defaultdict[str, list[Implied]] = defaultdict(list)
    for one in group:
        by_check[one.check.id].append(one)
    # Several readings of a claim together allow what any of them does.
    wide = [(arithmetic.hull(one.interval for one in same), same[0]) for same in by_check.values()]
    lowest = min(wide, key=lambda one: arithmetic.ends(one[0])[1])
    highest = max(wide, key=lambda one: arithmetic.ends(one[0])[0])
    return (lowest[1], highest[1]) if lowest[0].gap_to(highest[0]) else None


def _conflict(joint: Rule, pair: tuple[Implied, Implied]) -> Check:
    figures = {(figure.document, figure.start): figure for one in pair for figure in one.check.relation.figures()}
    members = tuple(Member("figure", figures[spot]) for spot in sorted(figures))
    confidence = min(one.check.relation.confidence for one in pair)
    relation = Relation(joint.relation, members[0].filler.document, members, confidence)
    first, second = sorted(pair, key=lambda one: (one.check.document, one.check.relation.position, one.check.rule))
    return replace(judge(joint, relation), equation=f"{first.equation}; {second.equation}")
