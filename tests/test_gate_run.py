"""A whole run: the samples pass, one wrong digit fails at its row in every engine, and nothing is lost or hidden."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from auditor import frames
from auditor.cli import app
from auditor.gate import delimited, table
from auditor.gate.commands import Wanted, contract_named, finish, suggest
from auditor.gate.contract import Contract
from auditor.gate.loading import load
from auditor.gate.parting import REASONS, split
from auditor.gate.result import Gate
from auditor.gate.run import gate
from auditor.model.review import Waiver
from auditor.pipeline import audit

DATA = Path(__file__).parent / "gate_data"
SECTORS, LONG = DATA / "sectors.csv", DATA / "sectors-long.csv"
PANDERA = Wanted("en", pandera=True)


@pytest.fixture(scope="module")
def wide() -> Contract:
    return contract_named("sectors-wide")


def changed(path: Path, folder: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    target = folder / path.name
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


def rows(result: Gate) -> set[tuple[str, int]]:
    return {(one.check.rule, result.owners[one.check.id][2]) for one in result.audit.findings}


@pytest.mark.parametrize(("name", "path"), [("sectors-wide", SECTORS), ("sectors-long", LONG)])
def test_the_sample_tables_pass(name: str, path: Path) -> None:
    result = gate([path], contract_named(name))
    final, outcome = finish(result, result.audit, PANDERA)
    assert (outcome.status, outcome.problems, final.audit.findings) == (0, (), ())


def test_the_figures_of_the_samples_pass_and_one_wrong_digit_does_not(tmp_path: Path) -> None:
    path, contract = tmp_path / "figures.csv", contract_named("seeds-figures")
    frame = frames.figures(audit(["seeds"]))
    frame.write_csv(path)
    result = gate([path], contract)
    assert finish(result, result.audit, PANDERA)[1].status == 0
    assert all(tally.judged for tally in result.tables[0].tallies)
    raws = frame["raw"].to_list()
    total, part = raws.index("113,4"), raws.index("69,4")
    wrong = pl.when(pl.int_range(pl.len()) == part).then(pl.lit("68400000000")).otherwise("value")
    frame.with_columns(wrong.alias("value")).write_csv(path)
    result = gate([path], contract)
    assert finish(result, result.audit, PANDERA)[1].status == 1
    assert rows(result) == {("share-of-total", part + 2), ("total-of-parts", total + 2)}
    assert {one.suspects[0][0].filler.raw for one in result.audit.findings} == {"68400000000"}


def test_one_wrong_digit_fails_at_its_row(tmp_path: Path, wide: Contract) -> None:
    path = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    result = gate([path], wide)
    final, outcome = finish(result, result.audit, PANDERA)
    assert outcome.status == 1
    assert rows(final) == {("share-of-total", 2), ("total-of-parts", 2)}
    assert {finding.suspects[0][0].filler.raw for finding in final.audit.findings} == {"67,4"}
    repairs = {(repair.raw, repair.kind) for one in final.audit.findings for repair in one.explanation.repairs}
    assert repairs <= {("69,4", "digit")}


def test_one_wrong_digit_in_a_long_table_fails_at_its_row(tmp_path: Path) -> None:
    path = changed(LONG, tmp_path, ";14,8;", ";17,8;")
    assert rows(gate([path], contract_named("sectors-long"))) == {("total-of-parts", 3)}
    path = changed(LONG, tmp_path, ";86.600;", ";68.600;")
    assert rows(gate([path], contract_named("sectors-long"))) == {("total-of-parts", 2)}


def test_findings_point_into_the_file(tmp_path: Path, wide: Contract) -> None:
    path = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    text = path.read_text(encoding="utf-8")
    result = gate([path], wide)
    document = result.audit.readings[0].document
    assert document.text == text
    for finding in result.audit.findings:
        for member in finding.check.relation.members:
            assert text[member.filler.start : member.filler.end] == member.filler.raw
            anchor = document.anchor(member.filler.start)
            assert anchor is not None and anchor.place.startswith("row 2, ")


def many(count: int, seed: int = 7) -> pl.DataFrame:
    """Random consistent rows: the parts are rounded after they were added up, the shares after they were taken."""
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        parts = [chance.randint(1, 10**6) / 100 for _ in range(3)]
        total = sum(parts)
        shares = [round(100 * part / total, 1) for part in parts]
        texts = [f"{value:.1f}".replace(".", ",") for value in (total, *parts, *shares)]
        lines.append([f"p{number}", "2024", *texts])
    return pl.DataFrame(lines, schema=list(contract_named("sectors-wide").columns), orient="row")


def test_consistent_rows_are_never_breached(tmp_path: Path, wide: Contract) -> None:
    path = tmp_path / "many.csv"
    many(10_000).write_csv(path)
    result = gate([path], wide)
    assert {tally.breached + tally.suspicious for tally in result.tables[0].tallies} == {0}
    assert {tally.judged for tally in result.tables[0].tallies if tally.binding} == {10_000}


def test_a_streamed_file_gives_the_same_result(tmp_path: Path, wide: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = many(2_000)
    spoiled = pl.int_range(pl.len()) % 97 == 5
    frame = frame.with_columns(industry=pl.when(spoiled).then(pl.lit("1,0")).otherwise("industry"))
    frame = pl.concat([frame, frame.tail(1)])
    path = tmp_path / "many.csv"
    frame.write_csv(path)
    held = gate([path], wide)
    monkeypatch.setattr(table, "BATCH", 300)
    monkeypatch.setattr(delimited, "STREAMED", 0)
    monkeypatch.setattr(delimited, "OWN_TEXT", 0)
    streamed = gate([path], wide)
    assert streamed.tables[0].table is not None
    assert streamed.tables[0].table.streamed
    order = ["check", "row"]
    assert streamed.tables[0].failing.sort(order).equals(held.tables[0].failing.sort(order))
    assert [tally.judged for tally in streamed.tables[0].tallies] == [tally.judged for tally in held.tables[0].tallies]
    assert [one.fingerprint for one in streamed.audit.findings] == [one.fingerprint for one in held.audit.findings]


def test_rows_are_split_and_none_is_lost(tmp_path: Path, wide: Contract) -> None:
    path = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    result = gate([path], wide)
    good, bad = tmp_path / "good.parquet", tmp_path / "bad.parquet"
    split(result.tables, good, bad)
    kept, rejected = pl.read_parquet(good), pl.read_parquet(bad)
    whole = pl.read_csv(path, infer_schema=False)
    assert kept.equals(whole.slice(1))
    assert rejected.select(whole.columns).equals(whole.head(1))
    assert rejected["_row"].to_list() == [2]
    assert [reason.split(":")[0] for reason in rejected[REASONS][0]] == ["share-of-total", "total-of-parts"]


def test_tolerances(tmp_path: Path, wide: Contract) -> None:
    path = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    text = (Path(wide.source)).read_text(encoding="utf-8")
    for tolerate, status, levels in [
        ("{error: 1}", 0, {"warning"}),
        ("{warn: 1, error: 25%}", 0, {"note"}),
        ("{error: 24%}", 1, {"error"}),
    ]:
        lenient = tmp_path / "lenient.yaml"
        lenient.write_text(f"{text}tolerate: {tolerate}\n", encoding="utf-8")
        result = gate([path], load(lenient))
        assert (result.status(), {one.severity for one in result.audit.findings}) == (status, levels)


def test_what_somebody_decided_uses_up_no_tolerance(tmp_path: Path, wide: Contract) -> None:
    result = gate([changed(SECTORS, tmp_path, '"69,4"', '"67,4"')], wide)
    first, *others = result.audit.findings
    decided = replace(first, waiver=Waiver(first.fingerprint, "accepted", "known"))
    reviewed = replace(result.audit, findings=(decided, *others))
    final, _ = finish(result, reviewed, Wanted())
    waived = [tally for tally in final.tables[0].tallies if tally.waived]
    assert [(tally.rule.id, tally.breached, tally.level) for tally in waived] == [(first.check.rule, 1, None)]


def test_two_runs_give_the_same_bytes(tmp_path: Path, wide: Contract) -> None:
    path = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    made = [dict(finish(result := gate([path], wide), result.audit, PANDERA)[1].files) for _ in range(2)]
    assert made[0] == made[1]


def test_a_suggested_contract_finds_what_the_table_keeps(tmp_path: Path) -> None:
    frame = many(40)
    frame[4, "services"] = "1,0"
    path, draft = tmp_path / "t.csv", tmp_path / "draft.yaml"
    frame.write_csv(path)
    draft.write_text(suggest(path).text, encoding="utf-8")
    contract = load(draft)
    assert {binding.relation for binding in contract.relations} == {
        "total-of-parts", "share-of-total", "shares-sum-to-100"
    }  # fmt: skip
    assert len(contract.relations) == 5
    assert "Holds in 39 of 40 rows; not in number 6." in draft.read_text(encoding="utf-8")
    assert rows(gate([path], contract)) == {("total-of-parts", 6), ("share-of-total", 6)}


def test_a_suggested_contract_of_a_long_table(tmp_path: Path) -> None:
    frame = many(12).unpivot(index=["place", "period"], variable_name="indicator", value_name="value")
    path, draft = tmp_path / "t.csv", tmp_path / "draft.yaml"
    frame.write_csv(path)
    draft.write_text(suggest(path).text, encoding="utf-8")
    contract = load(draft)
    assert len([one for one in contract.relations if one.across_rows]) == 5
    assert gate([path], contract).status() == 0


def test_the_command_lets_in_keeps_out_and_fails(tmp_path: Path) -> None:
    def audit_gate(path: Path, *more: str) -> tuple[int, str]:
        folder = tmp_path / "reports"
        command = ["gate", str(path), "--contract", "sectors-wide", "--output", str(folder), *more]
        done = CliRunner().invoke(app, command)
        return done.exit_code, done.stdout

    assert audit_gate(SECTORS)[0] == 0
    bad = changed(SECTORS, tmp_path, '"69,4"', '"67,4"')
    status, text = audit_gate(bad, "--ui", "en", "--format", "sarif", "--format", "junit", "--format", "github")
    assert status == 1
    assert "row 2: error share-of-total" in text
    assert ",line=2,col=26," in text
    made = {path.name for path in (tmp_path / "reports" / "gate").iterdir()}
    assert made >= {"gate.html", "gate.json", "index.html", "audit.json", "audit.sarif", "audit.junit.xml"}
    assert audit_gate(tmp_path / "none.csv")[0] == 2
    baseline = tmp_path / "reports" / "gate" / "audit.json"
    assert audit_gate(bad)[0] == 1
    assert audit_gate(bad, "--baseline", str(baseline))[0] == 0
