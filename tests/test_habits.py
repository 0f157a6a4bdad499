"""Rounding habits: what a finding covers, and that nothing is lost by it."""

from __future__ import annotations

import json as stdlib_json
from random import Random

import auditor
from auditor.report import json

CUT = (
    "Tổng giá trị 900,0 tỷ đồng, trong đó nông nghiệp 242,7 tỷ đồng, chiếm 26,9%; công nghiệp 314,8 tỷ đồng, "
    "chiếm 34,9%; dịch vụ 342,5 tỷ đồng, chiếm 38,0%."
)


def test_one_finding_speaks_for_the_misses_it_covers() -> None:
    found = auditor.audit(text=CUT)
    (finding,) = found.findings
    assert (finding.severity, finding.check.reason) == ("note", "digits-cut-off")
    missed = [one for one in found.checks if one.reason == "truncated"]
    assert set(finding.check.covers) == {(one.rule, one.relation) for one in missed} and len(missed) == 3
    assert finding.check.equation.count(";") == 2


def test_the_report_for_machines_names_the_checks_covered() -> None:
    made = stdlib_json.loads(json.render(auditor.audit(text=CUT)))
    checks = {one["id"]: one for one in made["checks"]}
    covered = [checks[name]["reason"] for name in made["findings"][0]["covers"]]
    assert covered == ["truncated"] * 3
    assert made["summary"]["by_severity"] == {"error": 0, "warning": 0, "note": 1}


def test_an_error_beside_a_habit_stays_a_finding_of_its_own() -> None:
    found = auditor.audit(text=f"{CUT} Tỷ lệ hộ nghèo giảm từ 6,42% xuống còn 4,17%, giảm 3,25%.")
    assert [one.check.rule for one in found.findings] == ["change-between-levels", "rounding-habit"]


def test_without_the_rule_every_miss_is_told() -> None:
    from auditor.model.choice import Choice

    found = auditor.audit(text=CUT, choice=Choice(ignore=("rounding-habit",)))
    assert [one.check.reason for one in found.findings] == ["truncated"] * 3


def test_cut_documents_have_one_finding_and_rounded_ones_none() -> None:
    draw = Random(11)
    for _ in range(30):
        total = draw.randint(40_000, 90_000)
        parts = [draw.randint(total // 10, total // 4) for _ in range(3)]
        parts.append(total - sum(parts))
        for digit, most in ((_cut, 1), (_rounded, 0)):
            text = "; ".join(f"mặt hàng {n} đạt {_text(part)} tấn, chiếm {digit(part, total)}%"
                             for n, part in zip("ABCD", parts, strict=True))  # fmt: skip
            found = auditor.audit(text=f"Tổng sản lượng đạt {_text(total)} tấn, trong đó: {text}.").findings
            kinds = [one.check.rule for one in found]
            assert len(kinds) <= most or "rounding-habit" not in kinds


def _text(tenths: int) -> str:
    return f"{tenths // 10:,}".replace(",", ".") + f",{tenths % 10}"


def _cut(part: int, total: int) -> str:
    tenths = 1000 * part // total
    return f"{tenths // 10},{tenths % 10}"


def _rounded(part: int, total: int) -> str:
    tenths = (2000 * part + total) // (2 * total)
    return f"{tenths // 10},{tenths % 10}"
