"""The waivers file: a YAML list of decisions, kept by hand or by ``audit review apply``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import yaml

from auditor.model.document import Document
from auditor.model.review import DECISIONS, Decision, Waiver
from auditor.rules.source import Entry, read

NAME = "waivers.yaml"
KEYS = ("fingerprint", "rule", "document", "figure", "decision", "reason", "owner", "date", "expires")
REQUIRED = ("fingerprint", "decision", "reason")


def load(path: Path) -> tuple[Document, tuple[Waiver, ...]]:
    """The file as a document, and its entries in order. Raises ConfigError with the place of the first fault."""
    top = read(path)
    document = Document(path.as_posix(), path.read_text(encoding="utf-8"), "", "application/yaml")
    return document, tuple(_waiver(entry, document.text) for entry in top.items())


def _waiver(entry: Entry, text: str) -> Waiver:
    found = entry.fields(KEYS, REQUIRED)
    texts = {key: value.text() for key, value in found.items()}
    decision = found["decision"].choice(DECISIONS, "decision")
    start = entry.node.start_mark.index
    return Waiver(
        fingerprint=texts["fingerprint"],
        decision=cast("Decision", decision),
        reason=texts["reason"],
        document=texts.get("document", "*"),
        rule=texts.get("rule", ""),
        quote=texts.get("figure", ""),
        owner=texts.get("owner", ""),
        date=texts.get("date", ""),
        expires=_date(found["expires"]) if "expires" in found else None,
        start=start,
        end=max(start + 1, text.find("\n", start)),
    )


def _date(entry: Entry) -> date:
    try:
        return date.fromisoformat(entry.text())
    except ValueError:
        raise entry.fault(f"{entry.text()!r} is not a date such as '2026-12-31'") from None


def spans(text: str) -> list[tuple[dict[str, str], int, int]]:
    """Every entry of a file's text with its first line and the line after its last, both counted from 0."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        return []
    found = []
    for node in root.value:
        keys = {key.value: value.value for key, value in node.value}
        last = max(value.end_mark.line for _, value in node.value)
        found.append((keys, node.start_mark.line, last + 1))
    return found
