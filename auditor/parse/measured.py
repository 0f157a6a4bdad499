"""What a number counts and what it is per: the words behind it."""

from __future__ import annotations

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.items import Items

# An unlisted noun is no longer than this, in words.
NOUN = 3


def noun_behind(items: Items, at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """The counted noun from item ``at`` on and the item behind it: a listed one, or a few words that end nothing."""
    codes, nouns = items.codes, vocabulary.set_of("noun")
    before = at
    while at < len(codes) and items.phrase(at) in vocabulary.skipped and at + 1 < len(codes):
        at += 1
    if at < len(codes) and codes[at] in nouns:
        return items.phrase(at), at + 1
    if at > before and codes[at - 1] in nouns:
        return items.phrase(at - 1), at
    end = at
    while end < len(codes) and end - at < NOUN and codes[end] == "w" and items.phrase(end) not in vocabulary.stops:
        end += 1
    return " ".join(items.phrase(item) for item in range(at, end)), end


def denominators(items: Items, at: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """What a rate is per: "/person/year", "for each person"."""
    per, known, marks = "", vocabulary.set_of("per", "noun", "unit"), vocabulary.set_of("/", "for_each")
    while at + 1 < len(items.codes) and items.codes[at] in marks and items.codes[at + 1] in known:
        per += "/" + items.phrase(at + 1)
        at += 2
    return at, per


def rate_of_goods(items: Items, at: int, vocabulary: Vocabulary) -> str:
    """What a rate is per behind the words for what is measured: "80 tonnes of fresh milk/day"."""
    end = at
    while end < len(items.codes) and end - at < NOUN and items.codes[end] == "w":
        end += 1
    slash = end > at and end + 1 < len(items.codes) and items.codes[end] == "/"
    return f"/{items.phrase(end + 1)}" if slash and items.codes[end + 1] in vocabulary.set_of("per") else ""
