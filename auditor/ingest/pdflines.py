"""Words of a PDF to lines, lines to paragraphs, and the running heads among the lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.ingest.builder import Piece
from auditor.ingest.pdfwords import Word

GROUP = 0.35  # of a line's height: the space between groups of digits is narrower
MARGIN = 0.1  # of the page's height, above and below: where running heads stand
PAGE_NUMBER = re.compile(r"[^\w]*(?:[^\W\d_]{1,6}\W*)?\d{1,4}(?:\s*/\s*\d{1,4})?[^\w]*")
BULLET = re.compile(r"[-–•+*▪○●➢✓]|\d{1,2}[.)]|[a-zđ][.)]|[IVX]{1,5}[.)]")
STOP = re.compile(r"[.!?…:;][”\"'’)]*$")


@dataclass(slots=True, eq=False)
class Line:
    """Words that stand side by side."""

    words: list[Word] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def pieces(self) -> list[Piece]:
        gaps = [Piece("\t" if self._apart(*two) else " ") for two in pairwise(self.words)]
        return [
            piece for word, gap in zip(self.words, [*gaps, Piece("")], strict=True) for piece in (word.piece(), gap)
        ]

    def _apart(self, word: Word, other: Word) -> bool:
        """Whether two numbers are further apart than the groups of one number."""
        both = word.text[-1].isdigit() and other.text[0].isdigit()
        return both and other.box[0] - word.box[2] > GROUP * self.height

    def add(self, word: Word) -> None:
        left, bottom, right, top = word.box
        if not self.words:
            self.left, self.bottom, self.right, self.top = word.box
        self.words.append(word)
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)


def lines(words: Sequence[Word]) -> list[Line]:
    """Words in the order of the text layer, cut where the next one stands lower, higher or back to the left."""
    out: list[Line] = []
    for word in words:
        if not out or not _beside(out[-1], word):
            out.append(Line())
        out[-1].add(word)
    return out


def _beside(line: Line, word: Word) -> bool:
    left, bottom, _, top = word.box
    middle = (bottom + top) / 2
    level = line.bottom <= middle <= line.top or bottom <= (line.bottom + line.top) / 2 <= top
    return level and left >= line.right - 2 - line.height / 4


def furniture(pages: Sequence[tuple[Sequence[Line], float]]) -> list[Line]:
    """Lines at the edges of pages that come again on others, apart from their digits, and bare page numbers."""
    edges = [(line, re.sub(r"\d+", "#", line.text)) for inside, height in pages for line in _edges(inside, height)]
    often = Counter(shape for _, shape in edges)
    needed = max(2, len(pages) // 4)
    return [line for line, shape in edges if often[shape] >= needed or PAGE_NUMBER.fullmatch(line.text)]


def _edges(inside: Sequence[Line], height: float) -> Iterator[Line]:
    for line in inside:
        if line.bottom > height * (1 - MARGIN) or line.top < height * MARGIN:
            yield line


def paragraphs(run: Sequence[Line], page: Layout) -> Iterator[list[Line]]:
    """Lines joined by their distance, their indents, and whether the next word would still have fitted."""
    if not run:
        return
    current = [run[0]]
    for above, line in pairwise(run):
        if page.goes_on(above, line):
            current.append(line)
        else:
            yield current
            current = [line]
    yield current


class Layout:
    """What is usual in the lines of a document: distance, right edge, and whether space sets paragraphs apart."""

    def __init__(self, run: Sequence[Line]) -> None:
        steps = sorted(_steps(run))
        # A low one, as paragraphs stand further apart than lines.
        self.pitch = steps[len(steps) // 5] if steps else 1.2
        self.spaced = sum(step > self.pitch + 0.3 for step in steps) * 20 > len(steps)
        self.right: dict[int, float] = {}
        for line in run:
            self.right[line.page] = max(self.right.get(line.page, 0.0), line.right)

    def goes_on(self, above: Line, line: Line) -> bool:
        """Whether a line goes on with the paragraph of the one above."""
        if BULLET.fullmatch(line.words[0].text) and line.left <= above.left + line.height:
            return False
        if abs(line.height - above.height) > 0.15 * above.height or line.left > above.left + 1.2 * line.height:
            return False
        if not self._full(above, line):
            return False
        if above.page != line.page:
            return not STOP.search(above.text)
        return 0 < above.bottom - line.bottom <= (self.pitch + 0.2) * above.height

    def _full(self, above: Line, line: Line) -> bool:
        """Whether the next word would not have fitted. Where space sets paragraphs apart, a ragged edge says little."""
        left, _, right, _ = line.words[0].box
        ragged = 0.15 * (self.right[above.page] - above.left) if self.spaced else 0.0
        return above.right + (right - left) + 0.2 * line.height > self.right[above.page] - 0.5 - ragged


def _steps(run: Sequence[Line]) -> Iterator[float]:
    """Distances of lines on one page, in heights of a line."""
    for one, other in pairwise(run):
        if one.page == other.page and one.height and 0 < one.bottom - other.bottom < 2.5 * one.height:
            yield (one.bottom - other.bottom) / one.height
