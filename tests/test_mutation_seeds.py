"""One wrong digit in a figure of the sample documents is noticed; what is read of them does not depend on chance."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import auditor
from auditor.judge.verdict import judge
from auditor.model.check import Audit, Check
from auditor.model.figure import Figure
from auditor.model.relation import Member
from auditor.model.rule import Rule
from tests.reading import ALARMS, torn, unaccounted

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
EQUALITIES = (
    "total-of-parts", "share-of-total", "shares-sum-to-100", "percent-of-plan", "change-between-levels",
    "growth-between-levels", "average-change", "count-of-list", "same-figure-twice",
)  # fmt: skip
# The confidence from which a breach must be reported.
SURE = 0.85
PRINTED = re.compile(r"[0-9][0-9.,]*")
# Mutations that are rightly passed over, each with its reason; they must stay silent.
EXCEPTIONS = {
    ("001", "count-of-list", "1", "2"): "one name behind a larger count may be an aside: `2 xã (huyện Kim Sa)`",
}


@cache
def audited(text: str) -> Audit:
    return auditor.audit(text=text, strict=False)


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mutation:
    """A consistent check of a document, one of its figures, and the digits that would break it."""

    path: Path
    check: Check
    figure: Figure
    digits: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.path.stem[:3], self.check.rule, self.figure.raw, self.digits

    def __str__(self) -> str:
        place = f"{self.path.stem[:3]}:{self.figure.start}"
        return f"{place}:{self.check.rule}:{self.figure.raw}>{self.digits}:{self.check.relation.confidence}"


def mutations() -> Iterator[Mutation]:
    for path in SEEDS:
        result = audited(text_of(path))
        rules = {rule.id: rule for rule in result.rules}
        for check in result.checks:
            if check.rule in EQUALITIES and check.verdict == "consistent":
                for figure in check.relation.figures():
                    digits = _breaking(rules[check.rule], check, figure)
                    if digits:
                        yield Mutation(path, check, figure, digits)


def _breaking(rule: Rule, check: Check, figure: Figure) -> str | None:
    """The digits of a figure with the last one changed that makes a contradiction of the relation, if there is one."""
    printed = PRINTED.match(figure.raw)
    if printed is None:
        return None
    for at in reversed(range(printed.end())):
        for digit in "123456789":
            changed = figure.raw[:at] + digit + figure.raw[at + 1 : printed.end()]
            if not figure.raw[at].isdigit() or digit == figure.raw[at]:
                continue
            if judge(rule, _with(check, figure, changed).relation).verdict == "contradiction":
                return changed
    return None


def _with(check: Check, figure: Figure, digits: str) -> Check:
    """A check with other digits in one of its figures."""
    quantity = figure.quantity
    whole = Fraction(re.sub("[.,]", "", PRINTED.match(figure.raw)[0]))  # type: ignore[index]
    value = quantity.value * Fraction(re.sub("[.,]", "", digits)) / whole if whole else quantity.value
    changed = replace(figure, quantity=replace(quantity, value=value))
    members = [_swapped(member, figure, changed) for member in check.relation.members]
    return replace(check, relation=replace(check.relation, members=tuple(members)))


def _swapped(member: Member, old: Figure, new: Figure) -> Member:
    return replace(member, filler=new) if member.filler == old else member


def places(check: Check) -> list[tuple[str, int]]:
    return sorted((member.role, member.filler.start) for member in check.relation.members)


@pytest.mark.parametrize("mutation", list(mutations()), ids=str)
def test_wrong_digit_is_noticed(mutation: Mutation) -> None:
    figure, text = mutation.figure, text_of(mutation.path)
    end = figure.start + len(mutation.digits)
    result = auditor.audit(text=text[: figure.start] + mutation.digits + text[end:], strict=False)
    about = [check for check in result.checks if any(one.start == figure.start for one in check.relation.figures())]
    same = [check for check in about if check.rule == mutation.check.rule and places(check) == places(mutation.check)]
    assert "consistent" not in [check.verdict for check in same]
    alarms = [check for check in about if check.verdict in ALARMS]
    if mutation.key in EXCEPTIONS:
        assert not alarms, f"{mutation} is an exception no more"
    elif mutation.check.relation.confidence >= SURE:
        assert alarms, f"silent: {mutation.check.equation}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_every_numeral_is_read_or_set_aside(path: Path) -> None:
    reading = audited(text_of(path)).readings[0]
    assert not [*unaccounted(reading), *torn(reading)]


def test_two_runs_are_identical() -> None:
    assert auditor.audit(SEEDS, strict=False) == auditor.audit(SEEDS, strict=False)


def test_order_of_documents_is_irrelevant() -> None:
    assert auditor.audit(SEEDS, strict=False) == auditor.audit(SEEDS[::-1], strict=False)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_decomposed_document_has_the_same_verdicts(path: Path) -> None:
    composed = audited(unicodedata.normalize("NFC", text_of(path)))
    decomposed = audited(unicodedata.normalize("NFD", text_of(path)))
    assert [outcome(check) for check in composed.checks] == [outcome(check) for check in decomposed.checks]


def outcome(check: Check) -> tuple[str, str, str]:
    return check.rule, check.verdict, unicodedata.normalize("NFC", check.equation)
