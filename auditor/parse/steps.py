"""What is done one step after another to fewer and fewer of one kind: 540 shops checked, 120 at fault, 98 fined."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import NUMBERS, Page
from auditor.parse.scope import named_by, own_time

# Words for each step, in the order in which they are done.
STEPS = ("checked", "found", "dealt_with")
# How far a step stands behind the one before it, in sentences.
NEAR = 1


def steps(page: Page) -> Iterator[Relation]:
    latest: dict[str | None, tuple[int, Mention]] = {}
    for mention in page.mentions:
        step = _step(page, mention) if mention.function == "head" and mention.dimension == "count" else None
        if step is None:
            continue
        before = latest.get(mention.unit)
        if before is not None and before[0] < step and _within(page, before[1], mention):
            yield page.relation("part-within-total", NUMBERS, ("part", mention), ("total", before[1]))
        latest[mention.unit] = step, mention


def _step(page: Page, mention: Mention) -> int | None:
    """The step that the words right before a figure name, if they name one."""
    named = [step for step, name in enumerate(STEPS) if page.has(named_by(mention), name)]
    return named[0] if len(named) == 1 else None


def _within(page: Page, whole: Mention, part: Mention) -> bool:
    """Whether a later step may be of the earlier: no more, nearby, of no other place or time."""
    near = part.sentence.number - whole.sentence.number <= NEAR and part.sentence.block == whole.sentence.block
    here = part.place in (None, whole.place) and own_time(page, part) in (None, own_time(page, whole))
    return near and here and part.value <= whole.value and part.role == whole.role
