"""Tables that lost their lines: rows of bare numbers in one sentence, the last the difference of the two before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import NUMBERS, Page

# Rows that must agree before the columns are taken for what they seem, and for each that may not.
ROWS = 3
COLUMNS = 3
Row = tuple[Mention, Mention, Mention]


def runs(page: Page) -> Iterator[Relation]:
    """One column less another, in every row but a few: what only the numbers say, in so many rows, is no chance."""
    for sentence in page.sentences:
        for _, group in groupby(_rows(sentence), key=len):
            rows = [(row[0], row[1], row[2]) for row in group if len(row) == COLUMNS]
            agreeing = sum(_differs(row) for row in rows)
            if agreeing >= ROWS * max(1, len(rows) - agreeing):
                yield from (_relation(page, row) for row in rows)


def _rows(sentence: Sentence) -> Iterator[list[Mention]]:
    """Bare numbers with nothing between them but a dash or minus; words stand between two rows."""
    row = [mention for mention in sentence.mentions[:1] if mention.unit is None]
    for before, mention in pairwise(sentence.mentions):
        apart = sentence.codes[before.at + 1 : mention.at]
        if mention.unit is None and row and apart in ("", "-"):
            row.append(mention)
            continue
        yield row
        row = [mention] if mention.unit is None else []
    yield row


def _differs(row: Row) -> bool:
    first, last, change = row
    return change.value != 0 and abs(last.value - first.value) == abs(change.value)


def _relation(page: Page, row: Row) -> Relation:
    first, last, change = row
    sign = 1 if (last.value >= first.value) == (change.value >= 0) else -1
    member = Member("change", change.figure, sign)
    return page.relation("change-between-levels", NUMBERS, ("from", first), ("to", last), member)
