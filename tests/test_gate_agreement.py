"""One verdict on every relation: by the gate, by pandera's model of the contract, and by Great Expectations."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.gate import delimited, gate, load, model, opinion, table
from auditor.gate.contract import Contract
from auditor.gate.opinions import pandera_differs
from auditor.rules.load import packaged

WIDE = """\
read: {decimal: ","}
key: [place]
columns:
  place: {type: text, required: yes}
  total: {type: number, unit: tỷ đồng, min: 0, max: 1000}
  crops: {type: number, unit: tỷ đồng, min: 0, max: 1000}
  trade: {type: number, unit: triệu đồng, min: 0}
  share: {type: number, unit: "%", min: 0, max: 100}
  last: {type: number, unit: tỷ đồng}
  change: {type: number, unit: tỷ đồng}
  plan: {type: number, unit: tỷ đồng}
  percent: {type: number, unit: "%"}
  farms: {type: count}
  all_farms: {type: count}
relations:
  - {relation: total-of-parts, total: total, part: [crops, trade]}
  - {relation: share-of-total, part: crops, total: total, share: share}
  - {relation: change-between-levels, from: last, to: total, change: change}
  - {relation: percent-of-plan, actual: total, plan: plan, percent: percent}
  - {relation: part-within-total, part: [farms], total: all_farms}
"""
ROWS = [
    ["An Khê", "120,0", "48,0", "72.000", "40,0", "100,0", "20,0", "96,0", "125", "12", "15"],
    ["Ba Vì", "80,5", "60,3", "20.200", "74,9", "81,0", "-0,5", "80,5", "100,0", "7", "7"],
    ["Cò Nòi", "6,0", "1,5", "4.500", "25,0", "5,5", "0,5", "8,0", "75", "0", "4"],
]
# One digit of one cell, inside every range, and the relations that it breaks.
CHANGED = [
    (1, "crops", "66,3", {"total-of-parts", "share-of-total"}),
    (2, "share", "29,0", {"share-of-total"}),
    (0, "change", "70,0", {"change-between-levels"}),
    (1, "percent", "108,0", {"percent-of-plan"}),
    (0, "farms", "19", {"part-within-total"}),
    (0, "trade", "12.000", {"total-of-parts"}),
]
LONG = """\
read: {decimal: ","}
key: [name, place]
unit: unit
columns:
  name: {type: text}
  place: {type: text}
  value: {type: number, min: 0, max: 1000000}
  unit: {type: text}
hierarchies:
  sector: {column: name, tree: {all: [crops, trade]}}
relations:
  - {relation: total-of-parts, over: sector, value: value, within: [place]}
  - {relation: share-of-total, within: [place], part: {name: crops}, total: {name: all}, share: {name: share}}
"""
NAMES = [("all", 1, "tỷ đồng"), ("crops", 2, "tỷ đồng"), ("trade", 3, "triệu đồng"), ("share", 4, "%")]
LINES = [(name, row[0], row[at], unit) for row in ROWS for name, at, unit in NAMES]
FLOATS = """\
columns:
  total: {type: number, decimals: 1, min: 0, max: 1000}
  crops: {type: number, decimals: 1}
  trade: {type: number, decimals: 1}
  share: {type: number, unit: "%", decimals: 1}
