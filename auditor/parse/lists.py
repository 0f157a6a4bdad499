"""Counts against the list they announce: `3 xã (A, B, C)`, `2 khâu đột phá: …; …`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import LIKELY, NAMED, Page
from auditor.parse.ratios import pairs

# The list begins this near behind its count.
REACH = 14
MOST_ITEMS = 60
Span = tuple[int, int]


def counted_lists(page: Page) -> Iterator[Relation]:
    paired = dict(pairs(page))
    for sentence in page.sentences:
        for mention in sentence.mentions:
            # The list behind `3/13 xã` names the three.
            whole = mention in paired.values()
            if whole or mention.dimension != "count" or mention.draft.hedge or not mention.draft.exact or mention.value > MOST_ITEMS:
                continue
            found = _list(page, sentence, paired.get(mention, mention))
            if found is not None:
                items, confidence = found
                spans = [page.evidence("span", *_place(sentence, item), _text(sentence, item)) for item in items]
                if len(items) == mention.value or confidence == NAMED:
                    yield page.relation("count-of-list", confidence, ("count", mention), *(("item", span) for span in spans))


def _place(sentence: Sentence, item: Span) -> Span:
    return sentence.start(item[0]), sentence.end(item[1] - 1)


def _text(sentence: Sentence, item: Span) -> str:
    return " ".join(sentence.phrase(at) for at in range(*item))


def _list(page: Page, sentence: Sentence, mention: Mention) -> tuple[list[Span], float] | None:
    """The items behind a count and how sure the list is one of its items: names in brackets or behind a colon are,
    clauses split by semicolons are where they are as many as counted."""
    codes = sentence.codes
    for at in range(mention.at + 1, min(len(codes), mention.at + 1 + REACH)):
        code = codes[at]
        if code in "PQN;.," and code != ",":
            return None
        if code == "(":
            return _names(page, sentence, at + 1, codes.find(")", at), mention.value)
        if code == ":" or code in page.vocabulary.classes["listing"]:
            end = _stop(codes, at + 1)
            begin = at + 1 + (codes[at + 1 : at + 2] == ":")
            if ";" in codes[begin:end]:
                return _split(codes, begin, end, ";"), LIKELY
            return _names(page, sentence, begin, end, mention.value)
    return None


def _stop(codes: str, begin: int) -> int:
    for at in range(begin, len(codes)):
        if codes[at] in ".(:" or codes[at] in "PQN":
            return at
    return len(codes)


def _names(page: Page, sentence: Sentence, begin: int, end: int, count: Fraction) -> tuple[list[Span], float] | None:
    """Items split by commas and `và` that are all names (capitals); a list with an ellipsis or a figure is none, and
    a single name behind a larger count is an aside."""
    codes = sentence.codes
    if end <= begin or set("PQN") & set(codes[begin:end]) or page.has(codes[begin : end + 4], "open_list"):
        return None
    if codes[end : end + 2] == "..":
        return None
    separators = page.vocabulary.classes["list_separator"]
    items = _split(codes, begin, end, "," + ";" + separators)
    named = [item for item in items if _is_name(page, sentence, item)]
    if not items or len(named) < len(items) or (len(items) == 1) != (count == 1):
        return None
    return items, NAMED


def _is_name(page: Page, sentence: Sentence, item: Span) -> bool:
    """A short item that begins with a capital, perhaps behind the kind of place it is."""
    begin = item[0]
    while begin < item[1] - 1 and sentence.codes[begin] in page.vocabulary.classes["place_kind"]:
        begin += 1
    first = sentence.items.tokens.starts[sentence.items.first[sentence.spans[begin][0]]]
    return page.text.text[first].isupper() and item[1] - item[0] <= 7


def _split(codes: str, begin: int, end: int, separators: str) -> list[Span]:
    items, start = [], begin
    for at in range(begin, end + 1):
        if at == end or codes[at] in separators:
            if at > start:
                items.append((start, at))
            start = at + 1
    return items
