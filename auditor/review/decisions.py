"""``decisions.json``, as the HTML report exports it, into the waivers file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from glob import escape
from pathlib import Path

from auditor.model.errors import ConfigError
from auditor.model.review import DECISIONS
from auditor.report.hidden import HIDDEN
from auditor.review.stored import stored
from auditor.review.waivers import spans

HEADER = """\
# Decisions about findings: one entry each, added by `audit review apply` or by hand; every value stands in quotes.
# An entry covers its finding until the figure changes or `expires` has passed.
"""
FIELDS = ("fingerprint", "document", "rule", "quote", "decision", "note")
LATER, OTHERWISE = timedelta(days=30), timedelta(days=365)  # how long an entry holds when nobody says


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decided, when, and until when it holds."""

    owner: str
    date: Day
    expires: Day | None = None


def load(path: Path) -> list[dict[str, str]]:
    """The decisions of an export. Raises ConfigError for a file that is none, or a decision without a note."""
    content = stored(path, "not an export of decisions")
    return [_decision(path, number, one) for number, one in enumerate(content.get("decisions", ()), 1)]


def _decision(path: Path, number: int, found: object) -> dict[str, str]:
    def fault(message: str) -> ConfigError:
        return ConfigError(str(path), f"decision {number}: {message}")

    if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in FIELDS):
        raise fault(f"needs the texts {', '.join(FIELDS)}")
    if found["decision"] not in DECISIONS:
        raise fault(f"unknown decision {found['decision']!r}; known: {', '.join(DECISIONS)}")
    if not found["note"].strip():
        raise fault(f"{found['quote']!r} needs a reason")
    return {key: found[key] for key in FIELDS}


def merged(text: str, decisions: Iterable[dict[str, str]], signed: Signed) -> str:
    """The text of a waivers file with these decisions in it. Other entries and their comments stay as they are."""
    entries = {(one["fingerprint"], escape(one["document"])): _entry(one, signed) for one in decisions}
    lines = (text or HEADER).splitlines()
    for keys, first, last in reversed(spans(text)):
        if (keys.get("fingerprint", ""), keys.get("document", "*")) in entries:
            del lines[first:last]
    return "\n".join([*lines, *(line for entry in entries.values() for line in entry)]) + "\n"


def _entry(decision: dict[str, str], signed: Signed) -> list[str]:
    holds = LATER if decision["decision"] == "later" else OTHERWISE
    values = {
        "fingerprint": decision["fingerprint"],
        "rule": decision["rule"],
        "document": escape(decision["document"]),
        "figure": decision["quote"],
        "decision": decision["decision"],
        "reason": decision["note"],
        "owner": signed.owner,
        "date": signed.date.isoformat(),
        "expires": (signed.expires or signed.date + holds).isoformat(),
    }
    written = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(written)]


def _quoted(text: str) -> str:
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
