"""Slips of the hand: every number one edit away, printed as the original is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.localise.edits import edits
from tests.test_judge_material import exact, figure


@pytest.mark.parametrize(
    ("printed", "wanted", "kind"),
    [
        ("62,1", "61,1", "digit"),
        ("62,1", "26,1", "swap"),
        ("62,1", "6,1", "added"),
        ("62,1", "162,1", "lost"),
        ("62,1", "6,21", "comma"),
        ("62,1", "62100", "scale"),
        ("62,1%", "61,2%", "swap"),
        ("0,5", "0,7", "digit"),
    ],
)
def test_one_slip(printed: str, wanted: str, kind: str) -> None:
    found = {edit.raw: edit.kind for edit in edits(figure(printed))}
    assert found[wanted] == kind


def test_each_value_once_and_never_the_printed_one() -> None:
    found = edits(figure("62,1"))
    values = [edit.value for edit in found]
    assert len(set(values)) == len(values) and Fraction(621, 10) not in values


def test_digit_groups_stay() -> None:
    made = figure("9174", exact=True)
    grouped = edits(type(made)(**{**{name: getattr(made, name) for name in made.__slots__}, "raw": "9.174"}))
    assert {"9.147", "91.740", "917"} <= {edit.raw for edit in grouped}


def test_no_leading_zero() -> None:
    assert not any(edit.raw.startswith("0") and edit.raw[:2] != "0," for edit in edits(exact("43")))


def test_words_have_no_slips() -> None:
    word = exact("2")
    assert edits(type(word)(**{**{name: getattr(word, name) for name in word.__slots__}, "raw": "hai"})) == []


@pytest.mark.parametrize("printed", ["62,1", "-62,1", "9174"])
def test_what_lies_within_two_values_is_what_lies_there_of_all(printed: str) -> None:
    one = figure(printed)
    low, high = sorted((one.quantity.value * Fraction(9, 10), one.quantity.value * Fraction(3, 2)))
    assert edits(one, (low, high)) == [edit for edit in edits(one) if low <= edit.value <= high]
    assert edits(one, (low, high))
