"""The exact numbers of all arithmetic: rationals, like those of `fractions`, compiled (docs/decisions/093)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    from quicktions import Fraction

__all__ = ["Fraction"]
