"""How every numeral was read, small enough to stand in the page beside thousands of figures: by columns, in which an
empty place says "as the one before", and without what the printed text says already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.frames.decimals import plain
from auditor.judge.wording import unit
from auditor.model.check import Check, Implied, Reading
from auditor.model.document import Document
from auditor.model.exact import Fraction, rational
from auditor.model.figure import Figure, Ignored
from auditor.model.rule import Rule
from auditor.report.bilingual import Table
from auditor.report.implications import worded
from auditor.report.messages import Messages
from auditor.report.shapes import shapes
from auditor.report.where import where

PRINTED = re.compile(r"([0-9]+(?:\.[0-9]{3})*)(?:,([0-9]+))?%?")
POWERS = {Fraction(10) ** power: power for power in range(-6, 13)}


class Kinds:
    """Short numbers for what many figures share: the power of ten of their scale, then as numbers of texts the unit as
    printed, the unit, place, role, hedge and reason. What is no figure is one number: what it is instead."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._numbers: dict[tuple[int, ...], int] = {}

    def of(self, one: Figure | Ignored) -> int:
        kind = self._ignored(one) if isinstance(one, Ignored) else self._figure(one)
        return self._numbers.setdefault(kind, len(self._numbers))

    def all(self) -> list[tuple[int, ...]]:
        return list(self._numbers)

    def _ignored(self, one: Ignored) -> tuple[int, ...]:
        return (self.table.made(lambda words: ignored(words, one.what)),)

    def _figure(self, one: Figure) -> tuple[int, ...]:
        quantity = one.quantity
        role = self.table.made(lambda words: words.name("role", one.role))
        reason = self.table.made(lambda words: words.name("reason", one.reason or "no-relation"))
        shown = "" if one.raw.endswith(one.unit_text) else unit(one)
        texts = map(self.table.text, (shown, quantity.unit, one.place, quantity.bound))
        return POWERS.get(quantity.scale, 0), *texts, role, reason


def numerals(reading: Reading) -> list[Figure | Ignored]:
    """All numerals of a document in the order of the text; their places in this list are their numbers in the page."""
    return sorted([*reading.figures, *reading.ignored], key=lambda one: (one.start, one.end))


def record(
    reading: Reading, checks: Iterable[Check], rules: dict[str, Rule], kinds: Kinds, implied: Iterable[Implied] = ()
) -> dict[str, Any]:
    """``f`` has the columns of all numerals: kind, indicator, period, where it stands in its file (a cell behind the
    number of its sheet's name), and the value where the printed text does not say it. ``c`` has the checks by shape.
    ``i`` has an entry for each level that follows from some figures: their numbers, and the level in words."""
    every = numerals(reading)
    numbers = {one.id: number for number, one in enumerate(every) if isinstance(one, Figure)}
    rows = [(str(kinds.of(one)), *_read(one, reading.document, kinds.table)) for one in every]
    columns = [",".join(_changes(column)) for column in zip(*rows, strict=True)]
    follows = [_implied(one, numbers, kinds.table) for one in implied]
    return {"f": columns, "c": shapes(checks, numbers, rules, kinds.table), "i": follows}


def _read(one: Figure | Ignored, document: Document, table: Table) -> tuple[str, str, str, str]:
    if isinstance(one, Ignored):
        return "0", "0", "0", "-"
    value = "-" if _says(one) else plain(one.quantity.value)
    return str(table.text(one.indicator)), str(table.text(one.period)), _where(one, document, table), value


def _where(one: Figure, document: Document, table: Table) -> str:
    found = where(document, one.start, one.end)
    if found is None:
        return "0"
    return f"{table.text(found.sheet)}!{found.cell}" if found.sheet else str(table.made(found.said))


def _says(one: Figure) -> bool:
    """Whether the script can read the value off the printed digits: grouped by dots, with a decimal comma, times the
    power of ten of the kind."""
    found, scale = PRINTED.fullmatch(one.raw), one.quantity.scale
    if found is None or scale not in POWERS:
        return False
    return rational(f"{found[1].replace('.', '')}.{found[2] or 0}") * scale == one.quantity.value


def _changes(values: Iterable[str]) -> Iterator[str]:
    before = ""
    for value in values:
        yield "" if value == before else value
        before = value


def _implied(one: Implied, numbers: dict[str, int], table: Table) -> list[Any]:
    figures = [numbers[figure.id] for figure in one.check.relation.figures() if figure.id in numbers]
    return [figures, table.made(lambda words: worded(words, one))]


def ignored(words: Messages, what: str) -> str:
    kind, _, detail = what.partition(": ")
    name = words.name("what", kind)
    return f"{name}: {detail}" if detail else name
