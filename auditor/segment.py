"""Text -> blocks and sentences. Nothing is dropped: page furniture is marked and stays in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import Sentence

LINE = re.compile(r"[^\n]*\S[^\n]*")
# A full stop may end a sentence before white space; an ellipsis and a closing quote belong to the sentence they end.
END = re.compile(r"(?:[.!?…]+[”\"'’)]*)(?=(\s*)[\"“‘'(\[\-–•+]*(\S?))")
# Lines broken by an editor at a column between these; most line ends must be such that the next word had no room.
NARROWEST, WIDEST = 50, 130
WRAPPED, FEWEST = 0.6, 4
# What a narrow box broke ends without a stop and goes on with a small letter or a number that numbers no item.
SHORTEST = 16
OPEN_END = re.compile(r"[^\W_]$|[,%)]$")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?![.)0-9])")
LONGEST = 8  # an abbreviation is no longer than this
Breaks = Callable[[str, str], bool]
LIST_NUMBER = re.compile(r"\s*(?:[0-9]{1,2}|[^\W\d_]{1,4})$")


def segment(text: str, vocabulary: Vocabulary, walls: Sequence[tuple[int, int, bool]] = ()) -> list[Sentence]:
    """The sentences of a normalised text in order; ``block`` counts lines that hold anything.

    ``walls`` are stretches in order that no sentence runs into (cells, page furniture), each with whether it is read.
    """
    runs_on = _breaks(text)
    lines = (line for start, end in _stretches(text, walls) for line in _paragraphs(text, start, end, runs_on))
    return [
        Sentence(start, end, block)
        for block, line in enumerate(lines)
        for start, end in _sentences(text, *line, vocabulary.before_stop)
    ]


def _breaks(text: str) -> Breaks | None:
    """Where lines of a text are no paragraphs: an editor broke them at a column, or a page or a narrow box did in the
    middle of a sentence. ``None`` where a line is a paragraph."""
    lines = [line.rstrip() for line in text.split("\n")]
    longest = max(map(len, lines))
    if longest > WIDEST:
        return None
    breaks = [(line, following) for line, following in pairwise(lines) if line and following.strip()]
    at_column = partial(_has_no_room, width=longest)
    for is_broken in (at_column, _is_torn) if longest >= NARROWEST else (_is_torn,):
        if len(breaks) >= FEWEST and sum(is_broken(*one) for one in breaks) >= WRAPPED * len(breaks):
            return is_broken
    return None


def _has_no_room(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def _is_torn(line: str, following: str) -> bool:
    """Whether a line ends, and the next goes on, as only the middle of a sentence does."""
    line, following = line.rstrip(), following.lstrip()
    goes_on = NUMBER.match(following) or (following[0].islower() and following[1:2] not in (".", ")"))
    return len(line) >= SHORTEST and bool(OPEN_END.search(line)) and bool(goes_on)


def _paragraphs(text: str, start: int, end: int, runs_on: Breaks | None) -> Iterator[tuple[int, int]]:
    """Lines that hold anything; where a sentence was broken, those that belong together as one."""
    lines = [line.span() for line in LINE.finditer(text, start, end)]
    at = 0
    while at < len(lines):
        begin, stop = lines[at]
        at += 1
        while runs_on and at < len(lines) and _adjacent(text, runs_on, (lines[at - 1][0], stop), lines[at]):
            stop = lines[at][1]
            at += 1
        yield begin, stop


def _adjacent(text: str, runs_on: Breaks, line: tuple[int, int], following: tuple[int, int]) -> bool:
    return following[0] - line[1] == 1 and runs_on(text[slice(*line)], text[slice(*following)])


def _stretches(text: str, walls: Sequence[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end, is_read in walls:
        yield at, start
        if is_read:
            yield start, end
        at = end
    yield at, len(text)


def _sentences(text: str, start: int, end: int, abbreviation: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin, item = start, 1
    for stop in END.finditer(text, start, end):
        if not _starts_anew(stop):
            continue
        at = stop.start()
        number = _item_number(text, begin, at, item)
        if number is not None:
            yield begin, number
            begin, item = number, item + 1
            continue
        if abbreviation.search(text[max(begin, at - LONGEST) : at]) or LIST_NUMBER.match(text, begin, at):
            continue
        yield begin, stop.end()
        begin = stop.end()
    if text[begin:end].strip():
        yield begin, end


def _item_number(text: str, begin: int, stop: int, item: int) -> int | None:
    """Where the number of the next item of a list within a line begins, if it ends at a stop: `: 1. … 2. …`."""
    start = stop - len(str(item))
    if text[start:stop] != str(item) or start <= begin or not text[start - 1].isspace():
        return None
    return start if item > 1 or text[begin:start].rstrip().endswith(":") else None


def _starts_anew(stop: re.Match[str]) -> bool:
    """Whether a capital or, behind white space, a digit begins a new sentence; an ellipsis needs no white space."""
    space, following = stop[1], stop[2]
    if not space and following and "…" not in stop[0]:
        return False
    return not following or following.isupper() or (bool(space) and following.isdigit())
