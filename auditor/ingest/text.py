"""Plain text, Markdown and CSV: bytes to a document whose text is the file's own."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from auditor.ingest.builder import faulty
from auditor.ingest.legacy import FEWER, recognise
from auditor.model.document import Document

MEDIA_TYPES = {".md": "text/markdown", ".csv": "text/csv"}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class NotText(Exception):
    """Bytes that are no text; becomes the document's error."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.place = line, column


def from_text(text: str, name: str) -> Document:
    """A document from a string in memory; its SHA-256 is that of its UTF-8 bytes.

    A string with half a surrogate pair cannot be written to any report and comes back as a faulty document.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as problem:
        place = Document(name, text, "", "").line_and_column(problem.start)
        return faulty(name, "", media_type(name), "not text: half a surrogate pair", place)
    return plain(text, name, hashlib.sha256(data).hexdigest(), media_type(name))


def plain(text: str, name: str, digest: str, media: str) -> Document:
    """A document whose text is the file's own: line ends stay, and the tables of CSV and Markdown point into it."""
    if media not in MEDIA_TYPES.values():
        return Document(name, text, digest, media)
    from auditor.ingest.delimited import csv_tables, pipe_tables

    tables = csv_tables(text) if media == MEDIA_TYPES[".csv"] else pipe_tables(text)
    return Document(name, text, digest, media, tables=tables)


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "text/plain")


def decode(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 that says so by its byte order mark, which is not part of it. Text in an old
    Vietnamese code page comes as Western letters. Raises NotText, with the place, for anything else."""
    mark, encoding = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), (b"", "utf-8"))
    if encoding == "utf-8" and b"\0" in data:
        raise NotText(f"not text: NUL byte at byte offset {data.index(0)}")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as problem:
        western = data.decode("latin-1")
        if not mark and recognise(western, FEWER):
            return western
        raise _undecodable(data, len(mark), encoding, problem) from None
    if "\0" in text:
        raise NotText("not text: it contains NUL characters")
    return text


def _undecodable(data: bytes, skipped: int, encoding: str, problem: UnicodeDecodeError) -> NotText:
    before = data[skipped : skipped + problem.start].decode(encoding)
    line, column = Document("", before, "", "").line_and_column(len(before))
    offset = skipped + problem.start
    return NotText(f"not {encoding.upper()}: byte 0x{data[offset]:02x} at byte offset {offset}", line, column)
