"""``audit figures``: what was read, printed and exported."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from auditor.cli import app

RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text("Xã có 4/6 thôn đạt chuẩn, thu ngân sách 12,5 tỷ đồng.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_has_a_line_a_figure(folder: Path) -> None:
    result = RUNNER.invoke(app, ["figures", "a.txt"])
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [row[2:5] for row in rows] == [["4", "4", "thôn"], ["6", "6", "thôn"], ["12,5", "12500000000", "VND"]]


def test_csv_and_json_hold_the_same(folder: Path) -> None:
    csv = pl.read_csv(RUNNER.invoke(app, ["figures", "a.txt", "--format", "csv"]).stdout.encode())
    rows = json.loads(RUNNER.invoke(app, ["figures", "a.txt", "--format", "json"]).stdout)
    assert csv["raw"].to_list() == [row["raw"] for row in rows] == ["4", "6", "12,5"]


def test_parquet_goes_to_a_file(folder: Path) -> None:
    assert RUNNER.invoke(app, ["figures", "a.txt", "--format", "parquet"]).exit_code == 2
    assert RUNNER.invoke(app, ["figures", "a.txt", "--format", "parquet", "--output", "f.parquet"]).exit_code == 0
    assert pl.read_parquet(folder / "f.parquet").height == 3


def test_an_unreadable_document_ends_with_2(folder: Path) -> None:
    result = RUNNER.invoke(app, ["figures", "a.txt", "missing.txt"])
    assert result.exit_code == 2
    assert "missing.txt" in result.stderr
