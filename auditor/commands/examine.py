"""``audit rules`` and ``audit selftest``: the rule set and the program examine themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.console import CLEAN, FINDINGS, say
from auditor.commands.options import Language, Paths, Rules

if TYPE_CHECKING:
    from auditor.model.check import Check
    from auditor.model.rule import Rule

rules = typer.Typer(rich_markup_mode=None, help="The rules: their list, their faults, their power.")


@rules.callback(invoke_without_command=True)
def listing(context: typer.Context, expectations: Rules = None, ui: Language = Language.vi) -> None:
    """List the rules: id, severity, title. With a command, examine them."""
    if context.invoked_subcommand is None:
        for rule in _rules(expectations):
            say(f"{rule.id:<24} {rule.severity:<8} {rule.title[ui]}\n")


@rules.command("check")
def check(expectations: Rules = None) -> None:
    """Look for rules that say nothing, say it twice or contradict another, and for examples that bind nothing.

    Ends with 1 when something is wrong.
    """
    from auditor.doctor.faults import faults

    known = _rules(expectations)
    found = faults(known, _reader(expectations))
    say("".join(f"{fault}\n" for fault in found) or f"{len(known)} rules, nothing wrong with them\n")
    raise typer.Exit(FINDINGS if found else CLEAN)


@rules.command("power")
def power(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Texts to plant mistakes in as well.")] = None,
    expectations: Rules = None,
    table: Annotated[bool, typer.Option("--table", help="A Markdown table instead of sentences.")] = False,
) -> None:
    """Plant one-digit mistakes and swaps where a rule holds, in its examples and in a folder: what does it find?"""
    from auditor.doctor import power as powers
    from auditor.doctor import reports
    from auditor.doctor.texts import example_texts, folder_texts

    known = _rules(expectations)
    texts = [*example_texts(known), *(folder_texts(folder) if folder else ())]
    found = powers.power(texts, [rule.id for rule in known], _reader(expectations))
    say(reports.table(found) if table else reports.sentences(found))


def selftest(paths: Paths, expectations: Rules = None) -> None:
    """Change the form of texts and not their meaning (order, spacing, units, encodings): no verdict may move.

    Prints what moved; ends with 1 when something did.
    """
    from auditor.selftest.moved import moved

    found, tried = moved(paths, expectations or ())
    say("".join(f"{one}\n" for one in found))
    say("".join(f"{name}: {texts} texts, {moves} moved\n" for name, (texts, moves) in tried.items()))
    raise typer.Exit(FINDINGS if found else CLEAN)


def _rules(expectations: list[Path] | None) -> tuple[Rule, ...]:
    from auditor.rules.load import load

    return load(expectations or ())


def _reader(expectations: list[Path] | None) -> Callable[[str], Sequence[Check]]:
    from auditor.pipeline import audit

    return lambda text: audit(text=text, expectations=expectations or (), strict=False).checks
