"""Relations meet rules: which rules apply, and ids that depend on the texts alone."""

from __future__ import annotations

import random
from dataclasses import replace

from auditor.rules.check import check, pinning
from auditor.rules.load import load
from tests.test_judge_material import RULES, exact, figure, relation


def test_every_rule_of_the_kind_is_applied() -> None:
    found = relation("part-within-total", part=exact("3"), total=exact("2"))
    second = replace(RULES["part-within-total"], id="another", severity="note")
    checks = check([found], [*load(), second])
    assert [(one.id, one.rule, one.verdict) for one in checks] == [
        ("c1", "another", "contradiction"),
        ("c2", "part-within-total", "contradiction"),
    ]
    assert check([replace(found, kind="unknown")], load()) == []


def test_ids_do_not_depend_on_the_order_of_relations_or_rules() -> None:
    relations = [relation("part-within-total", part=exact("3"), total=exact(str(n))) for n in range(9)]
    relations += [replace(one, document="b.txt") for one in relations]
    relations += [relation("share-of-total", part=exact("1"), total=exact("2"), share=figure("50%"))]
    wanted = check(relations, load())
    chance = random.Random(5)
    for _ in range(5):
        rules = list(load())
        chance.shuffle(relations)
        chance.shuffle(rules)
        assert check(relations, rules) == wanted
    assert [one.id for one in wanted] == [f"c{n}" for n in range(1, len(relations) + 1)]


def test_only_equations_and_repeats_pin_their_figures() -> None:
    pins = pinning(load())
    assert {"share-of-total", "total-of-parts", "same-figure-twice"} <= pins
    assert not pins & {"part-within-total", "scale-jump", "unit-missing", "date-order", "rate-within-bounds"}
