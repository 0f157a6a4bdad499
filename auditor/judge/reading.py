"""From the members of a relation to the intervals of an expression, in one of three readings.

``possible``   every true value that the words allow; what fails here is a breach
``expected``   what a reader takes them to mean: a hedge reaches as far as its band
``cut``        rounded figures as if their further digits had been cut off
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.judge import arithmetic
from auditor.judge.expression import Atom, Expression
from auditor.judge.ranges import Key
from auditor.model.exact import Fraction, rational
from auditor.model.figure import Figure
from auditor.model.quantity import Interval, Quantity
from auditor.model.relation import Member, Relation

Reading = Callable[[Quantity], Interval]

# A cut number lies below its next digit. Intervals are closed, so they stop a little short of it.
CUT_REACH = Fraction(999, 1000)

_AGGREGATES: dict[str, Callable[[Sequence[Interval]], Interval]] = {
    "sum": arithmetic.total,
    "min": arithmetic.least,
    "max": arithmetic.greatest,
}


def possible(quantity: Quantity) -> Interval:
    if quantity.band is None:
        return quantity.certain()
    # A band may reach below its own bound (`about more than`), and what is expected is never impossible.
    return arithmetic.hull([quantity.certain(), quantity.likely()])


def expected(quantity: Quantity) -> Interval:
    return quantity.likely()


def cut(quantity: Quantity) -> Interval:
    if quantity.bound or not quantity.step:
        return possible(quantity)
    away = quantity.step * CUT_REACH * (-1 if quantity.value < 0 else 1)
    return arithmetic.hull([arithmetic.point(quantity.value), arithmetic.point(quantity.value + away)])


def interval(member: Member, reading: Reading) -> Interval | None:
    """What a member stands for, with its sign and offset; days for a date; ``None`` for evidence without a number."""
    filler = member.filler
    if isinstance(filler, Figure):
        printed: Interval | None = reading(filler.quantity)
    elif filler.kind == "period":
        printed = _years(filler.value)
    else:
        printed = filler.days
    if printed is None:
        return None
    turn = member.sign * member.factor
    turned = printed if turn == 1 else arithmetic.multiply(printed, arithmetic.point(turn))
    return arithmetic.add(turned, arithmetic.point(member.offset)) if member.offset else turned


def box(expression: Expression, relation: Relation, reading: Reading) -> dict[Key, Interval]:
    """The interval of every role and every sum, count … in the expression. Call `unfit` first: it says whether the
    relation fills them."""
    return {atom.key: _atom(atom, relation.role(atom.role), reading) for atom in expression.atoms()}


def unfit(expression: Expression, relation: Relation) -> str | None:
    """Why the relation does not fill the expression (a message id), or ``None``."""
    for atom in expression.atoms():
        members = relation.role(atom.role)
        if not members:
            return "role-missing"
        if atom.function is None and len(members) > 1:
            return "role-repeated"
        if atom.function != "count" and not all(_has_number(member) for member in members):
            return "no-number"
    return None


def _has_number(member: Member) -> bool:
    return isinstance(member.filler, Figure) or interval(member, possible) is not None


def _atom(atom: Atom, members: list[Member], reading: Reading) -> Interval:
    if atom.function == "count":
        return arithmetic.point(len(members))
    values = [value for member in members if (value := interval(member, reading)) is not None]
    return _AGGREGATES[atom.function](values) if atom.function else values[0]


def _years(text: str) -> Interval | None:
    try:
        return arithmetic.point(rational(text))
    except (ValueError, ZeroDivisionError):
        return None
