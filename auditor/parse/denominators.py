"""What a rate is per, behind its unit or behind the words for what is measured."""

from __future__ import annotations

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.items import Items

# An unlisted noun is no longer than this, in words.
NOUN = 3


def denominators(items: Items, at: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """What a rate is per: "/person/year", "for each person"."""
    per, classes = "", vocabulary.classes
    known, marks = classes["per"] + classes["noun"] + classes["unit"], "/" + classes["for_each"]
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
    return f"/{items.phrase(end + 1)}" if slash and items.codes[end + 1] in vocabulary.classes["per"] else ""
