"""Lists whose items are told one by one: `(1) …; (2) …`, `First, … Second, …`, `A (45%), B (44%)`, `road 1, road 2`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from auditor.languages.vocabulary import FIRST_CODE, Vocabulary
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import Page

Span = tuple[int, int]
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
# Where an item may begin, beside the words that separate items.
MARKS = ":;,.("
OPENING = ("listing", "listing_place", "within")
NAME = re.compile(r"W[W-]*x?(?:\(W[W-]*\))?")
# How far apart the items of a list begin, in characters, and the most codes or lines of a list.
APART, LONGEST = 2000, 500
FIRST = chr(FIRST_CODE)
# What ends a list that goes on unsaid, in its last codes.
OPEN, LAST = ("…", ".."), 4
BULLET = re.compile(r"[^\S\n]*+\n\s*+([-–+*•])[^\S\n]*+(\S[^\n]*)")


def numbered(page: Page, sentence: Sentence, begin: int) -> list[Span]:
    """The items of a sentence from a code on that are numbered in brackets, from 1 on; two or more."""
    starts: list[int] = []
    for at in range(begin, len(sentence.codes)):
        if _is_number(page, sentence, at, len(starts) + 1):
            starts.append(at)
        elif not starts and at > begin:
            return []
    if any(mark in sentence.codes[-LAST:] for mark in OPEN):
        return []
    ends = [_end(page, sentence.codes, at) for at in (*starts[1:], len(sentence.codes))]
    return [(at + 2, end) for at, end in zip(starts, ends, strict=True) if at + 2 < end] if len(starts) > 1 else []


def _is_number(page: Page, sentence: Sentence, at: int, number: int) -> bool:
    """Whether a code is the number of an item: a bracket is behind it, and perhaps before."""
    codes = sentence.codes
    begins = codes[at - 1] in MARKS + page.vocabulary.classes["list_separator"]
    wanted = (str(number), f"0{number}", *ROMAN[number - 1 : number])
    return begins and codes[at + 1 : at + 2] == ")" and sentence.phrase(at).lower() in wanted


def _end(page: Page, codes: str, end: int) -> int:
    """Where the words of an item end before the next."""
    while end and codes[end - 1] in MARKS + page.vocabulary.classes["list_separator"]:
        end -= 1
    return end


def with_brackets(page: Page, sentence: Sentence, begin: int) -> list[Span]:
    """Names from a code on, of which some have a bracket, and nothing else: `A (45%), B and C (district D)`."""
    codes = _capitals(page, sentence, begin)
    found = _bracketed(page.vocabulary).match(codes)
    if found is None or "(" not in found[0]:
        return []
    names = _name(page.vocabulary).finditer(found[0])
    return [(begin + name.start(1), begin + name.end(1)) for name in names]


def _capitals(page: Page, sentence: Sentence, begin: int) -> str:
    """The codes of a stretch, with one code for every word in capitals but those for a kind of place."""
    kinds, codes = page.vocabulary.set_of("place_kind"), sentence.codes[begin : begin + LONGEST]
    return "".join(
        "W"
        if (code in "w" or code >= FIRST) and code not in kinds and page.text.text[sentence.start(at)].isupper()
        else code
        for at, code in enumerate(codes, begin)
    )


@cache
def _name(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A name behind its kind, with or without a bracket."""
    return re.compile(rf"[{re.escape(vocabulary.classes['place_kind'])}]{{0,2}}(W[W-]*)(?:\([^()]*\))?")


