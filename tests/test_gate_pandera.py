"""Pandera and the expressions that decide: the same cells, whatever the table holds."""

from __future__ import annotations

from pathlib import Path

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.gate.loading import load
from auditor.gate.models import model, opinion
from auditor.gate.opinions import pandera_differs
from auditor.gate.run import gate
from auditor.gate.sources import Source
from auditor.gate.wide import ROW

CONTRACT = """\
read: {decimal: ",", missing: ["-"]}
key: [place, period]
columns:
  place: {type: text, required: yes, allowed: [A, B, C]}
  period: {type: date, required: yes}
  code: {type: text, pattern: '[a-z]\\d+'}
  total: {type: number, min: 0, max: "99.5"}
  share: {type: number, unit: "%", decimals: 1, min: 0, max: 100}
  households: {type: count, required: yes, min: 1}
"""
CELLS = {
    "place": ["A", "B", "C", "D", "", " ", "-"],
    "period": ["2024", "2024-02", "2024-02-30", "2024-02-29", "24", "", "2024-13"],
    "code": ["a1", "b22", "C3", "a", "", "-"],
    "total": ["0", "99,5", "99,6", "-0,1", "1.000", "12.5", "x", "", "-", "\u22121", "1 000", "1.00"],
    "share": ["0,0", "100", "100,1", "12,5", "12,55", "12,50", "7%", "7 %", "", "abc", "-1,0"],
    "households": ["1", "0", "12", "1.234", "1,0", "1,5", "", "x", "-"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pandera")
    (path / "c.yaml").write_text(CONTRACT, encoding="utf-8")
    return path


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), min_size=1, max_size=8
    )
)
def test_text(folder: Path, records: list[dict[str, str]]) -> None:
    path = folder / "t.parquet"
    pl.DataFrame(records, schema=dict.fromkeys(CELLS, pl.String)).write_parquet(path)
    checked = gate([Source(path)], load(folder / "c.yaml")).tables[0]
    assert checked.error is None
    assert pandera_differs(checked) == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 99.5, 99.6, -0.1, 12.5, 12.55, 100.1, None, float("nan")]), min_size=1, max_size=8)
)
def test_floats(folder: Path, numbers: list[float | None]) -> None:
    contract, path = folder / "floats.yaml", folder / "f.parquet"
    contract.write_text(
        "columns: {v: {type: number, decimals: 1, required: yes, min: 0, max: '99.5'}}", encoding="utf-8"
    )
    pl.DataFrame({"v": pl.Series(numbers, dtype=pl.Float64)}).write_parquet(path)
    checked = gate([Source(path)], load(contract)).tables[0]
    assert checked.error is None
    assert pandera_differs(checked) == []


def test_all_failures_are_gathered_with_column_row_and_value(folder: Path) -> None:
    frame = pl.DataFrame(
        {"place": ["A", "Z"], "period": ["2024", "?"], "code": ["a1", None], "total": ["1,0", "-1,0"],
         "share": ["5,0", "5,0"], "households": ["1", None]}
    ).with_row_index(ROW, offset=2)  # fmt: skip
    found = opinion(frame, load(folder / "c.yaml"))
    assert set(found.iter_rows()) == {
        ("column-allowed", "place", 3, "Z"),
        ("column-type", "period", 3, "?"),
        ("column-range", "total", 3, "-1,0"),
        ("column-required", "households", 3, "None"),
    }


def test_the_model_is_pandera_s_own_and_anyone_s(folder: Path) -> None:
    made = model(load(folder / "c.yaml"))
    assert made.__name__ == "C"
    with pytest.raises(pandera.errors.SchemaErrors):
        made.validate(pl.DataFrame({"place": ["A"]}), lazy=True)


def test_a_hundred_thousand_rows_are_gathered_at_once(folder: Path) -> None:
    frame = pl.DataFrame({"v": [0.5] * 99_999 + [100.0]})
    contract = folder / "floats.yaml"
    contract.write_text("columns: {v: {type: number, decimals: 1, max: '99.5'}}", encoding="utf-8")
    assert opinion(frame, load(contract)).rows() == [("column-range", "v", 100_000, "100.0")]
