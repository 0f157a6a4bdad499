"""Where things stand: documents by path, and offsets as line and column."""

from __future__ import annotations

from auditor.model.check import Audit, Finding, Location
from auditor.model.document import Document
from auditor.report.messages import Messages
from auditor.report.where import where


class Places:
    """The documents of an audit, by path and by number (counted from 1, in the order of the audit)."""

    def __init__(self, audit: Audit) -> None:
        read = [reading.document for reading in audit.readings]
        self._numbers = {document.path: number for number, document in enumerate(read, 1)}
        self.documents = {document.path: document for document in (*audit.sources, *read)}

    def line(self, document: str, start: int) -> str:
        """``path:line:column`` of an offset; only the path of a document that is not in the audit."""
        known = self.documents.get(document)
        return document if known is None else f"{document}:{_colons(known, start)}"

    def of(self, finding: Finding) -> str:
        """``path:line:column`` of what a finding is about."""
        place = self.primary(finding)
        return self.line(place.document, place.start)

    def where(self, place: Location, words: Messages) -> str:
        """The page, cell, paragraph or element of a place; nothing where the file itself is text."""
        known = self.documents.get(place.document)
        found = where(known, place.start, place.end) if known else None
        return found.said(words) if found else ""

    def primary(self, finding: Finding) -> Location:
        """What a finding is about: its first suspect, or its first place."""
        suspects = [member for members in finding.suspects[:1] for member in members[:1]]
        member = suspects[0] if suspects else finding.check.relation.members[0]
        return Location(member.filler.document, member.filler.start, member.filler.end, member.role)

    def number(self, document: str) -> int:
        """The number of a document, or 0 for a text that is none of them."""
        return self._numbers.get(document, 0)

    def path(self, number: int) -> str:
        return next(path for path, known in self._numbers.items() if known == number)

    def anchor(self, document: str, start: int) -> str:
        """The id of a place in the text of a document in the HTML report."""
        return f"d{self.number(document)}-{start}"


def _colons(document: Document, start: int) -> str:
    return "{}:{}".format(*document.line_and_column(start))
