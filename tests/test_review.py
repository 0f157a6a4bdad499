"""Decisions and baselines: what they cover, when they end, and what they never hide."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from auditor import audit, cli
from auditor.model.check import Audit
from auditor.model.errors import ConfigError
from auditor.model.review import figure_print, matches
from auditor.review import baseline, decisions, waivers
from auditor.review.reviewed import reviewed

GOOD = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 4 chi bộ cơ quan.\n"
WRONG = "Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 2 chi bộ cơ quan.\n"
OTHER = "Xã có 8 trường học, gồm: 5 trường công lập và 2 trường dân lập.\n"
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.txt").write_text(WRONG)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def export(result: Audit, decision: str = "false-alarm", note: str = "đã hỏi lại") -> list[dict[str, str]]:
    """What the page exports for every finding of an audit."""
    return [
        {
            **{"fingerprint": one.fingerprint, "document": one.document, "rule": one.check.rule},
            **{"quote": "9 chi bộ", "decision": decision, "note": note},
        }
        for one in result.findings
    ]


def save(folder: Path, found: list[dict[str, str]], name: str = "decisions.json") -> None:
    (folder / name).write_text(json.dumps({"format_version": 1, "decisions": found}))


def decide(folder: Path, decision: str = "false-alarm") -> None:
    save(folder, export(audit("wrong.txt"), decision))
    done = run("review", "apply", "decisions.json", "--owner", "Lan", "--today", "2026-11-22")
    assert (done.exit_code, done.stdout) == (0, "waivers.yaml: 1\n")


def test_decisions_make_the_next_run_green_until_the_figure_changes(folder: Path) -> None:
    assert run("run", "wrong.txt").exit_code == 1
    decide(folder)
    green = run("run", "wrong.txt", "--today", "2026-12-01", "--ui", "en")
    assert green.exit_code == 0
    assert "[False alarm: đã hỏi lại]" in green.stdout
    data = json.loads((folder / "reports" / "audit.json").read_text("utf-8"))
    assert data["findings"][0]["waiver"]["owner"] == "Lan"
    (folder / "wrong.txt").write_text(f"Một đoạn mới.\n{WRONG}")
    assert run("run", "wrong.txt", "--today", "2026-12-01").exit_code == 0
    (folder / "wrong.txt").write_text(WRONG.replace("2 chi", "3 chi"))
    red = run("run", "wrong.txt", "--today", "2026-12-01")
    assert red.exit_code == 1
    assert "waivers.yaml:3:3: warning waiver-unused" in red.stdout


def test_an_expired_decision_is_a_finding_and_covers_nothing(folder: Path) -> None:
    decide(folder, "later")
    assert run("run", "wrong.txt", "--today", "2026-12-22").exit_code == 0
    late = run("run", "wrong.txt", "--today", "2026-12-23")
    assert late.exit_code == 1
    assert "warning waiver-expired" in late.stdout
    assert "wrong.txt:1:7: error total-of-parts" in late.stdout
    page = (folder / "reports" / "index.html").read_text("utf-8")
    assert "waivers.yaml:3:3" in page


def test_a_decision_for_another_document_is_not_reported_when_that_is_not_read(folder: Path) -> None:
    decide(folder)
    (folder / "good.txt").write_text(GOOD)
    assert "waiver" not in run("run", "good.txt").stdout


def test_the_library_marks_what_the_files_say(folder: Path) -> None:
    decide(folder, "accepted")
    (one,) = reviewed(audit("wrong.txt"), Path("waivers.yaml"), None, DAY).findings
    assert one.waiver is not None
    assert (one.waiver.decision, one.waiver.expires) == ("accepted", date(2027, 11, 22))
    assert one.suppressed


def test_applying_twice_replaces_and_keeps_what_was_written_by_hand(folder: Path) -> None:
    (folder / "waivers.yaml").write_text(
        '# by hand\n- fingerprint: "00000000000000aa" # kept\n  decision: "accepted"\n  reason: "why"\n\n# end\n'
    )
    for note in ("first", "second"):
        save(folder, export(audit("wrong.txt"), note=note))
        run("review", "apply", "decisions.json", "--today", "2026-11-22", "--expires", "2027-01-01")
    text = (folder / "waivers.yaml").read_text()
    assert "# by hand\n" in text
    assert "# kept" in text
    assert "# end" in text
    assert "first" not in text
    _, found = waivers.load(Path("waivers.yaml"))
    assert [one.reason for one in found] == ["why", "second"]
    assert found[1].expires == date(2027, 1, 1)


def test_hostile_notes_stay_texts(folder: Path) -> None:
    note = 'x"\n- fingerprint: y\u202e\u2028 # {{ }}'
    save(folder, export(audit("wrong.txt"), note=note))
    assert run("review", "apply", "decisions.json").exit_code == 0
    _, found = waivers.load(Path("waivers.yaml"))
    assert [one.reason for one in found] == [note]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "decisions.json: not JSON"),
        ("[]", "not an export of decisions"),
        ('{"format_version": 2}', "format_version 1"),
        ('{"format_version": 1, "decisions": [{"note": 3}]}', "decision 1: needs the texts"),
    ],
)
def test_a_faulty_export_is_refused(folder: Path, content: str, problem: str) -> None:
    (folder / "decisions.json").write_text(content)
    with pytest.raises(ConfigError, match=r"decisions\.json") as caught:
        decisions.load(Path("decisions.json"))
    assert problem in str(caught.value)


def test_a_decision_needs_a_reason(folder: Path) -> None:
    save(folder, export(audit("wrong.txt"), note=" "))
    with pytest.raises(ConfigError, match="needs a reason"):
        decisions.load(Path("decisions.json"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('- fingerprint: "a"\n  decision: "accepted"\n', "waivers.yaml:1:3: missing key 'reason'"),
        ('- fingerprint: "a"\n  decision: "maybe"\n  reason: "x"\n', "waivers.yaml:2:13: unknown decision"),
        ('- fingerprint: "a"\n  colour: "red"\n', "waivers.yaml:2:3: unknown key"),
        (
            '- fingerprint: "a"\n  decision: "later"\n  reason: "x"\n  expires: "soon"\n',
            "waivers.yaml:4:12: 'soon' is not a date",
        ),
    ],
)
def test_a_faulty_waivers_file_names_its_line(folder: Path, text: str, problem: str) -> None:
    (folder / "waivers.yaml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        waivers.load(Path("waivers.yaml"))
    assert problem in str(caught.value)


def test_a_confirmed_figure_is_no_suspect_any_more(folder: Path) -> None:
    before = audit("wrong.txt")
    total = next(figure for figure in before.readings[0].figures if figure.raw == "9")
    entry = export(before)[0] | {"fingerprint": figure_print(total), "decision": "confirmed"}
    save(folder, [entry])
    run("review", "apply", "decisions.json")
    after = reviewed(before, Path("waivers.yaml"), None, date.today())
    assert [one.check.rule for one in after.findings] == ["total-of-parts"]
    accused = {member.filler.raw for members in after.findings[0].suspects for member in members}
    assert "9" not in accused
    assert accused <= {"5", "2"}
    assert accused
    assert not after.findings[0].suppressed


def test_a_baseline_fails_only_by_what_is_new(folder: Path) -> None:
    assert run("baseline", "write", "wrong.txt", "--to", "known.json").stdout == "known.json: 1\n"
    known = run("run", "wrong.txt", "--baseline", "known.json", "--ui", "en")
    assert known.exit_code == 0
    assert "[known in the baseline]" in known.stdout
    (folder / "other.txt").write_text(OTHER)
    assert run("run", "wrong.txt", "other.txt", "--baseline", "known.json").exit_code == 1
    data = json.loads((folder / "reports" / "audit.json").read_text("utf-8"))
    assert [one["baseline"] for one in data["findings"]] == ["new", "known"]


def test_a_renamed_document_keeps_its_baseline_and_a_mended_one_is_fixed(folder: Path) -> None:
    run("baseline", "write", "wrong.txt")
    (folder / "wrong.txt").rename(folder / "renamed.txt")
    assert run("run", "renamed.txt", "--baseline", "baseline.json").exit_code == 0
    (folder / "wrong.txt").write_text(GOOD)
    fixed = run("run", "wrong.txt", "--baseline", "baseline.json", "--ui", "en")
    assert fixed.exit_code == 0
    assert "wrong.txt: no longer found: total-of-parts" in fixed.stdout
    assert "No longer found" in (folder / "reports" / "index.html").read_text("utf-8")


def test_a_baseline_has_the_same_bytes_in_any_order(folder: Path) -> None:
    (folder / "other.txt").write_text(OTHER)
    assert baseline.render(audit(["wrong.txt", "other.txt"])) == baseline.render(audit(["other.txt", "wrong.txt"]))


def test_diff_prints_what_is_new_and_fixed(folder: Path) -> None:
    run("run", "wrong.txt", "--output", "old")
    (folder / "wrong.txt").write_text(OTHER)
    run("run", "wrong.txt", "--output", "new")
    result = run("diff", "old/audit.json", "new/audit.json", "--ui", "en")
    assert result.exit_code == 1
    assert [line[:11] for line in result.stdout.splitlines()] == ["+ wrong.txt", "- wrong.txt", "1 new, 0 kn"]
    assert run("diff", "old/audit.json", "old/audit.json").exit_code == 0


def test_other_files_are_no_baseline(folder: Path) -> None:
    for name, text in {"a.json": "{}", "b.json": "x", "c.json": '{"format_version": 1, "findings": [{}]}'}.items():
        (folder / name).write_text(text)
        with pytest.raises(ConfigError, match=name):
            baseline.load(Path(name))


def test_paths_match_from_any_folder_on() -> None:
    assert matches("a/b/c.txt", "b/c.txt")
    assert matches("a/b/c.txt", "a/*")
    assert matches("a/[1].txt", "a/[1].txt")
    assert not matches("a/bb/c.txt", "b/c.txt")
