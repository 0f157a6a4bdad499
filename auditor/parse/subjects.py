"""Mentions -> subjects: what each level is a level of, strictly enough to be looked for elsewhere.

Only what stands at a level itself makes its subject, never a guess from afar: a wrong subject would hold two different
things against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model.subject import Level, Subject
from auditor.parse.context import label_begin
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import Page, between
from auditor.parse.spans import CLAUSE, Span, Time, dated, runs, told
from auditor.parse.whereabouts import Chain, chains, headline_place, place

# Words that must name an indicator to know it again, unless the vocabulary lists it; and to look for it at all.
STRONG, WEAK = 3, 2
LEVELS = ("head", "plan", "level-before", "level-after")
BASIS = 12


@dataclass(frozen=True, slots=True)
class _Told:
    """When and where a sentence tells of; ``aside`` are the codes that say so, no part of an indicator's name."""

    times: list[Time]
    places: list[Chain]
    aside: frozenset[int]


class Subjects:
    """The subjects of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: dict[int, Subject | None] = {}
        self.told_by: dict[int, _Told] = {}
        self.headline = headline_place(page)
        self.of_document = self._of_document()

    def span(self, mention: Mention) -> Span | None:
        return told(mention, self.around(mention))

    def around(self, mention: Mention) -> list[Time]:
        return self._told(mention.sentence).times

    def subject(self, mention: Mention) -> Subject | None:
        """The subject of a level; ``None`` when its words, place or time do not say enough."""
        if mention.number not in self.known:
            self.known[mention.number] = self._subject(mention)
        return self.known[mention.number]

    def _subject(self, mention: Mention) -> Subject | None:
        if mention.function not in LEVELS:
            return None
        where, clear = place(mention, self._told(mention.sentence).places)
        own = self.span(mention)
        span = own or (self.of_document if mention.function != "level-before" else None)
        planned = mention.role in ("plan", "target")
        if not clear or span is None or (mention.function == "plan" and not planned):
            return None
        named = self._whole(where)
        label = self._label(mention, named)
        if len(label) < WEAK:
            return None
        return Subject(
            indicator=" ".join(label),
            unit=mention.unit or "",
            place=named,
            period=str(span),
            role=mention.role if planned or mention.role == "estimate" else "actual",
            basis=self.basis(mention.sentence, mention.at - BASIS, mention.at) if planned else "",
            named=len(label) >= STRONG or " ".join(label) in self.page.vocabulary.listed,
            told=own is not None,
        )

    def _whole(self, where: str | None) -> str | None:
        """A place as the headline has it, where that also says what the place lies in."""
        return self.headline if where is None or where == (self.headline or "").split(", ")[0] else where

    def levels(self) -> Iterator[Level]:
        for mention in self.page.mentions:
            subject = self.subject(mention)
            if subject is not None and mention.depth == 0 and mention.draft.hedge is None:
                yield Level(mention.figure, subject)

    def basis(self, sentence: Sentence, begin: int, end: int) -> str:
        """The first words for a plan between two codes of a sentence, without those for the year."""
        plan = self.page.vocabulary.set_of("plan")
        first = next((at for at in range(max(begin, 0), end) if sentence.codes[at] in plan), None)
        words = () if first is None else sentence.words(first)
        return " ".join(word for word in words if word not in self.page.vocabulary.year_words)

    def _label(self, mention: Mention, named: str | None) -> tuple[str, ...]:
        """The words around a level that say what it is, without the place and the time that it is told of."""
        words = self._before(mention) or self._taken_over(mention)
        elsewhere = set((named or "").replace(",", " ").split())
        own = tuple(word for word in words if word not in elsewhere)
        return (*own, *self._behind(mention)) if own and " ".join(own) not in self.page.vocabulary.generic else ()

    def _before(self, mention: Mention) -> tuple[str, ...]:
        begin = label_begin(mention.sentence, mention)
        return tuple(self._words_between(mention.sentence, begin, mention.at))

    def _words_between(self, sentence: Sentence, begin: int, end: int) -> Iterator[str]:
        taken = self._told(sentence).aside
        for at in range(begin, end):
            if at not in taken:
                yield from sentence.contents[at]

    def _told(self, sentence: Sentence) -> _Told:
        if sentence.number not in self.told_by:
            found, places = runs(sentence, self.page.vocabulary), chains(self.page, sentence)
            spans = [*found, *((begin, end) for begin, end, _ in places)]
            aside = frozenset(at for begin, end in spans for at in range(begin, end))
            self.told_by[sentence.number] = _Told(dated(sentence, found, self.page.vocabulary), places, aside)
        return self.told_by[sentence.number]

    def _taken_over(self, mention: Mention) -> tuple[str, ...]:
        """The words of the level before: the later of two levels, or of two times, is of what the earlier is."""
        before = [m for m in mention.sentence.mentions if m.at < mention.at and m.is_head and same_measure(m, mention)]
        if not before or ";" in between(before[-1], mention):
            return ()
        later = mention.function == "level-after" and before[-1].function == "level-before"
        spans = [self.span(level) for level in (before[-1], mention)]
        return self._before(before[-1]) if later or (None not in spans and spans[0] != spans[1]) else ()

    def _behind(self, mention: Mention) -> Iterator[str]:
        """What a level is an amount of may stand behind it: `4.250 tonnes of rice`."""
        sentence, begin = mention.sentence, mention.at + 1
        stops = CLAUSE | self.page.vocabulary.set_of("versus")
        end = next((at for at in range(begin, len(sentence.codes)) if sentence.codes[at] in stops), len(sentence.codes))
        return self._words_between(sentence, begin, end)

    def _of_document(self) -> Span | None:
        """The one year that the headline tells, for levels beside which no time stands."""
        lines = (self._told(sentence).times for sentence in self.page.sentences[:1] if sentence.block == 0)
        found = {one.span for line in lines for one in line if not one.compared}
        return next(iter(found)) if len(found) == 1 else None


def earlier(subject: Subject, span: Span | None) -> Subject | None:
    """The same at an earlier time: what a change of a level is counted from."""
    return None if span is None else replace(subject, period=str(span), role="actual", basis="")
