"""Satellites -> the level that each of them qualifies: what grew by a percentage, what a share is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.mentions import Mention, Sentence, same_measure

# A remark in brackets.
ASIDE = re.compile(r"\([^()]*\)")
# Between a count and what it is out of stand no more words than these, and no sign.
PHRASE = 8
SIGNS = frozenset(",;:.()/-")
MOVES = frozenset({"growth", "factor", "of-previous"})
AMOUNTS = frozenset({"change", "average-change", "exceed-amount"})
RATES = frozenset({"percent", "points"})
# Where what counts a class of things begins: revenue `from` 3 sectors.
OF = ("from", "listing_place", "in_words")


def find_heads(sentence: Sentence, vocabulary: Vocabulary) -> None:
    for index, mention in enumerate(sentence.mentions):
        if not mention.is_head:
            mention.head = _upper(_head(mention, sentence.mentions[:index], vocabulary), vocabulary)


def _head(mention: Mention, before: Sequence[Mention], vocabulary: Vocabulary) -> Mention | None:
    """The nearest level before a satellite; an amount of change needs one of its own dimension."""
    moves = mention.function in MOVES
    for other in reversed(before):
        if moves and other.function in AMOUNTS:
            # A percentage behind an amount of change is told of what changed by it.
            return other.head
        if not other.is_head or other.depth > mention.depth or other.function in ("plan", "previous"):
            continue
        if mention.function == "share" and other.dimension in RATES:
            continue
        if mention.function == "share" and _has_its_own_subject(other, mention, vocabulary):
            return None
        if moves and _counts_a_class(other, vocabulary):
            continue
        if moves and _moves_something_else(other, mention, vocabulary):
            return None
        if mention.dimension in (*RATES, "times") or same_measure(mention, other):
            return other
    return None


def _has_its_own_subject(level: Mention, share: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a new clause begins between a level and a percentage, and names something else that it is of:
    `debts of 820 million; the debts make up 0,2 %` does not."""
    sentence = share.sentence
    begin = sentence.codes.rfind(";", level.at, share.at)
    if begin < 0:
        return False
    told = {word for at in range(level.at) for word in sentence.words(at)} | vocabulary.stops
    return any(sentence.codes[at] in "wW" and not set(sentence.words(at)) <= told for at in range(begin, share.at))


def _counts_a_class(level: Mention, vocabulary: Vocabulary) -> bool:
    """`revenue from 3 sectors`: a count of those that something else is told of."""
    lead = level.sentence.codes[level.at - 1 : level.at]
    return level.dimension == "count" and any(lead and lead in vocabulary.classes[name] for name in OF)


def _moves_something_else(level: Mention, change: Mention, vocabulary: Vocabulary) -> bool:
    """`4.250 tonnes, yields up 5 %`: whether a clause begins behind a level and names what changed, or when."""
    sentence = change.sentence
    ends = {",", ";", "(", *vocabulary.classes["and"]}
    begins = [at for at in range(level.at + 1, change.at) if sentence.codes[at] in ends]
    if not begins:
        return False
    clause = sentence.codes[begins[-1] : change.at]
    if sentence.codes[begins[-1]] == ";" and "t" in clause and set(vocabulary.classes["versus"]).isdisjoint(clause):
        return True
    last = max(m.at for m in sentence.mentions if m.at < change.at)
    words = [at for at in range(max(begins[-1], last) + 1, change.at) if _is_content(sentence, at, level, vocabulary)]
    return len(words) > 1 or any(sentence.codes[at] not in "wW" for at in words)


def _is_content(sentence: Sentence, at: int, level: Mention, vocabulary: Vocabulary) -> bool:
    code = sentence.codes[at]
    if code in vocabulary.idle or code in vocabulary.classes["multiple"]:
        return False
    if not (code in "wW" or code >= "\U000f0000"):
        return False
    words = set(sentence.words(at)) - vocabulary.stops
    return not words <= set(level.draft.noun.split())


def _upper(head: Mention | None, vocabulary: Vocabulary) -> Mention | None:
    """`56/84 households, up 1`: what qualifies an x/y qualifies the x."""
    if head is None:
        return None
    sentence = head.sentence
    before = [other for other in sentence.mentions if other.at < head.at and other.depth == head.depth]
    if not before or not before[-1].is_head or not same_measure(before[-1], head):
        return head
    apart = ASIDE.sub("", sentence.codes[before[-1].at + 1 : head.at])
    slash = apart.rstrip(vocabulary.classes["total"]) == "/"
    return before[-1] if slash or is_out_of(before[-1], head, vocabulary) else head


def is_out_of(part: Mention, whole: Mention, vocabulary: Vocabulary) -> bool:
    """Whether words part two levels as `out of` does, alone or behind more of what is counted: `40 certified shops
    out of 52 shops`."""
    apart = ASIDE.sub("", part.sentence.codes[part.at + 1 : whole.at])
    if apart[-1:] not in vocabulary.set_of("whole"):
        return False
    counted = part.unit == whole.unit and part.dimension == "count"
    return len(apart) == 1 or (counted and len(apart) <= PHRASE and SIGNS.isdisjoint(apart))
