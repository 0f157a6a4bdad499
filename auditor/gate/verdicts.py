"""Every relation of a frame judged at once: the questions of `auditor.judge.equation`, in its order.

Most rows hold, and one question finds them. Only the others are asked the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from auditor.gate.amounts import Amount
from auditor.gate.compiled import Answer, Slots, TooWide, holds
from auditor.gate.terms import End, Ledger, Whole, greatest
from auditor.judge import outcome, wording
from auditor.judge.expression import Atom, Expression, parse
from auditor.model.exact import Fraction
from auditor.model.rule import Alternative, Rule

VERDICT, REASON = "\0verdict", "\0reason"
ASK = "ask"  # a verdict for the exact judge to replace


@dataclass(frozen=True, slots=True)
class Judged:
    """How many rows were judged and how many could not be, and the rows that do not simply hold, with verdict and
    reason (`ask` where only the exact judge can tell)."""

    judged: int
    unchecked: int
    failing: pl.DataFrame


def judge(frame: pl.DataFrame, slots: Slots, rule: Rule, unfit: pl.Expr | None = None, *, ask: bool = False) -> Judged:
    """Judge every row of a frame of relations by one rule. ``unfit`` marks rows that are not checkable anyway;
    ``ask`` leaves all of them to the exact judge."""
    present = _present(frame, slots)
    if unfit is not None:
        present = present & ~unfit
    first = None if ask else _first(slots, rule)
    if first is None:
        left = frame.filter(present).with_columns(_words(ASK, None))
        return Judged(left.height, frame.height - left.height, left)
    return _judged(frame, slots, rule, present, first)


def _present(frame: pl.DataFrame, slots: Slots) -> pl.Expr:
    """The rows in which no figure is missing; where none is, that is no question."""
    names = [amount.value for found in slots.values() for amount in found]
    missing = [pl.col(name).is_not_null() for name in names if frame[name].null_count()]
    return pl.all_horizontal(missing) if missing else pl.repeat(True, pl.len())


def _judged(frame: pl.DataFrame, slots: Slots, rule: Rule, present: pl.Expr, first: Answer) -> Judged:
    # A divisor that may be zero says nothing; what the intervals say beside it is not even asked.
    checkable = present if first.zero is None else present & ~first.zero
    beyond = pl.lit(False) if first.beyond is None else first.beyond
    asked = [checkable.sum().alias("judged"), (checkable & (beyond | ~first.holds)).alias("failing").sum()]
    counted = frame.lazy().select(asked).collect().row(0, named=True)
    unchecked = frame.height - counted["judged"]
    if not counted["failing"]:
        return Judged(counted["judged"], unchecked, frame.clear().with_columns(_words("", None)))
    failing = frame.filter(checkable & (beyond | ~first.holds))
    return Judged(counted["judged"], unchecked, _ended(failing, slots, rule, beyond))


def _first(slots: Slots, rule: Rule) -> Answer | None:
    if rule.kind != "equation":
        return None
    try:
        return holds(parse(rule.holds[""]), slots)
    except TooWide:
        return None


def _ended(failing: pl.DataFrame, slots: Slots, rule: Rule, beyond: pl.Expr) -> pl.DataFrame:
    try:
        endings = _endings(slots, rule)
    except TooWide:
        return failing.with_columns(_words(ASK, None))
    chain = reduce(
        lambda rest, one: pl.when(one[0]).then(_pair(one[1], one[2])).otherwise(rest), reversed(endings), _last(rule)
    )
    chain = pl.when(beyond).then(_pair(ASK, None)).otherwise(chain)
    return failing.with_columns(chain.alias("\0ending")).unnest("\0ending")


Ending = tuple[pl.Expr, str, str | None]


def _endings(slots: Slots, rule: Rule) -> list[Ending]:
    expression = parse(rule.holds[""])
    found = [ending for other in rule.otherwise if _applies(other, slots) for ending in _alternative(other, slots)]
    if rule.breach != "contradiction":
        return found
    found.append((holds(expression, slots, "cut").holds, "suspicious", "truncated"))
    allowance = _allowance(expression, slots, outcome.slack(rule))
    if allowance:
        near = holds(expression, slots, "expected", allowance).holds & (allowance.number.number > 0)
        found.append((near, "suspicious", "off-by-last-digits"))
    return found


def _alternative(other: Alternative, slots: Slots) -> list[Ending]:
    answer = holds(parse(other.holds), slots)
    asked: list[Ending] = [] if answer.beyond is None else [(answer.beyond, ASK, None)]
    holding = answer.holds if answer.zero is None else answer.holds & ~answer.zero
    return [*asked, (holding, other.verdict, other.reason)]


def _applies(other: Alternative, slots: Slots) -> bool:
    dimensions = {amount.measure.dimension for found in slots.values() for amount in found}
    roles = {atom.role for atom in parse(other.holds).atoms()}
    return roles <= slots.keys() and (not other.when or dimensions == {other.when})


def _last(rule: Rule) -> pl.Expr:
    return _pair("contradiction", None) if rule.breach == "contradiction" else _pair("suspicious", "unusual")


def _pair(verdict: str, reason: str | None) -> pl.Expr:
    return pl.struct(*_words(verdict, reason))


def _words(verdict: str, reason: str | None) -> tuple[pl.Expr, pl.Expr]:
    return pl.lit(verdict).alias(VERDICT), pl.lit(reason, dtype=pl.String).alias(REASON)


def _allowance(expression: Expression, slots: Slots, slack: Fraction) -> End | None:
    """So many units of the last printed digit, as `auditor.judge.equation.unit` takes it: of the figure that stands
    alone, or, where that is exact, the coarsest among the figures of its dimension."""
    if not slack:
        return None
    alone = wording.stated(expression)
    own = _amounts([alone] if isinstance(alone, Atom) else expression.atoms(), slots)
    if len(own) == 1 and own[0].step_below is None and isinstance(own[0].step, int) and own[0].step:
        return _unit(own[0], slack)
    dimensions = {amount.measure.dimension for amount in own}
    alike = [amount for amount in _amounts(expression.atoms(), slots) if amount.measure.dimension in dimensions]
    coarsest = [_unit(amount, slack) for amount in alike if amount.widest]
    if not coarsest:
        return None
    most = greatest(coarsest)
    if len(own) == 1 and own[0].widest:
        single = _unit(own[0], slack)
        return single.where(single.number.number > 0, most)
    return most


def _unit(amount: Amount, slack: Fraction) -> End:
    ledger = Ledger(pl.Int128)
    step = amount.coarsest or amount.step
    number = ledger.literal(step) if isinstance(step, int) else pl.col(step).cast(pl.Int128)
    return End(slack * amount.measure.factor / 10**amount.scale, Whole(number, 0, amount.widest, ledger))


def _amounts(atoms: Sequence[Atom], slots: Slots) -> list[Amount]:
    return [amount for atom in atoms for amount in slots[atom.role]]
