"""A table as it was read: its rows with their numbers, where it came from, and what stops a table from being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from auditor.gate.wide import ROW
from auditor.model.errors import InputError

BATCH = 500_000  # rows judged at once where a table is not held in memory


class Unreadable(Exception):
    """A table that could not be read; becomes its error."""

    def __init__(self, path: str, message: str, row: int | None = None, column: int | None = None) -> None:
        self.problem = InputError(path, message, row, column)
        super().__init__(str(self.problem))


@dataclass(frozen=True, slots=True)
class Table:
    """``frame`` has the columns as they stand in the source, without row numbers. ``first`` is the number of the
    first row as people count it there. ``streamed`` says that the rows are not held in memory.

    ``text`` and ``delimiter`` are the source's own text, where it is one of moderate size. ``keep`` holds what the
    frame reads from, such as a temporary folder.
    """

    path: str
    frame: pl.LazyFrame
    schema: pl.Schema
    first: int
    media_type: str
    sha256: str = ""
    streamed: bool = False
    text: str | None = None
    delimiter: str = ","
    keep: object = field(default=None, repr=False, compare=False)

    def rows(self) -> pl.LazyFrame:
        """The frame with row numbers."""
        return self.frame.with_row_index(ROW, offset=self.first).with_columns(pl.col(ROW).cast(pl.Int64))

    def batches(self) -> Iterator[pl.DataFrame]:
        """All rows, in order, each batch small enough to be judged in memory."""
        if not self.streamed:
            yield self.rows().collect()
            return
        yield from self.rows().collect_batches(chunk_size=BATCH, maintain_order=True)

    def columns(self, names: list[str]) -> pl.DataFrame:
        """Some columns of all rows, with their numbers."""
        return self.rows().select(ROW, *names).collect(engine="streaming" if self.streamed else "in-memory")


def held(path: str, frame: pl.DataFrame, first: int, media_type: str, **known: str) -> Table:
    """A table whose rows are in memory."""
    return Table(path, frame.lazy(), frame.schema, first, media_type, sha256=known.get("sha256", ""))


def named(path: str, header: list[str], row: int = 1) -> None:
    """Hold the names of the columns against what no reader can guess. Raises Unreadable."""
    for number, name in enumerate(header, 1):
        if not name.strip():
            message = "column without a name: a merged or empty header cell; write one header row with a name a column"
            raise Unreadable(path, message, row, number)
        if name in header[: number - 1]:
            first = header.index(name) + 1
            raise Unreadable(
                path, f"column name {name!r} stands here twice (columns {first} and {number})", row, number
            )
