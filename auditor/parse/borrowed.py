"""Bare numbers that borrow what they count: from a noun or amount before them, or from the head of their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from auditor.languages.vocabulary import Vocabulary
from auditor.model.exact import Fraction
from auditor.parse.figures import Draft
from auditor.parse.mentions import MEASURE_CODES, Mention, Sentence

# A noun counted by a number stands this near before it, the head of a list before what opens the list.
NOUN_REACH, HEAD_REACH = 12, 14
# So many items whose sum is not far from the head are its parts even if they miss it.
MANY, FAR = 3, 4
# A bare number from here on may go on in the unit of the amount before it, if it is of the same order.
LEAST, ALIKE = 100, 20
CLAUSE = ",;:.()PQNM"
NO_HEADS = frozenset({"percent", "points", "times", "number", "score", "permille"})


def borrow_nouns(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """`the number of poor households is 21.800`: a bare number behind a counted noun and a verb counts that noun."""
    for mention in sentence.mentions:
        if mention.unit is None:
            at = _noun_before(sentence, mention, vocabulary)
            if at is not None:
                noun = vocabulary.nouns[sentence.phrase(at)]
                counted = replace(mention.draft, unit=noun.unit, dimension="count", noun=sentence.phrase(at))
                mention.draft = replace(counted, kinds=noun.kind_of)
    for before, mention in pairwise(sentence.mentions):
        _take_unit_before(sentence, before, mention, vocabulary)


def _noun_before(sentence: Sentence, mention: Mention, vocabulary: Vocabulary) -> int | None:
    """Where the noun stands: in the clause behind a word for number (`the number of`), at the head of the clause, or
    right before the verb."""
    codes, classes, at = sentence.codes, vocabulary.classes, mention.at
    whole, scaled = mention.draft.step in (0, 1), mention.draft.scale != 1
    if at < 2 or not (whole or scaled) or codes[at - 1] not in vocabulary.set_of("have", "reach", "to", ":"):
        return None
    begin = max((place for place in range(at) if codes[place] in CLAUSE), default=-1) + 1
    nouns = [place for place in range(max(begin, at - NOUN_REACH), at - 1) if codes[place] in vocabulary.set_of("noun")]
    numbered = [place for place in nouns if place and codes[place - 1] in classes["number_of"]]
    leading = [place for place in nouns if place == begin and codes[place] not in classes["place_kind"]]
    near = [place for place in nouns if whole and place == at - 2 and codes[at - 1] not in classes["to"]]
    return next(iter([*numbered, *leading, *near]), None)


def _take_unit_before(one: Sentence, before: Mention, mention: Mention, vocabulary: Vocabulary) -> None:
    """`4.252 billion in the quarter, in nine months 12.663`: a bare number behind a verb goes on in the unit of the
    amount before it, if only a time stands between the two and it is of the same order."""
    apart, draft, unit = one.codes[before.at + 1 : mention.at], mention.draft, before.draft
    if mention.unit is not None or draft.dimension != "number" or unit.scale == 1 or mention.value < LEAST:
        return
    if apart[:1] != "," or "t" not in apart or apart[-1] not in vocabulary.set_of("reach"):
        return
    if not vocabulary.set_of("noun", "indicator", *"wW();:").isdisjoint(apart):
        return
    if unit.value / ALIKE <= draft.value * unit.scale <= unit.value * ALIKE:
        step = (draft.step or 1) * unit.scale
        mention.draft = replace(draft, value=draft.value * unit.scale, step=step, unit=unit.unit, exact=False,
                                dimension=unit.dimension, scale=unit.scale)  # fmt: skip
        one.codes = f"{one.codes[: mention.at]}{MEASURE_CODES.get(unit.dimension, 'Q')}{one.codes[mention.at + 1 :]}"


def borrow_units(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """`64 houses (Northfield 40, Southfield 24)`: bare numbers of a list, each behind a name, count what its head
    does."""
    for at in _openings(sentence, vocabulary):
        head = _head(sentence, at)
        items = _items(sentence, at, vocabulary, head) if head is not None else []
        one_of = sentence.codes[at] in vocabulary.classes["within"] and len(items) == 1
        if head is not None and (one_of or len(items) > 1) and _plausible(head, items):
            for item in items:
                item.draft = _counted(item.draft, head.draft)


def _openings(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[int]:
    bare = [m.at for m in sentence.mentions if m.unit is None]
    if bare:
        cues = vocabulary.set_of("include", "within", "(", ":")
        yield from (at for at, code in enumerate(sentence.codes) if code in cues and at < bare[-1])


def _head(sentence: Sentence, at: int) -> Mention | None:
    """The figure that a list opened at an item is of: the last before it that stands for itself."""
    open_before = sentence.codes.count("(", 0, at) - sentence.codes.count(")", 0, at)
    before = [m for m in sentence.mentions if m.at < at and m.depth <= max(0, open_before)]
    if not before or at - before[-1].at > HEAD_REACH or ";" in sentence.codes[before[-1].at : at]:
        return None
    head = before[-1]
    return head if head.is_head and head.dimension not in NO_HEADS and head.value > 0 else None


def _items(sentence: Sentence, at: int, vocabulary: Vocabulary, head: Mention) -> list[Mention]:
    """The bare numbers behind an opening, one an item, each between a name and the end of its item. The number behind
    a noun or a kind of place belongs to its name, unless all together make up the head."""
    numbered = vocabulary.classes["noun"] + vocabulary.classes["place_kind"] + vocabulary.classes["period_word"]
    named = _named(sentence, at, vocabulary, "")
    summed = len(named) > 1 and sum(_counted(item.draft, head.draft).value for item in named) == head.value
    return named if summed else _named(sentence, at, vocabulary, numbered)


def _named(sentence: Sentence, at: int, vocabulary: Vocabulary, numbered: str) -> list[Mention]:
    ands = vocabulary.classes["and"]
    out: list[Mention] = []
    begin = at + 1
    for item in (m for m in sentence.mentions if m.at > at):
        label = sentence.codes[begin : item.at].lstrip(",;" + ands).rstrip(":")
        ended = sentence.codes[item.at + 1 : item.at + 2] in ",;.…()" + ands
        if item.unit is not None or not item.is_head or not ended or not _names(label, numbered):
            break
        out.append(item)
        begin = item.at + 1
    return out


def _names(label: str, numbered: str) -> bool:
    """Whether words can name an item: not where they end in a noun that numbers stand behind."""
    named = label[-1:].isalpha() or label[-1:] > "~"
    return named and not set(",;().") & set(label) and (label[-1] not in numbered or label[-2:-1] == "W")


def _plausible(head: Mention, items: list[Mention]) -> bool:
    """Whether numbers can be parts of a head: they add up to it, or several are smaller and together not far off."""
    sizes = [_counted(item.draft, head.draft).value for item in items]
    if len(sizes) == 1:
        return head.dimension == "count" and items[0].draft.step in (0, 1) and sizes[0] < head.value
    if sum(sizes) == head.value:
        return True
    near = head.value <= FAR * sum(sizes) and sum(sizes) <= FAR * head.value
    return len(items) >= MANY and near and all(size < head.value for size in sizes)


def _counted(draft: Draft, head: Draft) -> Draft:
    """A bare number as an amount of what its head counts, in the same scale."""
    step = Fraction(0) if head.exact and draft.step in (0, 1) else (draft.step or Fraction(1)) * head.scale
    return replace(draft, value=draft.value * head.scale, step=step, unit=head.unit, dimension=head.dimension,
                   exact=step == 0, noun=head.noun, scale=head.scale, kinds=head.kinds, listed=head.listed)  # fmt: skip
