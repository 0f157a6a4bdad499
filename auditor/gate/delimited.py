"""Tables in delimited text: which delimiter, which encoding, and where a file departs from its own header."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.table import Table, Unreadable, named

DELIMITERS = (",", ";", "\t", "|")
STREAMED = 256 * 2**20  # bytes from which a file is read in batches
OWN_TEXT = 4 * 2**20  # bytes up to which findings point into the file itself
SAMPLE = 64 * 2**10
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def read(path: Path, name: str, contract: Contract | None) -> Table:
    """The table in a file of delimited text. Raises Unreadable."""
    size = path.stat().st_size
    encoding = _encoding(path, contract)
    text = _decoded(path, name, encoding) if size <= OWN_TEXT or encoding not in ("utf-8", "utf-8-sig") else None
    sample = text if text is not None else _head(path, name)
    if not sample.strip():
        raise Unreadable(name, "the file is empty", 1, 1)
    chosen = contract.reader.delimiter if contract else None
    delimiter = chosen or _delimiter(sample, tuple(contract.columns) if contract else ())
    header = _header(sample, delimiter)
    if contract and not set(header) & set(contract.columns):
        _wrong_delimiter(name, sample, delimiter, contract)
    named(name, header)
    source = path if text is None else text.encode()
    # Every cell stays the text it is: types are the contract's business, and digits must not be lost.
    frame = pl.scan_csv(source, separator=delimiter, infer_schema=False, schema=dict.fromkeys(header, pl.String),
                        extra_columns="raise", glob=False)  # fmt: skip
    return Table(
        name, frame, pl.Schema(dict.fromkeys(header, pl.String)), 2, "text/csv", _digest(path),
        streamed=size > STREAMED, text=text if size <= OWN_TEXT else None, delimiter=delimiter,
    )  # fmt: skip


def uneven(path: Path, table: Table, contract: Contract | None) -> Unreadable | None:
    """The first row that has more or fewer fields than the header, looked for once something seems wrong."""
    width = len(table.schema)
    for number, row in enumerate(_records(path, table, contract), 1):
        if row and len(row) != width:
            side = "more" if len(row) > width else "fewer"
            message = f"{len(row)} fields, {side} than the {width} of the header"
            return Unreadable(table.path, message, number, min(len(row), width) + 1)
    return None


def _records(path: Path, table: Table, contract: Contract | None) -> Iterator[list[str]]:
    with path.open(encoding=_encoding(path, contract), newline="") as file:
        try:
            yield from csv.reader(file, delimiter=table.delimiter)
        except UnicodeDecodeError as problem:
            raise _undecodable(path, table.path, problem.encoding) from None


def _encoding(path: Path, contract: Contract | None) -> str:
    if contract and contract.reader.encoding:
        return contract.reader.encoding
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for mark, name in BOMS if start.startswith(mark)), "utf-8")


def _decoded(path: Path, name: str, encoding: str) -> str:
    try:
        text = path.read_bytes().decode(encoding)
    except LookupError:
        raise Unreadable(name, f"unknown encoding {encoding!r}") from None
    except UnicodeDecodeError:
        raise _undecodable(path, name, encoding) from None
    if "\0" in text:
        raise Unreadable(
            name,
            f"not text in {encoding.upper()}: it contains NUL characters",
            text[: text.index("\0")].count("\n") + 1,
            1,
        )
    return text.removeprefix("\ufeff")


def _undecodable(path: Path, name: str, encoding: str) -> Unreadable:
    data = path.read_bytes()
    try:
        data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line, column = before.count(b"\n") + 1, problem.start - (before.rfind(b"\n") + 1) + 1
        message = f"not {encoding.upper()}: byte 0x{data[problem.start]:02x}; name the encoding in the contract"
        return Unreadable(name, f"{message} (read: {{encoding: …}})", line, column)
    return Unreadable(name, f"cannot be read as {encoding.upper()}")


def _head(path: Path, name: str) -> str:
    with path.open("rb") as file:
        data = file.read(SAMPLE)
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return text[: text.rfind("\n") + 1] or text


def _header(sample: str, delimiter: str) -> list[str]:
    return next(csv.reader(StringIO(sample), delimiter=delimiter), [])


def _delimiter(sample: str, wanted: tuple[str, ...]) -> str:
    """The delimiter under which the header holds the most of the wanted names, or the most names at all."""
    headers = {one: _header(sample, one) for one in DELIMITERS}
    return max(DELIMITERS, key=lambda one: (len(set(headers[one]) & set(wanted)), len(headers[one])))


def _wrong_delimiter(name: str, sample: str, delimiter: str, contract: Contract) -> None:
    for other in DELIMITERS:
        if other != delimiter and set(_header(sample, other)) & set(contract.columns):
            message = f"wrong delimiter: split at {NAMES.get(delimiter, repr(delimiter))}"
            raise Unreadable(name, f"{message}, but the contract's columns appear when split at {NAMES[other]}", 1, 1)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
