"""What a file may hold before it is refused, and a look into archives before they are opened."""

from __future__ import annotations

import io
import zipfile
import zlib

from auditor.ingest.builder import Unreadable

MOST_CELLS = 1_000_000
MOST_PAGES = 1_000
MOST_CHARACTERS = 20_000_000
MOST_ENTRIES = 10_000
MOST_UNPACKED = 500_000_000
MOST_RATIO = 300  # office XML packs to a thirtieth at most; a hundred times that is a bomb
RATIO_FROM = 20_000_000
DEEPEST = 100
ENCRYPTED = "encrypted with a password, or an old binary file: save it without a password in the newer format"


def archive(data: bytes) -> zipfile.ZipFile:
    """The archive that an office file is, once its list of contents looks harmless. Raises Unreadable."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(ENCRYPTED)
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise Unreadable(f"damaged or cut off: {str(problem).lower() or 'no archive'}") from None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(f"too many parts: {len(entries):,} (limit {MOST_ENTRIES:,})")
    if unpacked > MOST_UNPACKED or any(_swollen(entry) for entry in entries):
        raise Unreadable(f"unpacks to {unpacked // 1_000_000:,} MB from {len(data) // 1000:,} kB: refused")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(ENCRYPTED)
    _no_entities(packed)
    return packed


def _swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _no_entities(packed: zipfile.ZipFile) -> None:
    """Office files declare no entities; one that does may want them expanded or fetched."""
    for entry in packed.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            try:
                with packed.open(entry) as part:
                    head = part.read(4096)
            except (
                zipfile.BadZipFile,
                OSError,
                ValueError,
                EOFError,
                NotImplementedError,
                zlib.error,
            ) as problem:
                raise Unreadable(f"damaged: {entry.filename}: {problem}") from None
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Unreadable(f"{entry.filename} declares entities: refused")


def most_cells(count: int) -> None:
    if count > MOST_CELLS:
        raise Unreadable(f"too many cells: {count:,} (limit {MOST_CELLS:,})")


def most_characters(count: int) -> None:
    if count > MOST_CHARACTERS:
        raise Unreadable(f"too long: more than {MOST_CHARACTERS:,} characters")
