"""Printed digits -> exact value and step, by the document's own convention for commas and dots."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from auditor.model.exact import Fraction

Mark = Literal[",", "."]
SPACES = re.compile("[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: ``step`` is one unit of its last digit. ``odd`` when it goes against the document's
    convention or its groups are not of three digits: its value is then a guess."""

    value: Fraction
    step: Fraction
    odd: bool = False


def decimal_mark(raws: Iterable[str]) -> Mark:
    """The decimal mark of a document: a comma unless more numerals speak for a point.

    A numeral speaks for a mark when it has both, or one whose group is not of three digits. A point before three digits
    more likely divides groups than decimals; a comma may do either.
    """
    votes = {",": 0, ".": 0}
    for raw in raws:
        marks = [char for char in raw if char in votes]
        if not marks:
            continue
        tail = len(raw) - 1 - max(raw.rfind(","), raw.rfind("."))
        if len(set(marks)) == 2 or (len(marks) == 1 and tail != 3):
            votes[marks[-1]] += 1
        elif len(marks) > 1:
            votes["," if marks[-1] == "." else "."] += 1
        elif marks[0] == "." and not raw.startswith("0"):
            votes[","] += 1
    return "." if votes["."] > votes[","] else ","


def read(raw: str, mark: Mark) -> Numeral:
    """The value of a numeral's digits; ``mark`` is the document's decimal mark."""
    raw = SPACES.sub("", raw)
    marks = [char for char in raw if char in ",."]
    if not marks:
        return Numeral(Fraction(int(raw)), Fraction(1))
    head, tail = re.split("[,.](?=[0-9]*$)", raw)
    groups = re.split("[,.]", head)
    last, inner = marks[-1], set(marks[:-1])
    grouped = len(tail) == 3 and len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    if last != mark and grouped and inner <= {last}:
        return Numeral(Fraction(int("".join(groups) + tail)), Fraction(1))
    if inner == {last}:
        # Two of the same mark: groups in the other convention if they are of three, else a slip in the last one.
        if grouped:
            return Numeral(Fraction(int("".join(groups) + tail)), Fraction(1), odd=True)
        return _decimal("".join(groups), tail, odd=True)
    broken = any(len(group) != 3 for group in groups[1:])
    return _decimal("".join(groups), tail, odd=last != mark or broken)


def _decimal(whole: str, tail: str, *, odd: bool) -> Numeral:
    power = 10 ** len(tail)
    return Numeral(Fraction(int(whole + tail), power), Fraction(1, power), odd)
