"""``audit figures``: what was read, as a table."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.console import CLEAN, FAILED, put, say
from auditor.commands.options import Config, Exclude, Paths
from auditor.commands.session import audited, settings_of

if TYPE_CHECKING:
    import polars as pl


class Table(StrEnum):
    """How figures are printed or exported."""

    text = "text"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def figures(
    paths: Paths,
    form: Annotated[Table, typer.Option("--format", help="How to print or export them.")] = Table.text,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="File to write [standard output].")] = None,
    exclude: Exclude = None,
    config: Config = None,
) -> None:
    """Print or export every figure that was read: value, step, unit, indicator, place, period, role, status.

    Parquet needs --output. Ends with 2 when a document could not be read.
    """
    from auditor.frames import figures as frame_of

    if form is Table.parquet and output is None:
        raise typer.BadParameter("parquet is binary: name a file with --output")
    result = audited(paths, settings_of(config), exclude=exclude)
    content = _rendered(frame_of(result), form)
    if output is None:
        say(content.decode())
    else:
        put({output: content})
    failed = any(reading.document.error for reading in result.readings)
    raise typer.Exit(FAILED if failed else CLEAN)


def _rendered(frame: pl.DataFrame, form: Table) -> bytes:
    from io import BytesIO

    if form is Table.text:
        rows = frame.select("document", "start", "raw", "value", "unit", "indicator", "period", "status").iter_rows()
        return "".join("\t".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows).encode()
    buffer = BytesIO()
    if form is Table.csv:
        frame.write_csv(buffer)
    elif form is Table.json:
        frame.write_json(buffer)
    else:
        frame.write_parquet(buffer)
    return buffer.getvalue()
