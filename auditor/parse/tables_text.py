"""Text against table: one indicator, period and role, stated in prose and in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.languages.tables import TableWords
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NAMED
from auditor.parse.tables_figures import Sheet

WORD = re.compile(r"[^\W\d_]+")
FEWEST = 2  # words that a label must have to name an indicator
MOST_ROWS = 2_000


def against_text(sheet: Sheet, mentions: Sequence[Mention]) -> Iterator[Relation]:
    levels = sheet.levels()
    heads = [m for m in mentions if m.is_head and (m.label or m.draft.noun)]
    if not heads or len(sheet.rows) > MOST_ROWS:
        return
    named = [(row, label) for row in sheet.rows if len(label := _words(row.label, sheet.words)) >= FEWEST]
    for mention in heads:
        mine = frozenset(mention.label) | frozenset(mention.draft.noun.split())
        for row, label in named:
            if label != mine and not (label <= mine and len(mine - label) <= 1 and len(label) > FEWEST):
                continue
            same = [f for column in levels if (f := sheet.figure(row, column)) and _comparable(mention, f)]
            yield from _pair(sheet, mention, same, label == mine)


def _words(label: str, words: TableWords) -> frozenset[str]:
    known = words.words
    return frozenset(word for word in WORD.findall(label.partition("(")[0]) if word not in known.stops)


def _comparable(mention: Mention, figure: Figure) -> bool:
    return mention.dimension == figure.quantity.dimension and _role(mention.role) == _role(figure.role)


def _role(role: str) -> str:
    return "plan" if role in ("plan", "target") else "previous" if role == "previous" else "actual"


def _pair(sheet: Sheet, mention: Mention, same: Sequence[Figure], exactly: bool) -> Iterator[Relation]:
    """The cell that a mention repeats. They differ only if the period is told in both, or there is but one cell."""
    agreeing = [figure for figure in same if not mention.likely.gap_to(figure.quantity.likely())]
    dated = [figure for figure in same if mention.period and _year(figure.period) == _year(mention.period) is not None]
    chosen = agreeing[:1] or (dated if len(dated) == 1 and exactly else [])
    for figure in chosen:
        members = Member("figure", mention.figure), Member("figure", figure)
        yield Relation("same-figure-twice", sheet.path, members, NAMED if figure in dated else LIKELY)


def _year(period: str | None) -> str | None:
    found = re.search(r"(?:19|20)[0-9]{2}", period or "")
    return found[0] if found else None
