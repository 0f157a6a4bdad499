"""Text cut where marks begin and end, so that overlapping marks can be shown without nesting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from auditor.model.document import Document


class Span(Protocol):
    """Anything with a place in the text: offsets in code points, ``end`` excluded."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Mark = TypeVar("Mark", bound=Span)


@dataclass(frozen=True, slots=True)
class Segment(Generic[Mark]):
    """A stretch of text that the same marks cover, in the order in which they begin."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    def begins(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.start == self.start]


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment[Mark]]:
    """The segments of ``text[start:end]``, in order and without gaps; linear in the number of marks."""
    inside = sorted((mark for mark in marks if mark.start < end and mark.end > start), key=lambda mark: mark.start)
    bounds = {start, end, *(max(mark.start, start) for mark in inside), *(min(mark.end, end) for mark in inside)}
    active: list[Mark] = []
    ahead = iter([*inside, None])
    coming = next(ahead)
    for begin, stop in pairwise(sorted(bounds)):
        active = [mark for mark in active if mark.end > begin]
        while coming is not None and coming.start <= begin:
            active.append(coming)
            coming = next(ahead)
        yield Segment(begin, text[begin:stop], tuple(active))


AROUND = 90  # characters shown on both sides of a mark, before the nearest sentence end is looked for
JOINED = 160  # two windows closer than this are shown as one


def windows(document: Document, marks: Sequence[Span]) -> list[tuple[int, int]]:
    """Short stretches of a document that show all the marks in their sentences, in order, without overlap."""
    found: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        begin, end = _before(document.text, mark.start), _after(document.text, mark.end)
        first, last = found[-1] if found else (begin, -JOINED)
        if begin - last < JOINED and "\n" not in document.text[last:begin]:
            found[-1] = (min(first, begin), max(last, end))
        else:
            found.append((begin, end))
    return found


def _before(text: str, start: int) -> int:
    """Where the sentence before ``start`` begins, or a word not much farther than ``AROUND`` characters away."""
    line = text.rfind("\n", 0, start) + 1
    near = max(line, start - AROUND)
    sentence = text.rfind(". ", near, start)
    if sentence >= 0:
        return sentence + 2
    return near if near == line else text.find(" ", near, start) + 1 or start


def _after(text: str, end: int) -> int:
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    near = min(line, end + AROUND)
    sentence = text.find(". ", end, near)
    if sentence >= 0:
        return sentence + 1
    return near if near == line else max(text.rfind(" ", end, near), end)
