"""Verdicts on equations: rounding, hedges, other readings, slack, and what must never matter."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.judge.wording import between, decimal
from auditor.model.figure import Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule
from tests.test_judge_material import RULES, ending, evidence, exact, figure, hedged, judged, relation, signed

PRIMARY = {rule.id: replace(rule, otherwise=()) for rule in RULES.values()}
OK, BREACH, LAST_DIGITS = ("consistent", None), ("contradiction", None), ("suspicious", "off-by-last-digits")
RANK = {"consistent": 0, "not-checkable": 0, "suspicious": 1, "contradiction": 2}


def share(part: str, total: str, printed: str) -> Relation:
    return relation("share-of-total", part=figure(part), total=figure(total), share=figure(printed))


def total_of(total: str, *parts: str) -> Relation:
    return relation("total-of-parts", total=exact(total), part=[exact(part) for part in parts])


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (share("48,0", "120,0", "40,0%"), OK),
        (share("48,0", "120,0", "42,0%"), BREACH),
        (share("120,0", "48,0", "250,0%"), OK),
        (
            relation("share-of-total", part=exact("3465"), total=exact("9174"), share=figure("37,7%")),
            ("suspicious", "truncated"),
        ),
        (relation("share-of-total", part=exact("3828"), total=exact("9174"), share=figure("41,8%")), LAST_DIGITS),
        (relation("share-of-total", part=exact("44"), total=exact("48"), share=figure("96,7%")), BREACH),
        (relation("share-of-total", part=exact("0"), total=exact("48"), share=figure("0,0%")), OK),
        (
            relation("share-of-total", part=exact("0"), total=exact("0"), share=figure("0,0%")),
            ("not-checkable", "division-by-zero"),
        ),
        (total_of("9", "5", "3", "1"), OK),
        (total_of("9", "5", "3", "2"), BREACH),
        (total_of("78", *map(str, range(1, 13))), OK),
        (total_of("79", *map(str, range(1, 13))), BREACH),
        (total_of("3000000000000000", "1000000000000000", "2000000000000000"), OK),
        (total_of("3000000000000001", "1000000000000000", "2000000000000000"), BREACH),
        (relation("total-of-parts", total=figure("25,4"), part=[figure("18,6"), figure("6,6")]), LAST_DIGITS),
        (relation("total-of-parts", total=figure("30", exact=True), part=[figure("18"), figure("9")]), LAST_DIGITS),
        (relation("total-of-parts", total=figure("40", exact=True), part=[figure("18"), figure("9")]), BREACH),
        (relation("shares-sum-to-100", share=[figure("73,3%"), figure("23,7%"), figure("3,5%")]), BREACH),
        (relation("shares-sum-to-100", share=[figure("35,2%"), figure("28,6%"), figure("36,5%")]), LAST_DIGITS),
        (relation("shares-sum-to-100", share=[figure("33,3%"), figure("33,3%"), figure("33,3%")]), OK),
        (relation("part-within-total", part=exact("14"), total=exact("19")), OK),
        (relation("part-within-total", part=exact("20"), total=exact("19")), BREACH),
        (relation("part-within-total", part=[exact("10"), exact("10")], total=exact("19")), BREACH),
        (relation("part-within-total", part=figure("67,3"), total=figure("67,1")), LAST_DIGITS),
        (relation("count-of-list", count=exact("3"), item=[evidence("span", name) for name in "abc"]), OK),
        (relation("count-of-list", count=exact("4"), item=[evidence("span", name) for name in "abc"]), BREACH),
        (relation("rate-within-bounds", rate=figure("101%")), BREACH),
        (relation("rate-within-bounds", rate=figure("100%")), OK),
        (relation("product-of-factors", factor=figure("5,9"), per_unit=figure("5888"), product=figure("34739")), OK),
        (
            relation("percent-of-plan", actual=figure("57"), plan=figure("50"), percent=signed(figure("14%"), 1, 100)),
            OK,
        ),
        (
            relation("percent-of-plan", actual=figure("45"), plan=figure("50"), percent=signed(figure("10%"), -1, 100)),
            OK,
        ),
        (relation("scale-jump", figure=[figure("4,5"), figure("52")]), ("suspicious", "unusual")),
        (relation("scale-jump", figure=[figure("4,5"), figure("5,2")]), OK),
    ],
)
def test_verdict(found: Relation, wanted: tuple[str, str | None]) -> None:
    assert ending(found) == wanted


@pytest.mark.parametrize(
    ("start", "end", "change", "wanted"),
    [
        ("6,42%", "4,17%", "2,25%", ("consistent", None)),
        ("6,42%", "4,17%", "3,25%", ("contradiction", None)),
        ("4,0%", "3,0%", "25%", ("consistent", "relative-percent")),
        ("40", "30", "25", ("contradiction", None)),
    ],
)
def test_change_is_signed_by_its_cue(start: str, end: str, change: str, wanted: tuple[str, str | None]) -> None:
    found = relation("change-between-levels", from_=figure(start), to=figure(end), change=signed(figure(change)))
    assert ending(found) == wanted


@pytest.mark.parametrize(
    ("start", "end", "rate", "wanted"),
    [
        ("2100", "2310", "10%", ("consistent", None)),
        ("2100", "2310", "15%", ("contradiction", None)),
        ("40", "60", "150%", ("suspicious", "ratio-not-growth")),
        ("60%", "63%", "3,0%", ("consistent", "percentage-points")),
        ("60", "63", "3,0%", ("contradiction", None)),
    ],
)
def test_growth_reads_points_only_between_percentages(
    start: str, end: str, rate: str, wanted: tuple[str, str | None]
) -> None:
    assert ending(relation("growth-between-levels", from_=figure(start), to=figure(end), rate=figure(rate))) == wanted


@pytest.mark.parametrize(
    ("average", "wanted"),
    [("2,0%", "consistent"), ("2,5%", "suspicious"), ("1,7%", "suspicious"), ("4,0%", "contradiction")],
)
def test_average_tries_a_year_more_and_less(average: str, wanted: str) -> None:
    found = relation(
        "average-change",
        from_=figure("16,5%"),
        to=figure("6,5%"),
        period=evidence("period", "5"),
        average=signed(figure(average)),
    )
    assert judged(found).verdict == wanted


def test_a_period_is_shown_as_its_years() -> None:
    years = replace(evidence("period", "5"), raw="2015-2020")
    found = relation("average-change", from_=exact("9"), to=exact("4"), period=years, average=signed(exact("1")))
    assert judged(found).equation == "−1 = (4 − 9) / 5"


def test_times_of_base() -> None:
    wanted = {"2,5": "consistent", "1,5": "suspicious", "3,5": "contradiction"}
    for factor, verdict in wanted.items():
        found = relation(
            "times-of-base", from_=figure("120"), to=figure("300"), factor=figure(factor, dimension="times")
        )
        assert judged(found).verdict == verdict


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (hedged("67", ">=", "1", "1.1"), ("consistent", None)),
        (hedged("50", ">=", "1", "1.1"), ("suspicious", "beyond-hedge")),
        (hedged("75", ">=", "1", "1.1"), ("contradiction", None)),
        (hedged("75", "<=", "0.9", "1"), ("consistent", None)),
        (hedged("60", "<=", "0.9", "1"), ("contradiction", None)),
        (hedged("72", "~", "0.95", "1.05"), ("consistent", None)),
        (hedged("40", "~", "0.95", "1.05"), ("suspicious", "beyond-hedge")),
        (hedged("20", ">=", "1", None), ("consistent", None)),
        (hedged("71", ">=", "0.95", "1.1"), ("consistent", None)),
    ],
)
def test_hedges(part: object, wanted: tuple[str, str | None]) -> None:
    found = relation("total-of-parts", total=figure("100"), part=[part, figure("30")])  # type: ignore[list-item]
    assert ending(found) == wanted


def test_about_in_a_divisor_is_decided_by_its_band() -> None:
    about = hedged("88530", "~", "0.95", "1.05")
    assert (
        judged(relation("share-of-total", part=figure("41400"), total=about, share=figure("46%"))).verdict
        == "consistent"
    )
    assert ending(relation("share-of-total", part=figure("41400"), total=about, share=figure("60%"))) == (
        "suspicious",
        "beyond-hedge",
    )


def test_what_is_missing_is_not_checkable() -> None:
    found = relation("share-of-total", part=figure("1"), total=figure("2"))
    assert ending(found) == ("not-checkable", "role-missing")
    assert ending(replace(found, missing=("share",), reason="list-too-long")) == ("not-checkable", "list-too-long")
    assert ending(replace(found, missing=("share",))) == ("not-checkable", "role-missing")
    two = relation("share-of-total", part=[figure("1"), figure("1")], total=figure("2"), share=figure("50%"))
    assert ending(two) == ("not-checkable", "role-repeated")
    word = relation("share-of-total", part=evidence("word", "x"), total=figure("2"), share=figure("50%"))
    assert ending(word) == ("not-checkable", "no-number")


def test_a_weak_link_proves_nothing() -> None:
    found = replace(total_of("9", "5", "3", "2"), confidence=0.3)
    assert ending(found) == ("suspicious", "weak-link")
    assert judged(replace(total_of("9", "5", "3", "1"), confidence=0.3)).verdict == "consistent"


def test_sides_gap_and_words() -> None:
    check = judged(
        relation(
            "share-of-total",
            part=figure("29,2", unit_text="tỷ đồng", scale=10**9),
            total=figure("113,4", unit_text="tỷ đồng", scale=10**9),
            share=figure("27,7%"),
        )
    )
    assert check.equation == "27,7% = 100 × 29,2 tỷ đồng / 113,4 tỷ đồng"
    assert check.left == Interval(Fraction(2765, 100), Fraction(2775, 100))
    assert check.computed == "25.69…25.81%"
    assert check.gap is not None and check.right is not None and check.right.hi is not None
    assert check.gap == Fraction(2765, 100) - check.right.hi


def test_computed_is_comparable_with_the_printed_number() -> None:
    fall = relation("change-between-levels", from_=figure("6,42%"), to=figure("4,17%"), change=signed(figure("3,25%")))
    assert judged(fall).computed == "2.24…2.26%"
    assert judged(fall).equation == "−3,25% = 4,17% − 6,42%"
    plan = relation("percent-of-plan", actual=exact("57"), plan=exact("50"), percent=signed(figure("9%"), 1, 100))
    assert judged(plan).computed == "14%"
    assert judged(plan).equation == "100 + 9% = 100 × 57 / 50"
    money = relation(
        "total-of-parts",
        total=figure("25,4", unit_text="tỷ đồng", scale=10**9),
        part=[figure("18600", unit_text="triệu đồng", scale=10**6), figure("5,6", unit_text="tỷ đồng", scale=10**9)],
    )
    assert judged(money).computed == "24.14…24.26 tỷ đồng"
    assert judged(money).equation == "25,4 tỷ đồng = 18600 triệu đồng + 5,6 tỷ đồng"
    bound = relation("rate-within-bounds", rate=figure("104,5%"))
    assert (judged(bound).computed, judged(bound).equation) == ("", "104,5% ≤ 100")
    listed = relation(
        "count-of-list", count=exact("4", unit_text="xã"), item=[evidence("span", name) for name in "abc"]
    )
    assert (judged(listed).computed, judged(listed).equation) == ("3 xã", "4 xã = 3")


def test_brackets_stay_where_they_are_needed() -> None:
    found = relation("growth-between-levels", from_=exact("40"), to=exact("60"), rate=figure("50%"))
    assert judged(found).equation == "50% = 100 × (60 − 40) / 40"


def test_decimals() -> None:
    third = Fraction(1, 3)
    assert [decimal(third, 2, way) for way in (-1, 0, 1)] == ["0.33", "0.33", "0.34"]
    assert [decimal(-third, 2, way) for way in (-1, 0, 1)] == ["-0.34", "-0.33", "-0.33"]
    assert decimal(Fraction(1200), 0) == "1200"
    assert decimal(Fraction(-1, 1000), 2) == "0"
    assert between(Interval(third, None), 1) == "0.3…"
    assert between(Interval(third, third), 1) == "0.3"


def rounded(value: Fraction, digits: int = 1) -> str:
    """Half up, as people round."""
    whole = int(value * 10**digits + Fraction(1, 2))
    text = f"{whole:0{digits + 1}d}"
    return f"{text[:-digits]},{text[-digits:]}"


def test_ten_thousand_consistent_shares_give_no_breach() -> None:
    chance = random.Random(20)
    for _ in range(10_000):
        total = Fraction(chance.randint(1_000, 10_000_000), 100)
        part = total * Fraction(chance.randint(0, 1000), 1000)
        if total < 1:
            continue
        found = share(rounded(part), rounded(total), rounded(100 * part / total) + "%")
        assert judged(found).verdict == "consistent", found


amounts = st.integers(min_value=1, max_value=10**15)


@given(st.lists(amounts, min_size=1, max_size=12), st.integers(min_value=0, max_value=3))
def test_rounded_parts_never_breach_their_true_total(parts: list[int], digits: int) -> None:
    scaled = [Fraction(part, 1000) for part in parts]
    texts = [rounded(part, digits) if digits else str(int(part + Fraction(1, 2))) for part in scaled]
    whole = sum(scaled)
    total = rounded(Fraction(whole), digits) if digits else str(int(whole + Fraction(1, 2)))
    found = relation("total-of-parts", total=figure(total), part=[figure(text) for text in texts])
    assert judged(found).verdict == "consistent"


decimals = st.integers(min_value=-2000, max_value=2000).map(lambda n: f"{n / 10:.1f}".replace(".", ","))
positive = st.integers(min_value=1, max_value=2000).map(lambda n: f"{n / 10:.1f}".replace(".", ","))


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    a, b, c = draw(positive), draw(positive), draw(decimals)
    options = (
        relation("share-of-total", part=figure(a), total=figure(b), share=figure(c + "%")),
        relation("total-of-parts", total=figure(a), part=[figure(b), figure(c)]),
        relation("part-within-total", total=figure(a), part=[figure(b), figure(c)]),
        relation("growth-between-levels", from_=figure(a), to=figure(b), rate=figure(c + "%")),
        relation("same-figure-twice", figure=[figure(a), figure(b), figure(c)]),
        relation("product-of-factors", factor=figure(a), per_unit=figure(b), product=figure(c)),
    )
    return draw(st.sampled_from(options))


def rank(found: Relation, rules: dict[str, Rule] = PRIMARY) -> int:
    return RANK[judged(found, rules[found.kind]).verdict]


@given(relations(), st.integers(min_value=0, max_value=2), st.integers(min_value=2, max_value=20))
@settings(max_examples=300)
def test_widening_a_step_never_makes_a_breach(found: Relation, which: int, factor: int) -> None:
    widened = list(found.members)
    member = widened[which % len(widened)]
    assert isinstance(member.filler, Figure)
    coarse = replace(member.filler.quantity, step=member.filler.quantity.step * factor)
    widened[which % len(widened)] = replace(member, filler=replace(member.filler, quantity=coarse))
    assert rank(replace(found, members=tuple(widened))) <= rank(found)


@given(relations(), st.randoms(use_true_random=False))
def test_the_order_of_members_never_matters(found: Relation, chance: random.Random) -> None:
    shuffled = list(found.members)
    chance.shuffle(shuffled)
    again = judged(replace(found, members=tuple(shuffled)))
    check = judged(found)
    assert (again.verdict, again.reason, again.left, again.right, again.gap) == (
        check.verdict,
        check.reason,
        check.left,
        check.right,
        check.gap,
    )


@given(relations(), st.sampled_from([Fraction(1, 1000), Fraction(10**9), Fraction(1, 60)]))
def test_the_unit_never_matters(found: Relation, factor: Fraction) -> None:
    again, check = judged(replace(found, members=tuple(in_unit(m, factor) for m in found.members))), judged(found)
    assert (again.verdict, again.reason) == (check.verdict, check.reason)


def in_unit(member: Member, factor: Fraction) -> Member:
    """The same amount in another unit; a percentage or an amount per unit keeps its own."""
    assert isinstance(member.filler, Figure)
    quantity = member.filler.quantity
    if quantity.dimension == "percent" or member.role == "per_unit":
        return member
    other = replace(quantity, value=quantity.value * factor, step=quantity.step * factor)
    return replace(member, filler=replace(member.filler, quantity=other))
