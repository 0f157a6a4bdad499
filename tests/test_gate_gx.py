"""Great Expectations at the gate: the committed context, the custom expectations, and what counts as an error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Page

from auditor import frames
from auditor.gate.commands import Outcome, Wanted, context, contract_named, finish
from auditor.gate.contract import Contract
from auditor.gate.gx import project
from auditor.gate.loading import load
from auditor.gate.result import FAILED, Gate
from auditor.gate.run import gate
from auditor.pipeline import audit
from auditor.rules.load import packaged
from tests.browsing import Watch, needs_chromium
from tests.gate_rows import shares

os.environ["GX_ANALYTICS_ENABLED"] = "false"
gx = pytest.importorskip("great_expectations", reason="the extra 'gate' is not installed")

DATA = Path(__file__).parent / "gate_data"
PROJECT = packaged() / "gx"
SECTORS = DATA / "sectors.csv"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def wrong(folder: Path, old: str = '"69,4"', new: str = '"67,4"') -> Path:
    path = folder / "sectors.csv"
    path.write_text(SECTORS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


def through_gx(path: Path, contract: Contract, folder: Path, at: Path = PROJECT) -> tuple[int, tuple[str, ...]]:
    result = gate([path], contract)
    _, outcome = finish(result, result.audit, Wanted("en", project=at, output=folder))
    return outcome.status, outcome.problems


def test_the_committed_context_is_what_the_contracts_say() -> None:
    contracts = [load(path) for path in sorted((packaged() / "contracts").glob("*.yaml"))]
    assert snapshot(PROJECT) == project.files(contracts)
    assert context([], PROJECT).text == ""


def test_regeneration_is_stable_and_touches_only_what_changed(tmp_path: Path) -> None:
    contracts = sorted((packaged() / "contracts").glob("*.yaml"))
    assert context(contracts, tmp_path).text
    assert snapshot(tmp_path) == snapshot(PROJECT)
    changed = tmp_path / "sectors-wide.yaml"
    text = Path(packaged() / "contracts" / "sectors-wide.yaml").read_text(encoding="utf-8")
    changed.write_text(text.replace("max: 100", "max: 99"), encoding="utf-8")
    others = [path for path in contracts if path.stem != "sectors-wide"]
    written = context([*others, changed], tmp_path).text.split()
    assert [Path(name).name for name in written] == ["sectors-wide.json"]


@pytest.fixture(scope="module")
def wrong_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Gate, Outcome]:
    """One run of the gate with Great Expectations on a table with one wrong digit: its folder, its result, its end."""
    folder = tmp_path_factory.mktemp("wrong")
    result = gate([wrong(folder)], contract_named("sectors-wide"))
    return folder, *finish(result, result.audit, Wanted("en", project=PROJECT, output=folder))


def test_the_samples_pass(tmp_path: Path) -> None:
    before = snapshot(PROJECT)
    assert through_gx(SECTORS, contract_named("sectors-wide"), tmp_path) == (0, ())
    assert snapshot(PROJECT) == before


def test_one_wrong_digit_fails_at_its_row(wrong_run: tuple[Path, Gate, Outcome]) -> None:
    folder, _, outcome = wrong_run
    # The rows of the gate and those of Great Expectations are compared: a difference would be a problem of the run.
    assert (outcome.status, outcome.problems) == (1, ())
    failed = [result for result in results(folder / "gx_validations") if not result["success"]]
    assert {row["place"] for one in failed for row in one["result"]["unexpected_index_list"]} == {"Bình Lương"}
    assert {one["expectation_config"]["severity"] for one in failed} == {"critical"}


def results(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.rglob("*.json"))
    return [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["results"]]


def test_long_tables_too(tmp_path: Path) -> None:
    contract, path = contract_named("sectors-long"), DATA / "sectors-long.csv"
    assert through_gx(path, contract, tmp_path) == (0, ())
    bad = tmp_path / "bad.csv"
    bad.write_text(path.read_text(encoding="utf-8").replace(";86.600;", ";68.600;"), encoding="utf-8")
    assert through_gx(bad, contract, tmp_path) == (1, ())


def test_the_figures_of_the_samples_too(tmp_path: Path) -> None:
    path, contract = tmp_path / "figures.csv", contract_named("seeds-figures")
    frame = frames.figures(audit(["seeds"]))
    frame.write_csv(path)
    assert through_gx(path, contract, tmp_path) == (0, ())
    wrong = pl.when(pl.col("raw") == "69,4").then(pl.lit("68400000000")).otherwise("value")
    frame.with_columns(wrong.alias("value")).write_csv(path)
    assert through_gx(path, contract, tmp_path) == (1, ())


def test_a_missing_column_is_an_error_of_the_run(tmp_path: Path) -> None:
    other = tmp_path / "gx"
    contract = contract_named("sectors-wide")
    result = gate([SECTORS], contract)
    for path, content in snapshot(PROJECT).items():
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes(content)
    suite = other / "expectations" / "sectors-wide.json"
    suite.write_text(suite.read_text(encoding="utf-8").replace('"services"', '"servces"'), encoding="utf-8")
    _, outcome = finish(result, result.audit, Wanted(project=other, output=tmp_path))
    assert outcome.status == FAILED
    assert len(outcome.problems) == 1
    assert "could not evaluate" in outcome.problems[0]
    assert "servces" in outcome.problems[0]


def batch(frame: Any) -> Any:
    sources = gx.get_context(mode="ephemeral").data_sources
    asset = sources.add_pandas("p").add_dataframe_asset("a")
    return asset.add_batch_definition_whole_dataframe("w").get_batch({"dataframe": frame})


def test_anyone_can_use_the_expectations() -> None:
    import pandas as pd

    from auditor.gate import (
        ExpectChangeBetweenLevels,
        ExpectCountWithinTotal,
        ExpectPercentOfPlan,
        ExpectShareOfTotal,
        ExpectTotalToBeSumOfParts,
    )

    frame = pd.DataFrame(
        {"total": ["120.0", "120.0", None], "part": ["48.0", "48.0", "1"], "rest": ["72.0", "73.0", "1"],
         "share": ["40.0", "42.0", "1"], "change": ["24.0", "20.0", "1"]}
    )  # fmt: skip
    data = batch(frame)
    answers = [
        data.validate(one, result_format="COMPLETE")
        for one in (
            ExpectShareOfTotal(part="part", total="total", share="share"),
            ExpectTotalToBeSumOfParts(total="total", part=["part", "rest"]),
            ExpectPercentOfPlan(actual="part", plan="total", percent="share"),
            ExpectChangeBetweenLevels(from_="part", to="rest", change="change"),
            ExpectCountWithinTotal(part=["part", "rest"], total="total"),
            ExpectShareOfTotal(part="part", total="total", share="share", mostly=0.5),
        )
    ]
    assert [one.result["unexpected_index_list"] for one in answers] == [[1]] * 6
    assert [one.success for one in answers] == [False] * 5 + [True]


def test_no_answer_is_no_pass() -> None:
    import pandas as pd

    from auditor.gate import ExpectShareOfTotal

    data = batch(pd.DataFrame({"a": ["1"], "b": [None], "c": ["1"], "d": [0.5]}))
    for total, message in (("b", "could be judged on no row"), ("none", "does not exist"), ("d", "no printed digits")):
        found = data.validate(ExpectShareOfTotal(part="a", total=total, share="c"))
        assert not found.success
        assert not found.result
        assert message in json.dumps(found.exception_info)


def test_floats_that_fail_an_exact_sum_pass_within_rounding() -> None:
    import great_expectations.expectations as built_in
    import pandas as pd

    from auditor.gate import ExpectTotalToBeSumOfParts

    rows = [[share / 10 for share in row] for row in shares(10_000)]
    frame = pd.DataFrame(rows, columns=["a", "b", "c"]).assign(whole=100.0)
    data, tenths = batch(frame), {name: {"type": "number", "decimals": 1} for name in ("whole", "a", "b", "c")}
    ours = data.validate(ExpectTotalToBeSumOfParts(total="whole", part=["a", "b", "c"], columns=tenths))
    theirs = data.validate(built_in.ExpectMulticolumnSumToEqual(column_list=["a", "b", "c"], sum_total=100.0))
    assert ours.success
    assert theirs.result["unexpected_count"] > 100


SECOND = """
import sys, great_expectations as gx, pandas as pd
from auditor.gate import ExpectShareOfTotal, ExpectCellsToFit
frame = pd.read_csv(sys.argv[2], dtype=str)
frame["_row"] = range(2, len(frame) + 2)
context = gx.get_context(mode="file", context_root_dir=sys.argv[1])
result = context.checkpoints.get("sectors-wide").run({"dataframe": frame})
run = next(iter(result.run_results.values()))
print([one.success for one in run.results])
"""


def test_a_second_process_gets_the_same_and_leaves_the_context_alone(
    tmp_path: Path, wrong_run: tuple[Path, Gate, Outcome]
) -> None:
    folder, before = wrong_run[0], snapshot(PROJECT)
    mine = [one["success"] for one in results(folder / "gx_validations")]
    folders = {"audit_validations": str(tmp_path / "other"), "audit_data_docs": str(tmp_path / "docs")}
    done = subprocess.run(
        [sys.executable, "-c", SECOND, str(PROJECT), str(folder / "sectors.csv")],
        env={**os.environ, **folders}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == str(mine)
    assert snapshot(PROJECT) == before
    assert (tmp_path / "docs" / "index.html").is_file()


@needs_chromium
def test_data_docs_and_the_page_open_in_a_browser(page: Page, wrong_run: tuple[Path, Gate, Outcome]) -> None:
    folder, _, outcome = wrong_run
    page.context.set_offline(True)  # Data Docs ask several hosts for decoration
    page.goto((folder / "data_docs" / "index.html").as_uri())
    assert "sectors-wide" in page.content()
    page.goto(next((folder / "data_docs" / "validations").rglob("*.html")).as_uri())
    assert "67,4" in page.content()
    assert "Failed" in page.inner_text("body")
    file = folder / "gate.html"
    file.write_bytes(outcome.files["gate.html"])
    watch = Watch(page, file)
    page.goto(file.as_uri())
    assert page.locator("td.suspect").all_inner_texts() == ["67,4"]
    assert "Kept out" in page.inner_text("h2")
    assert watch.events == []


def test_nothing_else_imports_great_expectations() -> None:
    heavy = "('great_expectations', 'pandera', 'pandas')"
    code = f"import sys, auditor.gate.run, auditor.gate.commands; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    found = [
        path
        for path in packaged().parent.glob("auditor/**/*.py")
        if re.search(r"^\s*(?:from|import) great_expectations", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert {path.parent.name for path in found} == {"gx"}


def test_what_polars_and_pandas_say_of_a_cell_is_the_same() -> None:
    from decimal import Decimal

    from auditor.gate.gx.frames import to_pandas, to_polars

    frame = pl.DataFrame({"a": ["1,0", None], "b": [1.5, None], "c": [1, 2], "d": [Decimal("1.50"), Decimal("2.00")]})
    back = to_polars(to_pandas(frame, contract_named("sectors-wide")))
    assert back.rows() == [("1,0", 1.5, 1, "1.50"), (None, None, 2, "2.00")]
