"""What a table is read from: a file by its ending, or a query of a database."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from auditor.gate import delimited, records, sheets, sql
from auditor.gate.contract import Contract
from auditor.gate.table import Table, Unreadable, named

EXCEL = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
TEXT = (".csv", ".tsv", ".txt")
JSON = (".json", ".ndjson", ".jsonl")
STREAMED = 128 * 2**20  # bytes of Parquet, which is many times smaller than its rows
SUFFIXES = (*TEXT, ".parquet", *JSON, *EXCEL)


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a database and what to read from it."""

    path: Path | None = None
    sql: str | None = None
    query: str = ""

    @property
    def name(self) -> str:
        """How the table is called in reports: relative to the working directory, with `/`."""
        if self.path is None:
            return f"sql#{self.query}"
        try:
            return Path(os.path.relpath(self.path)).as_posix()
        except ValueError:  # another drive: there is no relative path
            return self.path.as_posix()


def open_table(source: Source, contract: Contract | None = None) -> Table:
    """The table of a source. Raises Unreadable."""
    if source.sql is not None:
        return sql.read(source.sql, source.query, contract)
    assert source.path is not None
    path, name = source.path, source.name
    if not path.is_file():
        raise Unreadable(name, "is a folder" if path.is_dir() else "no such file")
    suffix = path.suffix.lower()
    if suffix in TEXT:
        return delimited.read(path, name, contract)
    if suffix in EXCEL:
        return sheets.read(path, name, contract)
    if suffix in JSON:
        return records.read(path, name, contract)
    if suffix == ".parquet":
        return _parquet(path, name)
    raise Unreadable(name, f"no table format is known by {suffix or 'no ending'}; known: {', '.join(SUFFIXES)}")


def files(paths: list[Path]) -> list[Source]:
    """The tables that paths stand for: a file is itself, a folder the tables directly and indirectly in it."""
    found: dict[str, Source] = {}
    for path in paths:
        inside = (
            sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        )
        for file in inside or [path]:
            source = Source(file)
            found.setdefault(source.name, source)
    return [found[name] for name in sorted(found)]


def _parquet(path: Path, name: str) -> Table:
    try:
        frame = pl.scan_parquet(path, glob=False)
        schema = frame.collect_schema()
    except pl.exceptions.PolarsError as problem:
        raise Unreadable(name, f"no Parquet file: {str(problem).splitlines()[0]}") from None
    named(name, list(schema))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    streamed = path.stat().st_size > STREAMED
    return Table(name, frame, schema, 1, "application/vnd.apache.parquet", digest, streamed=streamed)
