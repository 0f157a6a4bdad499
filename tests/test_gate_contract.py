"""Contracts: what they say, and every fault of one at its own line and column."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from auditor.gate.contract import Limit
from auditor.gate.loading import load
from auditor.gate.units import unit
from auditor.model.errors import ConfigError
from auditor.rules.load import packaged

CONTRACTS = sorted((packaged() / "contracts").glob("*.yaml"))
GOOD = """\
key: [place]
columns:
  place: {type: text}
  total: {type: number, unit: tỷ đồng}
  part: {type: number, unit: triệu đồng}
  rest: {type: number, unit: ha}
  households: {type: count}
"""
SUM = GOOD + "relations: [{relation: total-of-parts, total: total, part: "


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_packaged_contracts_load(path: Path) -> None:
    assert load(path).relations


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("colums: {}", "1:1", "unknown key 'colums'"),
        ("columns: {a: {type: money}}", "1:21", "unknown type 'money'"),
        ("columns: {a: {type: text, min: 3}}", "1:32", "has no 'min'"),
        ("columns: {a: {type: number, min: x}}", "1:34", "'x' is no number"),
        ("columns: {a: {type: number, min: 3, max: 2}}", "1:42", "smaller than 'min'"),
        ("columns: {a: {type: count, decimals: 1}}", "1:38", "a count is exact"),
        ("columns: {a: {type: number, decimals: 1.5}}", "1:39", "no whole number"),
        ("columns: {a: {type: number, step: b}}", "1:35", "no column of numbers"),
        ("columns: {a: {type: text, required: maybe}}", "1:37", "neither yes nor no"),
        ("columns: {a: {type: text, pattern: '('}}", "1:36", "no regular expression"),
        ("columns: {a: {}, a: {}}", "1:18", "stands here twice"),
        ("columns: {a: {tolerate: {error: 200%}}}", "1:33", "between 0% and 100%"),
        ("read: {decimal: ;}\ncolumns: {a: {}}", "1:17", "decimal mark"),
        ("key: [b]\ncolumns: {a: {}}", "1:7", "unknown column 'b'"),
        (GOOD + "relations: [{relation: sum, total: total}]", "8:24", "unknown relation 'sum'"),
        (GOOD + "relations: [{relation: share-of-total, part: part}]", "8:13", "missing key 'total'"),
        (GOOD + "relations: [{relation: total-of-parts, total: place, part: [part]}]", "8:47", "is of type 'text'"),
        (SUM + "[part, rest]}]", "8:13", "units of different"),
        (SUM + "[part, part]}]", "8:60", "stands here twice"),
        (GOOD + "relations: [{relation: total-of-parts, over: place, value: total}]", "8:46", "unknown hierarchy"),
        (GOOD + "hierarchies: {p: {column: place}}", "8:18", "one of the three"),
        (
            SUM.replace("total: total", "total: {place: X, value: total}") + "{place: [Y], value: total}}]",
            "8:24",
            "needs",
        ),
    ],
)  # fmt: skip
def test_faults_stand_where_they_are(tmp_path: Path, text: str, place: str, message: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{place}: "), str(caught.value)
    assert message in str(caught.value)


def test_the_name_of_the_file_is_the_name_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "My Contract.yaml"
    path.write_text("columns: {a: {}}", encoding="utf-8")
    with pytest.raises(ConfigError, match="small letters"):
        load(path)


def test_limits() -> None:
    assert Limit(2).exceeded(3, 10)
    assert not Limit(2).exceeded(2, 10)
    assert not Limit(0, Fraction(1, 10)).exceeded(1, 10)
    assert Limit(0, Fraction(1, 10)).exceeded(2, 10)


@pytest.mark.parametrize(
    ("name", "base", "factor"),
    [
        ("tỷ đồng", "VND", 10**9),
        ("tỷ", "VND", 10**9),
        ("nghìn tấn", "kg", 10**6),
        ("%", "%", 1),
        ("hộ", "hộ", 1),
        ("tạ/ha", "kg/m2", Fraction(1, 100)),
        ("triệu đồng/người/năm", "VND/người/năm", 10**6),
        (None, "", 1),
    ],
)
def test_units(name: str | None, base: str, factor: int | Fraction) -> None:
    assert (unit(name).base, unit(name).factor) == (base, factor)
