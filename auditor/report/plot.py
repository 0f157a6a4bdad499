"""Drawings as plain geometry; the template turns them into SVG, whose attributes need no inline style."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.quantity import Interval
from auditor.report.summary import Coverage

WIDTH = 1000
THIN = 8  # an exact number still needs a bar that can be seen
MARGIN = 80


@dataclass(frozen=True, slots=True)
class Bar:
    """From ``x`` for ``width`` on a line of ``WIDTH`` units; ``kind`` chooses its colour."""

    x: int
    width: int
    kind: str


def intervals(left: Interval, right: Interval) -> tuple[Bar, Bar] | None:
    """Two intervals on one scale; an open end reaches the border. None when there is nothing to compare."""
    ends = [end for one in (left, right) for end in (one.lo, one.hi) if end is not None]
    if not ends:
        return None
    low, span = min(ends), max(ends) - min(ends)

    def bar(one: Interval, kind: str) -> Bar:
        begin = 0 if one.lo is None else MARGIN + round((WIDTH - 2 * MARGIN) * (one.lo - low) / (span or 1))
        end = WIDTH if one.hi is None else MARGIN + round((WIDTH - 2 * MARGIN) * (one.hi - low) / (span or 1))
        return Bar(begin, end - begin, kind) if end - begin >= THIN else Bar((begin + end - THIN) // 2, THIN, kind)

    return bar(left, "left"), bar(right, "right")


def coverage(counts: Coverage) -> list[Bar]:
    """One bar for all numerals of a document, divided by what became of them."""
    bars, at, seen = [], 0, 0
    for kind, count in (("checked", counts.checked), ("unpaired", counts.unpaired), ("ignored", counts.ignored)):
        seen += count
        end = WIDTH * seen // (counts.numerals or 1)
        bars.append(Bar(at, end - at, kind))
        at = end
    return [bar for bar in bars if bar.width]
