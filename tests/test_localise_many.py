"""Documents about one thing that all say something else: every breach stays, and explaining them is bounded."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

import auditor
from auditor.model.check import Audit
from auditor.report import json

MANY = 300


def written(folder: Path, year: Callable[[int], int], many: int = MANY) -> Path:
    for number in range(many):
        whole, own = 1000 + 7 * number, year(number)
        (folder / f"{number:03}.txt").write_text(
            f"BÁO CÁO tình hình tỉnh Lam Sơn năm {own}\n\n"
            f"Sản lượng lúa tỉnh Lam Sơn năm {own} đạt {whole * 3} tấn, tăng 5% so với năm trước.\n"
            f"Toàn tỉnh Lam Sơn năm {own} có {whole} trường học, gồm {whole // 2} trường công lập và "
            f"{whole // 3} trường tư thục.\n"
        )
    return folder


def apart(result: Audit) -> int:
    return sum(finding.explanation.apart for finding in result.findings)


@pytest.mark.parametrize("year", [lambda n: 1900 + n % 200, lambda _: 2020], ids=["shifted", "same"])
def test_many_documents_that_contradict_each_other_take_the_time_of_each(
    tmp_path: Path, year: Callable[[int], int]
) -> None:
    begin = time.process_time()
    result = auditor.audit(written(tmp_path, year), strict=False)
    assert time.process_time() - begin < MANY * 0.1
    breached = [check for check in result.checks if check.verdict in ("contradiction", "suspicious")]
    assert sum(check.rule == "total-of-parts" for check in breached) == MANY
    assert {finding.check.id for finding in result.findings} == {check.id for check in breached}
    assert all(finding.suspects for finding in result.findings)


def test_what_is_explained_apart_says_so_and_suspects_its_own_document(tmp_path: Path) -> None:
    result = auditor.audit(written(tmp_path, lambda _: 2020, 12), strict=False)
    assert apart(result) > 12
    totals = [finding for finding in result.findings if finding.check.rule == "total-of-parts"]
    assert all({m.filler.document for one in f.suspects for m in one} == {f.document} for f in totals)
    assert json.render(result).count(b'"apart": true') == apart(result)


def test_two_documents_are_explained_together(tmp_path: Path) -> None:
    result = auditor.audit(written(tmp_path, lambda _: 2020, 2), strict=False)
    assert result.findings
    assert not apart(result)
