"""Where things stand: documents by path, and offsets as line and column."""

from __future__ import annotations

from auditor.model.check import Audit, Finding
from auditor.model.document import Document
from auditor.model.figure import Evidence, Figure


class Places:
    """The documents of an audit, by path and by number (counted from 1, in the order of the audit)."""

    def __init__(self, audit: Audit) -> None:
        self.documents = {reading.document.path: reading.document for reading in audit.readings}
        self._numbers = {path: number for number, path in enumerate(self.documents, 1)}

    def line(self, document: str, start: int) -> str:
        """``path:line:column`` of an offset; only the path of a document that is not in the audit."""
        known = self.documents.get(document)
        return document if known is None else f"{document}:{_colons(known, start)}"

    def of(self, finding: Finding) -> str:
        """``path:line:column`` of what a finding is about: its first suspect, or its first place."""
        suspects = [member.filler for members in finding.suspects[:1] for member in members[:1]]
        place: Figure | Evidence = suspects[0] if suspects else finding.check.relation.members[0].filler
        return self.line(place.document, place.start)

    def anchor(self, document: str, start: int) -> str:
        """The id of a place in the text of a document in the HTML report."""
        return f"d{self._numbers.get(document, 0)}-{start}"


def _colons(document: Document, start: int) -> str:
    return "{}:{}".format(*document.line_and_column(start))
