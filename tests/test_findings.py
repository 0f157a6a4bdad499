"""Findings: words in both languages, severity, order, and a fingerprint that is about meaning, not position."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.findings import findings, fingerprint, localised
from auditor.model.check import Explanation, Finding
from auditor.model.relation import Relation
from auditor.rules.check import check
from tests.test_judge_material import RULES, evidence, exact, figure, relation


def found(*relations: Relation) -> tuple[Finding, ...]:
    return findings(check(relations, RULES.values()), RULES.values())


MONEY = {"unit_text": "tỷ đồng", "scale": 10**9}


def share(part: str = "48,0", printed: str = "42,0%", start: int = 10) -> Relation:
    return relation(
        "share-of-total",
        part=figure(part, start, **MONEY),  # type: ignore[arg-type]
        total=figure("1200,0", start + 10, **MONEY),  # type: ignore[arg-type]
        share=figure(printed, start + 20),
    )


def test_a_finding_speaks_both_languages() -> None:
    (one,) = found(share())
    assert one.message == {
        "vi": "48,0 tỷ đồng trên tổng 1200,0 tỷ đồng là 3,99…4,01%, văn bản ghi 42,0%.",
        "en": "48,0 tỷ đồng out of 1200,0 tỷ đồng is 3.99…4.01%; the text states 42,0%.",
    }
    assert [(spot.role, spot.start) for spot in one.locations] == [("part", 10), ("total", 20), ("share", 30)]


def test_lists_and_roles_that_are_not_filled() -> None:
    (total,) = found(relation("total-of-parts", total=exact("9"), part=[exact("5"), exact("3")]))
    assert total.message["vi"] == "Các phần 5; 3 cộng lại được 8, văn bản ghi tổng là 9."
    (impossible,) = found(relation("date-order", event=evidence("date", "2023-02-30")))
    assert impossible.message["en"] == "The event dated 2023-02-30 does not agree with what it cites, —."


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("1234567.5…1234568 tỷ đồng", "vi", "1.234.567,5…1.234.568 tỷ đồng"),
        ("1234567.5", "en", "1,234,567.5"),
        ("-0.25%", "vi", "-0,25%"),
        ("300 km2", "vi", "300 km2"),
        ("2000…", "vi", "2.000…"),
        ("", "vi", ""),
    ],
)
def test_marks_of_a_language(text: str, language: str, wanted: str) -> None:
    assert localised(text, language) == wanted


def test_only_breaches_become_findings_and_suspicion_is_a_warning_at_most() -> None:
    assert found(share(printed="4,0%")) == ()
    (doubtful,) = found(share(printed="4,1%"))
    assert (doubtful.check.verdict, doubtful.severity) == ("suspicious", "warning")
    (firm,) = found(share())
    assert (firm.check.verdict, firm.severity) == ("contradiction", "error")


def test_a_note_stays_a_note() -> None:
    mild = {**RULES, "unit-missing": replace(RULES["unit-missing"], severity="note")}
    checks = check([relation("unit-missing", figure=figure("1,5"))], mild.values())
    assert findings(checks, mild.values())[0].severity == "note"


def test_worst_first() -> None:
    listed = relation("count-of-list", count=exact("4", 1), item=[evidence("span", "a", 3)])
    order = found(listed, share(printed="4,1%", start=100), share(printed="5,0%", start=200), share(start=300))
    assert [(one.id, one.check.relation.position) for one in order] == [
        ("f1", 300),
        ("f2", 200),
        ("f3", 1),
        ("f4", 100),
    ]


def test_what_turns_a_statement_comes_before_a_wider_gap_and_a_sure_link_before_a_doubtful_one() -> None:
    def plan(start: int, actual: str, printed: str) -> Relation:
        return relation(
            "percent-of-plan",
            actual=figure(actual, start, **MONEY),  # type: ignore[arg-type]
            plan=figure("200,0", start + 10, **MONEY),  # type: ignore[arg-type]
            percent=figure(printed, start + 20),
        )

    doubtful = replace(plan(100, "120,0", "80,0%"), confidence=0.7)
    order = found(plan(0, "210,0", "140,0%"), doubtful, plan(200, "120,0", "80,0%"), plan(300, "198,0", "102,0%"))
    assert [(one.check.relation.position, one.turns) for one in order] == [
        (300, True),
        (0, False),
        (200, False),
        (100, False),
    ]


@pytest.mark.parametrize(("change", "sign", "turns"), [("5,0", 1, True), ("0,0", 1, True), ("9,0", -1, False)])
def test_a_fall_told_as_a_rise_turns(change: str, sign: int, turns: bool) -> None:
    told = relation("change-between-levels", from_=figure("42,0"), to=figure("36,0"), change=figure(change))
    *levels, last = told.members
    (one,) = found(replace(told, members=(*levels, replace(last, sign=sign))))
    assert one.turns is turns


def test_days_are_measured_by_the_year() -> None:
    late = relation("date-order", event=evidence("date", "2022-03-01", 0), cited=evidence("date", "2023-03-01", 20))
    near = relation("date-order", event=evidence("date", "2022-03-01", 40), cited=evidence("date", "2022-03-03", 60))
    order = found(share(start=100, printed="5,0%"), near, late)
    assert [one.check.relation.position for one in order] == [0, 100, 40]


def test_suspects_come_from_outside() -> None:
    checks = check([share()], RULES.values())
    members = checks[0].relation.members
    (one,) = findings(checks, RULES.values(), {"c1": Explanation(((members[0],),), "a.txt:10")})
    assert (one.suspects, one.cause) == (((members[0],),), "a.txt:10")


def test_a_fingerprint_is_about_meaning() -> None:
    (one,) = check([share()], RULES.values())
    (moved,) = check([share(start=500)], RULES.values())
    shuffled = replace(one, relation=replace(one.relation, members=one.relation.members[::-1], document="b.txt"))
    (changed,) = check([share(part="48,1")], RULES.values())
    assert fingerprint(one) == fingerprint(moved) == fingerprint(shuffled)
    assert fingerprint(one) != fingerprint(changed)
    assert fingerprint(one) != fingerprint(replace(one, rule="another"))
    assert len(fingerprint(one)) == 16
