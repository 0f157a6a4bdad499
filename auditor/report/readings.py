"""How every numeral was read and what it was compared with, small enough to stand in the page beside the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.frames.decimals import plain
from auditor.model.check import Check, Reading
from auditor.model.document import Document
from auditor.model.figure import Figure, Ignored
from auditor.model.rule import Rule
from auditor.report.bilingual import Table
from auditor.report.messages import Messages
from auditor.report.where import where


def numerals(reading: Reading) -> list[Figure | Ignored]:
    """All numerals of a document in the order of the text; their places in this list are their numbers in the page."""
    return sorted([*reading.figures, *reading.ignored], key=lambda one: (one.start, one.end))


def record(reading: Reading, checks: Iterable[Check], rules: dict[str, Rule], table: Table) -> dict[str, Any]:
    """``f`` has an entry a numeral: a figure as value, unit, indicator, place, period, role, hedge, reason and, if the
    file has pages or cells, where it stands; what is no figure as one number. ``c`` has an entry a check: title,
    verdict, numbers of its figures, equation."""
    every = numerals(reading)
    numbers = {one.id: number for number, one in enumerate(every) if isinstance(one, Figure)}
    judged = (_check(check, numbers, rules, table) for check in checks if check.verdict != "not-checkable")
    return {"f": [_numeral(one, reading.document, table) for one in every], "c": list(judged)}


def _numeral(one: Figure | Ignored, document: Document, table: Table) -> list[Any]:
    if isinstance(one, Ignored):
        return [table.made(lambda words: ignored(words, one.what))]
    quantity = one.quantity
    texts = [table.text(text) for text in (quantity.unit, one.indicator, one.place, one.period)]
    role = table.made(lambda words: words.name("role", one.role))
    reason = table.made(lambda words: words.name("reason", one.reason or "no-relation"))
    found = where(document, one.start, one.end)
    stands = [table.made(found.said)] if found else []
    return [plain(quantity.value), *texts, role, table.text(quantity.bound), reason, *stands]


def _check(check: Check, numbers: dict[str, int], rules: dict[str, Rule], table: Table) -> list[Any]:
    rule = rules.get(check.rule)
    title = table.made(lambda words: words.of(rule.title) if rule else check.rule)
    verdict = table.made(lambda words: words.name("verdict", check.verdict))
    figures = [numbers[figure.id] for figure in check.relation.figures() if figure.id in numbers]
    return [title, verdict, figures, check.equation]


def ignored(words: Messages, what: str) -> str:
    kind, _, detail = what.partition(": ")
    name = words.name("what", kind)
    return f"{name}: {detail}" if detail else name
