"""The totals that the words of a share name: right behind it, by their indicator or noun, or before its part."""

from __future__ import annotations

from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import Page, between, overlap, share_interval

# A total that is only named again stands no more sentences away.
FAR = 12
CLAUSE = frozenset(",;.:")


def told_total(page: Page, share: Mention) -> Mention | None:
    """The total that the words name: behind the share (`6 % of all 800 households`), by its indicator (`5 % of total
    credit`), or as the one total before the part in its sentence."""
    part, sentence = share.head, share.sentence
    assert part is not None
    behind = [m for m in sentence.mentions if m.at > share.at][:1]
    apart = between(share, behind[0]) if behind else ""
    named_so = page.has(apart, "whole") or page.has(apart, "total")
    if behind and may_be(share, behind[0]) and len(apart) <= 7 and named_so and CLAUSE.isdisjoint(apart):
        return behind[0]
    named = _words_behind(page, share)
    before = [m for m in page.around(part, behind=-1) if m.is_head and may_be(share, m)]
    if named:
        # What has a share itself is a part like this one, whatever it is called.
        parts = {other.head.number for other in page.around(part) if other.function == "share" and other.head}
        near = [m for m in before if share.sentence.number - m.sentence.number <= FAR]
        alike = [m for m in near if named <= set(m.label) and m.number not in parts and not _told_as_part(page, m)]
        return alike[-1] if alike else None
    here = [m for m in before if m.sentence is sentence]
    lead = sentence.codes[max(0, here[0].at - 10) : here[0].at] if here else ""
    called = page.has(lead, "total") or page.has(lead[-2:], "whole")
    beside = {other.head.number for other in sentence.mentions if other.function == "share" and other.head}
    alone = len(here) == 1 and here[0].number not in beside
    return here[0] if called and alone and here[0].depth <= part.depth else None


def of_another_noun(page: Page, share: Mention) -> Mention | None:
    """The nearest count before a part that is counted by the very noun behind the share (`12 votes, 24% of all
    members`, `50 members`), if the share fits it."""
    part, named = share.head, _words_behind(page, share)
    if part is None or part.dimension != "count" or part.value == 0 or not named:
        return None
    before = [m for m in page.around(part, behind=-1) if m.is_head and m.dimension == "count" and m.value >= part.value]
    near = [m for m in before if share.sentence.number - m.sentence.number <= FAR and m.unit != part.unit]
    alike = [m for m in near if m.draft.noun and set(m.draft.noun.split()) <= named and fits(share, m)]
    return alike[-1] if alike else None


def _told_as_part(page: Page, mention: Mention) -> bool:
    """Whether a cue for parts stands before a figure in its sentence."""
    return page.has(mention.sentence.codes[: mention.at], "within")


def _words_behind(page: Page, share: Mention) -> set[str]:
    """The words that name the whole behind a share: `total credit`."""
    sentence = share.sentence
    codes = sentence.codes[share.at + 1 : share.at + 6]
    if not page.has(codes[:2], "total") and not page.has(codes[:2], "whole"):
        return set()
    end = next((at for at, code in enumerate(codes) if code in ",;.()PQN"), len(codes))
    heads = page.vocabulary.heads
    totals = {word for phrase in (*heads["total"], *heads["whole"]) for word in phrase.split()}
    return {word for at in range(share.at + 1, share.at + 1 + end) for word in sentence.words(at)} - totals


def may_be(share: Mention, whole: Mention) -> bool:
    """Whether a share can be of a whole at all: one measure, and no less than the part."""
    part = share.head
    return part is not None and part is not whole and same_measure(part, whole) and part.value <= whole.value


def fits(share: Mention, whole: Mention) -> bool:
    """Whether a part has its share of a whole."""
    return share.head is not None and overlap(share_interval(share.head, whole), share.likely)
