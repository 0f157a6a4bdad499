"""Annotations for a GitHub workflow, one a line on standard output; the service shows only the first few a level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.model.check import Audit, Finding
from auditor.report.hidden import one_line
from auditor.report.messages import Messages, messages
from auditor.report.places import Places

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
SHOWN = 9  # ten a level are shown; the last notice says how many are not


def render(audit: Audit, ui: str = "vi") -> str:
    """Workflow commands, worst first; what is waived or known is left out."""
    return "".join(f"{line}\n" for line in _lines(audit, messages(ui)))


def _lines(audit: Audit, words: Messages) -> Iterator[str]:
    seen: Counter[str] = Counter()
    places = Places(audit)
    for finding in audit.findings:
        if not finding.suppressed:
            seen[finding.severity] += 1
            if seen[finding.severity] <= SHOWN:
                yield _annotation(finding, words, places)
    for error in (reading.document.error for reading in audit.readings if reading.document.error):
        yield f"::error file={_property(error.path)},line={error.line or 1}::{_data(str(error))}"
    left_out = sum(max(0, n - SHOWN) for n in seen.values())
    if left_out:
        yield f"::notice::{_data(words('text.left_out', n=left_out))}"


def _annotation(finding: Finding, words: Messages, places: Places) -> str:
    place = places.primary(finding)
    where = {"file": place.document, "title": finding.check.rule}
    document = places.documents.get(place.document)
    if document is not None:
        (line, column), (last, end) = map(document.line_and_column, (place.start, place.end))
        where |= {"line": str(line), "col": str(column), "endLine": str(last), "endColumn": str(end)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{LEVELS[finding.severity]} {properties}::{_data(words.of(finding.message))}"


def _data(text: str) -> str:
    """One line, hidden characters named, so that a document can give no command of its own."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
