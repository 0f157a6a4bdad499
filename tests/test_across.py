"""Statements of one run held against each other: in one document by ``tests/cases/sought.yaml``, between several here.

``across_cases.yaml`` names every check whose members stand in more than one document; any other finding
is a fault, unless it is named as one of a document ``alone``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from pytest import MonkeyPatch

import auditor
from auditor.model.check import Audit, Check
from auditor.model.quantity import Interval
from auditor.report import html, sarif
from auditor.report.html import files
from auditor.review import baseline

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("across_cases.yaml").read_text("utf-8"))
WRONG = CASES[1]["documents"]


def run(
    folder: Path,
    documents: Mapping[str, str],
    order: tuple[str, ...] = (),
    places: Mapping[str, str] | None = None,
) -> Audit:
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return auditor.audit([folder / name for name in order or tuple(documents)], strict=True, places=places)


def line(check: Check) -> str:
    roles: dict[str, list[str]] = {}
    for member in check.relation.members:
        name = PurePosixPath(member.filler.document).stem
        roles.setdefault(member.role, []).append(f"{name}:{member.filler.raw}")
    members = "; ".join(f"{role} {' + '.join(texts)}" for role, texts in roles.items())
    return f"{check.rule} {check.verdict}: {members}"


def between(found: Audit) -> list[str]:
    return [line(one) for one in found.checks if len({m.filler.document for m in one.relation.members}) > 1]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_documents_of_one_run(case: dict[str, Any], tmp_path: Path) -> None:
    found = run(tmp_path, case["documents"], places=case.get("places"))
    assert sorted(between(found)) == sorted(case.get("checks", ()))
    alone = [line(one.check) for one in found.findings if line(one.check) not in between(found)]
    assert alone == case.get("alone", [])


@pytest.mark.parametrize("case", CASES[:7], ids=[case["name"] for case in CASES[:7]])
def test_the_order_of_documents_changes_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    outcomes = set()
    for order in permutations(case["documents"]):
        found = run(tmp_path, case["documents"], order)
        outcomes.add(tuple((one.id, line(one), one.equation) for one in found.checks))
    assert len(outcomes) == 1


def test_a_finding_points_into_both_documents(tmp_path: Path) -> None:
    found = run(tmp_path, WRONG)
    finding = found.findings[0]
    assert {PurePosixPath(one.document).name for one in finding.locations} == {"2022.txt", "2023.txt"}
    texts = {reading.document.path: reading.document.text for reading in found.readings}
    assert [texts[one.document][one.start : one.end] for one in finding.locations] == ["126,0", "9,8%", "118,0"]
    assert {member.filler.raw for members in finding.suspects for member in members} == {"126,0", "9,8%", "118,0"}


def test_reports_show_both_places(tmp_path: Path) -> None:
    found = run(tmp_path, WRONG)
    log = yaml.safe_load(sarif.render(found))["runs"][0]["results"][0]
    places = [one["physicalLocation"] for one in log["relatedLocations"]]
    assert {PurePosixPath(one["artifactLocation"]["uri"]).name for one in places} == {"2022.txt", "2023.txt"}
    assert [one["region"]["snippet"]["text"] for one in places] == ["126,0", "9,8%", "118,0"]
    page = files(found)["index.html"].decode()
    assert page.count("2022.txt:2</cite>") == page.count("2023.txt:2</cite>") == 1
    assert re.findall(r'id="(d\d)-\d+"', page) == ["d1", "d2", "d2"]


def test_pages_of_single_documents_show_the_finding_between_them(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_TEXTS", 1)
    found = run(tmp_path, WRONG)
    pages = files(found)
    anchor = f'id="f-{found.findings[0].fingerprint}"'
    assert [name for name, page in pages.items() if anchor in page.decode()] == list(pages)
    # The figure of last year's report was compared, and its own page says so.
    assert '<i><a class="hit error" id="d1-' in pages["documents/0001.html"].decode()


def test_the_fingerprint_knows_no_order_and_a_baseline_takes_it(tmp_path: Path) -> None:
    first, second = run(tmp_path, WRONG), run(tmp_path, WRONG, tuple(sorted(WRONG, reverse=True)))
    assert [one.fingerprint for one in first.findings] == [one.fingerprint for one in second.findings]
    known = baseline.entries(first)
    assert [one.fingerprint for one in known] == [one.fingerprint for one in first.findings]
    standing = [one.standing for one in baseline.compared(second, known).findings]
    assert standing == ["known"]


def test_a_third_witness_names_the_wrong_figure(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        {
            "a.txt": "Năm 2022, xã Tân Lộc có sản lượng lúa đạt 4.100 tấn.",
            "b.txt": "Năm 2022, xã Tân Lộc có sản lượng lúa đạt 4.010 tấn, tăng 50 tấn so với năm 2021.",
            "c.txt": "Năm 2023, xã Tân Lộc có sản lượng lúa đạt 4.150 tấn, tăng 50 tấn so với năm 2022 (4.100 tấn).",
        },
    )
    assert [[[m.filler.raw for m in members] for members in one.suspects] for one in found.findings] == [[["4.010"]]]


def test_levels_that_follow_from_a_text_are_kept() -> None:
    found = auditor.audit(text="Giá trị sản xuất năm 2020 đạt 113,4 tỷ đồng, tăng 62,3 tỷ đồng so với năm 2015, "
                               "đạt 102% nghị quyết.")  # fmt: skip
    base, plan = found.implied
    assert base.interval == Interval(Fraction(51_000_000_000), Fraction(51_200_000_000))
    assert base.subject is not None and (base.subject.period, base.subject.role, base.unit) == ("2015", "actual", "VND")
    assert base.equation == "62,3 tỷ đồng = 113,4 tỷ đồng − ?"
    low, high = Fraction(11335 * 10**9, 10_250), Fraction(11345 * 10**9, 10_150)
    assert plan.interval == Interval(low * 1000 / 10, high * 1000 / 10) or plan.interval == Interval(
        low * 100, high * 100
    )
    assert plan.subject is not None and (plan.subject.period, plan.subject.role) == ("2020", "plan")


def test_percentages_imply_a_level_for_each_reading() -> None:
    found = auditor.audit(text="Tỷ lệ hộ nghèo của xã năm 2023 còn 4,0%, giảm 1,0% so với năm 2022.")
    points, relative = found.implied
    assert points.interval == Interval(Fraction("4.9"), Fraction("5.1")) and points.reading is None
    assert relative.reading == "relative-percent"
    assert relative.interval == Interval(
        Fraction(395, 100) / Fraction("0.9905"), Fraction(405, 100) / Fraction("0.9895")
    )


def test_a_level_that_could_be_anything_is_not_implied() -> None:
    found = auditor.audit(text="Doanh thu vận tải năm 2020 đạt 5 tỷ đồng, giảm 100% so với năm 2019.")
    assert found.implied == ()
