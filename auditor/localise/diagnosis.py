"""Error localisation after Fellegi and Holt, `A systematic approach to automatic edit and imputation` (1976).

The lightest sets of elements whose change lets every condition hold. Conflicts are learnt: propose a lightest set that
hits all conflicts known so far; ask whether its change is enough; if not, the answer is one more conflict, a set
of elements of which at least one must change too (the implicit hitting set method: Moreno-Centeno and Karp, 2013).
Every set of the first weight at which some proposal is enough is proposed, so no tie is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from auditor.localise import covering, hitting
from auditor.localise.hitting import Weight

Element = TypeVar("Element")
Oracle = Callable[[frozenset[Element]], frozenset[Element] | None]

MAX_ROUNDS = 60


def diagnose(
    conflicts: Iterable[frozenset[Element]], oracle: Oracle[Element], weight: Callable[[Element], Weight] = lambda _: 1
) -> set[frozenset[Element]]:
    """All lightest sets for which ``oracle`` answers ``None``; none when nothing helps. ``conflicts`` are known from
    the start; the oracle answers with a further one. Raises TooLarge."""
    known = list(dict.fromkeys(conflicts))
    for _ in range(MAX_ROUNDS):
        proposals = _lightest(known, weight)
        answers = {one: oracle(one) for one in proposals}
        enough = {one for one, answer in answers.items() if answer is None}
        if enough or not proposals:
            return enough
        known += dict.fromkeys(answer for answer in answers.values() if answer is not None)
    raise hitting.TooLarge


def _lightest(conflicts: list[frozenset[Element]], weight: Callable[[Element], Weight]) -> set[frozenset[Element]]:
    # Small conflicts first: they branch least.
    ordered = sorted(dict.fromkeys(conflicts), key=len)
    if ordered and not ordered[0]:
        return set()
    try:
        return hitting.minimum(ordered, weight)
    except hitting.TooLarge:
        return covering.minimum(ordered, weight)
