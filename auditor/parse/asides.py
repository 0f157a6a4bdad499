"""Items -> the numerals that are no figures."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.items import NUMERALS, Items
from auditor.parse.list_counts import list_counts

# What a numeral is set aside as: these are times, which relations may refer to; the rest is opaque to them.
TIMES = frozenset({"date", "month/year", "month", "year", "period", "duration"})


@dataclass(frozen=True, slots=True)
class SetAside:
    """A numeral that is no figure, as a span of the normal text; ``items`` it takes."""

    begin: int
    end: int
    start: int
    stop: int
    what: str


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
