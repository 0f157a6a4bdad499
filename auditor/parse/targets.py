"""Claims that a target was met, exceeded or missed."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.languages.tables import table_words
from auditor.model.figure import Evidence
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import NAMED, Page
from auditor.parse.plans import PERCENT_OF_PLAN, REACH, in_range

# What words that turn a claim into an aim do not reach across.
CLAUSE = frozenset(";.…:()PQNM")
CHANGES = ("change", "growth", "average-change", "average-rate")
# A figure this near behind the claim is its target: `misses the target of 40 households`.
NAMED_TARGET = 2


def target_claims(page: Page) -> Iterator[Relation]:
    """`Exceeds the target` and its kin between a target and what was reached, in one sentence."""
    for sentence in page.sentences:
        for at, code in enumerate(sentence.codes):
            claim = page.vocabulary.claims.get(sentence.phrase(at)) if code >= "\U000f0000" else None
            if claim is None:
                continue
            found = None if _meant(page, sentence, at) else _claimed(sentence, at)
            if found is not None:
                target, actual = found
                word = page.evidence("word", sentence.start(at), sentence.end(at), claim)
                members = ("actual", actual), ("target", target), ("claim", word)
                yield page.relation("target-claim", NAMED, *members, *_direction(page, actual))


def _meant(page: Page, sentence: Sentence, at: int) -> bool:
    """Whether words since the last figure say that a claim is what somebody means to reach."""
    begin = at
    while begin and sentence.codes[begin - 1] not in CLAUSE:
        begin -= 1
    return page.has(sentence.codes[begin:at], "meant")


def _direction(page: Page, actual: Mention) -> Iterator[tuple[str, Evidence]]:
    """That less is better: the words name what nobody wants more of, or a level that something came down to."""
    sentence, before = actual.sentence, [m.at for m in actual.sentence.mentions if m.at < actual.at]
    first = max([at + 1 for at in before[-1:]] + [sentence.codes.rfind(";", 0, actual.at) + 1])
    if actual.function in CHANGES or first == actual.at:
        return
    start, end = sentence.start(first), sentence.end(actual.at - 1)
    came_down = page.has(sentence.codes[max(first, actual.at - 2) : actual.at], "down_to")
    if came_down or table_words().better_low(page.text.text[start:end]):
        yield "direction", page.evidence("word", start, end, "down")


def _claimed(sentence: Sentence, at: int) -> tuple[Mention, Mention] | None:
    near = [m for m in sentence.mentions if abs(m.at - at) <= REACH and m.function not in PERCENT_OF_PLAN]
    named = [m for m in near if 0 < m.at - at <= NAMED_TARGET and "," not in sentence.codes[at : m.at]]
    targets = [m for m in named or near if (named or _is_target(m)) and not in_range(m)]
    for target in sorted(targets, key=lambda m: abs(m.at - at)):
        others = [m for m in near if m is not target and not _is_target(m) and _comparable(m, target)]
        later = [m for m in others if m.at > at] or others
        if later:
            return target, min(later, key=lambda m: abs(m.at - at))
    return None


def _is_target(mention: Mention) -> bool:
    hedge = mention.draft.hedge
    return mention.function == "plan" or (hedge is not None and None in hedge.band)


def _comparable(one: Mention, target: Mention) -> bool:
    """A level with a level, a change with a change of the same direction."""
    return same_measure(one, target) and one.sign == target.sign and one.function not in (*PERCENT_OF_PLAN, "share")
