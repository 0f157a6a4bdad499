"""Items -> drafts of figures: their amounts with sign, hedge and what a number takes from its neighbour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.languages.vocabulary import Hedge, Unit, Vocabulary
from auditor.model.exact import Fraction
from auditor.parse.amounts import Meaning, amount
from auditor.parse.asides import SetAside
from auditor.parse.items import NUMERALS, Items
from auditor.parse.numerals import Mark, Numeral

THOUSANDTH = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure before its context is known. ``begin`` and ``end`` are the items of its hedge, number and unit."""

    begin: int
    end: int
    start: int
    stop: int
    value: Fraction
    step: Fraction
    unit: str | None
    dimension: str
    exact: bool
    hedge: Hedge | None = None
    odd: bool = False
    noun: str = ""
    scale: Fraction = Fraction(1)
    kinds: frozenset[str] = frozenset()
    listed: bool = False
    unit_stop: int = 0


def drafts(items: Items, aside: list[SetAside], vocabulary: Vocabulary, mark: Mark) -> list[Draft]:
    """The figures of a sentence, in order. Read from the right, as a number may take the unit of the next one."""
    taken = {item for span in aside for item in range(span.begin, span.end)}
    out: list[Draft] = []
    at = len(items.codes) - 1
    while at >= 0:
        if items.codes[at] in NUMERALS and at not in taken and not (at in items.spelt and items.spelt[at].idle):
            draft = _draft(items, at, out[-1] if out else None, vocabulary, mark)
            if draft is not None:
                out.append(draft)
        at -= 1
    return _money_beside(_without_swallowed(out[::-1]))


def _without_swallowed(found: list[Draft]) -> list[Draft]:
    """Drops the second number of a compound amount ("3 billion 200 million"), which the first has taken in."""
    out: list[Draft] = []
    for draft in found:
        if not out or draft.start >= out[-1].stop:
            out.append(draft)
    return out


def _money_beside(found: list[Draft]) -> list[Draft]:
    """Millions of nothing in particular are money where the sentence has an amount of money in millions."""
    of = {draft.scale: draft for draft in reversed(found) if draft.dimension.startswith("money") and draft.scale > 1}
    bare = (draft.dimension == "number" and draft.scale in of for draft in found)
    return [
        replace(draft, unit=of[draft.scale].unit, dimension=of[draft.scale].dimension) if is_bare else draft
        for draft, is_bare in zip(found, bare, strict=True)
    ]


def _draft(items: Items, at: int, following: Draft | None, vocabulary: Vocabulary, mark: Mark) -> Draft | None:
    number, meaning, stop = amount(items, at, vocabulary, mark)
    prefix = _currency_before(items, at, meaning, vocabulary)
    if prefix:
        meaning = replace(meaning, unit=prefix.unit, factor=prefix.factor, dimension=prefix.dimension)
    elif meaning.bare and following and _joined(items, at, following, vocabulary):
        meaning = _inherited(following, at)
    if meaning.dimension == "count" and meaning.scale == 1 and number.step == THOUSANDTH:
        # There are no thousandths of people: the mark divides groups here, whatever it does elsewhere.
        number = Numeral(number.value * 1000, Fraction(1), odd=True)
    scale = meaning.scale if meaning.factor == 1 else meaning.scale * meaning.factor
    value, step = (number.value, number.step) if scale == 1 else (number.value * scale, number.step * scale)
    if meaning.unit == "%" and items.codes[meaning.end - 1] == "%":
        stop = items.end(meaning.end - 1)
    # People are whole, people per km2 are rounded.
    counted = meaning.dimension in ("count", "number") and "/" not in (meaning.unit or "")
    exact = counted and meaning.scale == 1 and number.step == 1
    negative = _negative(items, at) or (meaning.dimension != "count" and _minus_word(items, at, vocabulary))
    hedge, begin, end = _hedge(items, at - negative - (prefix is not None), meaning.end, vocabulary)
    known = vocabulary.nouns.get(meaning.noun)
    return Draft(begin, end, items.start(at), stop, -value if negative else value, Fraction(0) if exact else step,
                 meaning.unit, meaning.dimension, exact, hedge, number.odd, meaning.noun,
                 scale, known.kind_of if known else frozenset(), known is not None,
                 items.end(meaning.end - 1))  # fmt: skip


def _currency_before(items: Items, at: int, meaning: Meaning, vocabulary: Vocabulary) -> Unit | None:
    """The currency of "$10" and "USD 2,5 million": before the number, when none is behind it."""
    printed = meaning.dimension != "number" and items.codes[meaning.end - 1] not in vocabulary.set_of("scale")
    if at == 0 or printed or items.codes[at - 1] not in vocabulary.set_of("currency_before"):
        return None
    if at > 1 and (items.codes[at - 2] in NUMERALS or items.codes[at - 2] in vocabulary.set_of("scale")):
        return None
    unit = vocabulary.units[items.phrase(at - 1)]
    return unit if unit.dimension.startswith("money") else None


def _joined(items: Items, at: int, following: Draft, vocabulary: Vocabulary) -> bool:
    """Whether a number without a unit is followed by a joining word and then right away by the next figure."""
    behind = items.codes[at + 1 : at + 3]
    # `x/a total of y`.
    of_total = behind[:1] == "/" and behind[1:] in vocabulary.set_of("total")
    return behind[:1] in vocabulary.set_of("join") and following.begin <= at + 2 + of_total <= following.end


def _inherited(following: Draft, at: int) -> Meaning:
    return Meaning(at + 1, following.scale, following.unit, Fraction(1), following.dimension, following.noun)


def _negative(items: Items, at: int) -> bool:
    """A minus glued to the digits, with a space or a bracket before it; the dash that opens a line is a bullet."""
    if at < 2 or items.codes[at - 1] != "-" or items.end(at - 1) != items.start(at):
        return False
    return items.end(at - 2) < items.start(at - 1) or items.codes[at - 2] == "("


def _minus_word(items: Items, at: int, vocabulary: Vocabulary) -> bool:
    return at > 0 and items.phrase(at - 1) in vocabulary.number_words.minus


def _hedge(items: Items, begin: int, end: int, vocabulary: Vocabulary) -> tuple[Hedge | None, int, int]:
    codes = items.codes
    if begin and codes[begin - 1] in vocabulary.set_of("hedge"):
        hedge = vocabulary.hedges[items.phrase(begin - 1)]
        noun_before = begin > 1 and (codes[begin - 2] in vocabulary.set_of("noun") or codes[begin - 2] in NUMERALS)
        if not (hedge.not_after_noun and noun_before):
            return hedge, begin - 1, end
    if end < len(codes) and codes[end] in vocabulary.set_of("hedge_after"):
        return vocabulary.hedges[items.phrase(end)], begin, end + 1
    return None, begin, end
