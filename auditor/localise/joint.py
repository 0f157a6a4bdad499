"""Can all relations of a document that share figures hold at once? If not: an irreducible set that cannot.

Every comparison narrows each of its figures to the values that the others leave (Mackworth, `Consistency in networks
of relations`, 1977; Benhamou and others, `Revising hull and box consistency`, 1999), again and again. A figure that
is left without a value proves that no values inside the print satisfy all relations. The reverse is not claimed: what
survives the narrowing is taken to be possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor

from auditor.judge import arithmetic
from auditor.judge.demands import demands
from auditor.judge.expression import parse
from auditor.judge.outcome import SLACK
from auditor.judge.reading import Reading, cut, possible
from auditor.judge.verdict import judge
from auditor.localise.graph import Place, components, place, places
from auditor.localise.polynomial import Form, form, parts, span
from auditor.model.check import Check
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

BREACHES = ("contradiction", "suspicious")
SAME = parse("one == other")
ROUNDS = 12
ROUNDING = ("truncated", "off-by-last-digits")
GRID = 10**6  # narrowed ends are rounded outward to so many parts of the figure's width
SURE = 0.8  # weaker links were made because the numbers fit; they prove nothing about each other


def joint_checks(checks: Iterable[Check], rules: Iterable[Rule]) -> list[Check]:
    """For each component of relations that hold one by one and not together, one breached check (without an id) over
    the figures of an irreducible part of it, whose equation lists the statements. None without a joint rule."""
    by_id = {rule.id: rule for rule in rules}
    rule = next((rule for rule in by_id.values() if rule.kind == "joint"), None)
    if rule is None:
        return []
    every = list(checks)
    # Most checks share no figure with another, and need no form.
    linked = [check for one in components(filter(_speaks, every)) if len(one) > 1 for check in one]
    forms = {c.id: known for c in linked if (known := _forms(c, by_id[c.rule]))}
    speaking = [check for check in linked if check.id in forms]
    together = (one for one in components(speaking) if len(one) > 1)
    proofs = (_proof([(check, each) for check in one for each in forms[check.id]]) for one in together)
    found = [_check(rule, proof) for proof in proofs if proof]
    missed = {spot for check in every if check.verdict in BREACHES for spot in places(check)}
    # A figure that misses by a last digit makes its neighbours miss together: that is said already.
    return [one for one in found if one.reason not in ROUNDING or missed.isdisjoint(places(one))]


def _check(rule: Rule, proof: Sequence[Statement]) -> Check:
    equations = "; ".join(dict.fromkeys(check.equation for check, _ in proof))
    found = judge(rule, _relation(rule.relation, proof))
    return replace(found, equation=equations, reason=_rounding(proof) or found.reason)


def _rounding(proof: Sequence[Statement]) -> str | None:
    """The reason why statements that cannot all hold are no more than a matter of last digits, if they are."""
    readings = zip(ROUNDING, (cut, _slack), strict=True)
    return next((reason for reason, reading in readings if _possible(proof, reading)), None)


def _slack(quantity: Quantity) -> Interval:
    """A rounded figure, off by as many units of its last digit as a single relation may be missed by."""
    wide, away = possible(quantity), quantity.step * SLACK
    return Interval(None if wide.lo is None else wide.lo - away, None if wide.hi is None else wide.hi + away)


def _speaks(check: Check) -> bool:
    return check.verdict == "consistent" and check.relation.confidence >= SURE


def _forms(check: Check, rule: Rule) -> list[Form]:
    """What a consistent check says of its figures: its comparison, or that the figures of a repeat are one number."""
    if rule.kind == "repeat":
        return [_equal(check.relation, *pair) for pair in pairwise(check.relation.members)]
    known = _form(check, rule)
    return [known] if known else []


def _equal(relation: Relation, one: Member, other: Member) -> Form:
    return Form(SAME, relation, {(place(one),): Fraction(1), (place(other),): Fraction(-1)}, ())


def _form(check: Check, rule: Rule) -> Form | None:
    """The comparison that made a check consistent: the rule's own, or the alternative that its reason names."""
    if check.reason:
        rule = next((_only(rule, other.holds) for other in rule.otherwise if other.reason == check.reason), rule)
    wanted = demands(rule, check.relation)
    return form(*wanted[0]) if wanted else None


