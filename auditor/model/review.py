"""What people decided about findings, and what an earlier run found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date as Day
from fnmatch import fnmatchcase
from typing import Literal

from auditor.model.figure import Figure

Decision = Literal["accepted", "false-alarm", "later", "confirmed"]
DECISIONS: tuple[Decision, ...] = ("accepted", "false-alarm", "later", "confirmed")
Standing = Literal["new", "known"]
PRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a waivers file. It covers the findings with its ``fingerprint`` in the documents that match
    ``document``; a ``confirmed`` one covers a figure instead. ``start`` and ``end`` are its place in the file."""

    fingerprint: str
    decision: Decision
    reason: str
    document: str = "*"
    rule: str = ""
    quote: str = ""
    owner: str = ""
    date: str = ""
    expires: Day | None = None
    start: int = 0
    end: int = 1

    def covers(self, fingerprint: str, document: str) -> bool:
        return self.fingerprint == fingerprint and matches(document, self.document)

    def expired(self, today: Day) -> bool:
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of an earlier run, as a baseline remembers it."""

    fingerprint: str
    document: str
    rule: str
    severity: str = ""
    message: dict[str, str] = field(default_factory=dict)
    waived: bool = False


def matches(document: str, pattern: str) -> bool:
    """Whether a path is meant by a pattern: as a whole, or from one of its folders on."""
    return document == pattern or fnmatchcase(document, pattern) or fnmatchcase(document, f"*/{pattern}")


def figure_print(figure: Figure) -> str:
    """Sixteen hexadecimal digits over what a figure says, so that a confirmation survives an edited document and
    falls when the figure changes."""
    known = (figure.indicator, figure.place, figure.period, figure.role, figure.quantity.unit, figure.raw)
    text = json.dumps(["figure", *(one or "" for one in known)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:PRINT_LENGTH]