@cache
def _bracketed(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Such names in a row that a clause ends behind."""
    item, ands = _name(vocabulary).pattern, re.escape(vocabulary.classes["list_separator"])
    return re.compile(rf"{item}(?:[,;{ands}]{{1,2}}{item})+(?=;.|\.(?!\.)|$)")


def below(page: Page, start: int) -> list[Span]:
    """The lines from a position of the text on that begin with one and the same mark."""
    found = BULLET.match(page.text.text, start)
    spans: list[Span] = []
    while found is not None and len(spans) < LONGEST:
        spans.append(found.span(2))
        following = BULLET.match(page.text.text, found.end())
        found = following if following and following[1] == found[1] else None
    return spans if len(spans) > 1 else []


def with_numbers(page: Page, sentence: Sentence, begin: int) -> list[Span]:
    """Names from a code on that each end in a number of their own: `roads A1 and A2`."""
    found = _numbered_names(page.vocabulary).match(sentence.codes, begin)
    if found is None:
        return []
    names = re.finditer(_named_by_number(page.vocabulary), sentence.codes[begin : found.end()])
    return [(begin + name.start(), begin + name.end()) for name in names]


def _named_by_number(vocabulary: Vocabulary) -> str:
    return rf"[^,;.…:()PQNMtx{re.escape(vocabulary.classes['list_separator'])}]{{1,5}}x"


@cache
def _numbered_names(vocabulary: Vocabulary) -> re.Pattern[str]:
    item = _named_by_number(vocabulary)
    return re.compile(rf"{item}(?:[,{re.escape(vocabulary.classes['list_separator'])}]{item})+")


def in_turn(page: Page, start: int) -> list[Span]:
    """The words `first`, `second` … that open the items of a list from a position of the text on, as positions."""
    for row in page.vocabulary.ordinals:
        found = _opener(row[0]).match(page.text.text, start)
        spans: list[Span] = []
        while found is not None:
            spans.append(found.span(1))
            ordinal = row[len(spans) : len(spans) + 1]
            found = _opener(ordinal[0]).search(page.text.text, found.end(), found.end() + APART) if ordinal else None
        # Behind the last word of a row the list may go on.
        if 1 < len(spans) < len(row):
            return spans
    return []


@cache
def _opener(ordinal: str) -> re.Pattern[str]:
    return re.compile(rf"[:.;!?…\n]\s*+(?:[-–+•*]\s*+)?({ordinal})(?!\w)", re.IGNORECASE)


def with_figures(page: Page, sentence: Sentence, mention: Mention) -> list[Span]:
    """Names behind a count, as many as it says, each before a figure of its own in one unit: `A leads with 45%,
    followed by B with 44%`."""
    heads = [one for one in sentence.mentions if one.at > mention.at and one.function in ("head", "share")]
    row = heads[-int(mention.value) :]
    if not 1 < mention.value == len(row) or len({one.unit for one in row}) > 1:
        return []
    before = heads[-len(row) - 1] if len(heads) > len(row) else mention
    ends = [_opening(page, sentence, before, row[0]), *(one.at for one in row[:-1])]
    names = [list(NAME.finditer(sentence.codes, end, one.at)) for end, one in zip(ends, row, strict=True)]
    return [found[0].span() for found in names] if all(len(found) == 1 for found in names) else []


def with_rates(page: Page, sentence: Sentence, begin: int) -> list[Span]:
    """The items from a code on that each end in one percentage of one function: `A up 8%; B up 4% and C up 2%`."""
    row = [one for one in sentence.mentions if one.at >= begin]
    ends = ";,." + page.vocabulary.classes["list_separator"]
    closed = all(sentence.codes[one.at + 1 : one.at + 2] in ends for one in row)
    if not closed or len({(one.dimension, one.function) for one in row}) != 1 or row[0].dimension != "percent":
        return []
    starts = [begin, *(_start(page, sentence, one.at + 1) for one in row[:-1])]
    spans = [(start, one.at + 1) for start, one in zip(starts, row, strict=True)]
    named = all(_is_named(page, sentence, span) for span in spans)
    return spans if named and not any(mark in sentence.codes[row[-1].at :] for mark in OPEN) else []


def _start(page: Page, sentence: Sentence, at: int) -> int:
    """Where the words of an item begin behind the one before."""
    while sentence.codes[at : at + 1] in tuple(MARKS + page.vocabulary.classes["list_separator"]):
        at += 1
    return at


def _is_named(page: Page, sentence: Sentence, span: Span) -> bool:
    """Whether words of its own name an item before its figure."""
    codes = sentence.codes[span[0] : span[1] - 1]
    return any(code in "wW" or page.has(code, "noun") for code in codes)


def reaching(page: Page, sentence: Sentence, mention: Mention) -> list[Span]:
    """Names that end a sentence and that a count is said to be, behind what each of them reaches: `3 schools with a
    rate of 100% are A, B and C`."""
    behind = [one for one in sentence.mentions if one.at > mention.at]
    verb = behind[0].at + 1 if len(behind) == 1 and behind[0].dimension == "percent" else len(sentence.codes)
    if not page.has(sentence.codes[verb : verb + 1], "listing"):
        return []
    end, marks = len(sentence.codes.rstrip(".")), "," + page.vocabulary.classes["list_separator"]
    cuts = [verb, *(at for at in range(verb + 1, end) if sentence.codes[at] in marks), end]
    spans = [(one + 1, other) for one, other in pairwise(cuts) if one + 1 < other]
    return spans if all(_begins_name(page, sentence, at) for at, _ in spans) else []


def _begins_name(page: Page, sentence: Sentence, at: int) -> bool:
    while sentence.codes[at : at + 1] and page.has(sentence.codes[at], "place_kind"):
        at += 1
    return at < len(sentence.codes) and page.text.text[sentence.start(at)].isupper()


def _opening(page: Page, sentence: Sentence, before: Mention, first: Mention) -> int:
    """Where a list opens between two figures; at the second where nothing opens one."""
    cues = set(":").union(*(page.vocabulary.set_of(name) for name in OPENING))
    return next((at for at in range(first.at - 1, before.at, -1) if sentence.codes[at] in cues), first.at)
