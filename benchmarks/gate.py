"""A million rows at the gate: six plain checks and three relations, by us and by others, each in its own process.

    python -m benchmarks.gate

Time is the best of fifteen runs over a frame in memory, after imports; memory is the most the process ever held less
what it held with the frame loaded. Others check the same six things; where one cannot, its row says so. A tool that is
not installed (extra `bench`) is named and left out.
"""

from __future__ import annotations

import importlib.util
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

ROWS, RUNS, SHARES = 1_000_000, 15, 10_000
PERIODS = ["2021", "2022", "2023", "2024"]
TOOLS = ["plain-polars", "auditor-plain", "auditor-relations", "pandera", "dataframely", "pointblank", "gx"]
NEEDS = {"pandera": "pandera", "dataframely": "dataframely", "pointblank": "pointblank", "gx": "great_expectations"}
COLUMNS = """
read: {decimal: "."}
key: [place, period]
columns:
  place: {type: text, required: yes, pattern: 'P[0-9]{6}'}
  period: {type: text, allowed: ["2021", "2022", "2023", "2024"]}
  total: {type: number, unit: tỷ đồng, decimals: 1, min: 0, max: 10000000}
  agriculture_share: {type: number, unit: "%", decimals: 1, min: 0, max: 100}
"""
RELATIONS = """
  agriculture: {type: number, unit: tỷ đồng, decimals: 1}
  industry: {type: number, unit: tỷ đồng, decimals: 1}
  services: {type: number, unit: tỷ đồng, decimals: 1}
  industry_share: {type: number, unit: "%", decimals: 1}
  services_share: {type: number, unit: "%", decimals: 1}
relations:
  - {relation: total-of-parts, total: total, part: [agriculture, industry, services]}
  - {relation: share-of-total, part: agriculture, total: total, share: agriculture_share}
  - {relation: shares-sum-to-100, share: [agriculture_share, industry_share, services_share]}
"""
Check = Callable[[pl.DataFrame], int]


