"""Counts against the list they announce: `3 communes (A, B, C)`, `2 tasks: …; …`, numbered lines."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse import told_off
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page

# The list begins this near behind its count; one that a cue and a colon announce may stand further.
REACH, ANNOUNCED = 16, 32
MOST_ITEMS = 60
# Items whose number differs from a count by less are meant by it.
MISCOUNTED = 2
# A name is no longer than this, in words.
NAME = 7
FIGURES = frozenset("PQNM")
Span = tuple[int, int]


def counted_lists(page: Page) -> Iterator[Relation]:
    """Counts whose list follows. A list of names is one whatever its length; any other only where it agrees."""
    paired = {other.number: one for one, other in page.pairs}
    wholes = {other.number for other in paired.values()}
    for sentence in page.sentences:
        for mention in sentence.mentions:
            count = paired.get(mention.number, mention)
            if mention.number in wholes - set(paired) or not _countable(count):
                continue
            found = _list(page, sentence, mention, count.value) or _told_off(page, sentence, mention, count)
            if found is None:
                yield from _below(page, sentence, mention, count)
            else:
                items, confidence = found
                if _is_time(page, count) and any(page.text.text[sentence.start(item[0])].isupper() for item in items):
                    continue
                spans = [page.evidence("span", *_place(sentence, item), _text(sentence, item)) for item in items]
                yield page.relation("count-of-list", confidence, ("count", count), *(("item", span) for span in spans))


def _below(page: Page, sentence: Sentence, mention: Mention, count: Mention) -> Iterator[Relation]:
    """A list behind the sentence, or the colon, that announces it."""
    behind = sentence.codes[mention.at + 1 : mention.at + REACH]
    colon = behind.find(":")
    at = len(sentence.codes) - 1 if colon < 0 else mention.at + 1 + colon
    if FIGURES.isdisjoint(behind[:colon] if colon >= 0 else behind) and at - mention.at < REACH:
        spans = told_off.in_turn(page, sentence.end(at) - 1)
        agrees = len(spans) == count.value
        if spans and (agrees or (abs(len(spans) - count.value) < MISCOUNTED and colon >= 0)):
            items = (("item", page.evidence("span", *span, page.text.text[slice(*span)])) for span in spans)
            yield page.relation("count-of-list", LIKELY if agrees else NUMBERS, ("count", count), *items)
    if at == len(sentence.codes) - 1 and colon >= 0:
        yield from _numbered(page, sentence, count)
        yield from _marked(page, sentence, count)


def _marked(page: Page, sentence: Sentence, count: Mention) -> Iterator[Relation]:
    """The lines below a count and a colon that begin with one mark, if they are as many, or one more or less."""
    spans = told_off.below(page, sentence.end(len(sentence.codes) - 1))
    if spans and abs(len(spans) - count.value) < MISCOUNTED:
        items = (("item", page.evidence("span", *span, page.text.text[slice(*span)])) for span in spans)
        yield page.relation("count-of-list", LIKELY if len(spans) == count.value else NUMBERS, ("count", count), *items)


def _numbered(page: Page, sentence: Sentence, count: Mention) -> Iterator[Relation]:
    """The lines below a count and a colon that are numbered from 1 on."""
    lines: list[Sentence] = []
    for below in page.sentences[sentence.number + 1 :]:
        first = below.aside.get(0)
        if first is None or first.what != "list number" or below.phrase(0).strip(".)- ") != str(len(lines) + 1):
            break
        lines.append(below)
    if len(lines) > 1:
        spans = [page.evidence("span", *_place(line, (0, len(line.codes))), str(n)) for n, line in enumerate(lines, 1)]
        yield page.relation("count-of-list", NAMED, ("count", count), *(("item", span) for span in spans))


def _countable(count: Mention) -> bool:
    draft = count.draft
    return count.dimension == "count" and draft.hedge is None and draft.exact and 0 < count.value <= MOST_ITEMS


def _is_time(page: Page, count: Mention) -> bool:
    """Whether days or months are counted: names behind them are of those that something happened to meanwhile."""
    return page.vocabulary.code_of.get(count.draft.noun, "") in page.vocabulary.set_of("period_word")


def _place(sentence: Sentence, item: Span) -> Span:
    return sentence.start(item[0]), sentence.end(item[1] - 1)


def _text(sentence: Sentence, item: Span) -> str:
    return " ".join(sentence.phrase(at) for at in range(*item))


def _list(page: Page, sentence: Sentence, mention: Mention, count: Fraction) -> tuple[list[Span], float] | None:
    """The items behind a count, and how sure they are its list."""
    codes, classes = sentence.codes, page.vocabulary.classes
    place = mention.at
    if codes[place + 1 : place + 2] == "W":
        named = _items(page, sentence, (place + 1, _names_end(page, codes, place + 1)), count, sure=False)
        if named is not None:
            return named
    for at in range(place + 1, min(len(codes), place + 1 + ANNOUNCED)):
        code = codes[at]
        if code in "PQN;." or (at > place + REACH and code in "(:"):
            return None
        if at > place + REACH and not (code in classes["listing"] and codes[at + 1 : at + 2] == ":"):
            continue
        if code == "(":
            begin = at + 1 + (codes[at + 1 : at + 2] in tuple(classes["listing"]))
            return _items(page, sentence, (begin, _close(codes, at)), count, sure=True)
        if code == ":" or code in classes["listing"]:
            return _announced(page, sentence, mention, at + 1 + (codes[at + 1 : at + 2] == ":"), count)
        if code in classes["listing_place"] and codes[at + 1 : at + 2]:
            found = _items(page, sentence, (at + 1, _stop(codes, at + 1)), count, sure=False)
            if found is not None:
                return found
    return None


def _announced(
    page: Page, sentence: Sentence, mention: Mention, begin: int, count: Fraction
) -> tuple[list[Span], float] | None:
    """The items behind a colon or `namely`."""
    told = told_off.numbered(page, sentence, begin) or told_off.with_brackets(page, sentence, begin)
    if told and abs(len(told) - count) < MISCOUNTED:
        return told, LIKELY
    end = _stop(sentence.codes, begin)
    closed = not _goes_on(page, sentence.codes, end)
    found = _items(page, sentence, (begin, end), count, sure=True) if closed else None
    rated = told_off.with_rates(page, sentence, begin) if found is None else []
    return found or ((rated, LIKELY) if len(rated) == count else _clauses(page, sentence, mention, begin))


def _told_off(page: Page, sentence: Sentence, mention: Mention, count: Mention) -> tuple[list[Span], float] | None:
    """Names with a figure or a number each, where there are as many as the count says."""
    own = mention.draft.unit_stop > mention.draft.stop
    row = told_off.with_figures(page, sentence, count) if own else []
    items = row or told_off.with_numbers(page, sentence, mention.at + 1) or told_off.reaching(page, sentence, mention)
    return (items, LIKELY) if len(items) == count.value else None


def _close(codes: str, at: int) -> int:
    end = codes.find(")", at)
    return len(codes) if end < 0 else end


def _stop(codes: str, begin: int) -> int:
    for at in range(begin, len(codes)):
        if codes[at] in ".(:" or codes[at] in "PQN":
            return at
    return len(codes)


def _goes_on(page: Page, codes: str, end: int) -> bool:
    """Whether a list goes on behind the bracket that it stops at."""
    behind = codes[_close(codes, end) + 1 :][:1] if codes[end : end + 1] == "(" else ""
    return behind != "" and behind in ",;" + page.vocabulary.classes["list_separator"]


def _names_end(page: Page, codes: str, begin: int) -> int:
    """Where a row of names without a cue ends: at the first word that is none."""
    inside = set("W," + page.vocabulary.classes["list_separator"] + page.vocabulary.classes["place_kind"])
    return next((at for at in range(begin, len(codes)) if codes[at] not in inside), len(codes))


def _items(
    page: Page, sentence: Sentence, span: Span, count: Fraction, *, sure: bool
) -> tuple[list[Span], float] | None:
    """The items of a stretch, split in the first way that gives the count; else its names, if it is a list of such."""
    codes, (begin, end) = sentence.codes, span
    if end <= begin or set("PQN") & set(codes[begin:end]):
        return None
    ways = [_split(codes, begin, end, marks) for marks in _separators(page, codes[begin:end])]
    agreeing = next((items for items in ways if len(items) == count), None)
    names = _leading_names(page, sentence, ways[-1])
    named = len(names) > 1 and (len(names) == len(ways[-1]) or not sure)
    if named and len(names) == count:
        return names, NAMED if sure else LIKELY
    if agreeing is not None and (sure or count > 1) and (count > 1 or _is_name(page, sentence, agreeing[0])):
        return agreeing, LIKELY
    if count == 1 and names == ways[-1]:
        # One thing at one place that is named.
        return names, LIKELY
    if sure and named and not _open(page, codes, begin, end):
        return names, NAMED
    return None


def _leading_names(page: Page, sentence: Sentence, items: list[Span]) -> list[Span]:
    """The items from the first on that are names; words behind the name of the last are not of the list."""
    names: list[Span] = []
    for begin, end in items:
        first = next(
            (at for at in range(begin, end) if sentence.codes[at] not in page.vocabulary.classes["place_kind"]), end
        )
        stop = first
        while stop < end and _capital(page, sentence, stop):
            stop += 1
        if stop == first:
            break
        names.append((begin, stop if stop < end else end))
        if stop < end:
            break
    return names


def _capital(page: Page, sentence: Sentence, at: int) -> bool:
    numbered = at in sentence.aside and sentence.aside[at].what == "name"
    return numbered or page.text.text[sentence.start(at)].isupper() or sentence.codes[at] == "-"


def _clauses(page: Page, sentence: Sentence, mention: Mention, begin: int) -> tuple[list[Span], float] | None:
    """Clauses split by semicolons behind a count of tasks, fields …: likely its list, even if of another length."""
    codes = sentence.codes
    end = next((at for at in range(begin, len(codes)) if codes[at] in ".:"), len(codes))
    items = _split(codes, begin, end, ";")
    enumerable = page.vocabulary.code_of.get(mention.draft.noun, "") in page.vocabulary.classes["enumerable"]
    if len(items) > 1 and mention.draft.noun and enumerable and not _open(page, codes, begin, end):
        if len(items) == mention.value:
            return items, LIKELY
        # Figures among the items may be the parts of the count.
        return None if set("PQN") & set(codes[begin:end]) else (items, NUMBERS)
    return None


def _separators(page: Page, codes: str) -> list[str]:
    """What may divide the items, coarse to fine; every list may end in an `and`."""
    ands = page.vocabulary.classes["list_separator"]
    fine = ["," + ands, ",;" + ands]
    return [";", ";" + ands, ",", *fine] if ";" in codes else [",", *fine]


def _open(page: Page, codes: str, begin: int, end: int) -> bool:
    """A list that says it goes on is no list of all."""
    return (
        page.has(codes[begin : end + 4], "open_list") or "…" in codes[begin : end + 1] or codes[end : end + 2] == ".."
    )


def _is_name(page: Page, sentence: Sentence, item: Span) -> bool:
    """A short item that begins with a capital, perhaps behind the kind of place it is."""
    begin = item[0]
    while begin < item[1] - 1 and sentence.codes[begin] in page.vocabulary.classes["place_kind"]:
        begin += 1
    return page.text.text[sentence.start(begin)].isupper() and item[1] - item[0] <= NAME


def _split(codes: str, begin: int, end: int, separators: str) -> list[Span]:
    items, start = [], begin
    for at in range(begin, end + 1):
        if at == end or codes[at] in separators:
            if at > start:
                items.append((start, at))
            start = at + 1
    return items
