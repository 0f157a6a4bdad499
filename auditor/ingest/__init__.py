"""Bytes to documents: which files to read, their text, and the normal form of a text with the way back."""

from auditor.ingest.files import files
from auditor.ingest.normal import normalise
from auditor.ingest.read import from_bytes, read
from auditor.ingest.text import from_text

__all__ = ["files", "from_bytes", "from_text", "normalise", "read"]
