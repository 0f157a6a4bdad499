"""The rule doctor: faults of rule sets made for it, and mistakes planted where rules hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.doctor.faults import faults
from auditor.doctor.plants import digits
from auditor.doctor.power import DIGIT, SWAP, power
from auditor.doctor.reports import sentences, table
from auditor.model.check import Check
from auditor.model.rule import Rule
from auditor.rules.load import load

SHARE = "Tổng giá trị 120,0 tỷ đồng, trong đó nông nghiệp 48,0 tỷ đồng, chiếm 40,0%."
RULE = """\
relation: share-of-total
holds: HOLDS
severity: error
title: {vi: t, en: t}
why: {vi: w, en: w}
message: {vi: m, en: m}
examples:
  - text: "TEXT"
    verdict: consistent
"""


def rules(folder: Path, **holds: str) -> tuple[Rule, ...]:
    for name, text in holds.items():
        content = RULE.replace("HOLDS", text).replace("TEXT", SHARE)
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return load([folder])


def kinds(found: tuple[Rule, ...], folder: Path) -> set[tuple[str, str, str]]:
    def read(text: str) -> list[Check]:
        return list(auditor.audit(text=text, expectations=[folder]).checks)

    own = [rule for rule in found if rule.source.startswith(str(folder)) or rule.relation == "share-of-total"]
    return {(fault.rule.id, fault.kind, fault.detail) for fault in faults(own, read)}


def test_the_packaged_rules_have_no_faults() -> None:
    assert [str(one) for one in faults(load(), lambda text: auditor.audit(text=text).checks)] == []


@pytest.mark.parametrize(
    ("holds", "kind"),
    [
        ("part - part <= total - total", "always-holds"),
        ("part + total >= part", "always-holds"),
        ("share == share + 1", "never-holds"),
        ("share * total == 100 * part", "repeats"),
        ("share == 100 * part / total + 5", "contradicts"),
    ],
)
def test_a_rule_that_says_nothing_or_says_it_twice(tmp_path: Path, holds: str, kind: str) -> None:
    found = kinds(rules(tmp_path, zz=holds), tmp_path)
    assert any(rule == "zz" and what == kind for rule, what, _ in found), found


def test_an_example_that_binds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "zz.yaml"
    path.write_text(RULE.replace("HOLDS", "share <= part").replace("TEXT", "Xã có 9 chi bộ."), encoding="utf-8")
    found = kinds(load([tmp_path]), tmp_path)
    assert ("zz", "vacuous", "") in found and ("zz", "never-fires", "") in found


def test_power_counts_what_is_found_and_what_is_not() -> None:
    found = {
        (one.role, one.kind): one for one in power([SHARE], ["share-of-total"], lambda t: auditor.audit(text=t).checks)
    }
    assert {role for role, kind in found if kind == DIGIT} == {"part", "share", "total"}
    assert all(one.planted == one.counts.total() > 0 for one in found.values())
    assert found["share", DIGIT].share("found") == 100
    assert "share-of-total: finds" in sentences(list(found.values()))
    assert table(found.values()).count("\n") == 2 + len(found)


def test_a_sum_is_blind_to_parts_that_change_places() -> None:
    text = "Đảng bộ xã có 9 chi bộ, gồm: 5 chi bộ thôn, 3 chi bộ trường học và 1 chi bộ cơ quan."
    found = power([text], ["total-of-parts"], lambda t: auditor.audit(text=t).checks)
    swaps = next(one for one in found if one.kind == SWAP and one.role == "part")
    assert swaps.counts["held"] == swaps.planted


def test_planted_digits_change_one_digit_and_nothing_else() -> None:
    figure = auditor.audit(text=SHARE).readings[0].figures[0]
    for plant in digits(SHARE, figure, 9):
        changed = [at for at, (one, other) in enumerate(zip(SHARE, plant.text, strict=True)) if one != other]
        assert len(changed) == 1 and figure.start <= changed[0] < figure.end
