"""``audit.sarif``: SARIF 2.1.0 for editors and code-scanning services, worst findings first.

Such services take a limited number of results and places, and drop the rest in silence; here what is left out is
counted in a notification.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from auditor.model.check import Audit, Finding, Location
from auditor.model.rule import Rule
from auditor.model.version import VERSION
from auditor.report.hidden import one_line
from auditor.report.messages import Messages, messages
from auditor.report.places import Places
from auditor.report.summary import summary
from auditor.report.where import where

Node = dict[str, object]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5000
MOST_PLACES = 100


def render(audit: Audit, ui: str = "vi") -> bytes:
    """UTF-8 JSON; two runs give the same bytes. Raises ``ValueError`` for a language other than vi and en."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(audit, messages(ui)).node()]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


class _Run:
    def __init__(self, audit: Audit, words: Messages) -> None:
        self.audit, self.words, self.places = audit, words, Places(audit)
        self.numbers = {rule.id: number for number, rule in enumerate(audit.rules)}
        self.seen: Counter[str] = Counter()

    def node(self) -> Node:
        return {
            "tool": {"driver": self._driver()},
            "invocations": [self._invocation()],
            "artifacts": list(self._artifacts()),
            "results": [self._result(finding) for finding in self.audit.findings[:MOST_RESULTS]],
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
            "properties": {"rulesHash": self.audit.rules_hash, "summary": _coverage(self.audit)},
        }

    def _driver(self) -> Node:
        rules = [self._rule(rule) for rule in self.audit.rules]
        return {"name": "auditor", "semanticVersion": VERSION, "language": self.words.language, "rules": rules}

    def _rule(self, rule: Rule) -> Node:
        return {
            "id": rule.id,
            "shortDescription": {"text": self.words.of(rule.title) or rule.id},
            "fullDescription": {"text": self.words.of(rule.why) or rule.id},
            "help": {"text": self.words.of(rule.why) or rule.id},
            "defaultConfiguration": {"level": rule.severity},
            "properties": {"tags": ["consistency", rule.kind]},
        }

    def _invocation(self) -> Node:
        errors = [reading.document.error for reading in self.audit.readings if reading.document.error]
        notes = [_notification("error", str(error)) for error in errors]
        left_out = len(self.audit.findings) - MOST_RESULTS
        if left_out > 0:
            notes.append(_notification("warning", self.words("text.left_out", n=left_out)))
        return {"executionSuccessful": not errors, "toolExecutionNotifications": notes}

    def _artifacts(self) -> Iterator[Node]:
        for reading in self.audit.readings:
            document = reading.document
            node: Node = {"location": {"uri": quote(document.path)}}
            if document.media_type:
                node["mimeType"] = document.media_type
            if document.sha256:
                node["hashes"] = {"sha-256": document.sha256}
            yield node

    def _result(self, finding: Finding) -> Node:
        self.seen[finding.fingerprint] += 1
        rule = self.numbers.get(finding.check.rule)
        return {
            "ruleId": finding.check.rule,
            **({} if rule is None else {"ruleIndex": rule}),
            "level": finding.severity,
            "message": {"text": one_line(self.words.of(finding.message)) or finding.check.rule},
            "locations": [self._place(self.places.primary(finding))],
            "relatedLocations": list(self._related(finding)),
            # The second is the one by which code scanning recognises an alert of an earlier run.
            "partialFingerprints": {
                "auditor/v1": finding.fingerprint,
                "primaryLocationLineHash": f"{finding.fingerprint}:{self.seen[finding.fingerprint]}",
            },
            **self._standing(finding),
            "properties": {"verdict": finding.check.verdict, "confidence": finding.check.relation.confidence},
        }

    def _standing(self, finding: Finding) -> Node:
        found: list[Node] = []
        if finding.waiver:
            found.append({"kind": "external", "status": "accepted", "justification": finding.waiver.reason})
        if finding.standing == "known":
            found.append({"kind": "external", "status": "accepted", "justification": self.words("review.known")})
        state = {"baselineState": "unchanged" if finding.standing == "known" else "new"} if finding.standing else {}
        return {"suppressions": found, **state}

    def _related(self, finding: Finding) -> Iterator[Node]:
        for number, place in enumerate(finding.locations[:MOST_PLACES], 1):
            yield {"id": number, **self._place(place), "message": {"text": self.words.name("role", place.role)}}

    def _place(self, place: Location) -> Node:
        physical: Node = {"artifactLocation": {"uri": quote(place.document)}}
        document = self.places.documents.get(place.document)
        found = where(document, place.start, place.end) if document else None
        if document is not None:
            line, column = document.line_and_column(place.start)
            last, end = document.line_and_column(place.end)
            snippet = {"text": document.text[place.start : place.end]}
            physical["region"] = {
                **{"startLine": line, "startColumn": column, "endLine": last, "endColumn": end},
                **{"charOffset": place.start, "charLength": place.end - place.start, "snippet": snippet},
            }
        logical = {"logicalLocations": [{"fullyQualifiedName": found.place}]} if found else {}
        return {"physicalLocation": physical, **logical}


def _notification(level: str, text: str) -> Node:
    return {"level": level, "message": {"text": one_line(text)}}


def _coverage(audit: Audit) -> Node:
    total = summary(audit)
    read = total.coverage
    return {"documents": total.documents, "numerals": read.numerals, "figures": read.figures, "checked": read.checked}
