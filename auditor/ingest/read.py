"""Files and standard input to documents: which reader takes a file, and faults as values."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from auditor.ingest.builder import Builder, Unreadable, faulty
from auditor.ingest.files import STANDARD_INPUT, relative
from auditor.ingest.legacy import DIFFERENT, FEWER, Missing, called, converter, recognise
from auditor.ingest.text import NotText, decode, media_type, plain
from auditor.model.document import Document

MOST_BYTES = 200_000_000
# Each format is one module with `read(data, builder)`; it is imported, with its library, when a file needs it.
OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    ".docx": ("docx", f"{OFFICE}wordprocessingml.document"),
    ".htm": ("html", "text/html"),
    ".html": ("html", "text/html"),
    ".ods": ("sheets", "application/vnd.oasis.opendocument.spreadsheet"),
    ".pdf": ("pdf", "application/pdf"),
    ".xls": ("sheets", "application/vnd.ms-excel"),
    ".xlsm": ("sheets", f"{OFFICE}spreadsheetml.sheet"),
    ".xlsx": ("sheets", f"{OFFICE}spreadsheetml.sheet"),
}
SIGNATURES = ((b"%PDF-", ".pdf"), (b"\xd0\xcf\x11\xe0", ".xls"), (b"<!doctype html", ".html"), (b"<html", ".html"))
IN_ARCHIVE = ((b"word/document.xml", ".docx"), (b"xl/workbook", ".xlsx"), (b"opendocument.spreadsheet", ".ods"))
Reader = Callable[[bytes, Builder], None]


def read(path: Path) -> Document:
    """The document in a file, or in standard input for ``-``.

    A file that cannot be read comes back with an empty text and its ``error``; nothing is raised.
    """
    name = STANDARD_INPUT if path == Path(STANDARD_INPUT) else relative(path)
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if name == STANDARD_INPUT else _content(path)
    except OSError as problem:
        return faulty(name, "", media_type(name), f"cannot be read: {problem.strerror}")
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Document:
    """The document in bytes; the suffix of ``name`` says what they are, else their first bytes do."""
    suffix = Path(name).suffix.lower()
    suffix = suffix if suffix in FORMATS or suffix in (".txt", ".md", ".csv") else _sniff(data)
    reader, media = FORMATS.get(suffix, ("", media_type(name)))
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES:
        return faulty(name, digest, media, f"too large: more than {MOST_BYTES // 1_000_000} MB")
    try:
        return _read(data, name, digest, reader, media)
    except NotText as problem:
        return faulty(name, digest, media, str(problem), problem.place)
    except (Unreadable, Missing) as problem:
        return faulty(name, digest, media, str(problem))
    except RecursionError:
        return faulty(name, digest, media, "nested too deeply")
    except MemoryError:
        return faulty(name, digest, media, "too large for the memory of this machine")


def _read(data: bytes, name: str, digest: str, reader: str, media: str) -> Document:
    if not reader:
        text = decode(data)
        # A code page has as many bytes as letters.
        page = recognise(text, DIFFERENT if len(text) < len(data) else FEWER)
        made = plain(converter(page)(text) if page else text, name, digest, media)
        return replace(made, code_page=called(page)) if page else made
    module: Reader = import_module(f"auditor.ingest.{reader}").read
    module(data, builder := Builder())
    document = builder.document(name, digest, media)
    page = recognise(document.text)
    if not page:
        return document
    module(data, builder := Builder(convert=converter(page)))
    return replace(builder.document(name, digest, media), code_page=called(page))


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _sniff(data: bytes) -> str:
    head = data[:1000].lstrip().lower()
    for signature, suffix in SIGNATURES:
        if head.startswith(signature.lower()):
            return suffix
    if data.startswith(b"PK\x03\x04"):
        return next((suffix for name, suffix in IN_ARCHIVE if name in data), "")
    return ""
