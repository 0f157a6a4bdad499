"""Context patterns: what a numeral or a figure is, by the codes around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.languages.source import Entry
from auditor.model.exact import Fraction

# How far left of a place a pattern looks, in codes.
REACH = 14


@dataclass(frozen=True, slots=True)
class ContextPattern:
    """What stands at a place, by what is left and right of it. ``result`` names it, ``sign`` turns its number.
    ``begins`` are the codes that what is left must begin with; ``None`` where it may begin with anything."""

    result: str
    left: re.Pattern[str] | None
    at: re.Pattern[str]
    entry: Entry
    sign: int = 1
    offset: Fraction = Fraction(0)
    begins: frozenset[str] | None = None

    def match(self, codes: str, position: int) -> int | None:
        """The end of what is named when the pattern fits at ``position`` of a code string."""
        found = self.at.match(codes, position)
        fits = found and (not self.left or self.left.search(codes, max(0, position - REACH), position))
        return found.end() if found and fits else None


class ContextPatterns:
    """Patterns in the order of their file, sorted by the codes that they begin with: few of them can fit anywhere."""

    def __init__(self, patterns: Sequence[ContextPattern]) -> None:
        self._patterns = patterns
        self._anywhere = frozenset(at for at, one in enumerate(patterns) if one.begins is None)
        self._by_code: dict[str, list[int]] = {}
        for at, one in enumerate(patterns):
            for code in one.begins or ():
                self._by_code.setdefault(code, []).append(at)

    def __iter__(self) -> Iterator[ContextPattern]:
        return iter(self._patterns)

    def first_fitting(self, codes: str, position: int) -> tuple[ContextPattern, int] | None:
        """The first pattern that fits at ``position`` of a code string, and the end of what it names."""
        near = {code for code in codes[max(0, position - REACH) : position] if code in self._by_code}
        for at in sorted(self._anywhere.union(*(self._by_code[code] for code in near))):
            end = self._patterns[at].match(codes, position)
            if end is not None:
                return self._patterns[at], end
        return None
