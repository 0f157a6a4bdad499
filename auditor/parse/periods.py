"""Times of a sentence in words: `6 months of 2022`, `from 15/3 to 14/4/2023`, and whether something is compared with
them."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.mentions import Sentence

# Words of comparison, and the number of a document, stand this near before a time.
NEAR = 4
CLAUSE = frozenset(";.…:()PQNM,")


@dataclass(frozen=True, slots=True)
class Period:
    """Codes ``begin`` to ``end`` of a sentence, a time; ``compared`` when nothing behind it is told of it."""

    begin: int
    end: int
    text: str
    compared: bool


def periods(sentence: Sentence, vocabulary: Vocabulary) -> list[Period]:
    """The times of a sentence, in order; from a day to a day is one."""
    return [
        Period(begin, end, _text(sentence, begin, end), _compared(sentence, begin, end, vocabulary))
        for begin, end in _joined(sentence, vocabulary, _runs(sentence, vocabulary))
    ]


def _runs(sentence: Sentence, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The codes of every time with the words around it that say of which it is."""
    words, codes = vocabulary.set_of("period_word", "t", "/"), sentence.codes
    found: list[tuple[int, int]] = []
    for at in sorted(sentence.aside):
        if codes[at] != "t" or sentence.aside[at].what == "duration" or (found and at < found[-1][1]):
            continue
        begin, end = at, at + 1
        while begin and codes[begin - 1] in words and not (found and begin <= found[-1][1]):
            begin -= 1
        while end < len(codes) and codes[end] in words:
            end += 1
        found.append((begin, end))
    return found


def _joined(sentence: Sentence, vocabulary: Vocabulary, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joins = vocabulary.set_of("-", "until")
    out: list[tuple[int, int]] = []
    for begin, end in found:
        if out and begin == out[-1][1] + 1 and sentence.codes[begin - 1] in joins:
            out[-1] = out[-1][0], end
        else:
            out.append((begin, end))
    return out


def _text(sentence: Sentence, begin: int, end: int) -> str:
    return " ".join(sentence.phrase(at) for at in range(begin, end)).replace(" / ", "/")


def _compared(sentence: Sentence, begin: int, end: int, vocabulary: Vocabulary) -> bool:
    codes = sentence.codes
    if not vocabulary.set_of("same_span").isdisjoint(codes[begin:end]):
        return True
    for at in range(begin - 1, max(-1, begin - 1 - NEAR), -1):
        if codes[at] in CLAUSE:
            return False
        if codes[at] in vocabulary.set_of("versus") or codes[at] == "x":
            return True
    return False
