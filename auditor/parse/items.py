"""Tokens -> items: phrases of the vocabulary joined, and every item given its one-character code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.languages.vocabulary import Vocabulary
from auditor.model.token import Tokens
from auditor.parse.spelt import Placed, spelt_numbers

DASHES = {"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "[": "(", "]": ")"}
# The codes of numerals.
NUMERALS = frozenset("oabc5eYgfqr")
SHAPE_CODES = {"date": "D", "document number": "C"}


@dataclass(slots=True)
class Items:
    """A sentence as codes (see the pattern language) over tokens: item ``i`` spans tokens ``first[i]`` to ``last[i]``;
    ``spelt`` holds its numbers in words."""

    tokens: Tokens
    codes: str
    first: list[int]
    last: list[int]
    spelt: dict[int, Placed]

    def start(self, item: int) -> int:
        return self.tokens.starts[self.first[item]]

    def end(self, item: int) -> int:
        return self.tokens.ends[self.last[item]]

    def phrase(self, item: int) -> str:
        return " ".join(self.tokens.words[self.first[item] : self.last[item] + 1])


def items(text: str, tokens: Tokens, vocabulary: Vocabulary, alone: bool = False) -> Items:
    """The items of a sentence's tokens: a number in words, or a phrase of the vocabulary, the longest that fits.
    ``alone`` reads number words wherever they stand."""
    codes: list[str] = []
    first: list[int] = []
    last: list[int] = []
    words, kinds = tokens.words, tokens.kinds
    spelt: dict[int, Placed] = {}
    placed = spelt_numbers(text, tokens, vocabulary, alone)
    at, count = 0, len(words)
    while at < count:
        length, code = 1, ""
        if placed and at in placed:
            length, code = placed[at].spelt.length, _spelt_code(placed[at])
            spelt[len(codes)] = placed[at]
        else:
            for phrase, its_code in vocabulary.beginning(words, at):
                if words[at : at + len(phrase)] == phrase:
                    # No phrase ends within a number in words.
                    if placed and any(begin in placed for begin in range(at + 1, at + len(phrase))):
                        continue
                    length, code = len(phrase), its_code
                    break
        codes.append(code or _code(text, tokens, kinds[at], at))
        first.append(at)
        last.append(at + length - 1)
        at += length
    return Items(tokens, "".join(codes), first, last, spelt)


def _code(text: str, tokens: Tokens, kind: str, at: int) -> str:
    word = tokens.words[at]
    match kind:
        case "n":
            return numeral_code(word)
        case "x":
            return SHAPE_CODES.get((tokens.what or {})[at], "x")
        case "p":
            return DASHES.get(word, word)
    start = tokens.starts[at]
    if not text[start].isupper():
        return "w"
    printed = text[start : tokens.ends[at]]
    # An acronym in capitals is no name.
    return "W" if len(printed) == 1 or not printed.isupper() else "w"


def _spelt_code(placed: Placed) -> str:
    """The class of a number in words; words are a year only behind the word for it."""
    value = placed.spelt.number.value
    if placed.spelt.fraction:
        return "x"
    if value.denominator != 1:
        return "f"
    code = _whole_code(int(value), len(str(value)))
    return "e" if code == "Y" and not placed.year else code


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
