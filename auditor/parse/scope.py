"""How far the words for a part reach: a place beside the whole's own, another time, another act end what they say."""

from __future__ import annotations

from auditor.parse.context import label_begin
from auditor.parse.mentions import Mention
from auditor.parse.page import Page

# Words that call a figure a total stand this near before it.
CALLED = 10


def called_total(page: Page, whole: Mention) -> bool:
    """Whether the words before a figure call it a total, or name all of a place."""
    left = whole.sentence.codes[max(0, whole.at - CALLED) : whole.at]
    clause = left[max(left.rfind(mark) for mark in ";.,") + 1 :]
    return any(page.has(clause, name) for name in ("total", "grand_total", "in_all"))


def siblings(page: Page, one: Mention, other: Mention) -> bool:
    """Whether two figures are of places of one kind (district A, district B), or of two kinds of one thing (domestic
    revenue, customs revenue)."""
    if one.place and other.place and one.place != other.place:
        return one.place.split()[0] == other.place.split()[0]
    mine, theirs = set(one.label), set(other.label)
    begun = one.label[:1] == other.label[:1] != ()
    return begun and bool(mine - theirs) and bool(theirs - mine) and not called_total(page, one)


def same_time(page: Page, first: Mention, whole: Mention, part: Mention) -> bool:
    """Whether a part is of a time of its list: one with a time of its own is not, where the first has the whole's."""
    own, shared = own_time(page, part), own_time(page, first)
    if own is None or own == shared:
        return True
    return shared not in (None, own_time(page, whole)) and part.value <= whole.value


def named_by(mention: Mention) -> str:
    """The codes of the words that name what a figure measures."""
    return mention.sentence.codes[label_begin(mention.sentence, mention) : mention.at]


def own_time(page: Page, mention: Mention) -> str | None:
    """The time that the words for what is measured name, as printed."""
    sentence, words = mention.sentence, "t" + page.vocabulary.classes["period_word"]
    begin = mention.at - len(named_by(mention))
    named = [at for at in range(begin, mention.at) if sentence.codes[at] in words]
    told = len(named) > 1 or any(sentence.codes[at] == "t" for at in named)
    return " ".join(sentence.phrase(at) for at in named).lower() if told else None


def wider(part: Mention, whole: Mention) -> bool:
    """Whether a part counts by a wider noun than its whole: five people are no part of one delegate."""
    mine, theirs = part.unit or "", whole.unit or ""
    return mine != theirs and mine in whole.draft.kinds
