"""A document put together piece by piece: its linear text, and the blocks, tables and anchors over it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from auditor.model.document import Document
from auditor.model.errors import InputError
from auditor.model.layout import Anchor, Block, BlockKind, Box, Cell, Table

SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """A file that cannot be read, with the reason in one sentence; becomes the document's error."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text from one place of the file (a run, a line, an element)."""

    text: str
    place: str = ""
    path: tuple[int, ...] = ()
    box: Box | None = None


@dataclass(slots=True)
class CellDraft:
    """A cell before its place in the text is known."""

    pieces: Sequence[Piece]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    bold: bool = False
    indent: int = 0


@dataclass(slots=True)
class Builder:
    """Takes blocks and tables in reading order. Text is kept in composed form (NFC): every piece has one length."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    convert: Callable[[str], str] = str

    def block(self, pieces: Iterable[Piece], kind: BlockKind = "paragraph", level: int = 0) -> None:
        """One paragraph, heading, list item or piece of furniture; white space around it is left out."""
        trimmed = trim(pieces)
        if trimmed:
            start = self.at
            self._write(trimmed)
            self.blocks.append(Block(start, self.at, kind, level))
            self._put("\n")

    def table(self, cells: Iterable[CellDraft], name: str = "", top: int = 0, left: int = 0) -> None:
        """A table, one line a row, with tabs between its cells."""
        start, row = self.at, -1
        placed: list[Cell] = []
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            if placed:
                self._put("\t" if cell.row == row else "\n")
            row = cell.row
            begin = self.at
            self._write(trim(cell.pieces))
            placed.append(Cell(begin, self.at, row, cell.column, cell.rows, cell.columns, cell.bold, cell.indent))
        if placed:
            self._put("\n")
            self.tables.append(Table(start, self.at, tuple(placed), name, top, left))

    def document(self, path: str, sha256: str, media_type: str) -> Document:
        return Document(path, "".join(self.parts), sha256, media_type, None,
                        tuple(self.blocks), tuple(self.tables), tuple(self.anchors))  # fmt: skip

    def _write(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            start = self.at
            self._put(self.convert(piece.text))
            if piece.place:
                self.anchors.append(Anchor(start, self.at, piece.place, piece.path, piece.box))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)


def trim(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in composed form, without white space at either end of the whole."""
    texts = [(clean(piece.text), piece) for piece in pieces if piece.text]
    while texts and not texts[0][0].strip():
        del texts[0]
    while texts and not texts[-1][0].strip():
        del texts[-1]
    if texts:
        texts[0] = texts[0][0].lstrip(), texts[0][1]
        texts[-1] = texts[-1][0].rstrip(), texts[-1][1]
    return [piece if text is piece.text else replace(piece, text=text) for text, piece in texts]


def clean(text: str) -> str:
    """Composed text without NUL characters and halves of surrogate pairs, which no report can hold."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if SURROGATE.search(text):
        text = SURROGATE.sub("\ufffd", text)
    return text.replace("\0", "")


def faulty(
    path: str, digest: str, media_type: str, problem: str, at: tuple[int | None, int | None] = (None, None)
) -> Document:
    """A document that could not be read; ``at`` is the line and column of its fault where they are known."""
    return Document(path, "", digest, media_type, InputError(path, problem, *at))
