"""The number reader by itself: every number of a short text, for benchmarks and for whoever wants no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import NormalText
from auditor.model.quantity import Bound
from auditor.model.token import Tokens
from auditor.parse import figures
from auditor.parse.figures import NUMERALS, Draft, SetAside
from auditor.parse.items import Items, items
from auditor.parse.numerals import Mark, Numeral, decimal_mark, read


@dataclass(frozen=True, slots=True)
class Number:
    """One number at ``start`` to ``end`` of a text, without its sign and unit.

    ``value`` and ``step`` (one unit of the last digit as written) are in the base ``unit``. ``kind`` is ``figure``, or
    what a numeral that is no figure is: ``date``, ``year``, ``ordinal``, ``duration``, ``fraction`` …; then ``value`` is
    the number as written, or ``None`` where several make up one thing, as in a date.
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
    """The numbers of a text in order, with places in ``source``. Unlike in a document, where most number words stand in
    set phrases, a single one is a number wherever it stands."""
    cut = [items(text.text, sentence, vocabulary, alone=True) for sentence in tokens if not sentence.opaque]
    mark = decimal_mark(one.phrase(at) for one in cut for at, code in enumerate(one.codes) if code in "gfqr")
    found = [number for one in cut for number in _numbers(one, source, text, vocabulary, mark)]
    return sorted(found, key=lambda number: number.start)


def _numbers(one: Items, source: str, text: NormalText, vocabulary: Vocabulary, mark: Mark) -> Iterator[Number]:
    aside = figures.set_aside(one, vocabulary)
    drafts = figures.drafts(one, aside, vocabulary, mark)
    held = {item for span in aside for item in range(span.begin, span.end)}
    times = [SetAside(at, at + 1, one.start(at), one.end(at), "duration") for at, spelt in one.spelt.items()
             if spelt.idle and at not in held]  # fmt: skip
    for piece in (*drafts, *aside, *times):
        start, end = text.source(piece.start), text.source(piece.stop)
        yield _number(piece, one, vocabulary, mark, start, end, source[start:end])


def _number(
    piece: Draft | SetAside, one: Items, vocabulary: Vocabulary, mark: Mark, start: int, end: int, raw: str
) -> Number:
    if isinstance(piece, SetAside):
        numeral = _numeral(piece, one, vocabulary, mark)
        return Number(start, end, raw, piece.what, numeral and numeral.value)
    bound = piece.hedge.bound if piece.hedge else None
    # A dash that opens a line is a bullet in a document; here it is a minus when it is glued to the number.
    opened = one.codes.startswith("-") and one.end(0) == piece.start
    value = -piece.value if opened else piece.value
    return Number(start, end, raw, "figure", value, piece.step, piece.unit, piece.dimension, bound)


def _numeral(aside: SetAside, one: Items, vocabulary: Vocabulary, mark: Mark) -> Numeral | None:
    """The number of what is set aside, if it is one."""
    if aside.end != aside.begin + 1:
        return None
    if aside.begin in one.spelt:
        spelt = one.spelt[aside.begin].spelt
        scale = one.phrase(aside.end) if spelt.scales else ""
        return Numeral(spelt.number.value * vocabulary.scales.get(scale, 1), spelt.number.step)
    return read(one.phrase(aside.begin), mark) if one.codes[aside.begin] in NUMERALS else None
