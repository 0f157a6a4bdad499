"""The number reader by itself: every number of a short text, for benchmarks and for whoever wants no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import NormalText
from auditor.model.exact import Fraction
from auditor.model.quantity import Bound
from auditor.model.token import Tokens
from auditor.parse import figures
from auditor.parse.asides import SetAside, set_aside
from auditor.parse.figures import Draft
from auditor.parse.items import NUMERALS, Items, items
from auditor.parse.numerals import Mark, decimal_mark, read


@dataclass(frozen=True, slots=True)
class Number:
    """One number at ``start`` to ``end`` of a text, without its sign and unit.

    ``value`` and ``step`` (one unit of the last digit as written) are in the base ``unit``. ``kind`` is ``figure`` or
    what a numeral that is no figure is: ``date``, ``year``, ``ordinal``, ``duration``, ``fraction`` …; its ``value`` is
    then the number as written, or ``None`` where several make up one thing, as in a date.
    """

    start: int
    end: int
    raw: str
    kind: str
    value: Fraction | None
    step: Fraction = Fraction(0)
    unit: str | None = None
    dimension: str = "number"
    bound: Bound | None = None


def read_numbers(source: str, text: NormalText, tokens: Sequence[Tokens], vocabulary: Vocabulary) -> list[Number]:
    """The numbers of a text in order, with places in ``source``. In a document most single number words stand in set
    phrases; here each is a number."""
    cut = [items(text.text, sentence, vocabulary, alone=True) for sentence in tokens if not sentence.opaque]
    mark = decimal_mark(one.phrase(at) for one in cut for at, code in enumerate(one.codes) if code in "gfqr")
    found = [number for one in cut for number in _Reader(source, text, one, vocabulary, mark).numbers()]
    return sorted(found, key=lambda number: number.start)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence of the text."""

    source: str
    text: NormalText
    items: Items
    vocabulary: Vocabulary
    mark: Mark

    def numbers(self) -> Iterator[Number]:
        aside = set_aside(self.items, self.vocabulary)
        held = {item for span in aside for item in range(span.begin, span.end)}
        for draft in figures.drafts(self.items, aside, self.vocabulary, self.mark):
            yield self._figure(draft)
        for span in aside:
            yield self._number(span.start, span.stop, span.what, self._value(span))
        for at, placed in self.items.spelt.items():
            if placed.idle and at not in held:
                span = SetAside(at, at + 1, self.items.start(at), self.items.end(at), "duration")
                yield self._number(span.start, span.stop, span.what, self._value(span))

    def _number(self, start: int, stop: int, kind: str, value: Fraction | None) -> Number:
        begin, end = self.text.source(start), self.text.source(stop)
        return Number(begin, end, self.source[begin:end], kind, value)

    def _figure(self, draft: Draft) -> Number:
        # A dash that opens a line is a bullet in a document; here it is a minus when it is glued to the number.
        opened = self.items.codes.startswith("-") and self.items.end(0) == draft.start
        number = self._number(draft.start, draft.stop, "figure", -abs(draft.value) if opened else draft.value)
        bound = draft.hedge.bound if draft.hedge else None
        return replace(number, step=draft.step, unit=draft.unit, dimension=draft.dimension, bound=bound)

    def _value(self, aside: SetAside) -> Fraction | None:
        """The number of what is set aside, if it is one."""
        at, items = aside.begin, self.items
        if aside.end != at + 1:
            return None
        if at in items.spelt:
            scale = items.phrase(at + 1) if items.spelt[at].spelt.scales else ""
            return items.spelt[at].spelt.number.value * self.vocabulary.scales.get(scale, 1)
        return read(items.phrase(at), self.mark).value if items.codes[at] in NUMERALS else None
