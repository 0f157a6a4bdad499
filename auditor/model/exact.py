"""The exact numbers of all arithmetic: rationals, like those of `fractions`, compiled (docs/decisions/093)."""

from __future__ import annotations

import fractions
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    from quicktions import Fraction

__all__ = ["Fraction", "rational"]


def rational(text: str) -> Fraction:
    """The number of a text such as `7`, `0.5` or `1/3`; raises ValueError for any other. Read by `fractions`, as
    quicktions writes a text of one character over a byte that the interpreter shares, which spoils it for all."""
    read = fractions.Fraction(text)
    return Fraction(read.numerator, read.denominator)
