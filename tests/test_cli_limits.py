"""When a run is not green, and what a terminal or a pipe gets to see."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from auditor import cli

GOOD = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 4 chi bộ cơ quan.\n"
WRONG = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 2 chi bộ cơ quan.\n"
WARNING = ["--config", "warn.toml"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "wrong.txt").write_text(WRONG)
    (tmp_path / "warn.toml").write_text('[severity]\ntotal-of-parts = "warning"\n')
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["run", *arguments])


def test_too_many_warnings_fail() -> None:
    assert run("wrong.txt", *WARNING, "--max-warnings", "1").exit_code == 0
    result = run("wrong.txt", *WARNING, "--max-warnings", "0")
    assert (result.exit_code, result.stderr) == (1, "audit: 1 warnings, more than --max-warnings 0\n")


def test_too_little_coverage_fails(folder: Path) -> None:
    (folder / "lone.txt").write_text(f"{GOOD}Xã có 184 đảng viên.\n")
    assert run("lone.txt", "--min-coverage", "75").exit_code == 0
    result = run("lone.txt", "--min-coverage", "76")
    assert (result.exit_code, result.stderr) == (
        1, "audit: 75.0 % of the figures were checked, less than --min-coverage 76\n",
    )  # fmt: skip


def test_exit_zero_forgives_findings_but_no_failure() -> None:
    assert run("wrong.txt", "--exit-zero").exit_code == 0
    assert run("wrong.txt", *WARNING, "--max-warnings", "0", "--exit-zero").exit_code == 0
    assert run("none.txt", "--exit-zero").exit_code == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [("Không có số nào.\n", "no figure was read"), ("Xã có 184 đảng viên.\n", "no figure was checked")],
)
def test_a_run_that_checked_nothing_is_not_green(folder: Path, text: str, problem: str) -> None:
    (folder / "empty.txt").write_text(text)
    result = run("empty.txt", "--exit-zero")
    assert result.exit_code == 2
    assert problem in result.stderr
    assert run("empty.txt", "--allow-empty").exit_code == 0


def test_excluded_paths_are_not_read(folder: Path) -> None:
    (folder / "drafts").mkdir()
    (folder / "drafts" / "wrong.txt").write_text(WRONG)
    assert run(".", "--exclude", "drafts/*", "--exclude", "wrong.txt").exit_code == 0
    data = json.loads((folder / "reports" / "audit.json").read_text("utf-8"))
    assert [one["path"] for one in data["documents"]] == ["good.txt"]


def test_quiet_says_nothing_but_problems() -> None:
    result = run("wrong.txt", "--quiet")
    assert (result.exit_code, result.output) == (1, "")
    assert "no such file" in run("none.txt", "--quiet").stderr


def test_every_format_is_written(folder: Path) -> None:
    wanted = [item for name in ("sarif", "junit", "github", "text") for item in ("--format", name)]
    result = run("wrong.txt", *wanted)
    names = {file.name for file in (folder / "reports").iterdir()}
    assert {"audit.sarif", "audit.junit.xml", "audit.txt"} < names
    assert result.stdout.startswith("::error file=wrong.txt,title=total-of-parts,")


def test_schemas_are_printed() -> None:
    for contract in ("audit", "rule"):
        made = json.loads(CliRunner().invoke(cli.app, ["schema", contract]).stdout)
        assert made["$schema"].endswith("2020-12/schema")


def terminal(*arguments: str, **environment: str) -> str:
    """What a terminal shows on both streams."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "auditor", *arguments], stdout=theirs, stderr=theirs,
        env=os.environ | {"TERM": "xterm", "CI": ""} | environment, check=False,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass
    os.close(ours)
    return shown.decode()


def test_a_long_run_shows_its_progress_on_a_terminal_only(folder: Path) -> None:
    for number in range(25):
        (folder / f"{number}.txt").write_text(GOOD)
    assert "100%" in terminal("run", ".", "--exclude", "wrong.txt")
    assert terminal("run", ".", "--quiet") == ""
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "run", "."], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_no_color_is_heeded() -> None:
    assert "\x1b[31m" in terminal("run", "wrong.txt", NO_COLOR="")
    assert "\x1b[31m" not in terminal("run", "wrong.txt", NO_COLOR="1")
