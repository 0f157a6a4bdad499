"""``audit.json``: the whole result for machines, format version 1, one record a line, the same bytes at every run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from auditor.frames.decimals import outward, plain, rounded
from auditor.model.check import Audit, Check, Finding, Implied, Location, Reading
from auditor.model.document import Document
from auditor.model.figure import Evidence, Figure, Ignored
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.review import Waiver
from auditor.model.version import VERSION
from auditor.report.hints import fits, repairs, vouched
from auditor.report.summary import coverage, summary
from auditor.report.where import where

Record = dict[str, object]


def render(audit: Audit) -> bytes:
    """UTF-8 JSON. Numbers that carry precision are strings; positions are code-point offsets."""
    checked = audit.checked()
    covered = _covered(audit)
    head: Record = {
        "format_version": 1,
        "tool": {"name": "auditor", "version": VERSION},
        "rules_hash": audit.rules_hash,
        "summary": _summary(audit),
    }
    lists: dict[str, Iterable[Record]] = {
        "documents": (_document(reading, checked) for reading in audit.readings),
        "figures": (
            _figure(figure, reading.document, checked) for reading in audit.readings for figure in reading.figures
        ),
        "numerals_ignored": (_ignored(item) for reading in audit.readings for item in reading.ignored),
        "checks": map(_check, audit.checks),
        "findings": (_finding(finding, covered) for finding in audit.findings),
        "fixed": map(asdict, audit.fixed),
        "implied": map(_implied, audit.implied),
    }
    parts = [f'"{key}": {_compact(value)}' for key, value in head.items()]
    parts += [f'"{key}": [{"".join(_lines(records))}]' for key, records in lists.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


_compact = json.JSONEncoder(ensure_ascii=False).encode


def _lines(records: Iterable[Record]) -> Iterator[str]:
    for number, record in enumerate(records):
        yield (",\n  " if number else "\n  ") + _compact(record)


def _summary(audit: Audit) -> Record:
    total = summary(audit)
    read = total.coverage
    return {
        "documents": total.documents,
        "numerals": read.numerals,
        "figures": read.figures,
        "checked": read.checked,
        "checks": total.checks,
        "by_verdict": total.by_verdict,
        "by_severity": total.by_severity,
    }


def _document(reading: Reading, checked: frozenset[str]) -> Record:
    document, counts = reading.document, coverage(reading, checked)
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "media_type": document.media_type,
        "characters": len(document.text),
        "numerals": counts.numerals,
        "figures": counts.figures,
        "checked": counts.checked,
        "error": str(document.error) if document.error else None,
    }


def _figure(figure: Figure, document: Document, checked: frozenset[str]) -> Record:
    quantity, paired = figure.quantity, figure.id in checked
    found = where(document, figure.start, figure.end)
    return {
        **_place(figure),
        "value": plain(quantity.value),
        "step": plain(quantity.step),
        "unit": quantity.unit,
        "dimension": quantity.dimension,
        "exact": quantity.exact,
        "bound": quantity.bound,
        "indicator": figure.indicator,
        "place": figure.place,
        "period": figure.period,
        "role": figure.role,
        "status": "checked" if paired else "unpaired",
        "reason": None if paired else figure.reason,
        "where": found.record() if found else None,
    }


def _place(figure: Figure) -> Record:
    return {
        "id": figure.id,
        "document": figure.document,
        "start": figure.start,
        "end": figure.end,
        "raw": figure.raw,
    }


def _ignored(item: Ignored) -> Record:
    return {"document": item.document, "start": item.start, "end": item.end, "raw": item.raw, "what": item.what}


def _check(check: Check) -> Record:
    return {
        "id": check.id,
        "document": check.document,
        "relation": check.relation.kind,
        "rule": check.rule,
        "verdict": check.verdict,
        "reason": check.reason,
        **_members(check.relation),
        "left": _interval(check.left),
        "right": _interval(check.right),
        "gap": None if check.gap is None else rounded(check.gap),
        "equation": check.equation,
        "confidence": check.relation.confidence,
    }


def _members(relation: Relation) -> Record:
    figures, evidence = [], []
    for member in relation.members:
        match member.filler:
            case Figure(id=identifier):
                figures.append({"role": member.role, "figure": identifier})
            case Evidence() as found:
                evidence.append({"role": member.role, **_evidence(found)})
    return {"figures": figures, "evidence": evidence}


def _evidence(found: Evidence) -> Record:
    return {"kind": found.kind, "start": found.start, "end": found.end, "raw": found.raw, "value": found.value}


def _interval(interval: Interval | None) -> list[str | None] | None:
    return None if interval is None else list(outward(interval))


def _implied(one: Implied) -> Record:
    subject = one.subject
    return {
        "check": one.check.id,
        "document": one.check.document,
        "rule": one.check.rule,
        "missing": one.role,
        "figures": _members(one.check.relation)["figures"],
        "indicator": subject.indicator if subject else None,
        "place": subject.place if subject else None,
        "period": subject.period if subject else None,
        "role": subject.role if subject else None,
        "unit": one.unit,
        "interval": _interval(one.interval),
        "equation": one.equation,
        "reading": one.reading,
        "printed": one.printed.id if one.printed else None,
    }


def _covered(audit: Audit) -> dict[tuple[str, Relation], str]:
    """The ids of the checks that others speak for."""
    wanted = {one for finding in audit.findings for one in finding.check.covers}
    missed = (check for check in audit.checks if wanted and check.verdict == "suspicious")
    return {key: check.id for check in missed if (key := (check.rule, check.relation)) in wanted}


def _finding(finding: Finding, covered: Mapping[tuple[str, Relation], str]) -> Record:
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "check": finding.check.id,
        "rule": finding.check.rule,
        "severity": finding.severity,
        "verdict": finding.check.verdict,
        "message": finding.message,
        "locations": [asdict(location) for location in finding.locations],
        # A suspect that is no figure (a date) has no id: it is only in the list of places beside this one.
        "suspects": [_ids(members) for members in finding.suspects],
        "suspect_locations": [[asdict(_location(member)) for member in members] for members in finding.suspects],
        "vouched": vouched(finding),
        "links": [
            {"role": member.role, "figure": name} for member in finding.explanation.links for name in _ids([member])
        ],
        "repairs": [{"figure": one.figure.id, "raw": one.raw, "kind": one.kind} for one in repairs(finding)],
        "fits": [{"figure": one.figure.id, "lo": plain(one.lo), "hi": plain(one.hi)} for one in fits(finding)],
        "apart": finding.explanation.apart,
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
        "baseline": finding.standing,
        "covers": [covered[one] for one in finding.check.covers],
    }


def _waiver(waiver: Waiver) -> Record:
    return {
        "decision": waiver.decision,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "date": waiver.date,
        "expires": waiver.expires.isoformat() if waiver.expires else None,
    }


def _ids(members: Iterable[Member]) -> list[str]:
    return [member.filler.id for member in members if isinstance(member.filler, Figure)]


def _location(member: Member) -> Location:
    filler = member.filler
    return Location(filler.document, filler.start, filler.end, member.role)
