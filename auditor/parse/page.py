"""A document's sentences with their mentions, and what all relation readers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import NormalText
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, EvidenceKind
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention, Sentence

# How surely a text makes a claim: the words name every role; siblings agree on it; it is the likeliest of several;
# nothing but the numbers speaks for it.
NAMED, SIBLINGS, LIKELY, NUMBERS = 0.95, 0.85, 0.7, 0.55


# Readers look no further than so many figures before and behind one.
WINDOW = 150
# More figures in a sentence than this are a table that lost its lines, and not read as a sentence.
MOST_FIGURES = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One document as its relation readers see it: sentences and mentions in order of position, and the ``pairs`` of
    figures that stand as `x/y`. ``about`` is the place that the document speaks of where it names none itself."""

    path: str
    source: str
    text: NormalText
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    pairs: Sequence[tuple[Mention, Mention]]
    vocabulary: Vocabulary
    about: str | None = None

    def around(self, mention: Mention, before: int = WINDOW, behind: int = WINDOW) -> Sequence[Mention]:
        """The mentions near one, itself among them: no reader looks further, so that work grows with the text only."""
        return self.mentions[max(0, mention.number - before) : mention.number + behind + 1]

    def evidence(self, kind: EvidenceKind, start: int, end: int, value: str, days: Interval | None = None) -> Evidence:
        """Evidence at a span of the normal text, placed in the document's own."""
        begin, stop = self.text.source(start), self.text.source(end)
        return Evidence(self.path, kind, begin, stop, self.source[begin:stop], value, days)

    def has(self, codes: Iterable[str], name: str) -> bool:
        """Whether a class of words occurs among codes."""
        return not self.vocabulary.set_of(name).isdisjoint(codes)

    def relation(self, kind: str, confidence: float, *members: tuple[str, Mention | Evidence] | Member) -> Relation:
        """A relation of mentions and evidence; a mention keeps its sign and offset only where given as a Member."""
        made = (member if isinstance(member, Member) else plain(*member) for member in members)
        return Relation(kind, self.path, tuple(made), confidence)


def between(one: Mention, other: Mention) -> str:
    """The codes between two mentions of one sentence, in the order of the text."""
    first, last = sorted((one.at, other.at))
    return one.sentence.codes[first + 1 : last]


def plain(role: str, filler: Mention | Evidence) -> Member:
    return Member(role, filler.figure if isinstance(filler, Mention) else filler)


def signed(role: str, mention: Mention) -> Member:
    """A member with the sign and offset that its cue words give it."""
    return Member(role, mention.figure, mention.sign, mention.offset)


def overlap(one: Interval, other: Interval) -> bool:
    apart = one.hi is not None and other.lo is not None and one.hi < other.lo
    return not (apart or (other.hi is not None and one.lo is not None and other.hi < one.lo))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    lo: Fraction | None = Fraction(0)
    hi: Fraction | None = Fraction(0)
    for interval in intervals:
        lo = None if lo is None or interval.lo is None else lo + interval.lo
        hi = None if hi is None or interval.hi is None else hi + interval.hi
    return Interval(lo, hi)


def width(interval: Interval) -> Fraction | None:
    """How wide an interval is; ``None`` for an open one. An exact count can still be any whole number, so it is 1."""
    if interval.lo is None or interval.hi is None:
        return None
    return max(interval.hi - interval.lo, Fraction(0)) or Fraction(1)


def share_interval(part: Mention, whole: Mention) -> Interval:
    """The percentages that a part can be of a whole; open where a side is."""
    low, high = part.likely, whole.likely
    lo = None if low.lo is None or not high.hi or high.hi <= 0 else 100 * low.lo / high.hi
    hi = None if low.hi is None or not high.lo or high.lo <= 0 else 100 * low.hi / high.lo
    return Interval(lo, hi)
