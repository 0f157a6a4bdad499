"""Relations that hold one by one and not together."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

import auditor
from auditor.localise.joint import joint_checks
from auditor.model.relation import Relation
from auditor.rules.check import check
from tests.test_judge_material import RULES, figure, relation

START, END = figure("10", 10), figure("12", 20)


def together(*relations: Relation) -> list[list[str]]:
    checks = check(relations, RULES.values())
    assert {one.verdict for one in checks} == {"consistent"}
    found = joint_checks(checks, RULES.values())
    return [[member.filler.raw for member in one.relation.members] for one in found]


def test_growth_and_factor_that_exclude_each_other() -> None:
    growth = relation("growth-between-levels", from_=START, to=END, rate=figure("24%", 30))
    factor = relation("times-of-base", from_=START, to=END, factor=figure("1,15", 40))
    assert together(growth, factor) == [["10", "12", "24%", "1,15"]]


def test_an_irreducible_part_is_named_and_bystanders_are_not() -> None:
    growth = relation("growth-between-levels", from_=START, to=END, rate=figure("24%", 30))
    factor = relation("times-of-base", from_=START, to=END, factor=figure("1,15", 40))
    bystander = relation("total-of-parts", total=END, part=[figure("7", 50), figure("5", 60)])
    assert together(bystander, growth, factor) == [["10", "12", "24%", "1,15"]]


def test_what_can_hold_together_is_left_alone() -> None:
    growth = relation("growth-between-levels", from_=START, to=END, rate=figure("20%", 30))
    factor = relation("times-of-base", from_=START, to=END, factor=figure("1,2", 40))
    assert together(growth, factor) == []


THREE = (
    "Năm 2022, thu ngân sách toàn xã đạt 46 tỷ đồng, tăng {change} tỷ đồng so với năm 2021. Thu đều. "
    "Thu ngân sách toàn xã tăng từ 40 tỷ đồng năm 2021 lên 46 tỷ đồng năm 2022, tăng {rate}%."
)


@pytest.mark.parametrize(
    ("change", "rate", "verdicts"),
    [("6,0", "15,0", []), ("6,4", "16,5", ["suspicious"]), ("6,4", "15,9", []), ("5,6", "13,9", [])],
)
def test_statements_of_several_sentences_that_cannot_all_be_true(change: str, rate: str, verdicts: list[str]) -> None:
    found = auditor.audit(text=THREE.format(change=change, rate=rate))
    assert {one.verdict for one in found.checks if one.rule != "joint-consistency"} == {"consistent"}
    joint = [one for one in found.checks if one.rule == "joint-consistency"]
    assert [one.verdict for one in joint] == verdicts
    for one in joint:
        assert [member.filler.raw for member in one.relation.members] == ["46", "6,4", "40", "46", "16,5%"]
        assert one.equation.count(";") == 2


def test_a_growth_and_a_change_of_one_level_that_exclude_each_other_without_its_earlier_value() -> None:
    text = "Sản lượng muối toàn xã năm 2023 đạt 4.250 tấn, tăng 420 tấn so với năm trước; {}"
    told = "Sản lượng muối toàn xã năm 2023 đạt 4.250 tấn, tăng {}% so với năm 2022."
    for rate, wanted in (("11,0", []), ("14,0", ["not-all-true"])):
        found = auditor.audit(text=text.format(told.format(rate)))
        assert [one.reason for one in found.checks if one.rule == "joint-consistency"] == wanted


def test_last_digits_are_said_to_be_no_more() -> None:
    start, end = figure("100,0", 10), figure("120,5", 20)
    growth = relation("growth-between-levels", from_=start, to=end, rate=figure("20,61%", 30))
    reasons = {}
    for printed in ("1,206", "1,205", "1,204"):
        factor = relation("times-of-base", from_=start, to=end, factor=figure(printed, 40))
        checks = check([growth, factor], RULES.values())
        reasons[printed] = [one.reason for one in joint_checks(checks, RULES.values())]
    assert reasons == {"1,206": [], "1,205": ["off-by-last-digits"], "1,204": ["off-by-last-digits"]}


def test_weak_links_prove_nothing() -> None:
    growth = relation("growth-between-levels", from_=START, to=END, rate=figure("24%", 30))
    factor = relation("times-of-base", from_=START, to=END, factor=figure("1,15", 40))
    assert together(growth, replace(factor, confidence=0.5)) == []


def test_consistent_tables_are_never_called_impossible() -> None:
    from benchmarks.localise import relations, table

    draw = Random(7)
    for _ in range(60):
        checks = check(relations(table(draw)), RULES.values())
        assert joint_checks(checks, RULES.values()) == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Giá trị đạt 160,5 tỷ đồng/150 tỷ đồng, đạt 107% kế hoạch, tăng 17,7% (kế hoạch tăng 10%).", "consistent"),
        ("Sản lượng đạt 98% kế hoạch, giảm 5,1% so với cùng kỳ (mục tiêu đề ra tăng 3%).", "suspicious"),
        ("Giá trị đạt 160,5 tỷ đồng/150 tỷ đồng; xuất khẩu tăng 5% (kế hoạch tăng 3%).", None),
        ("Giá trị tăng 12% so với cùng kỳ, trong đó trồng trọt tăng 10%, chăn nuôi tăng 14%.", None),
    ],
)
def test_growth_beside_planned_growth(text: str, verdict: str | None) -> None:
    found = [one for one in auditor.audit(text=text).checks if one.rule == "joint-consistency"]
    assert [one.verdict for one in found] == ([verdict] if verdict else [])
    assert all(one.reason == "different-bases" for one in found if one.verdict == "suspicious")
