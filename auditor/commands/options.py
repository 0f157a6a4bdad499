"""Options that several commands have, and the words they take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """Reports besides the Parquet frames; the first two are always written, ``github`` goes to standard output.
    ``docx`` and ``pdf`` are marked copies of documents of that kind."""

    html = "html"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    text = "text"
    docx = "docx"
    pdf = "pdf"


class Contract(StrEnum):
    """What has a JSON Schema."""

    audit = "audit"
    rule = "rule"


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

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, folders, patterns; - for standard input.")]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Paths to leave out, such as 'drafts/*'. Repeatable.")
]
Waivers = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Decisions about findings [waivers.yaml, where there is one].")
]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Settings [the nearest auditor.toml upwards].")]
