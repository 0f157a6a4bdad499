"""Plain text and Markdown: bytes to a document, with faults as values."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from auditor.ingest.files import relative
from auditor.model.document import Document
from auditor.model.errors import InputError

MEDIA_TYPES = {".md": "text/markdown"}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class _NotText(Exception):
    """Bytes that are no text; becomes the document's error."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.place = line, column


def read(path: Path) -> Document:
    """The document in a file of UTF-8, or of UTF-16 that says so by its byte order mark.

    The mark is not part of the text; line ends stay as they are. A file that cannot be read or is no text comes back
    with an empty text and its ``error``; nothing is raised.
    """
    name = relative(path)
    try:
        data = path.read_bytes()
    except OSError as problem:
        return _faulty(name, "", InputError(name, f"cannot be read: {problem.strerror}"))
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = _decode(data)
    except _NotText as problem:
        return _faulty(name, digest, InputError(name, str(problem), *problem.place))
    return Document(name, text, digest, _media_type(name))


def from_text(text: str, name: str) -> Document:
    """A document from a string in memory; its SHA-256 is that of its UTF-8 bytes.

    A string with half a surrogate pair cannot be written to any report and comes back as a faulty document.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as problem:
        place = Document(name, text, "", "").line_and_column(problem.start)
        return _faulty(name, "", InputError(name, "not text: half a surrogate pair", *place))
    return Document(name, text, hashlib.sha256(data).hexdigest(), _media_type(name))


def _faulty(name: str, digest: str, error: InputError) -> Document:
    return Document(name, "", digest, _media_type(name), error)


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "text/plain")


def _decode(data: bytes) -> str:
    mark, encoding = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), (b"", "utf-8"))
    if encoding == "utf-8" and b"\0" in data:
        raise _NotText(f"not text: NUL byte at byte offset {data.index(0)}")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as problem:
        raise _undecodable(data, len(mark), encoding, problem) from None
    if "\0" in text:
        raise _NotText("not text: it contains NUL characters")
    return text


def _undecodable(data: bytes, skipped: int, encoding: str, problem: UnicodeDecodeError) -> _NotText:
    before = data[skipped : skipped + problem.start].decode(encoding)
    line, column = Document("", before, "", "").line_and_column(len(before))
    offset = skipped + problem.start
    return _NotText(f"not {encoding.upper()}: byte 0x{data[offset]:02x} at byte offset {offset}", line, column)
