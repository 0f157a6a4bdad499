"""Projects within the capital of the place or country that they are of: `Northfield drew 5,9 billion, 29 % of all. …
The Hill project in Northfield has a capital of 4,1 billion`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.model.relation import Relation
from auditor.parse.breakdowns import within
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NUMBERS, Page
from auditor.parse.scope import named_by

# A sentence that is about a project begins with one.
OPENS = 2
# Two words or more in capitals, and perhaps more behind a dash.
NAME = re.compile("WW+(?:-W+)*")
YEAR = re.compile(r"(?:19|20)\d\d")


def projects(page: Page, bound: Sequence[Relation]) -> Iterator[Relation]:
    """``bound`` are the relations found so far: what has a share of a total is the capital of a place or country."""
    shared = {part.filler.start for one in bound if one.kind == "share-of-total" for part in one.role("part")}
    totals: dict[str, Mention] = {}
    for sentence in page.sentences if shared else ():
        capital = next((m for m in sentence.mentions if m.function == "head" and m.dimension.startswith("money")), None)
        if capital is None:
            continue
        if page.has(sentence.codes[:OPENS], "project"):
            names = set(_names(page, sentence, 0, len(sentence.codes), located=True))
            for total in [totals[name] for name in totals if name in names]:
                if _fits(total, capital):
                    yield page.relation("part-within-total", NUMBERS, ("part", capital), ("total", total))
        elif capital.figure.start in shared:
            begin = capital.at - len(named_by(capital))
            totals.update(dict.fromkeys(list(_names(page, sentence, begin, capital.at))[:1], capital))


def _names(page: Page, sentence: Sentence, begin: int, end: int, *, located: bool = False) -> Iterator[str]:
    """The names between two codes; ``located`` ones stand behind a word for where, or for a kind of place."""
    before = frozenset(",(") | page.vocabulary.set_of("listing_place") | page.vocabulary.set_of("place_kind")
    for name in NAME.finditer(sentence.codes, begin, end):
        if not located or sentence.codes[name.start() - 1 : name.start()] in before:
            yield " ".join(sentence.phrase(at) for at in range(*name.span()))


def _fits(total: Mention, part: Mention) -> bool:
    years = [set(YEAR.findall(one.period or "")) for one in (total, part)]
    named = not set(part.label).isdisjoint(total.label)
    one_time = not all(years) or years[0] == years[1]
    return named and one_time and addable(part, total) and within(total, [part])
