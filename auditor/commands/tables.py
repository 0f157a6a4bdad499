"""``audit gate`` and ``audit contract``: tables of figures, and what they must be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.console import complain, put, say
from auditor.commands.options import Config, FailOn, Format, Language, Rules, Waivers
from auditor.commands.session import day, settings_of, waivers_of

if TYPE_CHECKING:
    from auditor.gate.commands import Outcome

contract = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draft contracts, and carry them on.")


def gate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH…", help="Tables (CSV, Excel, Parquet, JSON), or folders.")
    ] = None,
    *,
    contract: Annotated[str, typer.Option(metavar="FILE", help="Contract file, or the name of a packaged one.")],
    sql: Annotated[
        str | None, typer.Option(metavar="URL", help="Also read a database: env:NAME, file:PATH or a bare URL.")
    ] = None,
    query: Annotated[str, typer.Option(metavar="SQL", help="Table or query to read with --sql.")] = "",
    output: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the reports [reports].")] = None,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Further report: sarif, junit, github, text. Repeatable.")
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Mildest severity that makes the status 1 [error].")] = None,
    expectations: Rules = None,
    waivers: Waivers = None,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Fail only by what it does not know.")] = None,
    accepted: Annotated[Path | None, typer.Option(metavar="FILE", help="Parquet of the rows that may pass.")] = None,
    rejected: Annotated[Path | None, typer.Option(metavar="FILE", help="Parquet of the others, with reasons.")] = None,
    pandera: Annotated[
        bool | None, typer.Option("--pandera/--no-pandera", help="Ask pandera too; other answers fail [under CI=true].")
    ] = None,
    gx: Annotated[bool, typer.Option("--gx", help="Ask Great Expectations too, and write Data Docs.")] = False,
    gx_context: Annotated[Path | None, typer.Option(metavar="DIR", help="Its context [expectations/gx].")] = None,
    ui: Annotated[Language | None, typer.Option(help="Language of the reports [vi].")] = None,
    config: Config = None,
    time: Annotated[str, typer.Option(metavar="TEXT", help="Time to print in the HTML report.")] = "",
    today: Annotated[str, typer.Option(metavar="DATE", help="Day by which waivers expire [today].")] = "",
) -> None:
    """Let tables of figures in, or keep them out: hold them against a contract and the rules for their figures.

    Writes gate.html, gate.json and the reports of `audit run` to DIR/gate. Exit status: 0 let in, 1 kept out, 2 a
    table could not be judged.
    """
    from auditor.gate import commands
    from auditor.model.rule import SEVERITIES
    from auditor.report import files
    from auditor.review.reviewed import reviewed

    settings = settings_of(config)
    chosen = commands.contract_named(contract)
    rules = settings.get("expectations", expectations, ())
    found = commands.run(commands.sources(paths or (), sql, query), chosen, rules)
    known = settings.get("baseline", baseline)
    audit = reviewed(found.audit, waivers_of(settings, waivers), known, day(today))
    folder, language = settings.get("output", output, Path("reports")), settings.get("ui", ui, "vi")
    mildest, wanted = settings.get("fail-on", fail_on, "error"), settings.get("format", formats, ())
    project = (gx_context or commands.project()) if gx else None
    asked = os.environ.get("CI") == "true" if pandera is None else pandera
    ending = commands.Wanted(language, mildest, asked, project, folder, accepted, rejected)
    final, outcome = commands.finish(found, audit, ending)
    failing = () if mildest == "never" else SEVERITIES[: SEVERITIES.index(mildest) + 1]
    made = {**files.render(final.audit, language, time, wanted, failing), **outcome.files}
    put({folder / "gate" / name: content for name, content in made.items()})
    if Format.github in wanted:
        from auditor.report import github

        say(github.render(final.audit, language))
    _end(outcome, f"{(folder / 'gate' / 'gate.html').as_posix()}\n")


@contract.command()
def suggest(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A table.")],
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="File to write [standard output].")] = None,
) -> None:
    """Draft a contract from a table: its columns, and the identities that hold in it, with their exceptions."""
    from auditor.gate import commands

    outcome = commands.suggest(path)
    if output and not outcome.status:
        put({output: outcome.text.encode()})
    else:
        say(outcome.text)
    _end(outcome)


@contract.command("gx")
def great_expectations(
    contracts: Annotated[
        list[Path] | None, typer.Argument(metavar="CONTRACT…", help="Contract files [the packaged ones].")
    ] = None,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the context.")] = Path("expectations/gx"),
) -> None:
    """Write the Great Expectations context of contracts: suites and checkpoints. Names the files that changed."""
    from auditor.gate import commands

    outcome = commands.context(contracts or (), output)
    say(outcome.text)
    _end(outcome)


def _end(outcome: Outcome, also: str | None = None) -> None:
    if also is not None:
        say(outcome.text + also)
    for problem in outcome.problems:
        complain(problem)
    raise typer.Exit(outcome.status)
