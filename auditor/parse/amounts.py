"""Amounts: a number with the scale and unit behind it, also where it goes on in a smaller one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.languages.vocabulary import Unit, Vocabulary
from auditor.model.exact import Fraction
from auditor.parse.items import NUMERALS, Items
from auditor.parse.measured import denominators, noun_behind, rate_of_goods
from auditor.parse.numerals import Mark, Numeral, read

THOUSAND = 1000
HALF = Fraction(1, 2)
# What is measured in two units at once ("2 km 350 m").
COMPOUND = frozenset({"length", "area", "volume", "mass", "time"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """Unit and scale behind a number, up to the item before ``end``."""

    end: int
    scale: Fraction
    unit: str | None
    factor: Fraction
    dimension: str
    noun: str = ""
    bare: bool = False
    # Behind the word for a half ("2 billion and a half"), if there is one.
    half: int = 0


def meaning_behind(items: Items, at: int, vocabulary: Vocabulary) -> Meaning:
    """Scale, unit or noun, and denominators, from item ``at`` on."""
    codes = items.codes
    scale, bare, money, half = Fraction(1), True, False, 0
    if at < len(codes) and codes[at] in vocabulary.set_of("scale"):
        scale, bare = vocabulary.scales[items.phrase(at)], False
        money = bool(vocabulary.money and items.phrase(at) in vocabulary.money[0])
        at += 1
        if at < len(codes) and codes[at] in vocabulary.set_of("half"):
            # Who halves a large number of nothing in particular means money.
            at, half, money = at + 1, at + 1, True
    if at < len(codes) and codes[at] in vocabulary.set_of("unit"):
        unit = vocabulary.units[items.phrase(at)]
        if at + 1 < len(codes) and codes[at + 1] in vocabulary.set_of("half"):
            return Meaning(at + 2, scale, unit.unit, unit.factor, unit.dimension, half=at + 2)
        end, per = denominators(items, at + 1, vocabulary)
        per = per or rate_of_goods(items, at + 1, vocabulary)
        return Meaning(end, scale, unit.unit + per, unit.factor, unit.dimension, half=half)
    noun, end = noun_behind(items, at, vocabulary)
    if noun and not (money and codes[at] not in vocabulary.set_of("noun")):
        end, per = denominators(items, end, vocabulary)
        known = vocabulary.nouns.get(noun)
        return Meaning(end, scale, (known.unit if known else noun) + per, Fraction(1), "count", noun, half=half)
    if money and vocabulary.money:
        default: Unit = vocabulary.money[1]
        end, per = denominators(items, at, vocabulary)
        return Meaning(end, scale, default.unit + per, default.factor, default.dimension, half=half)
    return Meaning(at, scale, None, Fraction(1), "number", bare=bare)


def amount(items: Items, at: int, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, Meaning, int]:
    """The number of item ``at`` in units of the last scale or unit that it is written in ("3 billion 200 million"),
    what that is, and where the number ends."""
    number, meaning, stop = numeral(items, at, mark), meaning_behind(items, at + 1, vocabulary), items.end(at)
    if _goes_on(items, at, meaning):
        digits, behind = items.phrase(at + 2), meaning_behind(items, at + 3, vocabulary)
        step = Fraction(1, 10 ** len(digits))
        meaning = replace(behind, scale=meaning.scale) if meaning.unit is None else replace(meaning, end=at + 3)
        return Numeral(number.value + int(digits) * step, step), meaning, items.end(at + 2)
    if below := _thousands(items, meaning, vocabulary, mark):
        number = Numeral(number.value * meaning.scale + below[0].value, below[0].step, number.odd)
        meaning, stop = below[1], items.end(meaning.end)
    while smaller := _smaller(items, meaning, vocabulary, mark):
        least, behind = smaller
        ratio = meaning.scale * meaning.factor / (behind.scale * behind.factor)
        number = Numeral(number.value * ratio + least.value, least.step, number.odd or least.odd)
        meaning, stop = behind, items.end(meaning.end)
    if meaning.half:
        number = Numeral(number.value + HALF, HALF, number.odd)
        stop = items.end(meaning.half - 1)
    return number, meaning, stop


def _goes_on(items: Items, at: int, meaning: Meaning) -> bool:
    """Whether the decimals stand behind the unit, all in one word: "3m5", "2tr5"."""
    if meaning.end != at + 2 or items.codes[at + 2 : at + 3] not in tuple("oabc5") or items.codes[at] not in "oabc5e":
        return False
    glued = items.end(at) == items.start(at + 1) and items.end(at + 1) == items.start(at + 2)
    return glued and items.phrase(at + 2).isdigit()


def numeral(items: Items, at: int, mark: Mark) -> Numeral:
    return items.spelt[at].spelt.number if at in items.spelt else read(items.phrase(at), mark)


def _thousands(items: Items, large: Meaning, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, Meaning] | None:
    """The number behind thousands that goes on with them in a larger scale: "30 thousand 309 billion"."""
    at, codes = large.end, items.codes
    if large.scale != THOUSAND or large.dimension != "number" or codes[at : at + 1] not in tuple("oabc5"):
        return None
    small, meaning = numeral(items, at, mark), meaning_behind(items, at + 1, vocabulary)
    return (small, meaning) if meaning.scale > THOUSAND else None


def _smaller(items: Items, large: Meaning, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, Meaning] | None:
    """The number right behind an amount that goes on with it in a smaller scale or unit: "200 million", "350 m"."""
    at, codes = large.end, items.codes
    if at + 1 >= len(codes) or codes[at] not in NUMERALS:
        return None
    kind = "unit" if large.scale == 1 and large.dimension in COMPOUND else "scale"
    if kind == "scale" and (large.scale == 1 or large.dimension not in ("number", "money")):
        return None
    if codes[at - 1] not in vocabulary.set_of(kind) or codes[at + 1] not in vocabulary.set_of(kind):
        return None
    small, meaning = numeral(items, at, mark), meaning_behind(items, at + 1, vocabulary)
    if kind == "unit" and (meaning.scale != 1 or meaning.dimension != large.dimension):
        return None
    whole = large.scale * (large.factor if kind == "unit" else 1)
    if small.value * meaning.scale * (meaning.factor if kind == "unit" else 1) >= whole:
        return None
    return small, meaning
