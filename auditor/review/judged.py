"""An audit with what people decided: findings marked, confirmed figures cleared, stale decisions reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from auditor.model.check import Audit, Check, Finding, Location
from auditor.model.document import Document
from auditor.model.figure import Evidence, Figure
from auditor.model.relation import Member, Relation
from auditor.model.review import Waiver, figure_print, matches
from auditor.model.rule import SEVERITIES, Rule
from auditor.report.messages import LANGUAGES, messages

STALE = ("waiver-expired", "waiver-unused")


def decided(audit: Audit, source: Document, waivers: Sequence[Waiver], today: date) -> Audit:
    """The audit in the light of a waivers file (``source``). Findings with a valid waiver carry it; an entry that has
    expired, or that covers nothing in a document of this run, is a finding of its own."""
    confirmed = [one for one in waivers if one.decision == "confirmed"]
    waived = [one for one in waivers if one.decision != "confirmed"]
    live = [one for one in waived if not one.expired(today)]
    sure = _sure(audit, [one for one in confirmed if not one.expired(today)])
    found = [_cleared(_waived(finding, live), sure) for finding in audit.findings]
    stale = [one for waiver in waivers if (one := _stale(audit, source, waiver, today))]
    return replace(
        audit,
        findings=_numbered([*found, *stale]),
        checks=(*audit.checks, *(finding.check for finding in stale)),
        rules=(*audit.rules, *(rule(name) for name in STALE)) if waivers else audit.rules,
        sources=(*audit.sources, source),
    )


def rule(name: str) -> Rule:
    """The rule by which a decision itself is judged; its words stand with the other messages."""
    key = name.replace("-", "_")
    title, why, message = (
        {language: messages(language).text("review", f"{key}_{part}") for language in LANGUAGES}
        for part in ("title", "why", "message")
    )
    return Rule(name, "waiver", "unary", {}, "warning", title, why, message, ())


def _waived(finding: Finding, waivers: Iterable[Waiver]) -> Finding:
    covering = (one for one in waivers if one.covers(finding.fingerprint, finding.document))
    return replace(finding, waiver=next(covering, None))


def _sure(audit: Audit, confirmed: Sequence[Waiver]) -> set[tuple[str, int]]:
    """The places of the figures that somebody has checked against their source."""
    if not confirmed:
        return set()
    figures = (figure for reading in audit.readings for figure in reading.figures)
    return {
        (figure.document, figure.start)
        for figure in figures
        if any(one.covers(figure_print(figure), figure.document) for one in confirmed)
    }


def _cleared(finding: Finding, sure: set[tuple[str, int]]) -> Finding:
    """Without the suspects that are sure. When none is left, the others of its relation are what remains."""
    if not any(_place(member) in sure for members in finding.suspects for member in members):
        return finding
    kept = tuple(members for members in finding.suspects if not any(_place(member) in sure for member in members))
    others = [(member,) for member in finding.check.relation.members if _place(member) not in sure]
    suspects = kept or tuple(others)
    return replace(finding, suspects=suspects, explanation=replace(finding.explanation, suspects=suspects))


def _place(member: Member) -> tuple[str, int]:
    return member.filler.document, member.filler.start


def _stale(audit: Audit, source: Document, waiver: Waiver, today: date) -> Finding | None:
    used, expired = _used(audit, waiver), waiver.expired(today)
    read = any(matches(reading.document.path, waiver.document) for reading in audit.readings)
    if not used:
        return _finding("waiver-unused", source, waiver) if read else None
    return _finding("waiver-expired", source, waiver) if expired else None


def _used(audit: Audit, waiver: Waiver) -> bool:
    if waiver.decision != "confirmed":
        return any(waiver.covers(finding.fingerprint, finding.document) for finding in audit.findings)
    figures: Iterable[Figure] = (figure for reading in audit.readings for figure in reading.figures)
    return any(waiver.covers(figure_print(figure), figure.document) for figure in figures)


def _finding(name: str, source: Document, waiver: Waiver) -> Finding:
    text = source.text[waiver.start : waiver.end]
    entry = Evidence(source.path, "span", waiver.start, waiver.end, text, waiver.fingerprint)
    relation = Relation("waiver", source.path, (Member("waiver", entry),))
    check = Check(f"{name}-{waiver.start}", name, relation, "suspicious")
    shown = {
        "quote": waiver.quote or waiver.fingerprint,
        "rule": waiver.rule or waiver.decision,
        "document": waiver.document,
        "expires": str(waiver.expires or ""),
    }
    message = {language: text.format(**shown) for language, text in rule(name).message.items()}
    place = Location(source.path, waiver.start, waiver.end, "waiver")
    return Finding("", waiver.fingerprint, check, "warning", message, (place,))


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Open ones first, then worst first, as they were."""
    ordered = sorted(findings, key=lambda one: (one.suppressed, SEVERITIES.index(one.severity)))
    return tuple(replace(one, id=f"f{number}") for number, one in enumerate(ordered, 1))
