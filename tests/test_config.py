"""auditor.toml: which file wins, what it changes, and the line of every fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from auditor import cli
from auditor.config import KEYS, TABLES, find, line_numbers, load
from auditor.model.errors import ConfigError

WRONG = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 2 chi bộ cơ quan.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    (tmp_path / "deep" / "wrong.txt").write_text(WRONG)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def configure(folder: Path, text: str) -> None:
    (folder / "auditor.toml").write_text(text)


def test_the_nearest_file_upwards_wins(folder: Path) -> None:
    assert load().values == {}
    configure(folder, 'ui = "en"\n')
    assert find(Path.cwd()) == folder / "auditor.toml"
    configure(folder / "deep", 'ui = "vi"\nallow-empty = true\nmax-warnings = 3\nselect = ["total-of-parts"]\n')
    assert run("config", "show").stdout.splitlines() == [
        *(f"# {folder / 'deep' / 'auditor.toml'}", 'ui = "vi"', "allow-empty = true", "max-warnings = 3"),
        'select = ["total-of-parts"]',
    ]
    assert 'ui = "en"' in run("config", "show", "--config", str(folder / "auditor.toml")).stdout


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("ui = 'vi'\ncolour = 'red'\n", 2, "unknown key 'colour'"),
        ("[rules]\nx = 1\n", 1, "unknown key 'rules'"),
        ("\nui = 'fr'\n", 2, "'fr' is not one of vi, en"),
        ("ui = 'vi'\n\n[severity]\ndate-order = 'note'\nshare-of-total = 'bad'\n", 5, "unknown severity 'bad'"),
        ("fail-on = 1\n", 1, "1 is not one of error"),
        ("select = 'x'\n", 1, "a list of texts"),
        ("format = ['tiff']\n", 1, "'tiff' is not one of html"),
        ("min-coverage = 101\n", 1, "a number from 0 to 100"),
        ("allow-empty = 'yes'\n", 1, "true or false"),
        ("output = 3\n", 1, "a text is expected"),
        ("severity = 3\n", 1, "a table of rules"),
        ("places = 'xã Tân Lộc'\n", 1, "a table of paths and their places"),
        ("[places]\n'a/*' = 'xã Tân Lộc'\n\"b/*\" = ' '\n", 3, "the name of a place"),
        ("ui = 'vi'\nui = 'en'\n", 2, "not TOML"),
        ("ui = 'vi'\n[severity\n", 2, "not TOML"),
    ],
)
def test_a_fault_stops_the_run_and_names_its_line(folder: Path, text: str, line: int, problem: str) -> None:
    configure(folder, text)
    with pytest.raises(ConfigError) as caught:
        load()
    assert caught.value.problem.line == line
    assert problem in caught.value.problem.message
    result = run("run", "wrong.txt")
    assert isinstance(result.exception, ConfigError)
    assert not Path("reports").exists()


def test_a_rule_that_does_not_exist_is_named_with_its_line(folder: Path) -> None:
    configure(folder, 'ui = "vi"\nignore = ["nothing"]\n')
    fault = run("run", "wrong.txt").exception
    assert isinstance(fault, ConfigError)
    assert (fault.problem.path, fault.problem.line) == (str(folder / "auditor.toml"), 2)
    configure(folder, "")
    assert "options: no rule 'nothing'" in str(run("run", "wrong.txt", "--select", "nothing").exception)


def test_rules_are_chosen_and_their_severity_changed(folder: Path) -> None:
    assert run("run", "wrong.txt", "--ignore", "total-of-parts", "--allow-empty").exit_code == 0
    assert run("run", "wrong.txt", "--select", "total-of-parts").exit_code == 1
    configure(folder, '[severity]\ntotal-of-parts = "note"\n')
    assert run("run", "wrong.txt").exit_code == 0
    assert run("run", "wrong.txt", "--fail-on", "note").exit_code == 1


def test_folders_are_meant_from_the_file_and_options_outrank_it(folder: Path) -> None:
    configure(folder, 'output = "out"\nui = "en"\nformat = ["sarif"]\nfail-on = "never"\n')
    result = run("run", "wrong.txt")
    assert result.exit_code == 0
    assert "Coverage:" in result.stdout
    assert (folder / "out" / "audit.sarif").exists()
    assert run("run", "wrong.txt", "--fail-on", "error", "--output", "here").exit_code == 1
    assert Path("here/index.html").exists()


def test_documents_without_a_place_have_that_of_their_pattern(folder: Path) -> None:
    for name, revenue in (("may.txt", "118,0"), ("june.txt", "181,0")):
        Path(name).write_text(f"Năm 2022, tổng thu ngân sách toàn xã đạt {revenue} tỷ đồng.\n")
    assert run("run", "may.txt", "june.txt", "--allow-empty").exit_code == 0
    configure(folder, '[places]\n"*.txt" = "xã Tân Lộc"\n')
    assert run("run", "may.txt", "june.txt", "--fail-on", "warning").exit_code == 1
    assert 'places = {"*.txt" = "xã Tân Lộc"}' in run("config", "show").stdout


def test_lines_of_keys() -> None:
    assert line_numbers('a = 1\n[severity]\n"x-y" = "note"\n# b = 2\n') == {"a": 1, "severity": 2, "severity.x-y": 3}


def test_every_option_of_a_project_has_a_key() -> None:
    assert {"expectations", "ui", "fail-on", "select", "ignore", "output"} <= set(KEYS)
    assert set(TABLES) == {"severity", "places"}
