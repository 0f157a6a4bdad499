"""Minimum hitting sets: the smallest sets that share an element with each of some sets, and all of them.

Reiter, `A theory of diagnosis from first principles` (1987): a diagnosis hits every conflict. The search deepens one
element at a time and branches on the first set not hit yet, so it is exact and finds every tie. It is bounded: a
knot too large for it is left to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Element = TypeVar("Element")

MAX_STEPS = 20_000


class TooLarge(Exception):
    """The search would take more than ``MAX_STEPS`` steps."""


def minimum(conflicts: Sequence[frozenset[Element]]) -> set[frozenset[Element]]:
    """All smallest hitting sets; ``{frozenset()}`` for no conflicts. Raises TooLarge."""
    level: set[frozenset[Element]] = {frozenset()}
    steps = 0
    while True:
        done = {chosen for chosen in level if _unhit(conflicts, chosen) is None}
        if done:
            return done
        steps += sum(len(_unhit(conflicts, chosen) or ()) for chosen in level)
        if steps > MAX_STEPS:
            raise TooLarge
        level = {chosen | {one} for chosen in level for one in _unhit(conflicts, chosen) or ()}


def _unhit(conflicts: Sequence[frozenset[Element]], chosen: frozenset[Element]) -> frozenset[Element] | None:
    return next((conflict for conflict in conflicts if conflict.isdisjoint(chosen)), None)
