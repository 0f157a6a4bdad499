"""Claims, orders of dates, repeats, whole counts behind shares, and unary rules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from auditor.model.figure import Figure
from auditor.model.relation import Relation
from tests.test_judge_material import RULES, ending, evidence, exact, figure, hedged, judged, relation


def claim(word: str, actual: Figure, target: Figure, direction: str | None = None) -> Relation:
    told = {} if direction is None else {"direction": evidence("word", direction)}
    return relation("target-claim", actual=actual, target=target, claim=evidence("word", word), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (claim("exceeds", figure("62"), figure("50")), "consistent"),
        (claim("exceeds", figure("46"), figure("50")), "contradiction"),
        (claim("exceeds", exact("50"), exact("50")), "contradiction"),
        (claim("exceeds", figure("50"), figure("50")), "consistent"),
        (claim("meets", exact("50"), exact("50")), "consistent"),
        (claim("meets", figure("88%"), figure("90%")), "contradiction"),
        (claim("misses", exact("35"), exact("40")), "consistent"),
        (claim("misses", exact("45"), exact("40")), "contradiction"),
        (claim("exceeds", figure("1,21%"), hedged("0,5%", ">=", "1", None)), "consistent"),
        (claim("misses", figure("1,21%"), hedged("0,5%", ">=", "1", None)), "contradiction"),
        (claim("meets", figure("2,4%"), hedged("3,0%", "<=", None, "1")), "consistent"),
        (claim("meets", figure("3,4%"), hedged("3,0%", "<=", None, "1")), "contradiction"),
        (claim("exceeds", figure("2,4%"), figure("3,0%"), "down"), "consistent"),
        (claim("exceeds", figure("3,4%"), figure("3,0%"), "down"), "contradiction"),
        (claim("exceeds", figure("3,4%"), figure("3,0%"), "up"), "consistent"),
        (claim("wonders", figure("1"), figure("2")), "not-checkable"),
        (relation("target-claim", actual=figure("1"), target=figure("2")), "not-checkable"),
    ],
)
def test_claims(found: Relation, wanted: str) -> None:
    check = judged(found)
    assert check.verdict == wanted
    assert check.relation == found


def dated(event: str, cited: str | None = None, years: str | None = None) -> Relation:
    roles = {"event": evidence("date", event)}
    roles |= {"cited": evidence("date", cited)} if cited else {}
    roles |= {"period": evidence("period", years)} if years else {}
    return relation("date-order", **roles)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (dated("2023-05-12", "2023-04-20"), ("consistent", None)),
        (dated("2023-05-12", "2023-05-12"), ("consistent", None)),
        (dated("2023-05-12", "2024-04-20"), ("contradiction", None)),
        (dated("2023-05-12", "2023"), ("consistent", None)),
        (dated("2023-05-12", "2024"), ("contradiction", None)),
        (dated("2023-02-30"), ("contradiction", "impossible-date")),
        (dated("2023-05-12"), ("not-checkable", "role-missing")),
        (dated("2016", "2010", "5"), ("suspicious", "years-counted-inclusively")),
        (dated("2025", "1975", "50"), ("consistent", None)),
        (dated("2022-10-25", "2020-10-15", "2"), ("consistent", None)),
        (dated("2023-01-05", "2020-12-15", "2"), ("consistent", None)),
        (dated("2022-10-25", "2022-07-26", "1"), ("suspicious", "years-counted-inclusively")),
        (dated("2022-10-25", "2010-10-15", "2"), ("contradiction", None)),
    ],
)
def test_orders(found: Relation, wanted: tuple[str, str | None]) -> None:
    assert ending(found) == wanted


def repeated(*figures: Figure) -> Relation:
    return relation("same-figure-twice", figure=list(figures))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (repeated(figure("216"), figure("216,3")), ("consistent", None)),
        (repeated(hedged("216", ">=", "1", "1.1"), figure("216,3")), ("consistent", None)),
        (repeated(exact("170"), hedged("170", ">=", "1", "1.1", exact=True)), ("consistent", None)),
        (repeated(figure("573"), figure("574")), ("suspicious", "off-by-last-digits")),
        (repeated(figure("573"), figure("575")), ("contradiction", None)),
        (repeated(figure("52,4"), figure("52,43")), ("consistent", None)),
        (repeated(figure("52,4"), figure("52,46")), ("suspicious", "truncated")),
        (repeated(exact("8"), exact("9")), ("contradiction", None)),
        (repeated(exact("8"), exact("8"), exact("9")), ("contradiction", None)),
        (repeated(hedged("500", "<=", "0.9", "1"), figure("427,46")), ("suspicious", "beyond-hedge")),
        (repeated(hedged("400", "<=", "0.9", "1"), figure("427,46")), ("contradiction", None)),
        (repeated(exact("8")), ("not-checkable", "role-missing")),
    ],
)
def test_repeats(found: Relation, wanted: tuple[str, str | None]) -> None:
    assert ending(found) == wanted


def test_a_repeat_shows_its_farthest_statements() -> None:
    check = judged(repeated(exact("8"), exact("12"), exact("9")))
    assert check.gap == 4
    assert check.equation == "8 = 12 = 9"


def behind(share: Figure, total: Figure) -> Relation:
    return relation("count-behind-share", share=share, total=total)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (behind(figure("95,8%"), exact("48")), ("consistent", None)),
        (behind(figure("96,7%"), exact("48")), ("contradiction", None)),
        (behind(figure("91,6%"), exact("48")), ("suspicious", "truncated")),
        (behind(figure("91,8%"), exact("48")), ("suspicious", "off-by-last-digits")),
        (behind(figure("96,7%"), exact("48000")), ("consistent", None)),
        (behind(figure("104,5%"), exact("48")), ("contradiction", None)),
        (behind(figure("0%"), exact("48")), ("consistent", None)),
        (behind(figure("100%"), exact("48")), ("consistent", None)),
        (behind(hedged("96,7%", ">=", "1", "1.1"), exact("48")), ("consistent", None)),
        (behind(figure("96,7%"), figure("48")), ("consistent", None)),
        (relation("count-behind-share", share=figure("1%")), ("not-checkable", "role-missing")),
    ],
)
def test_whole_counts(found: Relation, wanted: tuple[str, str | None]) -> None:
    assert ending(found) == wanted


def test_the_nearest_count_is_shown() -> None:
    check = judged(behind(figure("96,7%"), exact("48")))
    assert check.computed == "95.83%"
    assert check.equation == "96,7% = 100 × n / 48"
    assert check.gap == Fraction(9665, 100) - Fraction(4600, 48)


def test_a_unary_relation_is_its_own_breach() -> None:
    check = judged(relation("unit-missing", figure=figure("18087,23")))
    assert (check.verdict, check.reason, check.equation) == ("suspicious", "unusual", "")
    firm = replace(RULES["unit-missing"], breach="contradiction")
    assert judged(check.relation, firm).verdict == "contradiction"
