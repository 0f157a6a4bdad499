"""Words of a PDF page side by side on one level, cut into chunks where more than a word's space lies between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.ingest.builder import Piece
from auditor.ingest.pdfwords import Word

WIDE = 0.3  # of a line's height: more than the space between words, less than that between columns
LEVEL = 0.35  # of a line's height: words whose middles are no further apart stand on one level
NUMBER = re.compile(r"\(?[<>≤≥~±+\-−–]?\s?\d[\d.,]*(?: \d{3})*(?:,\d+)?\s?%?\)?")
SPREAD = 5  # words, at least
YEAR = re.compile(r"(?:19|20)\d{2}")
NOTHING = re.compile(r"[-–—…x]|\.{2,3}")
LEADER = re.compile(r"[.…_·]{4,}")  # as in a table of contents, or where somebody is to write
MARKER = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]?|[-–+*•]")


@dataclass(slots=True, eq=False)
class Chunk:
    """Words that belong together."""

    words: list[Word]
    left: float
    right: float
    bottom: float
    top: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def number(self) -> bool:
        """Whether it is a number and nothing else; a year may be a head."""
        return bool(NUMBER.fullmatch(self.text)) and not YEAR.fullmatch(self.text)

    def pieces(self) -> list[Piece]:
        return [piece for word in self.words for piece in (word.piece(), Piece(" "))]


@dataclass(slots=True, eq=False)
class Level:
    """Chunks on one level, from left to right."""

    chunks: list[Chunk] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return min(chunk.bottom for chunk in self.chunks)

    @property
    def top(self) -> float:
        return max(chunk.top for chunk in self.chunks)

    @property
    def height(self) -> float:
        return max(chunk.top - chunk.bottom for chunk in self.chunks)

    @property
    def is_data(self) -> bool:
        """A row of a table, by its looks: something in front, and a number by itself behind it."""
        return any(chunk.number for chunk in self.chunks[1:]) and not self.is_leader and not self.is_spread

    @property
    def is_spread(self) -> bool:
        """A line of text that is spread to fill its width: many words, all as far from each other."""
        gaps = [right.left - left.right for left, right in pairwise(self.chunks)]
        words = sum(len(chunk.words) == 1 and not chunk.number for chunk in self.chunks)
        return words >= SPREAD and max(gaps) < 1.5 * min(gaps)

    @property
    def is_leader(self) -> bool:
        return any(LEADER.search(chunk.text) for chunk in self.chunks)

    @property
    def heads_group(self) -> bool:
        """A numbered label without anything behind it."""
        mark = MARKER.fullmatch(self.chunks[0].words[0].text)
        return bool(mark) and len(self.chunks) <= 2 and not self.chunks[-1].number


def levels(words: Sequence[Word]) -> list[Level]:
    """The words of a page from top to bottom, and on one level from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.middle[1]):
        if rows and rows[-1][0].middle[1] - word.middle[1] <= LEVEL * min(_height(rows[-1][0]), _height(word)):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Level(_chunks(sorted(row, key=lambda word: word.box[0]))) for row in rows]


def _height(word: Word) -> float:
    return word.box[3] - word.box[1]


def _chunks(row: Sequence[Word]) -> list[Chunk]:
    out: list[list[Word]] = []
    for word in row:
        left, bottom, _, top = word.box
        if out and left - out[-1][-1].box[2] < WIDE * (top - bottom):
            out[-1].append(word)
        else:
            out.append([word])
    return list(map(chunk_of, out))


def chunk_of(words: list[Word]) -> Chunk:
    lefts, bottoms, rights, tops = zip(*(word.box for word in words), strict=True)
    return Chunk(words, min(lefts), max(rights), min(bottoms), max(tops))
