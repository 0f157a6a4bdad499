"""Random rows for the tests of the gate and its benchmark."""

from __future__ import annotations

import random


def shares(count: int, seed: int = 7) -> list[tuple[int, int, int]]:
    """Shares of a whole in tenths of a per cent that add up to exactly 100 %, as a careful statistician prints them."""
    chance, rows = random.Random(seed), []
    for _ in range(count):
        first = chance.randint(1, 998)
        second = chance.randint(1, 999 - first)
        rows.append((first, second, 1000 - first - second))
    return rows
