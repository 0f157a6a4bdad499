"""Context patterns: what a numeral or a figure is, by the codes around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from auditor.languages.source import Entry


@dataclass(frozen=True, slots=True)
class ContextPattern:
    """What stands at a place, by what is left and right of it. ``result`` names it, ``sign`` turns its number."""

    result: str
    left: re.Pattern[str] | None
    at: re.Pattern[str]
    entry: Entry
    sign: int = 1
    offset: Fraction = Fraction(0)

    def match(self, codes: str, position: int) -> int | None:
        """The end of what is named when the pattern fits at ``position`` of a code string."""
        found = first_fitting((self,), codes, position)
        return found[1] if found else None


def first_fitting(
    patterns: Iterable[ContextPattern], codes: str, position: int, reach: int = 14
) -> tuple[ContextPattern, int] | None:
    """The first pattern that fits at ``position`` of a code string, and the end of what it names."""
    for pattern in patterns:
        found = pattern.at.match(codes, position)
        if found and (not pattern.left or pattern.left.search(codes, max(0, position - reach), position)):
            return pattern, found.end()
    return None
