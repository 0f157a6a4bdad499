"""What marked copies share: which findings point where in a document, in words, and the file they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from auditor.model.check import Audit, Finding
from auditor.model.document import Document
from auditor.model.rule import SEVERITIES, Severity

AUTHOR = "auditor"


@dataclass(frozen=True, slots=True)
class Note:
    """A place that a finding points at, with what to say there."""

    start: int
    end: int
    text: str
    severity: Severity


def notes(audit: Audit, document: Document, ui: str) -> list[Note]:
    """The notes of a document in order of their place. Findings that point at one place share a note there."""
    titles = {rule.id: rule.title[ui] for rule in audit.rules}
    found: dict[tuple[int, int], dict[str, Severity]] = {}
    for finding in audit.findings:
        for where in finding.locations:
            if where.document == document.path:
                found.setdefault((where.start, where.end), {})[_text(finding, titles, ui)] = finding.severity
    return [
        Note(start, end, "\n".join(said), min(said.values(), key=SEVERITIES.index))
        for (start, end), said in sorted(found.items())
    ]


def _text(finding: Finding, titles: dict[str, str], ui: str) -> str:
    return f"{titles.get(finding.check.rule, finding.check.rule)}. {finding.message[ui]}"


def sources(audit: Audit, media_type: str) -> Iterator[tuple[Document, str, bytes]]:
    """The documents of a kind with the name of their copy and their bytes, unless the file has changed since."""
    for reading in audit.readings:
        document = reading.document
        if document.media_type != media_type or document.error is not None:
            continue
        try:
            data = Path(document.path).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == document.sha256:
            inside = (part for part in PurePosixPath(document.path).parts if part not in ("..", "/"))
            yield document, "/".join(("marked", *inside)), data
