"""Units by name: what one of them is in its base unit, from the vocabulary of the prose reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import prod

from auditor.languages.vocabulary import Unit, Vocabulary, vocabulary
from auditor.model.exact import Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """``factor`` is one of the unit in ``base`` units; an unknown word is the name of what is counted."""

    base: str
    factor: Fraction
    dimension: str


NONE = Measure("", Fraction(1), "count")


@cache
def unit(name: str | None) -> Measure:
    """The measure that a unit text means; `a/b` is a rate of a for each b."""
    if not name or not name.strip():
        return NONE
    amount, *per = (part.strip().lower() for part in name.split("/"))
    found, below = _amount(amount, vocabulary()), [_amount(part, vocabulary()) for part in per]
    if not below:
        return found
    bases = "/".join(measure.base for measure in (found, *below))
    return Measure(bases, found.factor / prod(measure.factor for measure in below), f"rate {bases}")


def _amount(text: str, words: Vocabulary) -> Measure:
    scale, rest = _scale(text, words)
    known = words.units.get(rest)
    if known is None and not rest and scale != 1 and words.money:
        known = words.money[1]
    return Measure(rest, scale, "count") if known is None else _measure(known, scale)


def _measure(known: Unit, scale: Fraction) -> Measure:
    return Measure(known.unit, known.factor * scale, known.dimension)


def _scale(text: str, words: Vocabulary) -> tuple[Fraction, str]:
    """The scale words in front of a unit, multiplied, and the unit behind them."""
    if text in words.units:
        return Fraction(1), text
    first, _, rest = text.partition(" ")
    if first not in words.scales:
        return Fraction(1), text
    scale, unit_text = _scale(rest, words)
    return words.scales[first] * scale, unit_text
