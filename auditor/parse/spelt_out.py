"""Amounts that are printed in digits and, in brackets, in words, as on vouchers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import NAMED, Page, between

# A bracket with at most a few words and a colon, and the end of it.
OPENS = re.compile(r"\((?:[^;.()PQNM]{1,4}:)?")
CLOSES = re.compile(r"[^;.()PQNM]{0,2}[.)]")


def spelt_out(page: Page) -> Iterator[Relation]:
    """An amount and the same one in words are one figure printed twice."""
    for one, other in pairwise(page.mentions):
        if one.sentence is other.sentence and _in_words(one) != _in_words(other) and _is_bracketed(one, other):
            yield page.relation("same-figure-twice", NAMED, ("figure", one), ("figure", other))


def _in_words(mention: Mention) -> bool:
    return any(item in mention.sentence.items.spelt for item in range(mention.draft.begin, mention.draft.end))


def _is_bracketed(one: Mention, other: Mention) -> bool:
    apart, behind = between(one, other), other.sentence.codes[other.at + 1 :]
    bracketed = OPENS.fullmatch(apart) is not None and CLOSES.match(behind) is not None
    return bracketed and one.unit == other.unit and same_measure(one, other)
