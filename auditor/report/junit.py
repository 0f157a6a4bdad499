"""``audit.junit.xml``: a suite a document, a case a rule that had something to judge in it.

A case fails by findings that count as failures. It is skipped where nothing could be judged or everything is waived,
so that what was not looked at never shows as passed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from xml.etree import ElementTree

from auditor.model.check import Audit, Check, Finding, Reading
from auditor.model.rule import SEVERITIES
from auditor.report.hidden import one_line
from auditor.report.messages import Messages, messages
from auditor.report.places import Places

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(audit: Audit, ui: str = "vi", failing: Collection[str] = SEVERITIES) -> bytes:
    """UTF-8 XML. ``failing`` are the severities that make a case fail; milder findings are its output."""
    root = ElementTree.Element("testsuites", name="auditor")
    for suite in _Suites(audit, messages(ui), failing).all():
        root.append(suite)
    _count(root)
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"


class _Suites:
    def __init__(self, audit: Audit, words: Messages, failing: Collection[str]) -> None:
        self.audit, self.words, self.failing = audit, words, failing
        self.places = Places(audit)
        self.checks: defaultdict[str, defaultdict[str, list[Check]]] = defaultdict(lambda: defaultdict(list))
        self.findings = {finding.check.id: finding for finding in audit.findings}
        for check in audit.checks:
            self.checks[check.document][check.rule].append(check)

    def all(self) -> list[ElementTree.Element]:
        return [
            *(self._suite(reading) for reading in self.audit.readings),
            *(self._cases(source.path) for source in self.audit.sources if source.path in self.checks),
        ]

    def _suite(self, reading: Reading) -> ElementTree.Element:
        document = reading.document
        if document.error is None and self.checks.get(document.path):
            return self._cases(document.path)
        suite = ElementTree.Element("testsuite", name=_text(document.path))
        case = _case(suite, document.path, "read" if document.error else "checks")
        if document.error:
            ElementTree.SubElement(case, "error", message=_text(str(document.error)))
        else:
            ElementTree.SubElement(case, "skipped", message=self.words("headline.uncompared"))
        return suite

    def _cases(self, path: str) -> ElementTree.Element:
        suite = ElementTree.Element("testsuite", name=_text(path))
        for rule, checks in sorted(self.checks[path].items()):
            self._judge(_case(suite, path, rule), checks)
        return suite

    def _judge(self, case: ElementTree.Element, checks: list[Check]) -> None:
        found = [self.findings[check.id] for check in checks if check.id in self.findings]
        failures = [one for one in found if not one.suppressed and one.severity in self.failing]
        if failures:
            kind = {"message": _text(self.words.of(failures[0].message)), "type": failures[0].severity}
            ElementTree.SubElement(case, "failure", kind).text = "\n".join(map(self._line, failures))
        elif reason := self._skipped(checks, found):
            ElementTree.SubElement(case, "skipped", message=_text(reason))
        rest = [one for one in found if one not in failures]
        if rest:
            ElementTree.SubElement(case, "system-out").text = "\n".join(map(self._line, rest))

    def _skipped(self, checks: list[Check], found: list[Finding]) -> str:
        if found and all(one.suppressed for one in found):
            return self.words.standing(found[0])
        unmade = {self.words.name("reason", check.reason or "no-relation") for check in checks}
        return "; ".join(sorted(unmade)) if all(check.verdict == "not-checkable" for check in checks) else ""

    def _line(self, finding: Finding) -> str:
        standing = self.words.standing(finding)
        text = f"{self.places.of(finding)}: {finding.severity}: {self.words.of(finding.message)}"
        return _text(f"{text} [{standing}]" if standing else text)


def _case(suite: ElementTree.Element, path: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=_text(path), name=_text(name), file=_text(path))


def _count(root: ElementTree.Element) -> None:
    """The numbers that readers expect on suites, from what is in them."""
    for element in (*root.findall("testsuite"), root):
        element.set("tests", str(len(list(element.iter("testcase")))))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            element.set(attribute, str(len(list(element.iter(tag)))))


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", one_line(text))
