"""The command line: exit statuses, bad input, and what it may import before it has to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import auditor
from auditor import cli
from auditor.ingest.files import PATTERNS
from auditor.model.errors import InputError

ROOT = Path(__file__).parent.parent
GOOD = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 4 chi bộ cơ quan.\n"
WRONG = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 2 chi bộ cơ quan.\n"
OUTPUTS = ["audit.json", "checks.parquet", "figures.parquet", "index.html", "relations.parquet"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "wrong.txt").write_text(WRONG)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_clean_document_ends_with_0_and_writes_every_report(folder: Path) -> None:
    result = run("run", "good.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(file.name for file in (folder / "reports").iterdir()) == OUTPUTS
    assert "reports/index.html" in result.stdout


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_a_contradiction_ends_with_1_unless_nothing_fails(fail_on: str, status: int) -> None:
    result = run("run", "wrong.txt", "--fail-on", fail_on)
    assert result.exit_code == status
    assert "wrong.txt:1:7: error total-of-parts" in result.stdout


def test_a_warning_fails_only_when_asked(folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "total-of-parts.yaml").write_text("severity: warning\n")
    options = ("run", "wrong.txt", "--expectations", "rules")
    assert [run(*options).exit_code, run(*options, "--fail-on", "warning").exit_code] == [0, 1]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("none.txt", None, "none.txt: no such file or folder"),
        ("empty", "", f"empty: nothing to audit here (no {', '.join(PATTERNS)})"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\x00", "photo.txt: not text: NUL byte at byte offset 8"),
        ("old.txt", b"5 x\xe3\n", "old.txt:1:4: not UTF-8: byte 0xe3 at byte offset 3"),
    ],
)
def test_bad_input_is_one_line_and_the_others_go_on(
    folder: Path, name: str, content: bytes | str | None, problem: str
) -> None:
    if isinstance(content, bytes):
        (folder / name).write_bytes(content)
    elif content is not None:
        (folder / name).mkdir()
    result = run("run", name, "wrong.txt")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"audit: {problem}"]
    assert "wrong.txt:1:7: error" in result.stdout
    data = json.loads((folder / "reports" / "audit.json").read_text("utf-8"))
    errors = {one["path"]: one["error"] for one in data["documents"]}
    assert errors == {name: problem, "wrong.txt": None}
    assert problem in (folder / "reports" / "index.html").read_text("utf-8")


def test_a_faulty_rule_file_stops_the_run_before_it_reads(folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "total-of-parts.yaml").write_text("severity: dreadful\n")
    result = command("run", "wrong.txt", "--expectations", "rules")
    assert result.returncode == 2
    assert result.stderr.startswith("audit: rules/total-of-parts.yaml:1:11: unknown severity")
    assert result.stdout == ""
    assert not (folder / "reports").exists()


@pytest.mark.parametrize("arguments", [("run",), ("run", "good.txt", "--ui", "fr"), ("walk",), ("explain", "nothing")])
def test_a_bad_option_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_place_that_cannot_be_written_ends_with_2(folder: Path) -> None:
    result = run("run", "good.txt", "--output", "good.txt/reports")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_crash_does_not_look_like_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(**_: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr(cli, "app", crash)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "AssertionError: a bug" in capsys.readouterr().err


def test_all_of_it_moves_to_the_output_folder(folder: Path) -> None:
    run("run", "good.txt", "--output", "there/deep", "--format", "text", "--format", "json")
    assert sorted(file.name for file in (folder / "there" / "deep").iterdir()) == sorted([*OUTPUTS, "audit.txt"])
    assert not (folder / "reports").exists()


def test_two_runs_write_the_same_bytes(folder: Path) -> None:
    for output in ("one", "two"):
        run("run", "wrong.txt", "good.txt", "--output", output)
    for name in OUTPUTS:
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


def test_verbose_lists_what_was_not_checked(folder: Path) -> None:
    (folder / "lone.txt").write_text("Xã có 184 đảng viên.\n")
    assert "lone.txt:1:7: 184" not in run("run", "lone.txt").stdout
    assert "lone.txt:1:7: 184" in run("run", "lone.txt", "--verbose").stdout


def test_strict_holds_the_contracts() -> None:
    assert run("run", "wrong.txt", "--strict").exit_code == 1


def test_english_and_a_time(folder: Path) -> None:
    result = run("run", "good.txt", "--ui", "en", "--time", "2026-11-22 <b>")
    assert "Coverage: 3 numerals" in result.stdout
    page = (folder / "reports" / "index.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "2026-11-22 &lt;b&gt;" in page


def test_rules_are_listed_and_explained() -> None:
    listed = run("rules", "--ui", "en").stdout.splitlines()
    assert any(line.split()[:2] == ["total-of-parts", "error"] for line in listed)
    assert "holds: total == sum(part)" in run("explain", "total-of-parts").stdout


def test_a_pipe_that_closes_early_is_no_failure() -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m auditor run good.txt --verbose | true"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_no_colour_in_a_pipe() -> None:
    assert "\x1b" not in command("run", "wrong.txt", CI="", TERM="xterm").stdout


def test_the_version_stands_in_two_places_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert auditor.__version__ == project["version"]
    assert run("--version").stdout == f"audit {auditor.__version__}\n"


def test_the_library_door_audits_text_and_paths(folder: Path) -> None:
    by_text = auditor.audit(text=WRONG, name="wrong.txt")
    assert [finding.check.rule for finding in by_text.findings] == ["total-of-parts"]
    assert auditor.audit("wrong.txt").findings == by_text.findings
    assert auditor.audit(["none.txt"]).readings[0].document.error == InputError("none.txt", "no such file or folder")
    with pytest.raises(TypeError, match="paths or text"):
        auditor.audit()
    with pytest.raises(AttributeError):
        _ = auditor.nothing


def test_every_unpaired_figure_has_a_reason() -> None:
    for reading in auditor.audit(ROOT / "seeds", strict=True).readings:
        assert reading.document.error is None
        assert {figure.reason for figure in reading.figures} != {None}


HEAVY = ("polars", "pandera", "jinja2", "great_expectations", "yaml", "rich")


def test_the_command_line_starts_without_heavy_imports() -> None:
    code = f"import sys, auditor.cli; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_interactive_run_does_not_import_pandera() -> None:
    code = (
        "import sys; from auditor import cli\n"
        "try: cli.app(['run', 'good.txt'])\n"
        "except SystemExit as end: print(end.code, 'pandera' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"CI": ""}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 False"