def _only(rule: Rule, holds: str) -> Rule:
    return replace(rule, holds={"": holds}, otherwise=())


Statement = tuple[Check, Form]


def _proof(statements: Sequence[Statement]) -> list[Statement]:
    """Statements that cannot all hold and of which none can be spared; none when they can."""
    if _possible(statements):
        return []
    kept = list(statements)
    for one in statements:
        without = [other for other in kept if other is not one]
        if not _possible(without):
            kept = without
    return kept


def _possible(statements: Sequence[Statement], reading: Reading = possible) -> bool:
    box, widths = _box(statements, reading)
    for _ in range(ROUNDS):
        before = dict(box)
        for _, one in statements:
            for spot in {spot for monomial in one.difference for spot in monomial}:
                narrowed = _narrowed(one, spot, box)
                if narrowed is None:
                    return False
                box[spot] = _outward(narrowed, widths[spot])
        if box == before:
            return True
    return True


def _box(statements: Sequence[Statement], reading: Reading) -> tuple[dict[Place, Interval], dict[Place, Fraction]]:
    box: dict[Place, Interval] = {}
    widths: dict[Place, Fraction] = {}
    for _, one in statements:
        for member in one.relation.members:
            filler = member.filler
            printed = reading(filler.quantity) if isinstance(filler, Figure) else filler.days
            box[place(member)] = printed or Interval(None, None)
            widths[place(member)] = filler.quantity.step if isinstance(filler, Figure) else Fraction(0)
    return box, widths


def _narrowed(one: Form, spot: Place, box: Mapping[Place, Interval]) -> Interval | None:
    """The values of a figure that some values of the others allow; ``None`` for none at all."""
    own = box[spot]
    split = parts(one.difference, frozenset({spot}))
    if split is None or any((span(divisor, box).lo or Fraction(0)) <= 0 for divisor in one.divisors):
        return own
    factor, rest = span(split[0][spot], box), span(split[1], box)
    allowed = _allowed(factor, rest, one.comparison)
    return _common(own, allowed)


def _allowed(factor: Interval, rest: Interval, comparison: str) -> Interval:
    """The values x with ``factor * x + rest`` compared with 0, where the factor keeps its sign; else all."""
    bound = arithmetic.divide(arithmetic.negative(rest), factor)
    if bound is None:
        return Interval(None, None)
    if comparison == "==":
        return bound
    upper = comparison.startswith("<") == (factor.lo is not None and factor.lo > 0)
    return Interval(None, bound.hi) if upper else Interval(bound.lo, None)


def _common(one: Interval, other: Interval) -> Interval | None:
    lows = [end for end in (one.lo, other.lo) if end is not None]
    highs = [end for end in (one.hi, other.hi) if end is not None]
    found = Interval(max(lows, default=None), min(highs, default=None))
    return None if found.lo is not None and found.hi is not None and found.lo > found.hi else found


def _outward(interval: Interval, width: Fraction) -> Interval:
    """Ends with small denominators, never narrower: fractions of fractions would grow without end."""
    unit = (width or Fraction(1)) / GRID
    lo = None if interval.lo is None else floor(interval.lo / unit) * unit
    hi = None if interval.hi is None else ceil(interval.hi / unit) * unit
    return Interval(lo, hi)


def _relation(kind: str, proof: Sequence[Statement]) -> Relation:
    figures = {place(member): member.filler for member in _figures(proof)}
    members = tuple(Member("figure", figures[spot]) for spot in sorted(figures))
    confidence = min(check.relation.confidence for check, _ in proof)
    return Relation(kind, members[0].filler.document, members, confidence)


def _figures(proof: Sequence[Statement]) -> Iterator[Member]:
    for check, _ in proof:
        yield from (member for member in check.relation.members if isinstance(member.filler, Figure))