relations:
  - {relation: total-of-parts, total: total, part: [crops, trade]}
  - {relation: share-of-total, part: crops, total: total, share: share, optional: yes}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agreement")
    for name, text in (("wide", WIDE), ("long", LONG), ("floats", FLOATS)):
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def texts(contract: Contract, rows: Sequence[Sequence[str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(contract.columns, pl.String), orient="row")


def broken(frame: pl.DataFrame, contract: Contract, folder: Path) -> set[tuple[str, int]]:
    """The relations that fail and their rows, counted from one: those of the gate, which pandera must find too."""
    path = folder / "frame.parquet"
    frame.write_parquet(path)
    checked = gate([path], contract).tables[0]
    assert checked.error is None
    assert pandera_differs(checked) == []
    relations = {tally.number: tally.binding.relation for tally in checked.tallies if tally.binding}
    wrong = checked.failing.filter(pl.col("verdict") == "contradiction").select("check", "row").iter_rows()
    return {(relations[check], row) for check, row in wrong if check in relations}


def by_expectations(frame: pl.DataFrame, contract: Contract) -> set[tuple[str, int]]:
    """What the expectations of the contract's suite answer."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    gx = pytest.importorskip("great_expectations", reason="the extra 'gate' is not installed")
    from auditor.gate.gx import relations
    from auditor.gate.gx.frames import to_pandas
    from auditor.gate.gx.suites import suite

    known = {"".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]: name for name in vars(relations)}
    asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("p").add_dataframe_asset("a")
    data = asset.add_batch_definition_whole_dataframe("w").get_batch({"dataframe": to_pandas(frame, contract)})
    found = set()
    for stored in suite(contract):
        if stored["type"] in known:
            asked = getattr(relations, known[stored["type"]])(**stored["kwargs"])
            answer = data.validate(asked, result_format="COMPLETE")
            found |= {(stored["meta"]["check"], row + 1) for row in answer.result["unexpected_index_list"]}
    return found


def test_consistent_rows_pass_everywhere(folder: Path) -> None:
    for name, rows in (("wide", ROWS), ("long", LINES)):
        contract = load(folder / f"{name}.yaml")
        frame = texts(contract, rows)
        model(contract, frame.schema).validate(frame, lazy=True)
        assert broken(frame, contract, folder) == by_expectations(frame, contract) == set()


@pytest.mark.parametrize(("row", "column", "cell", "relations"), CHANGED, ids=[one[1] for one in CHANGED])
def test_one_digit_in_a_wide_table(folder: Path, row: int, column: str, cell: str, relations: set[str]) -> None:
    contract = load(folder / "wide.yaml")
    at = list(contract.columns).index(column)
    rows = [[cell if (row, at) == (y, x) else old for x, old in enumerate(line)] for y, line in enumerate(ROWS)]
    frame, expected = texts(contract, rows), {(relation, row + 1) for relation in relations}
    assert broken(frame, contract, folder) == expected
    assert by_expectations(frame, contract) == expected
    found = opinion(frame, contract)
    assert set(found.select("check", "row").iter_rows()) == expected
    for told in found["value"]:
        assert f"place = {ROWS[row][0]}" in told
        assert f"{column} = {cell}" in told


# A relation between rows is reported at its first.
@pytest.mark.parametrize(
    ("line", "cell", "expected"),
    [
        (5, "66,3", {("total-of-parts", 5), ("share-of-total", 6)}),
        (11, "29,0", {("share-of-total", 10)}),
        (2, "12.000", {("total-of-parts", 1)}),
    ],
)
def test_one_digit_in_a_long_table(folder: Path, line: int, cell: str, expected: set[tuple[str, int]]) -> None:
    contract = load(folder / "long.yaml")
    lines = [(name, place, cell if n == line else old, unit) for n, (name, place, old, unit) in enumerate(LINES)]
    frame = texts(contract, lines)
    assert broken(frame, contract, folder) == expected
    assert by_expectations(frame, contract) == expected
    assert set(opinion(frame, contract).select("check", "row").iter_rows()) == expected


CELLS = st.sampled_from(["0,0", "1,0", "1,5", "3,0", "4.500", "6,0", "25,0", "100", "1000", "x", "", "-1,0"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=5))
def test_any_wide_table(folder: Path, cells: list[list[str]]) -> None:
    contract = load(folder / "wide.yaml")
    rows = [[f"P{number}", *one] for number, one in enumerate(cells)]
    broken(texts(contract, [ROWS[0], *rows]), contract, folder)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["all", "crops", "trade", "share"]), st.sampled_from(["P", "Q"]), CELLS,
                          st.sampled_from(["tỷ đồng", "tỷ đồng", "triệu đồng", "%"])), max_size=9))  # fmt: skip
def test_any_long_table(folder: Path, lines: list[tuple[str, str, str, str]]) -> None:
    contract = load(folder / "long.yaml")
    broken(texts(contract, [*LINES, *lines]), contract, folder)


TENTHS = st.integers(0, 9000).map(lambda tenths: tenths / 10)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TENTHS, TENTHS, st.integers(-2, 2)), min_size=1, max_size=8))
def test_floats_are_judged_by_their_decimals(folder: Path, made: list[tuple[float, float, int]]) -> None:
    contract = load(folder / "floats.yaml")
    rows = [(a + b, a, b, round(100 * a / (a + b or 1), 1) + off / 10) for a, b, off in made]
    broken(pl.DataFrame(rows, schema=dict.fromkeys(contract.columns, pl.Float64), orient="row"), contract, folder)


ODD = st.sampled_from([0.0, 1.5, 3.0, 4.5, -1.5, 50.0, 100.0, 12.55, 1e17, 1e300, float("inf"), float("nan"), None])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(ODD, min_size=4, max_size=4), min_size=1, max_size=6))
def test_one_odd_float_changes_nothing_for_the_others(folder: Path, cells: list[list[float | None]]) -> None:
    contract = load(folder / "floats.yaml")
    rows = [[4.5, 1.5, 4.0, 33.3], *cells]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.columns, pl.Float64), orient="row")
    assert ("total-of-parts", 1) in broken(frame, contract, folder)


def test_no_answer_is_no_pass(folder: Path) -> None:
    contract = load(folder / "wide.yaml")
    frame = texts(contract, ROWS)
    for spoiled, told in (
        (frame.drop("plan"), "no column 'plan'"),
        (frame.with_columns(plan=pl.lit(None, pl.String)), "could be judged on no row"),
        (frame.clear(), "an empty table is not a pass"),
    ):
        with pytest.raises(pandera.errors.SchemaErrors) as caught:
            model(contract, frame.schema).validate(spoiled, lazy=True)
        assert told in str(caught.value)


def test_every_name_on_offer_is_what_it_says_whatever_was_imported_before() -> None:
    before = "import auditor.gate.commands, auditor.gate.loading, auditor.gate.parting, auditor.gate.drafting"
    after = "from auditor.gate import load, gate, model, opinion, present, split, suggest"
    code = f"{before}; {after}; print([callable(one) for one in (load, gate, model, opinion, present, split, suggest)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([True] * 7)


def test_batches_of_a_large_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = load(folder / "wide.yaml")
    bare = ["", *[""] * 9]  # a whole batch on which no relation can be judged
    rows = [*ROWS, *[[f"P{number}", *bare] for number in range(9)], ["Đạo Đức", *ROWS[0][1:3], "99.000", *ROWS[0][4:]]]
    path = folder / "large.csv"
    texts(contract, rows).write_csv(path)
    monkeypatch.setattr(table, "BATCH", 3)
    monkeypatch.setattr(delimited, "STREAMED", 0)
    checked = gate([path], contract).tables[0]
    assert checked.table
    assert checked.table.streamed
    assert checked.failing["row"].to_list() == [14]
    assert pandera_differs(checked) == []


def test_rules_of_one_s_own_are_no_disagreement(folder: Path) -> None:
    (folder / "own").mkdir()
    shipped = (packaged() / "total-of-parts.yaml").read_text(encoding="utf-8")
    text = shipped.replace("holds: total == sum(part)", "holds: total <= 100 * count(part)")
    assert text != shipped
    for name in ("total-of-parts", "total-in-bounds"):
        (folder / "own" / f"{name}.yaml").write_text(text, encoding="utf-8")
    contract = load(folder / "wide.yaml")
    texts(contract, [["Xa", "800,0", *ROWS[0][2:]]]).write_parquet(folder / "own.parquet")
    checked = gate([folder / "own.parquet"], contract, expectations=[folder / "own"]).tables[0]
    totals = [tally for tally in checked.tallies if tally.binding and tally.binding.relation == "total-of-parts"]
    assert [(tally.rule.id, tally.breached) for tally in totals] == [("total-in-bounds", 1), ("total-of-parts", 1)]
    assert pandera_differs(checked) == []
