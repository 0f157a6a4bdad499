"""Minimum hitting sets: the lightest sets that share an element with each of some sets, and all of them.

Reiter, `A theory of diagnosis from first principles` (1987): a diagnosis hits every conflict. The search takes the
lightest set so far and branches on the first conflict it does not hit, so it is exact and finds every tie. It is
bounded: a knot too large for it is left to ``covering``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from auditor.model.exact import Fraction

Element = TypeVar("Element")
Weight = Fraction | int

MAX_STEPS = 20_000


class TooLarge(Exception):
    """The search would take more than ``MAX_STEPS`` steps."""


def minimum(
    conflicts: Sequence[frozenset[Element]], weight: Callable[[Element], Weight] = lambda _: 1
) -> set[frozenset[Element]]:
    """All lightest hitting sets; ``{frozenset()}`` for no conflicts, nothing for a conflict without elements.
    Weights are above 0. Raises TooLarge."""
    queue: list[tuple[Weight, int, frozenset[Element]]] = [(0, 0, frozenset())]
    seen: set[frozenset[Element]] = set()
    found: set[frozenset[Element]] = set()
    least: Weight | None = None
    steps = 0
    while queue:
        cost, _, chosen = heappop(queue)
        if least is not None and cost > least:
            break
        missed = _unhit(conflicts, chosen)
        if missed is None:
            least = cost
            found.add(chosen)
            continue
        for one in missed:
            steps += 1
            larger = chosen | {one}
            if larger not in seen:
                seen.add(larger)
                heappush(queue, (cost + weight(one), steps, larger))
        if steps > MAX_STEPS:
            raise TooLarge
    return found


def _unhit(conflicts: Sequence[frozenset[Element]], chosen: frozenset[Element]) -> frozenset[Element] | None:
    return next((conflict for conflict in conflicts if conflict.isdisjoint(chosen)), None)
