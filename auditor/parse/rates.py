"""Percentages that cannot be: above the whole, or of a small count that no whole number gives."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import LIKELY, NAMED, Page, between

# Above this any share with one decimal is near enough to some whole count.
SMALL = 400


def rates(page: Page) -> Iterator[Relation]:
    for sentence in page.sentences:
        for mention in sentence.mentions:
            if mention.dimension == "percent" and mention.value > 100 and _is_part(page, mention):
                yield page.relation("rate-within-bounds", NAMED, ("rate", mention))
        yield from _behind_shares(page, sentence)


def _is_part(page: Page, mention: Mention) -> bool:
    """Whether a percentage is of a whole: a share, or the level of a rate that no plan or comparison is about."""
    codes, at = mention.sentence.codes, mention.at
    begin = max(codes.rfind(mark, 0, at) for mark in ";.:(,") + 1
    clause, behind = codes[begin:at], codes[at + 1 : at + 7].split(",")[0].split(";")[0]
    compared = any(
        page.has(clause + behind, name) for name in ("plan", "aim", "versus", "base", "rise", "fall", "exceed")
    )
    counted = page.has(behind[:1], "noun") or page.has(clause, "part_rate")
    part = mention.function == "share" or (mention.function == "head" and counted)
    return part and not compared


def _behind_shares(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """`Of 48 delegates, 95,8 % …`: a count named as the whole, and a share of it whose part is not printed."""
    for whole in sentence.mentions:
        cue = sentence.codes[max(0, whole.at - 2) : whole.at]
        if not whole.draft.exact or whole.value > SMALL or whole.dimension != "count":
            continue
        if not (page.has(cue, "whole") or page.has(cue, "in_words")):
            continue
        behind = [m for m in sentence.mentions if m.at > whole.at]
        shared = behind and behind[0].dimension == "percent" and behind[0].function in ("head", "share")
        # The highest and the lowest of some are told in per cent of something else.
        if shared and not page.has(between(whole, behind[0]), "extreme"):
            yield page.relation("count-behind-share", LIKELY, ("share", behind[0]), ("total", whole))
