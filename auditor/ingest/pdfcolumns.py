"""Columns of a table whose lines are not drawn: one ends and another begins where no row of numbers has a word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.ingest.pdfrows import NOTHING, Chunk, Level, chunk_of

Span = tuple[float, float]
TOUCH = 1.0  # points that two things must share to be above each other
MOSTLY = 0.6  # of a column's cells are numbers in a column of numbers
LONG = 6  # words: more in a column of numbers, and it is none


def columns(rows: Sequence[Level]) -> list[Span]:
    """The stretches of the page's width that the rows fill, from left to right; a chunk that lies over two of most
    other rows (a word for total over numbering and label) is left out."""
    spans = sorted((chunk.left, chunk.right) for row in rows for chunk in row.chunks if not _bridges(chunk, row, rows))
    out: list[Span] = []
    for left, right in spans:
        if out and left < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], right)
        else:
            out.append((left, right))
    return out


def with_heads(found: Sequence[Span], chunks: Sequence[Chunk], named: Sequence[int]) -> list[Span]:
    """The columns without those that a wide space within labels has made: no numbers, and no head of their own."""
    headed = {over[0] for chunk in chunks if len(over := spanned(chunk, found)) == 1} | set(named)
    out: list[Span] = []
    for at, span in enumerate(found):
        if out and at not in headed and at - 1 not in named:
            out[-1] = out[-1][0], span[1]
        else:
            out.append(span)
    return out


def parted(rows: Sequence[Level], found: Sequence[Span]) -> None:
    """Cuts chunks that run over a narrow space between columns, where the word behind it is a number."""
    for row in rows:
        row.chunks = [part for chunk in row.chunks for part in _parts(chunk, found)]


def _parts(chunk: Chunk, found: Sequence[Span]) -> list[Chunk]:
    *front, last = (chunk_of([word]) for word in chunk.words)
    apart = (
        last.number
        and spanned(last, found)
        and not any(set(spanned(last, found)) & set(spanned(one, found)) for one in front)
    )
    return [chunk_of(chunk.words[:-1]), last] if front and apart and not chunk.number else [chunk]


def _bridges(chunk: Chunk, own: Level, rows: Sequence[Level]) -> bool:
    others = [sum(_over(chunk, (one.left, one.right)) for one in row.chunks) for row in rows if row is not own]
    return not chunk.number and sum(count > 1 for count in others) > sum(count == 1 for count in others)


def spanned(chunk: Chunk, found: Sequence[Span]) -> list[int]:
    """The columns that a chunk lies over."""
    return [at for at, span in enumerate(found) if _over(chunk, span)]


def _over(chunk: Chunk, span: Span) -> bool:
    return min(chunk.right, span[1]) - max(chunk.left, span[0]) > min(TOUCH, (span[1] - span[0]) / 2)


def column_of(chunk: Chunk, found: Sequence[Span]) -> int:
    """The column that a chunk is nearest to."""
    middle = (chunk.left + chunk.right) / 2
    return min(range(len(found)), key=lambda at: max(found[at][0] - middle, middle - found[at][1], 0.0))


def numeric(rows: Sequence[Level], found: Sequence[Span]) -> list[int]:
    """The columns that hold numbers; none where the rows give no reason to read them as a table."""
    inside: list[list[Chunk]] = [[] for _ in found]
    for chunk in (chunk for row in rows for chunk in row.chunks):
        inside[column_of(chunk, found)].append(chunk)
    named = [at for at, chunks in enumerate(inside) if at and _are_numbers(chunks)]
    labelled = sum(not row.chunks[0].number or not row.chunks[1].number for row in rows)
    if not named or labelled < MOSTLY * len(rows) or (len(named) == 1 and _counts_pages(inside[named[0]])):
        return []
    return named


def _are_numbers(chunks: Sequence[Chunk]) -> bool:
    numbers = sum(chunk.number for chunk in chunks)
    shown = sum(not NOTHING.fullmatch(chunk.text) for chunk in chunks)
    return numbers > 0 and numbers >= MOSTLY * shown and all(len(chunk.words) <= LONG for chunk in chunks)


def _counts_pages(chunks: Sequence[Chunk]) -> bool:
    """Whether numbers never fall, as those of pages in a table of contents."""
    texts = [chunk.text for chunk in chunks if chunk.number]
    return all(map(str.isdigit, texts)) and all(int(a) <= int(b) for a, b in pairwise(texts))
