"""Which place a figure is told of: the chain of names before it, or the only place that the headline names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import Page

NAME = 5
HEADLINES = 3
CAPITALS = 3
LENGTH = 300
Chain = tuple[int, int, str]  # codes from begin to end, and what they name
WORDS = re.compile(r"[^\W\d_]+|\d+|\S")
CLAUSE = frozenset(";.…:()PQNM,")


def place_name(text: str) -> str:
    """A place as somebody wrote it, with what it lies in behind commas, in the form in which texts are read."""
    parts = unicodedata.normalize("NFC", text).lower().split(",")
    return ", ".join(" ".join(part.split()) for part in parts)


def headline_place(page: Page) -> str | None:
    """The place that a document is about: the one that its first lines name, or else what is known of it."""
    lines = (line[:LENGTH] for line in page.text.text[: 2 * HEADLINES * LENGTH].splitlines() if line.strip())
    found = dict.fromkeys(name for line in islice(lines, HEADLINES) for name in _in_line(page, line))
    return next(iter(found)) if len(found) == 1 else page.about and place_name(page.about)


def _in_line(page: Page, line: str) -> Iterator[str]:
    """Places in a line that may hold no figure, and so was not read: a kind of place and a name in capitals."""
    words, capitals = WORDS.findall(line), line.isupper()
    stop = 0
    for at in [at for at, word in enumerate(words) if word.lower() in page.vocabulary.place_words]:
        if at < stop:
            continue
        end = _line_name(page, words, at, capitals)
        names, stop = [" ".join(words[at:end]).lower()], end
        while stop > at and words[stop : stop + 1] in ([","], ["-"], ["("]):
            further = _line_name(page, words, stop + 1, capitals)
            if further == stop + 1:
                break
            names.append(" ".join(words[stop + 1 : further]).lower())
            stop = further
        if end > at:
            yield ", ".join(names)


def _line_name(page: Page, words: list[str], at: int, capitals: bool) -> int:
    """The word behind a kind of place and its name, which begin at a word; that word itself where none does."""
    kinds = page.vocabulary.set_of("place_kind")
    size = next((n for n in (2, 1) if (_code(page, words[at : at + n]) or "?") in kinds), 0)
    end = at + size
    while size and end < len(words) and end - at - size < NAME and _is_name(page, words[end], capitals):
        end += 1
    # A name in a line of capitals ends with nothing that tells, so only a short one is taken.
    return end if 0 < end - at - size <= (CAPITALS if capitals else NAME) else at


def _code(page: Page, words: list[str]) -> str | None:
    return page.vocabulary.code_of.get(" ".join(words).lower())


def _is_name(page: Page, word: str, capitals: bool) -> bool:
    common = _code(page, [word]) is not None or word.lower() in page.vocabulary.stops
    return word[0].isupper() and not (capitals and common)


def place(mention: Mention, named: Sequence[Chain]) -> tuple[str | None, bool]:
    """The place named for a mention in its sentence, whose places are given, and whether that is certain: not when
    another one is named right behind it."""
    before = [name for _, end, name in named if end <= mention.at]
    behind = [begin for begin, _, _ in named if begin > mention.at]
    clear = not behind or not CLAUSE.isdisjoint(mention.sentence.codes[mention.at + 1 : behind[0]])
    return (before[-1] if before else None), clear


def chains(page: Page, sentence: Sentence) -> list[Chain]:
    """Places with the places they lie in: `commune A, district B` is one."""
    kinds, codes, end = page.vocabulary.set_of("place_kind"), sentence.codes, 0
    found: list[Chain] = []
    for at in [at for at, following in enumerate(codes[1:]) if following == "W" and codes[at] in kinds]:
        if at < end:
            continue
        end = _name_end(codes, at, kinds)
        names = [_name(sentence, at, end)]
        while (further := _name_end(codes, end + 1, kinds)) > end + 2 and codes[end] in ",(-":
            names.append(_name(sentence, end + 1, further))
            end = further
        found.append((at, end, ", ".join(names)))
    return found


def _name_end(codes: str, at: int, kinds: Container[str]) -> int:
    if at >= len(codes) or codes[at] not in kinds:
        return at
    end = at + 1
    while codes[end : end + 1] == "W" and end - at < NAME:
        end += 1
    return end


def _name(sentence: Sentence, begin: int, end: int) -> str:
    return " ".join(sentence.phrase(at) for at in range(begin, end))
