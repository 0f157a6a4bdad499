"""``audit review``, ``audit baseline`` and ``audit config``: what is remembered between runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.console import CLEAN, FAILED, put, say
from auditor.commands.options import Config, Exclude, Paths, Rules, Waivers
from auditor.commands.session import audited, day, settings_of, waivers_of

review = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Decisions about findings.")
baselines = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What is known already.")
configuration = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What auditor.toml says.")


@review.command("apply")
def apply(
    decisions: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Decisions as the HTML report exports them.")
    ],
    *,
    waivers: Waivers = None,
    owner: Annotated[str, typer.Option(metavar="NAME", help="Who decided [the user].")] = "",
    today: Annotated[str, typer.Option(metavar="DATE", help="Day of the decision [today].")] = "",
    expires: Annotated[
        str, typer.Option(metavar="DATE", help="Last day it holds [later: 30 days, otherwise a year].")
    ] = "",
    config: Config = None,
) -> None:
    """Turn decisions into entries of the waivers file."""
    from getpass import getuser

    from auditor.review.decisions import Signed, load, merged
    from auditor.review.waivers import NAME
    from auditor.review.waivers import load as check

    settings = settings_of(config)
    target = waivers_of(settings, waivers) or (settings.path.parent if settings.path else Path()) / NAME
    found = [one for path in decisions for one in load(path)]
    known = target.read_text(encoding="utf-8") if target.is_file() and check(target) else ""
    signed = Signed(owner or getuser(), day(today), day(expires) if expires else None)
    put({target: merged(known, found, signed).encode()})
    say(f"{target.as_posix()}: {len(found)}\n")


@baselines.command("write")
def write_baseline(
    paths: Paths,
    *,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it [baseline.json].")] = None,
    expectations: Rules = None,
    exclude: Exclude = None,
    config: Config = None,
) -> None:
    """Audit documents and remember what was found, so that later runs fail only by what is new."""
    from auditor.review.baseline import entries, render

    settings = settings_of(config)
    result = audited(paths, settings, expectations=expectations, exclude=exclude)
    target = settings.get("baseline", to, Path("baseline.json"))
    put({target: render(result)})
    say(f"{target.as_posix()}: {len(entries(result))}\n")
    raise typer.Exit(FAILED if any(reading.document.error for reading in result.readings) else CLEAN)


@configuration.command()
def show(config: Config = None) -> None:
    """Show which auditor.toml counts here, and what it says."""
    settings = settings_of(config)
    say(f"# {settings.path or 'no auditor.toml here or above'}\n")
    for key, value in settings.values.items():
        say(f"{key} = {_plain(value)}\n")


def _plain(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_name(key)} = {_plain(one)}' for key, one in value.items())}}}"
    return str(value).lower() if isinstance(value, bool | int | float) else f'"{value}"'


def _name(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else f'"{key}"'