def main() -> None:
    """Measure every tool and print the table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        _made(ROWS).write_parquet(path)
        print(f"{ROWS:,} rows, 6 plain checks (and 3 relations), best of {RUNS}; breaches found must be 0")
        print(f"{'':<20} {'seconds':>8} {'x plain':>8} {'MB more':>8} {'breaches':>9}")
        base = 0.0
        for name in TOOLS:
            measured = _measured(name, path)
            if measured is None:
                print(f"{name:<20} not installed")
                continue
            seconds, memory, breaches = measured
            base = base or seconds
            print(f"{name:<20} {seconds:8.3f} {seconds / base:8.1f} {memory:8.0f} {breaches:9.0f}")
        if importlib.util.find_spec("great_expectations"):
            print(_run("shares", path))


def _measured(name: str, path: Path) -> list[float] | None:
    if name in NEEDS and not importlib.util.find_spec(NEEDS[name]):
        return None
    return [float(part) for part in _run(name, path).split()]


def _run(name: str, path: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.gate", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def _made(count: int) -> pl.DataFrame:
    """Consistent rows: parts rounded after they were added up, shares after they were taken."""
    number = pl.int_range(count)
    chance = random.Random(7)
    parts = {name: [chance.random() * 1000 for _ in range(count)] for name in ("agriculture", "industry", "services")}
    total = pl.sum_horizontal(list(parts))
    shares = [(100 * pl.col(name) / total).alias(f"{name}_share") for name in parts]
    frame = pl.DataFrame(parts).with_columns(total.alias("total"), *shares).with_columns(pl.all().round(1))
    place = (number // len(PERIODS)).cast(pl.String).str.zfill(6)
    period = (2021 + number % len(PERIODS)).cast(pl.String)
    return frame.select(
        ("P" + place).alias("place"), period.alias("period"), "total", *parts, *[f"{n}_share" for n in parts]
    )


def alone(name: str, path: Path) -> None:
    """One tool in this process: seconds, megabytes, breaches."""
    frame = pl.read_parquet(path)
    check = MAKERS[name]()
    before, times, breaches = _peak(), [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        breaches = check(frame)
        times.append(time.perf_counter() - start)
    print(min(times), _peak() - before, breaches)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _plain_polars() -> Check:
    def check(frame: pl.DataFrame) -> int:
        key = ["place", "period"]
        counts = frame.select(
            missing=pl.col("place").is_null().sum(),
            pattern=(~pl.col("place").str.contains("^P[0-9]{6}$")).sum(),
            period=(~pl.col("period").is_in(PERIODS)).sum(),
            total=(~pl.col("total").is_between(0, 10_000_000)).sum(),
            share=(~pl.col("agriculture_share").is_between(0, 100)).sum(),
        )
        return int(counts.sum_horizontal().item()) + frame.height - frame.select(key).n_unique()

    return check


def _auditor(text: str) -> Check:
    from auditor.gate.examine import examine
    from auditor.gate.loading import load
    from auditor.gate.table import held
    from auditor.rules.load import load as rules

    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.yaml"
        path.write_text(text, encoding="utf-8")
        contract, known = load(path), rules()

    def check(frame: pl.DataFrame) -> int:
        return examine(held("rows", frame, 1, ""), contract, known).failing.height

    return check


def _pandera() -> Check:
    import pandera.polars as pa

    schema = pa.DataFrameSchema(
        {
            "place": pa.Column(str, pa.Check.str_matches("^P[0-9]{6}$")),
            "period": pa.Column(str, pa.Check.isin(PERIODS)),
            "total": pa.Column(float, pa.Check.in_range(0, 10_000_000)),
            "agriculture_share": pa.Column(float, pa.Check.in_range(0, 100)),
        },
        unique=["place", "period"],
    )

    def check(frame: pl.DataFrame) -> int:
        schema.validate(frame, lazy=True)
        return 0

    return check


def _dataframely() -> Check:
    import dataframely as dy  # type: ignore[import-not-found]

    class Rows(dy.Schema):  # type: ignore[misc]
        place = dy.String(primary_key=True, regex="^P[0-9]{6}$")
        period = dy.String(primary_key=True, check=lambda cell: cell.is_in(PERIODS))
        total = dy.Float64(min=0, max=10_000_000)
        agriculture_share = dy.Float64(min=0, max=100)

    def check(frame: pl.DataFrame) -> int:
        _, failure = Rows.filter(frame)
        return len(failure)

    return check


def _pointblank() -> Check:
    import pointblank as pb  # type: ignore[import-not-found]

    def check(frame: pl.DataFrame) -> int:
        asked = pb.Validate(frame).col_vals_not_null("place").col_vals_regex("place", "^P[0-9]{6}$")
        asked = asked.col_vals_in_set("period", PERIODS).col_vals_between("total", 0, 10_000_000)
        asked = asked.col_vals_between("agriculture_share", 0, 100).rows_distinct(["place", "period"])
        return int(sum(asked.interrogate().n_failed().values()))

    return check


def _gx() -> Check:
    import great_expectations as gx
    import great_expectations.expectations as built_in

    suite = gx.ExpectationSuite(
        "rows",
        expectations=[
            built_in.ExpectColumnValuesToNotBeNull(column="place"),
            built_in.ExpectColumnValuesToMatchRegex(column="place", regex="^P[0-9]{6}$"),
            built_in.ExpectColumnValuesToBeInSet(column="period", value_set=PERIODS),
            built_in.ExpectColumnValuesToBeBetween(column="total", min_value=0, max_value=10_000_000),
            built_in.ExpectColumnValuesToBeBetween(column="agriculture_share", min_value=0, max_value=100),
            built_in.ExpectCompoundColumnsToBeUnique(column_list=["place", "period"]),
        ],
    )

    def check(frame: pl.DataFrame) -> int:
        result = _batch(_to_pandas(frame)).validate(suite, result_format="SUMMARY")
        return int(sum(one.result["unexpected_count"] for one in result.results))

    return check


def _to_pandas(frame: pl.DataFrame) -> Any:
    import pandas as pd

    return pd.DataFrame({one.name: one.to_list() if one.dtype == pl.String else one.to_numpy() for one in frame})


def _batch(frame: Any) -> Any:
    import great_expectations as gx

    sources = gx.get_context(mode="ephemeral").data_sources
    asset = sources.add_pandas("rows").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("rows").get_batch({"dataframe": frame})


def shares(_: str, __: Path) -> None:
    """Shares that add up to exactly 100 %, as floats: our rule and expectation, and the built-in exact sum."""
    import great_expectations.expectations as built_in
    import pandas as pd

    from auditor.gate import ExpectTotalToBeSumOfParts
    from tests.gate_rows import shares as made

    rows = [[share / 10 for share in row] for row in made(SHARES)]
    frame = pd.DataFrame(rows, columns=["a", "b", "c"]).assign(whole=100.0)
    data, tenths = _batch(frame), {name: {"type": "number", "decimals": 1} for name in ("whole", "a", "b", "c")}
    ours = data.validate(ExpectTotalToBeSumOfParts(total="whole", part=["a", "b", "c"], columns=tenths))
    theirs = data.validate(built_in.ExpectMulticolumnSumToEqual(column_list=["a", "b", "c"], sum_total=100.0))
    columns = "".join(f"\n  {name}: {{type: number, decimals: 1}}" for name in ("a", "b", "c"))
    rule = _auditor(f"columns:{columns}\nrelations:\n  - {{relation: shares-sum-to-100, share: [a, b, c]}}\n")
    own = rule(pl.DataFrame(rows, schema=["a", "b", "c"], orient="row"))
    found = [own, ours.result["unexpected_count"], theirs.result["unexpected_count"]]
    print(f"{SHARES:,} share rows adding up to 100.0: breaches by our rule {found[0]}, our expectation {found[1]}, "
          f"ExpectMulticolumnSumToEqual {found[2]}")  # fmt: skip


MAKERS: dict[str, Callable[[], Check]] = {
    "plain-polars": _plain_polars,
    "auditor-plain": lambda: _auditor(COLUMNS),
    "auditor-relations": lambda: _auditor(COLUMNS.rstrip() + RELATIONS),
    "pandera": _pandera,
    "dataframely": _dataframely,
    "pointblank": _pointblank,
    "gx": _gx,
}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        (shares if sys.argv[1] == "shares" else alone)(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
