"""Verdicts that move when only the form of a text does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor import ingest
from auditor.model.check import Audit, Check
from auditor.model.document import Document
from auditor.model.figure import Figure
from auditor.model.relation import Member
from auditor.pipeline import audit
from auditor.selftest.forms import FORMS

Saying = tuple[str, str, tuple[tuple[str, str], ...]]  # rule, verdict, and what stands in each role
Tried = dict[str, tuple[int, int]]  # by form: texts, verdicts that moved

DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Move:
    """A verdict that is reached on one form of a text only: ``gained`` on the changed one, or lost."""

    path: str
    form: str
    rule: str
    verdict: str
    members: tuple[tuple[str, str], ...]
    gained: bool

    def __str__(self) -> str:
        figures = ", ".join(f"{role} {value}" for role, value in self.members)
        return f"{self.path}: {self.form}: {'+' if self.gained else '-'} {self.rule} {self.verdict}: {figures}"


def moved(paths: Iterable[Path], expectations: Iterable[str | os.PathLike[str]] = ()) -> tuple[list[Move], Tried]:
    """All verdicts that moved, by document and form, and for each form how many texts were tried."""
    documents = [one for path in ingest.files(list(paths)) if (one := _document(path))]
    found: list[Move] = []
    counts: Counter[str] = Counter()
    for document in documents:
        original = audit(text=document.text, expectations=expectations, strict=False)
        for form in FORMS:
            changed = audit(text=form.change(original), expectations=expectations, strict=False)
            found += _moves(document.path, form.name, original.checks, changed.checks)
            counts[form.name] += 1
    found += _order(documents, expectations)
    counts[DOCUMENTS] = len(documents)
    moves = Counter(move.form for move in found)
    return found, {name: (texts, moves[name]) for name, texts in counts.items()}


def _document(path: object) -> Document | None:
    document = ingest.read(path) if isinstance(path, Path) else None
    return document if document and document.error is None else None


def _order(documents: Sequence[Document], expectations: Iterable[str | os.PathLike[str]]) -> list[Move]:
    """Documents in the opposite order: the same checks on each."""
    paths = [document.path for document in documents]
    both: list[Audit] = [audit(one, expectations=expectations, strict=False) for one in (paths, paths[::-1])]
    return [
        move
        for path in paths
        for move in _moves(path, DOCUMENTS, *([c for c in one.checks if c.document == path] for one in both))
    ]


def _moves(path: str, form: str, before: Sequence[Check], after: Sequence[Check]) -> list[Move]:
    one, other = Counter(map(_saying, before)), Counter(map(_saying, after))
    lost = [Move(path, form, *saying, False) for saying in sorted((one - other).elements())]
    return lost + [Move(path, form, *saying, True) for saying in sorted((other - one).elements())]


def _saying(check: Check) -> Saying:
    members = check.relation.members
    return check.rule, check.verdict, tuple(sorted((member.role, _value(member)) for member in members))


def _value(member: Member) -> str:
    filler = member.filler
    if isinstance(filler, Figure):
        return f"{float(filler.quantity.value):.15g} {filler.quantity.unit or ''}".strip()
    return filler.value if filler.kind != "span" else ""
