"""Text -> blocks and sentences. Nothing is dropped: page furniture is marked and stays in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import Sentence

LINE = re.compile(r"[^\n]*\S[^\n]*")
# A full stop may end a sentence before white space; an ellipsis and a closing quote belong to the sentence they end.
END = re.compile(r"(?:[.!?…]+[”\"'’)]*)(?=(\s*)[\"“‘'(\[\-–•+]*(\S?))")
LIST_NUMBER = re.compile(r"^\s*(?:[0-9]{1,2}|[^\W\d_]{1,4})$")


def segment(text: str, vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences of a normalised text in order; ``block`` counts lines that hold anything."""
    return [
        Sentence(start, end, block)
        for block, line in enumerate(LINE.finditer(text))
        for start, end in _sentences(text, *line.span(), vocabulary.before_stop)
    ]


def _sentences(text: str, start: int, end: int, abbreviation: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in END.finditer(text, start, end):
        before = text[begin : stop.start()]
        if not _starts_anew(stop):
            continue
        if abbreviation.search(before[-8:]) or LIST_NUMBER.match(before):
            continue
        yield begin, stop.end()
        begin = stop.end()
    if text[begin:end].strip():
        yield begin, end


def _starts_anew(stop: re.Match[str]) -> bool:
    """Whether a capital or, behind white space, a digit begins a new sentence; an ellipsis needs no white space."""
    space, following = stop[1], stop[2]
    if not space and following and "…" not in stop[0]:
        return False
    return not following or following.isupper() or (bool(space) and following.isdigit())
