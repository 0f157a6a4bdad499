"""The command ``audit``. The only place that prints or exits; what it needs is imported when a command needs it."""

from __future__ import annotations

import os
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor import __version__
from auditor.model.errors import ConfigError

if TYPE_CHECKING:
    from auditor.model.check import Audit
    from auditor.model.rule import Rule

CLEAN, FINDINGS, FAILED = 0, 1, 2

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)  # without rich and completion, --help answers twice as fast


class Format(StrEnum):
    """Reports besides the Parquet frames; the first two are always written."""

    html = "html"
    json = "json"
    text = "text"


class FailOn(StrEnum):
    """The mildest severity that counts as a failure."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


class Language(StrEnum):
    """The languages of the reports."""

    vi = "vi"
    en = "en"


Rules = Annotated[
    list[Path] | None,
    typer.Option("--expectations", metavar="DIR", help="Folder of rules that add to the packaged ones. Repeatable."),
]


def main() -> None:
    """Run the command line, and exit: 0 nothing found, 1 findings, 2 the run itself failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter must not stop a report
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="audit")
    except ConfigError as problem:
        _complain(str(problem))
        sys.exit(FAILED)
    except Exception:  # whatever it is: a crash must not end with 1, which means findings
        traceback.print_exc()
        sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        _say(f"audit {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check that the figures of Vietnamese socio-economic reports agree with each other."""


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders of *.txt and *.md files.")],
    *,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the reports.")] = Path("reports"),
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Further report: text adds audit.txt. Repeatable. HTML and JSON always."),
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Mildest severity that makes the exit status 1.")] = FailOn.error,
    expectations: Rules = None,
    ui: Annotated[Language, typer.Option(help="Language of the reports.")] = Language.vi,
    strict: Annotated[bool, typer.Option("--strict", help="Hold the result against its contracts too.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Also list what was not checked, and why.")] = False,
    time: Annotated[str, typer.Option(metavar="TEXT", help="Time to print in the HTML report.")] = "",
) -> None:
    """Audit documents: print a summary, and write index.html, audit.json and Parquet frames.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 a document or rule file was faulty.
    """
    from auditor.pipeline import audit

    result = audit(paths, expectations=expectations or (), strict=strict or None)
    for reading in result.readings:
        if reading.document.error:
            _complain(str(reading.document.error))
    reports = _write(result, output, ui, time, Format.text in (formats or ()))
    _summarise(result, ui, verbose, reports)
    raise typer.Exit(_status(result, fail_on))


@app.command()
def rules(expectations: Rules = None, ui: Language = Language.vi) -> None:
    """List the rules: id, severity, title."""
    for rule in _rules(expectations):
        _say(f"{rule.id:<24} {rule.severity:<8} {rule.title[ui]}\n")


@app.command()
def explain(rule: Annotated[str, typer.Argument(metavar="RULE")], expectations: Rules = None) -> None:
    """Explain one rule: what must hold, why, and examples."""
    from auditor.rules.explain import explain

    known = {one.id: one for one in _rules(expectations)}
    if rule not in known:
        _complain(f"no rule {rule!r}; known: {', '.join(known)}")
        raise typer.Exit(FAILED)
    _say(explain(known[rule]))


def _rules(expectations: list[Path] | None) -> tuple[Rule, ...]:
    from auditor.rules.load import load

    return load(expectations or ())


def _write(result: Audit, folder: Path, ui: str, time: str, text: bool) -> list[str]:
    """Write all reports and name them. A place that cannot be written ends the run."""
    from auditor.report import html, json, parquet
    from auditor.report.text import render
    from auditor.report.write import write

    files = {"index.html": html.render(result, ui, time), "audit.json": json.render(result)}
    if text:
        files["audit.txt"] = render(result, ui, verbose=True).encode()
    try:
        for name, content in (files | parquet.render(result)).items():
            write(folder / name, content)
    except OSError as problem:
        _complain(f"{problem.filename or folder}: cannot be written: {problem.strerror}")
        raise typer.Exit(FAILED) from None
    return [(folder / name).as_posix() for name in (*files, "*.parquet")]


def _summarise(result: Audit, ui: str, verbose: bool, reports: list[str]) -> None:
    from auditor.report.text import render

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    _say(render(result, ui, colour=not plain, verbose=verbose, reports=reports))


def _status(result: Audit, fail_on: FailOn) -> int:
    from auditor.model.rule import SEVERITIES

    if any(reading.document.error for reading in result.readings):
        return FAILED
    if fail_on is FailOn.never:
        return CLEAN
    counted = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
    return FINDINGS if any(finding.severity in counted for finding in result.findings) else CLEAN


def _say(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough. The exit status still counts, and the interpreter's own last
        # flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(text: str) -> None:
    from auditor.report.hidden import one_line

    sys.stderr.write(f"audit: {one_line(text)}\n")
