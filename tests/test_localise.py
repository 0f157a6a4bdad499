"""Suspects: the smallest sets that explain all breaches together, with every tie, in the order of the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.localise import covering, hitting
from auditor.localise.suspects import localise
from auditor.model.check import Check, Explanation
from auditor.model.relation import Relation
from auditor.rules.check import check, pinning
from tests.test_judge_material import RULES, evidence, exact, figure, relation

TOTAL = exact("60", 100)


def explained(*relations: Relation) -> tuple[list[Check], dict[str, Explanation]]:
    checks = check(relations, RULES.values())
    return checks, localise(checks, RULES.values(), pinning(RULES.values()))


def raws(explanation: Explanation) -> list[list[str]]:
    return [[member.filler.raw for member in one] for one in explanation.suspects]


def share(part: str, printed: str, at: int) -> Relation:
    return relation("share-of-total", part=exact(part, at), total=TOTAL, share=figure(printed, at + 5))


def test_all_members_of_a_single_breach_are_suspects() -> None:
    checks, found = explained(share("12", "30,0%", 200))
    assert raws(found[checks[0].id]) == [["60"], ["12"], ["30,0%"]]


def test_a_figure_that_no_number_could_replace_is_no_suspect() -> None:
    # 14 is 30,0 % of no whole number.
    checks, found = explained(share("14", "30,0%", 200))
    assert raws(found[checks[0].id]) == [["14"], ["30,0%"]]


def test_a_wrong_total_is_one_suspect_and_one_cause() -> None:
    shares = [share(part, printed, at) for part, printed, at in (("10", "20,0%", 200), ("20", "40,0%", 300))]
    _, found = explained(*shares)
    assert [raws(one) for one in found.values()] == [[["60"]], [["60"]]]
    assert {one.cause for one in found.values()} == {"a.txt:100"}


def test_what_others_vouch_for_is_a_poorer_suspect() -> None:
    checks, found = explained(share("15", "25,0%", 200), share("30", "50,0%", 300), share("14", "30,0%", 400))
    assert [one.verdict for one in checks] == ["consistent", "consistent", "contradiction"]
    assert raws(found["c3"]) == [["14"], ["30,0%"]]


def test_a_part_within_its_total_vouches_for_neither() -> None:
    _, found = explained(share("12", "30,0%", 200), relation("part-within-total", part=exact("3", 300), total=TOTAL))
    assert raws(next(iter(found.values()))) == [["60"], ["12"], ["30,0%"]]


def test_two_errors_are_named_together() -> None:
    parts = [exact("44", 200), exact("14", 300), exact("3", 400)]
    shares = [figure("73,3%", 205), figure("25,7%", 305), figure("3,3%", 405)]
    _, found = explained(
        relation("total-of-parts", total=TOTAL, part=parts),
        *(relation("share-of-total", part=p, total=TOTAL, share=s) for p, s in zip(parts, shares, strict=True)),
        relation("shares-sum-to-100", share=shares),
    )
    # 14 and 3,3% would hit every breach too, but no number in their place makes the shares add to 100.
    assert {tuple(map(tuple, raws(one))) for one in found.values()} == {(("25,7%", "3"),)}


def test_an_event_before_several_dates_is_the_suspect() -> None:
    event = evidence("date", "2023-01-25", 6)
    cited = [evidence("date", text, at) for text, at in (("2024-01-24", 50), ("2023-12-31", 90))]
    _, found = explained(*(relation("date-order", event=event, cited=one) for one in cited))
    assert [raws(one) for one in found.values()] == [[["2023-01-25"]]] * 2


def test_list_items_are_beyond_suspicion() -> None:
    items = [evidence("span", name, at) for name, at in (("a", 20), ("b", 30))]
    checks, found = explained(relation("count-of-list", count=exact("3", 10), item=items))
    assert raws(found[checks[0].id]) == [["3"]]


def test_separate_breaches_have_separate_causes() -> None:
    other = relation("part-within-total", part=exact("9", 500), total=exact("8", 510))
    _, found = explained(share("14", "30,0%", 200), other)
    assert len({one.cause for one in found.values()}) == 2


def test_consistent_checks_need_no_suspects() -> None:
    assert explained(share("15", "25,0%", 200))[1] == {}


def test_a_knot_too_large_falls_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hitting, "MAX_STEPS", 2)
    monkeypatch.setattr(covering, "SECONDS", 0.0)
    _, found = explained(share("10", "20,0%", 200), share("20", "40,0%", 300))
    assert all(len(one.suspects) == 3 for one in found.values())


def test_a_large_knot_goes_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hitting, "MAX_STEPS", 2)
    _, found = explained(share("10", "20,0%", 200), share("20", "40,0%", 300))
    assert [raws(one) for one in found.values()] == [[["60"]], [["60"]]]


def test_the_order_of_checks_does_not_matter() -> None:
    checks, found = explained(share("10", "20,0%", 200), share("20", "40,0%", 300), share("14", "30,0%", 400))
    assert localise(list(reversed(checks)), RULES.values(), pinning(RULES.values())) == found
    assert localise([replace(one) for one in checks], RULES.values(), pinning(RULES.values())) == found


conflicts = st.lists(st.frozensets(st.integers(0, 7), min_size=1, max_size=4), max_size=6)


@given(conflicts)
def test_minimum_hitting_sets_are_exact_and_complete(found: list[frozenset[int]]) -> None:
    answer = hitting.minimum(found)
    for size in range(9):
        hits = {frozenset(chosen) for chosen in combinations(range(8), size) if all(one & set(chosen) for one in found)}
        if hits:
            assert answer == hits
            return
