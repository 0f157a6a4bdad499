"""Tables in databases, through SQLAlchemy. Credentials come from the environment or a file, and are never shown."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.table import BATCH, Table, Unreadable, named

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

ENVIRONMENT, FILE = "env:", "file:"
_IDENTIFIER = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)?")


def read(source: str, query: str, contract: Contract | None) -> Table:
    """The rows of a query, or of a table by name. ``source`` is a URL without a password, or `env:NAME` or
    `file:PATH`, which hold one. Raises Unreadable."""
    url, sqlalchemy = _url(source), _sqlalchemy()
    shown = f"{url.render_as_string(hide_password=True)}#{_label(query)}"
    folder = TemporaryDirectory(prefix="audit-gate-")
    try:
        schema, paths = _spooled(sqlalchemy, url, query, Path(folder.name), contract)
    except Unreadable:
        raise
    except Exception as problem:  # whatever a driver raises; its text may hold the URL
        raise Unreadable(shown, f"cannot be read: {_without(url, problem)}") from None
    named(shown, list(schema))
    frame = pl.scan_parquet(paths) if paths else pl.LazyFrame(schema=schema)
    return Table(shown, frame, schema, 1, "application/sql", streamed=len(paths) > 1, keep=folder)


def _sqlalchemy() -> Any:
    try:
        import sqlalchemy
    except ImportError:
        raise Unreadable("sql", "reading a database needs the extra 'gate' (pip install 'auditor[gate]')") from None
    return sqlalchemy


def _url(source: str) -> URL:
    text = _secret(source)
    try:
        url: URL = _sqlalchemy().engine.make_url(text)
    except Exception:
        raise Unreadable("sql", "no SQLAlchemy URL, such as postgresql+psycopg://host/database") from None
    if url.password is not None and text == source:
        # What stands on a command line is seen by everybody on the machine and kept in its history.
        message = "a URL with a password belongs in the environment (env:NAME) or in a file (file:PATH)"
        raise Unreadable("sql", message)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _secret(source: str) -> str:
    if source.startswith(ENVIRONMENT):
        name = source.removeprefix(ENVIRONMENT)
        if name not in os.environ:
            raise Unreadable("sql", f"the environment has no {name}")
        return os.environ[name].strip()
    if source.startswith(FILE):
        path = Path(source.removeprefix(FILE))
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise Unreadable(str(path), f"cannot be read: {problem.strerror}") from None
    return source


def _label(query: str) -> str:
    if _IDENTIFIER.fullmatch(query):
        return query
    return f"query-{hashlib.sha256(query.encode()).hexdigest()[:8]}"


def _spooled(
    sqlalchemy: Any, url: URL, query: str, folder: Path, contract: Contract | None
) -> tuple[pl.Schema, list[Path]]:
    """The rows in Parquet files of one batch each, so that a result larger than memory can be read."""
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)
    mark = contract.reader.decimal if contract else "."
    with engine.connect() as connection:
        options = {"stream_results": True, "yield_per": BATCH // 10}
        result = connection.execution_options(**options).execute(sqlalchemy.text(_statement(sqlalchemy, engine, query)))
        names = list(result.keys())
        named(f"{url.render_as_string(hide_password=True)}#{_label(query)}", names)
        frames = [
            _written(frame, folder / f"{number:06}.parquet")
            for number, frame in enumerate(_frames(result, names, mark))
        ]
    schema = frames[0][0] if frames else pl.Schema(dict.fromkeys(names, pl.String))
    return schema, [path for _, path in frames]


def _statement(sqlalchemy: Any, engine: Any, query: str) -> str:
    if not _IDENTIFIER.fullmatch(query):
        return query
    quote = engine.dialect.identifier_preparer.quote_identifier
    return f"SELECT * FROM {'.'.join(quote(part) for part in query.split('.'))}"


def _frames(result: Any, names: Sequence[str], mark: str) -> Iterator[pl.DataFrame]:
    kinds: dict[str, pl.DataType] = {}
    for rows in result.partitions():
        columns = zip(*rows, strict=True)
        frame = pl.DataFrame({name: _column(list(cells), mark) for name, cells in zip(names, columns, strict=True)})
        for name, dtype in frame.schema.items():
            kinds.setdefault(name, pl.String() if dtype == pl.Null else dtype)
        yield frame.cast({name: kinds[name] for name in names})  # one type for all batches: that of the first


def _column(cells: list[object], mark: str) -> pl.Series:
    """A decimal of the database keeps its digits, as text; a float has none to keep."""
    if any(isinstance(cell, Decimal) for cell in cells):
        texts = [None if cell is None else format(cell, "f").replace(".", mark) for cell in cells]
        return pl.Series(texts, dtype=pl.String)
    return pl.Series(cells, strict=True)


def _written(frame: pl.DataFrame, path: Path) -> tuple[pl.Schema, Path]:
    frame.write_parquet(path)
    return frame.schema, path


def _without(url: URL, problem: Exception) -> str:
    text = (str(getattr(problem, "orig", None) or problem).strip().splitlines() or [type(problem).__name__])[0]
    for secret in (str(url.password), quote_plus(str(url.password))) if url.password else ():
        text = text.replace(secret, "***")
    return text
