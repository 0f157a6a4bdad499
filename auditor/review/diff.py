"""Two runs compared: what is new, what is fixed, how much stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.model.review import Entry
from auditor.report.hidden import one_line
from auditor.report.messages import messages
from auditor.review import baseline


@dataclass(frozen=True, slots=True)
class Difference:
    """The findings of a later run that are new or known, and those of an earlier one that are fixed."""

    new: list[Entry]
    known: list[Entry]
    fixed: list[Entry]


def difference(old: Path, new: Path) -> Difference:
    """Compare two files, each a baseline or an ``audit.json``. Raises ConfigError for anything else."""
    (before, _), (after, documents) = baseline.load(old), baseline.load(new)
    read = {entry.document for entry in (*before, *after)} if documents is None else documents
    standings, fixed = baseline.stand([(one.fingerprint, one.document) for one in after], before, read)
    paired = list(zip(after, standings, strict=True))
    return Difference(
        [one for one, standing in paired if standing == "new"],
        [one for one, standing in paired if standing == "known"],
        fixed,
    )


def render(found: Difference, ui: str) -> Iterator[str]:
    """Lines for a terminal or a pipe: ``+`` new, ``-`` fixed, then the counts."""
    words = messages(ui)
    for sign, entries in (("+", found.new), ("-", found.fixed)):
        for one in entries:
            text = f"{one.document}: {one.severity} {one.rule}: {words.of(one.message)}"
            yield f"{sign} {one_line(text)}"
    counts = {"new": len(found.new), "known": len(found.known), "fixed": len(found.fixed)}
    yield words("review.counts", **counts)
