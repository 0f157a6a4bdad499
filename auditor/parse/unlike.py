"""Parts that are counted by other nouns than their total: 12 units are 9 communes and 3 towns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from auditor.parse.announced import Cue
from auditor.parse.breakdowns import Breakdown
from auditor.parse.mentions import Mention, Sentence, addable, opposed
from auditor.parse.page import LIKELY, NAMED, Page

# Counts from this on are hardly made up by chance.
LARGE = 10
# A cue this near the beginning of a sentence may speak of the sentence before.
OPENS = 1


def unlike(page: Page, cue: Cue) -> Iterator[Breakdown]:
    """Counts of unlike nouns (12 units: 9 communes, 2 wards, 1 town) are parts of the count before their cue where they
    make it up exactly, or where it counts just these (12 communes, wards and towns)."""
    wholes = [m for m in _source(page, cue) if m.is_head and _whole_count(m)]
    parts = list(takewhile(_whole_count, cue.parts))
    if not wholes or not _may(wholes[-1], parts):
        return
    if wholes[-1].sentence is cue.sentence and _just_these(page, cue, wholes[-1], parts):
        yield Breakdown(wholes[-1], tuple(parts), True, NAMED)
        return
    yield from _made_up(cue, wholes, parts)


def detailed(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`40 bodies with 900 members. In detail, 15 committees and 25 cells`: all counts of the sentence together."""
    if page.has(sentence.codes[:1], "detail"):
        parts = [m for m in sentence.mentions if m.is_head and m.depth == 0]
        wholes = [m for m in _before(page, sentence) if m.is_head and _whole_count(m)]
        if len(parts) > 1 and all(map(_whole_count, parts)):
            yield from _of_all(wholes, parts)


def _source(page: Page, cue: Cue) -> list[Mention]:
    """The figures that a cue may speak of: those before it, or, where it opens its sentence, of the one before."""
    here = [m for m in cue.sentence.mentions if m.at < cue.at]
    return here if here or cue.at > OPENS else list(_before(page, cue.sentence))


def _before(page: Page, sentence: Sentence) -> Sequence[Mention]:
    return page.sentences[sentence.number - 1].mentions if sentence.number else ()


def _may(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether unlike nouns leave it to the numbers whether figures are parts of a whole."""
    return not all(addable(part, whole) for part in parts) and not any(opposed(part, whole) for part in parts)


def _made_up(cue: Cue, wholes: Sequence[Mention], parts: Sequence[Mention]) -> Iterator[Breakdown]:
    """The first parts that make up the nearest count, else all parts those before it."""
    near = wholes[-1]
    fitting = [count for count in range(2, len(parts) + 1) if sum(part.value for part in parts[:count]) == near.value]
    if cue.complete or near.value >= LARGE:
        yield from (Breakdown(near, tuple(parts[:count]), True, LIKELY) for count in fitting)
    if not fitting:
        yield from _of_all(wholes[:-1], parts)


def _of_all(wholes: Sequence[Mention], parts: Sequence[Mention]) -> Iterator[Breakdown]:
    for whole in reversed(wholes):
        if whole.value >= LARGE and sum(part.value for part in parts) == whole.value and _may(whole, parts):
            yield Breakdown(whole, tuple(parts), True, LIKELY)
            return


def _just_these(page: Page, cue: Cue, whole: Mention, parts: list[Mention]) -> bool:
    """Whether a total counts by name what its parts count, each of them once, and nothing more is said of any."""
    codes, ends = cue.sentence.codes, page.vocabulary.set_of("list_separator", ",")
    names, name = {whole.draft.noun}, list[str]()
    for at in range(whole.at + 1, cue.at):
        if codes[at] in ends:
            names.add(" ".join(name))
            name = []
        else:
            name.extend(cue.sentence.words(at))
    nouns = [part.draft.noun for part in parts]
    bare = all(codes[part.at + 1 : part.at + 2] in {*ends, *".;)", ""} for part in parts)
    return bare and len(nouns) > 1 and len(set(nouns)) == len(nouns) and {*names, " ".join(name)} - {""} == set(nouns)


def _whole_count(mention: Mention) -> bool:
    return mention.dimension == "count" and mention.draft.exact and mention.draft.hedge is None
