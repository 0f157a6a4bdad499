"""``x/y``: a part of a whole, an actual against a plan, or a share of both with its percentage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from auditor.languages.vocabulary import Vocabulary
from auditor.model.relation import Relation
from auditor.parse.heads import ASIDE, is_out_of
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, Page, between, overlap, share_interval, signed

# How far behind a pair its percentage may stand: a bare one, and one that a word calls a share or that opens a clause
# and fits.
REACH, NAMED_REACH = 6, 14
# How far behind a pair stands what is left.
REST = 24
THOUSAND, WHOLE = 1000, 100
# A percentage that opens a clause stands behind no more words than these.
SIGN, OPENING = re.compile("[,(=-]"), 3
DAYS, MONTHS = 31, 12
PLANNED = ("plan-percent", "exceed-percent")


def pairs(sentences: Iterable[Sentence], vocabulary: Vocabulary) -> list[tuple[Mention, Mention]]:
    """Figures with nothing but a slash, or words for `out of`, apart them, of one measure."""
    total = vocabulary.set_of("total")
    found = []
    for sentence in sentences:
        for one, other in _neighbours(sentence):
            apart = ASIDE.sub("", between(one, other))
            slash = apart == "/" or (apart[:1] == "/" and apart[1:] in total) or is_out_of(one, other, vocabulary)
            if slash and same_measure(one, other) and one.is_head and other.is_head and not _rate(one, other):
                found.append((one, other))
    return found


def _rate(one: Mention, other: Mention) -> bool:
    """Whether `x/y` says how many there are to one or to a round number: `693 people/100.000 people`, `750/1`."""
    if one.dimension != "count":
        return False
    own_noun = one.draft.unit_stop < other.draft.start and one.draft.unit_stop > one.draft.stop
    round_number = other.value >= THOUSAND and other.value == 10 ** (len(str(other.value)) - 1)
    return (other.value == 1 and one.value > 1) or (round_number and own_noun)


def _neighbours(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """Figures next to each other outside brackets (`36 (21 of …, 15 of …)/40`), and within each."""
    yield from pairwise(sentence.mentions)
    outside = [m for m in sentence.mentions if not m.depth]
    if len(outside) < len(sentence.mentions):
        yield from ((one, other) for one, other in pairwise(outside) if other.number - one.number > 1)


def ratios(page: Page) -> Iterator[Relation]:
    for one, other in page.pairs:
        follower = _follower(page, one, other)
        if follower is None:
            yield from () if _is_date(page, one, other) else _bare(page, one, other)
        elif follower.function == "exceed-amount":
            yield page.relation(
                "change-between-levels", NAMED, ("from", other), ("to", one), signed("change", follower)
            )
        elif follower.function in PLANNED or one.value > other.value or _planned(page, other):
            yield page.relation("percent-of-plan", NAMED, ("actual", one), ("plan", other), signed("percent", follower))
        else:
            yield page.relation("share-of-total", NAMED, ("part", one), ("total", other), ("share", follower))
        yield from _rest(page, one, other)


def _follower(page: Page, one: Mention, other: Mention) -> Mention | None:
    """The percentage right behind a pair that says what x is of y: with a cue, `=` or in brackets."""
    next_one = next(iter(other.sentence.mentions[other.sentence.mentions.index(other) + 1 :]), None)
    if next_one is None:
        return None
    apart = between(other, next_one)
    if next_one.function == "exceed-amount" and same_measure(next_one, other):
        return next_one
    listed = ":" in apart.rstrip("(")[:-1]  # behind a colon and a name, a percentage is of that name
    if next_one.dimension != "percent" or listed or ";" in apart or "." in apart or _property(one, other, next_one):
        return None
    if next_one.function in (*PLANNED, "share"):
        return next_one if len(apart) <= NAMED_REACH else None
    cue = any(page.has(apart, name) for name in ("reach", "equal", "part_rate")) or "=" in apart or apart.endswith("(")
    near = len(apart) <= REACH or (len(apart) <= NAMED_REACH and _is_share(page, one, other, next_one))
    if next_one.function == "head" and cue and near:
        next_one.function, next_one.head = "share" if one.value <= other.value else "plan-percent", one
        return next_one
    return None


def _is_share(page: Page, one: Mention, other: Mention, percent: Mention) -> bool:
    """`214/250 permits of a long name, reached 85,6 %`: whether a percentage that opens a clause is what x is of y."""
    opens = between(other, percent)[-2:]
    fits = other.value > 0 and overlap(share_interval(one, other), percent.likely)
    return opens[:1] == "," and page.has(opens[1:], "reach") and fits and percent.draft.hedge is None


def _planned(page: Page, other: Mention) -> bool:
    """Whether the word behind the second figure of a pair calls it a plan: `346 ha/350 ha of the plan`."""
    return page.has(other.sentence.codes[other.at + 1 : other.at + 3], "plan")


def _property(one: Mention, other: Mention, percent: Mention) -> bool:
    """Whether a percentage is what each of some has, and no share of them: behind `all 9 of 9`, a whole that words lead
    to (`11/15 wards whose turnout was 100 %`), and, where nothing parts the two, over or of a plan (`9/16 items reach
    over 65 % of the plan`)."""
    if one.value == other.value:
        return percent.value != WHOLE
    apart = between(other, percent)
    parted = not set(apart).isdisjoint(",(-=")
    if percent.value == WHOLE and len(SIGN.split(apart)[-1]) > OPENING:
        return True
    own = percent.draft.hedge is not None or (one.dimension == "count" and percent.function == "plan-percent")
    fits = percent.draft.hedge is None and other.value > 0 and overlap(share_interval(one, other), percent.likely)
    return own and not parted and not fits


def _is_date(page: Page, one: Mention, other: Mention) -> bool:
    """`5/3 Commune Northfield`: a day and a month that a place is named behind, as in a schedule."""
    day = other.value < one.value <= DAYS and other.value <= MONTHS and one.unit == other.unit
    noun = page.vocabulary.code_of.get((other.unit or "").lower(), "")
    return day and page.has(noun, "place_kind") and other.sentence.codes[other.at + 1 : other.at + 2] == "W"


def _bare(page: Page, one: Mention, other: Mention) -> Iterator[Relation]:
    """Counts out of a count; measures (40/38 ha) are as often an actual against a plan, so only what fits is bound.
    A count that is twice the other and more (750/320) is no part of it: the ill and the dead."""
    if one.dimension == "count" and one.value < 2 * other.value:
        yield page.relation("part-within-total", NAMED, ("part", one), ("total", other))
    elif one.value <= other.value:
        yield page.relation("part-within-total", LIKELY, ("part", one), ("total", other))


def _rest(page: Page, one: Mention, other: Mention) -> Iterator[Relation]:
    """`12/17 criteria, 05 left`: the achieved and the rest make up the whole."""
    sentence = other.sentence
    later = [m for m in sentence.mentions if 0 < m.at - other.at <= REST and m.function == "rest"]
    if not later:
        # The next sentence may begin with it.
        following = page.sentences[sentence.number + 1 : sentence.number + 2]
        later = [m for two in following for m in two.mentions if m.at <= 1 and m.function == "rest"]
    later = [m for m in later if same_measure(m, other)]
    if later and one.dimension == "count":
        yield page.relation("total-of-parts", NAMED, ("total", other), ("part", one), ("part", later[0]))
