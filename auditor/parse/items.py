"""Tokens -> items: phrases of the vocabulary joined, and every item given its one-character code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.languages.vocabulary import Vocabulary
from auditor.model.token import Tokens

DASHES = {"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "[": "(", "]": ")"}
SHAPE_CODES = {"date": "D", "document number": "C"}


@dataclass(slots=True)
class Items:
    """A sentence as codes (see the pattern language) over tokens: item ``i`` spans tokens ``first[i]`` to ``last[i]``."""

    tokens: Tokens
    codes: str
    first: list[int]
    last: list[int]

    def start(self, item: int) -> int:
        return self.tokens.starts[self.first[item]]

    def end(self, item: int) -> int:
        return self.tokens.ends[self.last[item]]

    def phrase(self, item: int) -> str:
        return " ".join(self.tokens.words[self.first[item] : self.last[item] + 1])


def items(text: str, tokens: Tokens, vocabulary: Vocabulary) -> Items:
    """The items of a sentence's tokens; a phrase of the vocabulary is one item, the longest that fits."""
    codes, first, last = [], [], []
    words, kinds, phrases = tokens.words, tokens.kinds, vocabulary.phrases
    at, count = 0, len(words)
    while at < count:
        length, code = 1, ""
        for phrase, its_code in phrases.get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                length, code = len(phrase), its_code
                break
        codes.append(code or _code(text, tokens, kinds[at], at))
        first.append(at)
        last.append(at + length - 1)
        at += length
    return Items(tokens, "".join(codes), first, last)


def _code(text: str, tokens: Tokens, kind: str, at: int) -> str:
    word = tokens.words[at]
    match kind:
        case "n":
            return numeral_code(word)
        case "x":
            return SHAPE_CODES.get((tokens.what or {})[at], "x")
        case "p":
            return DASHES.get(word, word)
    printed = text[tokens.starts[at] : tokens.ends[at]]
    # An acronym in capitals is no name.
    return "W" if printed[0].isupper() and (len(printed) == 1 or not printed.isupper()) else "w"


def numeral_code(raw: str) -> str:
    """The class of a numeral: see NUMERAL_CLASSES of the vocabulary."""
    if raw.isdigit():
        return _whole_code(int(raw), len(raw))
    if re.fullmatch(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+", raw):
        return "g"
    day_month = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", raw)
    if day_month and 1 <= int(day_month[1]) <= 31 and 1 <= int(day_month[2]) <= 12:
        return "q"
    return "r" if re.fullmatch(r"(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d", raw) else "f"


def _whole_code(value: int, digits: int) -> str:
    if digits == 4 and 1900 <= value <= 2100:
        return "Y"
    if value == 1:
        return "o"
    if value <= 31 and digits <= 2:
        return "a" if 1 <= value <= 12 else "b"
    if value < 1000:
        return "5" if value in (200, 500) else "c"
    return "e"


def words_between(items: Items, begin: int, end: int) -> Sequence[str]:
    """The words of the items from ``begin`` up to ``end``."""
    if begin >= end:
        return ()
    return items.tokens.words[items.first[begin] : items.last[end - 1] + 1]
