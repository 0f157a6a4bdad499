"""Times of a sentence as spans: of which year, or part of a year, a level is told, and with which it is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.mentions import Mention, Sentence

YEAR = re.compile(r"(?:19|20)\d\d")
BOUNDARY = frozenset(";.…:()")
FIGURES = frozenset("PQNM")
CLAUSE = BOUNDARY | FIGURES | {","}
# A time right behind a figure; how far words of comparison reach; where a change names what it is counted from.
BEHIND, COMPARED, REACH = 3, 4, 12


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: ``part`` are the words besides the years, without idle ones (empty for a plain year)."""

    part: str
    years: tuple[int, ...]

    @property
    def year(self) -> int | None:
        return self.years[0] if len(self.years) == 1 else None

    def of(self, year: int) -> Span:
        """The same part of another year."""
        return Span(self.part, (year,))

    def __str__(self) -> str:
        return " ".join([*([self.part] if self.part else []), "-".join(map(str, self.years))])


@dataclass(frozen=True, slots=True)
class Time:
    """Codes ``begin`` to ``end`` of a sentence, a time; ``compared`` when it is what something is compared with."""

    begin: int
    end: int
    span: Span
    compared: bool


def runs(sentence: Sentence, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The codes of every time of a sentence with the words that belong to it, as begin and end."""
    found: list[tuple[int, int]] = []
    codes = sentence.codes
    at = codes.find("t")
    if at < 0:
        return found
    words = vocabulary.set_of("period_word", "t", "/")
    while at and codes[at - 1] in words:
        at -= 1
    while at < len(codes):
        end = at
        while end < len(codes) and codes[end] in words and _is_time(sentence, end):
            end += 1
        if "t" in codes[at:end]:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def times(sentence: Sentence, vocabulary: Vocabulary) -> list[Time]:
    """The times of a sentence that name a year, in order."""
    return dated(sentence, runs(sentence, vocabulary), vocabulary)


def dated(sentence: Sentence, found: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> list[Time]:
    """Those of the `runs` of a sentence that name a year."""
    return [one for begin, end in found for one in _time(sentence, begin, end, vocabulary)]


def told(mention: Mention, all_times: Sequence[Time]) -> Span | None:
    """The time a level is told of: the one right behind it, else the last before that nothing is compared with."""
    behind = [one for one in all_times if mention.at < one.begin <= mention.at + BEHIND and not one.compared]
    codes = mention.sentence.codes
    if behind and CLAUSE.isdisjoint(codes[mention.at + 1 : behind[0].begin]):
        return behind[0].span
    if mention.function == "level-before":
        # From here to there: the time of the sentence is that of the later level.
        return None
    before = [one for one in all_times if one.end <= mention.at and not one.compared]
    return before[-1].span if before else None


def base(change: Mention, level: Span, all_times: Sequence[Time], vocabulary: Vocabulary) -> tuple[bool, Span | None]:
    """Whether a change says what it is counted from; and when that was, if the time of the level tells it."""
    codes, begin = change.sentence.codes, change.at + 1
    end = begin
    while end < len(codes) and end - begin < REACH and codes[end] not in CLAUSE:
        end += 1
    versus = next((at for at in range(begin, end) if codes[at] in vocabulary.set_of("versus")), None)
    if versus is None:
        return False, None
    same, before = (_has(codes[versus:end], vocabulary, name) for name in ("same_span", "year_before"))
    year = next((one for one in all_times if versus < one.begin < end or versus < one.end - 1 < end), None)
    return year is not None or same or before or _has(codes[versus:end], vocabulary, "base"), (
        _when(level, year, same, before)
    )


def _when(level: Span, named: Time | None, same: bool, before: bool) -> Span | None:
    if level.year is None:
        return None
    if named is not None:
        if same:
            return level.of(named.span.years[0]) if len(named.span.years) == 1 else None
        # Part of a year beside a year that is named bare may be compared with all of it.
        return named.span if named.span.part == level.part and named.span.year is not None else None
    return level.of(level.year - 1) if same or (before and not level.part) else None


def _is_time(sentence: Sentence, at: int) -> bool:
    return sentence.codes[at] != "t" or sentence.aside[at].what != "duration"


def _time(sentence: Sentence, begin: int, end: int, vocabulary: Vocabulary) -> list[Time]:
    idle = vocabulary.set_of("plain_year", "same_span", "/")
    words = [sentence.phrase(at) for at in range(begin, end) if sentence.codes[at] not in idle]
    text = " ".join(words)
    years = tuple(int(year) for year in YEAR.findall(text))
    if not years:
        return []
    part = " ".join(YEAR.sub(" ", text).replace("-", " ").split())
    return [Time(begin, end, Span(part, years), _compared(sentence, begin, end, vocabulary))]


def _compared(sentence: Sentence, begin: int, end: int, vocabulary: Vocabulary) -> bool:
    codes = sentence.codes
    if _has(codes[begin:end], vocabulary, "same_span"):
        return True
    for at in range(begin - 1, max(-1, begin - 1 - COMPARED), -1):
        if codes[at] in CLAUSE:
            return False
        if codes[at] in vocabulary.set_of("versus"):
            return True
    return False


def _has(codes: str, vocabulary: Vocabulary, name: str) -> bool:
    return not vocabulary.set_of(name).isdisjoint(codes)
