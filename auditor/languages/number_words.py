"""The words of numbers: which part each plays, and where a text may hold a number in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.languages.source import Entry
from auditor.model.exact import Fraction

# One letter a part, for patterns over a sequence of words.
LETTERS = {
    "zero": "z", "digit": "d", "five": "n", "last": "e", "four": "q", "ten": "t", "tens": "T", "hundreds": "H",
    "skipped": "l", "point": "p", "half": "h", "over": "f", "scale": "s",
}  # fmt: skip
# A comma between the parts of an amount that is spelt out.
COMMA = "C"
# Parts that may begin a number; `q`, never a first digit, may still be one alone in a date.
FIRST = frozenset("zdntq")
ONE = 1


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language. ``letters`` names the part of each word, ``values`` what digits are worth."""

    letters: Mapping[str, str]
    values: Mapping[str, int]
    scales: Mapping[str, Fraction]
    first: frozenset[str]
    minus: frozenset[str]
    not_after: frozenset[str]
    year_after: frozenset[str]
    year_after_alone: frozenset[str]
    year_before: frozenset[str]
    not_before: frozenset[str]
    one_beside: frozenset[str]
    times: frozenset[str]
    spelt_after: frozenset[str]
    range: frozenset[str]
    begins: re.Pattern[str]


def number_words(data: Mapping[str, Any], scales: Mapping[str, Fraction], counted: Iterable[str]) -> NumberWords:
    """Compiles ``number_words.yaml``; ``counted`` are the nouns and units that a number word can stand before."""
    parts: list[Entry] = data["parts"]
    letters = {word: LETTERS[entry.values["part"]] for entry in parts for word in entry.words()}
    letters |= {word: LETTERS["scale"] for word in scales if " " not in word and word not in letters}
    values = {word: int(entry.values["value"]) for entry in parts if "value" in entry.values for word in entry.words()}

    def listed(name: str) -> frozenset[str]:
        return frozenset(str(word) for word in data[name]["words"])

    return NumberWords(
        letters, values, scales, frozenset(word for word, letter in letters.items() if letter in FIRST),
        listed("minus"), listed("not_after"), listed("year_after"), listed("year_after_alone"),
        listed("year_before"), listed("not_before"),
        listed("one_beside"), listed("times"), listed("spelt_after"), listed("range"),
        _begins(letters, values, counted),
    )  # fmt: skip


def _begins(letters: Mapping[str, str], values: Mapping[str, int], counted: Iterable[str]) -> re.Pattern[str]:
    """Finds where a number in words may begin that is a figure: two of its words, or one before what is counted."""

    def spelt(*parts: str) -> set[str]:
        return {word for word, letter in letters.items() if letter in parts}

    more = _either(spelt("T", "H", "s", "p"))
    behind_ten = _either(spelt("d", "e", "q", "s", "p"))
    alone = {word for word in spelt("d", "n", "t") if values.get(word) != ONE}
    counted = _either(word for word in counted if word[0].isalpha())
    return re.compile(
        rf"(?<!\w)(?:{_capital(spelt('d', 'n', 'z'))}\s+(?:{more})|{_capital(spelt('t'))}\s+(?:{behind_ten})"
        rf"|{_capital(alone)}\s+(?:{counted}))(?!\w)"
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
    )


def _capital(words: Iterable[str]) -> str:
    """Words that may have a capital first letter."""
    return f"(?:{'|'.join(f'[{word[0]}{word[0].upper()}]{re.escape(word[1:])}' for word in sorted(words))})"
