"""Slips of the hand: numbers that are one edit away from a printed one.

``digit`` one digit is another · ``swap`` two digits changed places · ``lost`` and ``added`` a digit that the print
lacks or has too many · ``comma`` the decimal mark moved · ``scale`` ten or a thousand times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor

from auditor.model.exact import Fraction
from auditor.model.figure import Figure

_NUMBER = re.compile(r"\d(?:[\d.,\s]*\d)?")
_DIGITS = "0123456789"
FACTORS = (Fraction(1000), Fraction(1, 1000), Fraction(10), Fraction(1, 10))


@dataclass(frozen=True, slots=True)
class Print:
    """How a number is printed: its digits, how many of them are decimals, and the marks between."""

    digits: str
    decimals: int
    mark: str
    group: str

    def text(self, digits: str, decimals: int) -> str:
        """Other digits printed in the same manner."""
        digits = digits.rjust(decimals + 1, "0")
        whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
        grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", self.group, whole) if self.group else whole
        return grouped + (self.mark + part if decimals else "")


@dataclass(frozen=True, slots=True)
class Edit:
    """A number one slip away: ``value`` in base units, ``raw`` as it would be printed, ``kind`` of slip."""

    value: Fraction
    raw: str
    kind: str


def edits(figure: Figure, within: tuple[Fraction, Fraction] | None = None) -> list[Edit]:
    """All numbers one slip away, each once, likelier slips first; of these only what lies ``within`` two values, both
    included, where they are given. None for a number in words."""
    found = _NUMBER.search(figure.raw)
    shape = _print(figure, found.group()) if found else None
    if found is None or shape is None:
        return []
    unit = figure.quantity.scale / 10**shape.decimals
    sign = -1 if figure.quantity.value < 0 else 1
    before, after = figure.raw[: found.start()], figure.raw[found.end() :]
    best: dict[Fraction, Edit] = {figure.quantity.value: Edit(figure.quantity.value, figure.raw, "")}
    numbers = _numbers(shape)
    for number in _between(numbers, sorted(end / (sign * unit) for end in within)) if within else numbers:
        digits, kind = numbers[number]
        value = sign * number * unit
        best.setdefault(value, Edit(value, before + shape.text(digits, shape.decimals) + after, kind))
    for edit in _moves(figure, shape):
        if within is None or within[0] <= edit.value <= within[1]:
            best.setdefault(edit.value, Edit(edit.value, before + edit.raw + after, edit.kind))
    return [edit for edit in best.values() if edit.kind]


def _between(numbers: Iterable[int], ends: Sequence[Fraction]) -> list[int]:
    """Whole numbers are compared: few of them fit, and each would cost a fraction and its print."""
    low, high = ceil(ends[0]), floor(ends[1])
    return [number for number in numbers if low <= number <= high]


def _numbers(shape: Print) -> dict[int, tuple[str, str]]:
    """The likeliest slip to each number of digits."""
    found: dict[int, tuple[str, str]] = {}
    for digits, kind in _slips(shape.digits):
        if len(digits) <= shape.decimals + 1 or digits[0] != "0":
            found.setdefault(int(digits), (digits, kind))
    return found


def _slips(digits: str) -> Iterator[tuple[str, str]]:
    places = range(len(digits))
    for at in places:
        yield from ((digits[:at] + other + digits[at + 1 :], "digit") for other in _DIGITS if other != digits[at])
    for one, other in combinations(places, 2):
        swapped = list(digits)
        swapped[one], swapped[other] = digits[other], digits[one]
        yield "".join(swapped), "swap"
    yield from ((digits[:at] + digits[at + 1 :], "added") for at in places if len(digits) > 1)
    yield from ((digits[:at] + other + digits[at:], "lost") for at in range(len(digits) + 1) for other in _DIGITS)


def _moves(figure: Figure, shape: Print) -> Iterator[Edit]:
    value = figure.quantity.value
    for decimals in range(len(shape.digits)):
        if decimals != shape.decimals and shape.mark:
            moved = value * Fraction(10) ** (shape.decimals - decimals)
            yield Edit(moved, shape.text(shape.digits, decimals), "comma")
    for factor in FACTORS:
        scaled = abs(value / figure.quantity.scale) * factor
        places = _decimals(scaled)
        if places is not None:
            yield Edit(value * factor, shape.text(str(int(scaled * 10**places)), places), "scale")


def _print(figure: Figure, text: str) -> Print | None:
    """How a number was printed, found by what it was read as; ``None`` where the two do not agree."""
    scale, step = figure.quantity.scale, figure.quantity.step
    decimals = _decimals(step / scale) if step else 0
    digits = re.sub(r"\D", "", text)
    if decimals is None or int(digits) * scale != abs(figure.quantity.value) * 10**decimals:
        return None
    marks = re.findall(r"\D+", text)
    mark = marks[-1] if decimals and marks else ""
    group = marks[0] if len(marks) > bool(mark) else ""
    return None if group and group == mark else Print(digits, decimals, mark or ",", group)


def _decimals(value: Fraction) -> int | None:
    """How many decimals a number needs; ``None`` for more than six."""
    return next((places for places in range(7) if (value * 10**places).denominator == 1), None)
