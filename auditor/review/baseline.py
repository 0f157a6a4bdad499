"""Baselines: the findings of an earlier run, so that a later one fails only by what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor import __version__
from auditor.model.check import Audit
from auditor.model.errors import ConfigError
from auditor.model.review import Entry, Standing
from auditor.review.stored import FORMAT_VERSION, stored

Key = tuple[str, str]


def render(audit: Audit) -> bytes:
    """A baseline of this audit, one finding a line, in an order that only changes with the findings."""
    lines = sorted({json.dumps(_record(entry), ensure_ascii=False) for entry in entries(audit)})
    head = {
        "format_version": FORMAT_VERSION,
        "tool": {"name": "auditor", "version": __version__},
        "rules_hash": audit.rules_hash,
    }
    parts = [f'"{key}": {json.dumps(value)}' for key, value in head.items()]
    body = "".join(f"{',' if number else ''}\n  {line}" for number, line in enumerate(lines))
    return ("{\n" + ",\n".join([*parts, f'"findings": [{body}]']) + "\n}\n").encode()


def entries(audit: Audit) -> list[Entry]:
    return [
        Entry(one.fingerprint, one.document, one.check.rule, one.severity, one.message, one.waiver is not None)
        for one in audit.findings
        if one.check.relation.kind != "waiver"
    ]


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "document": entry.document,
        "rule": entry.rule,
        "fingerprint": entry.fingerprint,
        "severity": entry.severity,
        "message": entry.message,
    }


def load(path: Path) -> tuple[list[Entry], set[str] | None]:
    """The findings of a baseline or of an ``audit.json``, and the documents of that run where the file names them.
    Raises ConfigError for anything else."""
    content = stored(path, "neither a baseline nor an audit.json")
    try:
        read = {one["path"] for one in content["documents"]} if "documents" in content else None
        return [_entry(one) for one in content["findings"]], read
    except (KeyError, IndexError, TypeError) as error:
        raise ConfigError(str(path), f"a finding lacks {error}") from None


def _entry(found: dict[str, Any]) -> Entry:
    document = found["document"] if "document" in found else found["locations"][0]["document"]
    return Entry(
        found["fingerprint"], document, found["rule"], found.get("severity", ""), found.get("message", {}),
        bool(found.get("waiver")),
    )  # fmt: skip


def compared(audit: Audit, known: Iterable[Entry]) -> Audit:
    """The audit with its findings marked as new or known, and with what the baseline knew and is gone."""
    read = {reading.document.path for reading in audit.readings}
    standings, fixed = stand([(one.fingerprint, one.document) for one in audit.findings], known, read)
    marked = [replace(one, standing=standing) for one, standing in zip(audit.findings, standings, strict=True)]
    ordered = sorted(marked, key=lambda one: one.suppressed)
    numbered = tuple(replace(one, id=f"f{number}") for number, one in enumerate(ordered, 1))
    return replace(audit, findings=numbered, fixed=tuple(fixed))


def stand(found: list[Key], known: Iterable[Entry], read: Collection[str]) -> tuple[list[Standing], list[Entry]]:
    """Whether each finding is known, and the entries of documents in ``read`` that were not found again. Entries
    of a document that was not read are looked for by fingerprint alone: it may have been renamed."""
    every = list(known)
    here = Counter((one.fingerprint, one.document) for one in every if one.document in read)
    moved = Counter(one.fingerprint for one in every if one.document not in read)
    standings: list[Standing] = []
    for key in found:
        standings.append("known" if here[key] or moved[key[0]] else "new")
    seen = set(found)
    fixed = [one for one in every if one.document in read and (one.fingerprint, one.document) not in seen]
    return standings, fixed
