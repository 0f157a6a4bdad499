"""Items -> drafts of figures, and the numerals that are none."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import chain

from auditor.languages.vocabulary import Hedge, Unit, Vocabulary
from auditor.model.exact import Fraction
from auditor.parse.items import Items
from auditor.parse.list_counts import list_counts
from auditor.parse.measured import denominators, noun_behind, rate_of_goods
from auditor.parse.numerals import Mark, Numeral, read

THOUSANDTH = Fraction(1, 1000)
THOUSAND = 1000
NUMERALS = frozenset("oabc5eYgfqr")
HALF = Fraction(1, 2)
# What is measured in two units at once ("2 km 350 m").
COMPOUND = frozenset({"length", "area", "volume", "mass", "time"})
# What a numeral is set aside as: these are times, which relations may refer to; the rest is opaque to them.
TIMES = frozenset({"date", "month/year", "month", "year", "period", "duration"})


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


@dataclass(frozen=True, slots=True)
class SetAside:
    """A numeral that is no figure, as a span of the normal text; ``items`` it takes."""

    begin: int
    end: int
    start: int
    stop: int
    what: str


@dataclass(frozen=True, slots=True)
class _Meaning:
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


def set_aside(items: Items, vocabulary: Vocabulary) -> list[SetAside]:
    """The numerals of a sentence that are no figures, in order."""
    out: list[SetAside] = []
    done, counts = 0, list_counts(items, vocabulary)
    for at in _with_digits(items):
        if at >= done and at not in counts and (found := _aside(items, at, vocabulary)):
            done, what = found
            out.append(SetAside(at, done, items.start(at), items.end(done - 1), what))
    return out


def _with_digits(items: Items) -> list[int]:
    """The items that hold a digit of any script, a shape or a number in words."""
    odd = ((token, word) for token, word in enumerate(items.tokens.words) if not word.isalpha())
    tokens = chain(items.tokens.what or (), (token for token, word in odd if any(map(str.isdigit, word))))
    return sorted({*items.spelt, *(bisect_right(items.first, token) - 1 for token in tokens)})


def _aside(items: Items, at: int, vocabulary: Vocabulary) -> tuple[int, str] | None:
    """The item behind a numeral that is no figure, and what it is."""
    code, what = items.codes[at], items.tokens.what or {}
    if code in NUMERALS:
        patterns = vocabulary.not_figures.get(code)
        found = patterns.first_fitting(items.codes, at) if patterns else None
        return (found[1], found[0].result) if found else None
    if items.first[at] in what:
        return at + 1, what[items.first[at]]
    return at + 1, "fraction" if at in items.spelt else "unit"


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
    number, meaning, stop = _amount(items, at, vocabulary, mark)
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


def _meaning(items: Items, at: int, vocabulary: Vocabulary) -> _Meaning:
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
            return _Meaning(at + 2, scale, unit.unit, unit.factor, unit.dimension, half=at + 2)
        end, per = denominators(items, at + 1, vocabulary)
        per = per or rate_of_goods(items, at + 1, vocabulary)
        return _Meaning(end, scale, unit.unit + per, unit.factor, unit.dimension, half=half)
    noun, end = noun_behind(items, at, vocabulary)
    if noun and not (money and codes[at] not in vocabulary.set_of("noun")):
        end, per = denominators(items, end, vocabulary)
        known = vocabulary.nouns.get(noun)
        return _Meaning(end, scale, (known.unit if known else noun) + per, Fraction(1), "count", noun, half=half)
    if money and vocabulary.money:
        default: Unit = vocabulary.money[1]
        end, per = denominators(items, at, vocabulary)
        return _Meaning(end, scale, default.unit + per, default.factor, default.dimension, half=half)
    return _Meaning(at, scale, None, Fraction(1), "number", bare=bare)


def _amount(items: Items, at: int, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, _Meaning, int]:
    """The number of item ``at`` in units of the last scale or unit that it is written in ("3 billion 200 million"),
    what that is, and where the number ends."""
    number, meaning, stop = _numeral(items, at, mark), _meaning(items, at + 1, vocabulary), items.end(at)
    if _goes_on(items, at, meaning):
        digits, behind = items.phrase(at + 2), _meaning(items, at + 3, vocabulary)
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


def _goes_on(items: Items, at: int, meaning: _Meaning) -> bool:
    """Whether the decimals stand behind the unit, all in one word: "3m5", "2tr5"."""
    if meaning.end != at + 2 or items.codes[at + 2 : at + 3] not in tuple("oabc5") or items.codes[at] not in "oabc5e":
        return False
    glued = items.end(at) == items.start(at + 1) and items.end(at + 1) == items.start(at + 2)
    return glued and items.phrase(at + 2).isdigit()


def _numeral(items: Items, at: int, mark: Mark) -> Numeral:
    return items.spelt[at].spelt.number if at in items.spelt else read(items.phrase(at), mark)


def _thousands(items: Items, large: _Meaning, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, _Meaning] | None:
    """The number behind thousands that goes on with them in a larger scale: "30 thousand 309 billion"."""
    at, codes = large.end, items.codes
    if large.scale != THOUSAND or large.dimension != "number" or codes[at : at + 1] not in tuple("oabc5"):
        return None
    small, meaning = _numeral(items, at, mark), _meaning(items, at + 1, vocabulary)
    return (small, meaning) if meaning.scale > THOUSAND else None


def _smaller(items: Items, large: _Meaning, vocabulary: Vocabulary, mark: Mark) -> tuple[Numeral, _Meaning] | None:
    """The number right behind an amount that goes on with it in a smaller scale or unit: "200 million", "350 m"."""
    at, codes = large.end, items.codes
    if at + 1 >= len(codes) or codes[at] not in NUMERALS:
        return None
    kind = "unit" if large.scale == 1 and large.dimension in COMPOUND else "scale"
    if kind == "scale" and (large.scale == 1 or large.dimension not in ("number", "money")):
        return None
    if codes[at - 1] not in vocabulary.set_of(kind) or codes[at + 1] not in vocabulary.set_of(kind):
        return None
    small, meaning = _numeral(items, at, mark), _meaning(items, at + 1, vocabulary)
    if kind == "unit" and (meaning.scale != 1 or meaning.dimension != large.dimension):
        return None
    whole = large.scale * (large.factor if kind == "unit" else 1)
    if small.value * meaning.scale * (meaning.factor if kind == "unit" else 1) >= whole:
        return None
    return small, meaning


def _currency_before(items: Items, at: int, meaning: _Meaning, vocabulary: Vocabulary) -> Unit | None:
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


def _inherited(following: Draft, at: int) -> _Meaning:
    return _Meaning(at + 1, following.scale, following.unit, Fraction(1), following.dimension, following.noun)


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
