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
