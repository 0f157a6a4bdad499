"""What the numerals of a document were compared with: checks of one shape (rule, verdict, distances of their figures,
equation without its figures) stand together, as every row of a table has the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.judge.wording import printed
from auditor.model.check import Check
from auditor.model.figure import Figure
from auditor.model.rule import Rule
from auditor.report.bilingual import Table

Shape = tuple[int, int, tuple[int, ...], tuple[int | str, ...]]


def shapes(checks: Iterable[Check], numbers: dict[str, int], rules: dict[str, Rule], table: Table) -> list[list[Any]]:
    """An entry a shape: title, verdict, distance of every figure from the first, the equation as texts and places of
    figures in that list; then the number of the first figure of each check. ``numbers`` are those of the figures."""
    found: dict[Shape, list[int]] = {}
    for check in checks:
        if check.verdict != "not-checkable":
            shape, first = _shape(check, numbers, rules, table)
            found.setdefault(shape, []).append(first)
    return [[*shape, firsts] for shape, firsts in found.items()]


def _shape(check: Check, numbers: dict[str, int], rules: dict[str, Rule], table: Table) -> tuple[Shape, int]:
    rule = rules.get(check.rule)
    title = table.made(lambda words: words.of(rule.title) if rule else check.rule)
    verdict = table.made(lambda words: words.name("verdict", check.verdict))
    inside = [one for one in check.relation.members if isinstance(one.filler, Figure) and one.filler.id in numbers]
    places = [numbers[member.filler.id] for member in inside if isinstance(member.filler, Figure)]
    distances = tuple(place - places[0] for place in places)
    return (title, verdict, distances, tuple(_parts(check.equation, [printed(one) for one in inside]))), places[0]


def _parts(equation: str, figures: list[str]) -> Iterator[int | str]:
    """The equation cut at its figures, each given by its place among them."""
    longest = sorted({one for one in figures if one}, key=len, reverse=True)
    if not longest:
        yield equation
        return
    pattern = re.compile(rf"(?<![\d.,])({'|'.join(map(re.escape, longest))})(?![\d])")
    left = list(enumerate(figures))
    for text in filter(None, pattern.split(equation)):
        found = next(((place, one) for place, one in left if one == text), None)
        if found:
            left.remove(found)
        yield found[0] if found else text
