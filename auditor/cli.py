"""The command ``audit``. The only place that prints or exits; what it needs is imported when a command needs it."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor import __version__
from auditor.commands import examine, figures, memory, tables
from auditor.commands.console import CLEAN, FAILED, FINDINGS, complain, put, say
from auditor.commands.options import (
    Config,
    Contract,
    Exclude,
    FailOn,
    Format,
    Language,
    Paths,
    Rules,
    Waivers,
)
from auditor.commands.session import audited, day, settings_of, status, waivers_of
from auditor.model.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.model.check import Audit
    from auditor.model.rule import Rule

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)  # without rich and completion, --help answers twice as fast

app.add_typer(memory.review, name="review")
app.add_typer(memory.baselines, name="baseline")
app.add_typer(memory.configuration, name="config")
app.add_typer(examine.rules, name="rules")
app.command("selftest")(examine.selftest)
app.command("figures")(figures.figures)
app.command("gate")(tables.gate)
app.add_typer(tables.contract, name="contract")


def main() -> None:
    """Run the command line, and exit: 0 nothing found, 1 findings, 2 the run itself failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter must not stop a report
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="audit")
    except ConfigError as problem:
        complain(str(problem))
        sys.exit(FAILED)
    except Exception:  # whatever it is: a crash must not end with 1, which means findings
        traceback.print_exc()
        sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"audit {__version__}\n")
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
    paths: Paths,
    *,
    output: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the reports [reports].")] = None,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Further report; github: annotations on standard output. Repeatable."),
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Mildest severity that makes the status 1 [error].")] = None,
    max_warnings: Annotated[int | None, typer.Option(min=0, help="More warnings than this fail the run.")] = None,
    min_coverage: Annotated[
        float | None, typer.Option(min=0, max=100, help="Fewer per cent of figures checked fail the run.")
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever was found.")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="A run that checked nothing may pass.")] = False,
    expectations: Rules = None,
    select: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only this rule. Repeatable.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not this rule. Repeatable.")] = None,
    exclude: Exclude = None,
    waivers: Waivers = None,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Fail only by what it does not know.")] = None,
    ui: Annotated[Language | None, typer.Option(help="Language of the reports [vi].")] = None,
    config: Config = None,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that share the documents.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Hold the result against its contracts too.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Also list what was not checked, and why.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No summary and no progress; problems only.")] = False,
    time: Annotated[str, typer.Option(metavar="TEXT", help="Time to print in the HTML report.")] = "",
    today: Annotated[str, typer.Option(metavar="DATE", help="Day by which waivers expire [today].")] = "",
) -> None:
    """Audit documents: print a summary, and write index.html, audit.json and Parquet frames.

    Exit status: 0 nothing at or above --fail-on, 1 findings or a limit not kept, 2 a document or rule file was
    faulty, or nothing could be checked.
    """
    from auditor.report import files
    from auditor.review.limits import Limits
    from auditor.review.reviewed import reviewed

    settings = settings_of(config)
    result = reviewed(
        audited(
            *(paths, settings),
            expectations=expectations,
            exclude=exclude,
            select=select,
            ignore=ignore,
            strict=strict,
            quiet=quiet,
            jobs=jobs,
        ),
        waivers_of(settings, waivers),
        settings.get("baseline", baseline),
        day(today),
    )
    limits = Limits(
        settings.get("fail-on", fail_on, "error"),
        settings.get("max-warnings", max_warnings),
        settings.get("min-coverage", min_coverage),
        settings.get("allow-empty", allow_empty or None, False),
    )
    language, wanted = settings.get("ui", ui, "vi"), settings.get("format", formats, ())
    made = files.render(result, language, time, wanted, limits.failing)
    reports = _write(made, settings.get("output", output, Path("reports")))
    _annotate(result, language, wanted)
    if not quiet:
        _summarise(result, language, verbose, reports)
    raise typer.Exit(status(result, limits, exit_zero))


@app.command()
def explain(rule: Annotated[str, typer.Argument(metavar="RULE")], expectations: Rules = None) -> None:
    """Explain one rule: what must hold, why, and examples."""
    from auditor.rules.explain import explain

    known = {one.id: one for one in _rules(expectations)}
    if rule not in known:
        complain(f"no rule {rule!r}; known: {', '.join(known)}")
        raise typer.Exit(FAILED)
    say(explain(known[rule]))


@app.command()
def schema(contract: Annotated[Contract, typer.Argument()] = Contract.audit) -> None:
    """Print the JSON Schema of audit.json, or of a rule file."""
    import json

    from auditor.report.schema import schema as of_audit
    from auditor.rules.schema import schema as of_rules

    made = of_audit() if contract is Contract.audit else of_rules()
    say(json.dumps(made, ensure_ascii=False, indent=2) + "\n")


@app.command()
def diff(old: Path, new: Path, ui: Language = Language.vi) -> None:
    """Compare two runs, each an audit.json or a baseline: + new, - fixed. Ends with 1 when something is new."""
    from auditor.review.diff import difference, render

    found = difference(old, new)
    say("".join(f"{line}\n" for line in render(found, ui)))
    raise typer.Exit(FINDINGS if found.new else CLEAN)


def _rules(expectations: list[Path] | None) -> tuple[Rule, ...]:
    from auditor.rules.load import load

    return load(expectations or ())


def _write(made: dict[str, bytes], folder: Path) -> list[str]:
    """Write all reports and name them. A place that cannot be written ends the run."""
    put({folder / name: content for name, content in made.items()})
    shown = [name for name in made if not name.endswith(".parquet") and "/" not in name]
    copies = ["marked/*"] if any(name.startswith("marked/") for name in made) else []
    return [(folder / name).as_posix() for name in (*shown, *copies, "*.parquet")]


def _annotate(result: Audit, ui: str, formats: Collection[str]) -> None:
    if Format.github in formats:
        from auditor.report import github

        say(github.render(result, ui))


def _summarise(result: Audit, ui: str, verbose: bool, reports: list[str]) -> None:
    from auditor.report.text import render

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    say(render(result, ui, colour=not plain, verbose=verbose, reports=reports))
