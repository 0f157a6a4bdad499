"""Interval arithmetic in whole numbers, as Polars expressions: the twin of `auditor.judge.arithmetic` for columns.

An end of an interval is ``factor * number / divisor``: the factor one exact fraction for the whole column, number and
divisor expressions of whole numbers with known ranges, the divisor positive. So a comparison is one of whole numbers
and exact, as long as none outgrows its type: the ranges say which type that is, before anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import gcd, lcm

import polars as pl

from auditor.model.exact import Fraction

NARROW, WIDE = 2**62, 2**126  # what fits Int64 and Int128, with a bit to spare


@dataclass(slots=True)
class Ledger:
    """The widest number that a computation meets, and the type it is computed in. Shared by its terms."""

    dtype: type[pl.DataType] = pl.Int64
    widest: int = 0

    def literal(self, value: int) -> pl.Expr:
        # One that fits no type is noted as the widest, so that nobody computes with it.
        self.met(value, value)
        return pl.lit(
            value if abs(value) < NARROW or (self.dtype == pl.Int128 and abs(value) < WIDE) else 0, self.dtype
        )

    def met(self, least: int, most: int) -> tuple[int, int]:
        self.widest = max(self.widest, abs(least), abs(most))
        return least, most


@dataclass(frozen=True, slots=True)
class Whole:
    """An expression of whole numbers between ``least`` and ``most``."""

    number: pl.Expr
    least: int
    most: int
    ledger: Ledger = field(repr=False)

    def times(self, other: Whole) -> Whole:
        if other.least == other.most == 1:
            return self
        if self.least == self.most == 1:
            return other
        ends = [a * b for a, b in product((self.least, self.most), (other.least, other.most))]
        return self._made(self.number * other.number, min(ends), max(ends))

    def plus(self, other: Whole) -> Whole:
        return self._made(self.number + other.number, self.least + other.least, self.most + other.most)

    def by(self, factor: int) -> Whole:
        if factor == 1:
            return self
        ends = sorted((self.least * factor, self.most * factor))
        return self._made(self.number * self.ledger.literal(factor), *ends)

    def where(self, condition: pl.Expr, other: Whole) -> Whole:
        number = pl.when(condition).then(self.number).otherwise(other.number)
        return self._made(number, min(self.least, other.least), max(self.most, other.most))

    def _made(self, number: pl.Expr, least: int, most: int) -> Whole:
        return Whole(number, *self.ledger.met(least, most), self.ledger)


@dataclass(frozen=True, slots=True)
class End:
    """``factor * number / divisor``; without a divisor it is one."""

    factor: Fraction
    number: Whole
    divisor: Whole | None = None

    def negative(self) -> End:
        return End(self.factor, self.number.by(-1), self.divisor)

    def plus(self, other: End) -> End:
        factor = _common(self.factor, other.factor)
        mine, theirs = self.number.by(int(self.factor / factor)), other.number.by(int(other.factor / factor))
        if self.divisor is other.divisor:
            return End(factor, mine.plus(theirs), self.divisor)
        mine = mine.times(other.divisor) if other.divisor else mine
        theirs = theirs.times(self.divisor) if self.divisor else theirs
        return End(factor, mine.plus(theirs), _times(self.divisor, other.divisor))

    def times(self, other: End) -> End:
        return End(self.factor * other.factor, self.number.times(other.number), _times(self.divisor, other.divisor))

    def over(self, other: End) -> End:
        """The quotient by a positive end."""
        number = self.number.times(other.divisor) if other.divisor else self.number
        return End(self.factor / other.factor, number, _times(self.divisor, other.number))

    def below(self, other: End) -> pl.Expr:
        return self.plus(other.negative()).number.number < 0

    def where(self, condition: pl.Expr, other: End) -> End:
        """This end where the condition holds, else the other one."""
        factor = _common(self.factor, other.factor)
        mine, theirs = self.number.by(int(self.factor / factor)), other.number.by(int(other.factor / factor))
        number = mine.where(condition, theirs)
        if self.divisor is None and other.divisor is None:
            return End(factor, number)
        one = Whole(number.ledger.literal(1), 1, 1, number.ledger)
        return End(factor, number, (self.divisor or one).where(condition, other.divisor or one))


@dataclass(frozen=True, slots=True)
class Span:
    """An interval: two ends, in order."""

    lo: End
    hi: End

    def negative(self) -> Span:
        return Span(self.hi.negative(), self.lo.negative())

    def plus(self, other: Span) -> Span:
        return Span(self.lo.plus(other.lo), self.hi.plus(other.hi))

    def times(self, other: Span) -> Span:
        if self.lo is self.hi and other.lo is other.hi:
            one = self.lo.times(other.lo)
            return Span(one, one)
        if _never_negative(other):
            return Span(_at_low(self.lo, other, End.times), _at_high(self.hi, other, End.times))
        if _never_negative(self):
            return other.times(self)
        corners = [a.times(b) for a, b in product((self.lo, self.hi), (other.lo, other.hi))]
        return Span(least(corners), greatest(corners))

    def over(self, other: Span) -> Span:
        """The quotient by a positive interval; the caller leaves other rows out."""
        turned = Span(other.hi, other.lo)  # the larger divisor gives the smaller quotient
        return Span(_at_low(self.lo, turned, End.over), _at_high(self.hi, turned, End.over))


def least(ends: Sequence[End]) -> End:
    return _extreme(ends, lambda one, best: one.below(best))


def greatest(ends: Sequence[End]) -> End:
    return _extreme(ends, lambda one, best: best.below(one))


def _extreme(ends: Sequence[End], better: Callable[[End, End], pl.Expr]) -> End:
    # In pairs, as a tournament: each choice holds its two sides twice, and a row of them would double at every step.
    if len(ends) == 1:
        return ends[0]
    one, best = (_extreme(half, better) for half in (ends[len(ends) // 2 :], ends[: len(ends) // 2]))
    return one.where(better(one, best), best)


def _at_low(end: End, other: Span, joined: Callable[[End, End], End]) -> End:
    """The low end of a product with a span without negatives: a negative end takes its far side."""
    return _at(end, other.lo, other.hi, joined)


def _at_high(end: End, other: Span, joined: Callable[[End, End], End]) -> End:
    return _at(end, other.hi, other.lo, joined)


def _at(end: End, plain: End, turned: End, joined: Callable[[End, End], End]) -> End:
    if end.number.least >= 0 or plain is turned:
        return joined(end, plain)
    if end.number.most < 0:
        return joined(end, turned)
    return joined(end, plain.where(end.number.number >= 0, turned))


def _never_negative(span: Span) -> bool:
    return span.lo.number.least >= 0


def _times(one: Whole | None, other: Whole | None) -> Whole | None:
    if one is None or other is None:
        return one or other
    return one.times(other)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The largest fraction of which both are whole multiples."""
    return Fraction(gcd(one.numerator, other.numerator), lcm(one.denominator, other.denominator))
