"""`Up 4 cases (14/10 cases)`: an x/y in brackets behind a change is what there is now and what there was before, unless
only a part of a whole makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse.levels import KINDS, fits
from auditor.parse.mentions import Mention
from auditor.parse.page import NAMED, NUMBERS, Page, signed

# A bracket stands this near behind the change that it explains.
NEAR = 8
# Two levels and a change that miss each other by more than this factor are no pair of now and before.
FAR = 4

Pair = tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Turn:
    """What there is now and was before, in brackets behind the change from one to the other; ``retold`` when the level
    now stands before the change as well."""

    now: Mention
    before: Mention
    change: Mention
    retold: bool

    @property
    def moved(self) -> int:
        """Where the words go: above 0 for a rise."""
        return self.change.sign if self.change.value >= 0 else -self.change.sign

    @property
    def fits(self) -> bool:
        return self.before.value > 0 and fits(self.before, self.now, self.change)

    @property
    def claimed(self) -> bool:
        """Whether the two cannot be read otherwise, and go where the words say."""
        forward = (self.now.value - self.before.value) * self.moved > 0
        return forward and (self.retold or self.now.value > self.before.value)

    @property
    def meant(self) -> bool:
        return self.fits or self.claimed or self.now.value > self.before.value or (self.moved < 0 and self._near())

    def _near(self) -> bool:
        """Whether the change is about as large as the two levels make it."""
        size = abs(self.now.value - self.before.value)
        if self.change.dimension == "percent":
            size *= Fraction(100) / (self.before.value or 1)
        told = abs(self.change.value)
        return size <= FAR * told and told <= FAR * size


def turns(pairs: Iterable[Pair]) -> list[Turn]:
    """Those x/y that are a level now and before, which from here on are told as such."""
    found = [turn for turn in map(_turn, pairs) if turn is not None and turn.meant]
    for turn in found:
        turn.before.function, turn.change.head = "previous", turn.now
    return found


def _turn(pair: Pair) -> Turn | None:
    """An x/y alone in brackets, and the change right before them."""
    now, before = pair
    codes = now.sentence.codes
    changes = [m for m in now.sentence.mentions if m.at < now.at]
    if not changes or changes[-1].function not in ("change", "growth") or now.at - changes[-1].at > NEAR:
        return None
    lead = codes[changes[-1].at + 1 : now.at]
    alone = lead.endswith("(") and lead.count("(") == 1 and codes[before.at + 1 : before.at + 2] == ")"
    if not alone or set(";.:,") & set(lead):
        return None
    head = changes[-1].head
    return Turn(now, before, changes[-1], head is not None and head.value == now.value)


def turned(page: Page, found: Iterable[Turn]) -> Iterator[Relation]:
    for turn in found:
        kind, role = KINDS[turn.change.function]
        confidence = NAMED if turn.fits or turn.claimed else NUMBERS
        yield page.relation(kind, confidence, ("from", turn.before), ("to", turn.now), signed(role, turn.change))
