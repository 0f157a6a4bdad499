"""From failing rows to checks with evidence, and the verdicts that only the exact judge can give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.evidence import Scribe, printed
from auditor.gate.result import Checked, Tally
from auditor.gate.sheet import Row, sheet
from auditor.gate.table import Table
from auditor.gate.verdicts import ASK
from auditor.gate.wide import ROW
from auditor.model.check import Check, Reading
from auditor.model.document import Document
from auditor.model.figure import Figure
from auditor.model.layout import Anchor

CHUNK = 10_000  # rows that the exact judge is asked about at a time


@dataclass(frozen=True, slots=True)
class Told:
    """One table as a reading, its checks, and which tally and row each check belongs to, by the check's id."""

    reading: Reading
    checks: list[Check] = field(default_factory=list)
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)


def resolved(checked: Checked) -> Checked:
    """The table with a verdict for every row that the columns left to the exact judge."""
    asked = checked.failing.filter(pl.col("verdict") == ASK)
    if not asked.height:
        return checked
    answers = pl.concat(_answered(checked, part) for part in asked.iter_slices(CHUNK))
    failing = pl.concat([checked.failing.filter(pl.col("verdict") != ASK), answers])
    tallies = tuple(_recounted(tally, answers) for tally in checked.tallies)
    return replace(
        checked, failing=failing.filter(pl.col("verdict").is_in(["contradiction", "suspicious"])), tallies=tallies
    )


def _answered(checked: Checked, asked: pl.DataFrame) -> pl.DataFrame:
    assert checked.table is not None
    rows = printed_rows(checked.table, asked["rows"].explode().unique().to_list(), checked.contract)
    checks = Scribe(checked, rows, {}).checks(asked)
    return asked.with_columns(
        pl.Series("verdict", [check.verdict for check in checks], dtype=pl.String),
        pl.Series("reason", [check.reason for check in checks], dtype=pl.String),
    )


def _recounted(tally: Tally, answers: pl.DataFrame) -> Tally:
    # Until now each of them counted as judged and breached.
    mine = answers.filter(pl.col("check") == tally.number)["verdict"]
    suspicious, unchecked = (mine == "suspicious").sum(), (mine == "not-checkable").sum()
    breached = int((mine == "contradiction").sum())
    return replace(
        tally, judged=tally.judged - int(unchecked), unchecked=tally.unchecked + int(unchecked),
        suspicious=tally.suspicious + int(suspicious), breached=tally.breached - mine.len() + breached,
    )  # fmt: skip


def tell(checked: Checked, limit: int, first: int) -> Told:
    """The first ``limit`` failing rows of each check in words, and what vouches for their figures. Checks are numbered
    from ``first``."""
    table = checked.table
    if table is None:
        return Told(Reading(Document(checked.path, "", "", "", checked.error), (), (), ()))
    failing = checked.failing.group_by("check", maintain_order=True).head(limit).select(checked.failing.columns)
    rows = printed_rows(table, failing["rows"].explode().drop_nulls().unique().to_list(), checked.contract)
    text, spans = sheet(table, rows)
    scribe = Scribe(checked, rows, spans)
    found, others = scribe.checks(failing), scribe.witnesses(failing)
    checks = [replace(check, id=f"c{number}") for number, check in enumerate([*found, *others], first)]
    owners = dict(zip((check.id for check in checks), failing.select("check", "row").iter_rows(), strict=False))
    anchors = tuple(
        Anchor(start, end, f"row {row}, {name}") for (row, name), (start, end) in spans.items() if end > start
    )
    document = Document(checked.path, text, table.sha256, table.media_type, anchors=tuple(sorted(anchors, key=_start)))
    return Told(_reading(document, checks), checks, owners)


def _reading(document: Document, checks: Iterable[Check]) -> Reading:
    relations = dict.fromkeys(check.relation for check in checks)
    figures = {figure.id: figure for relation in relations for figure in relation.figures()}
    return Reading(document, tuple(sorted(figures.values(), key=_place)), (), tuple(relations))


def _start(anchor: Anchor) -> int:
    return anchor.start


def _place(figure: Figure) -> tuple[int, str]:
    return figure.start, figure.id


def printed_rows(table: Table, numbers: list[int], contract: Contract) -> dict[int, Row]:
    """The cells of some rows as they are printed."""
    if not numbers:
        return {}
    chosen = (
        table.rows().filter(pl.col(ROW).is_in(numbers)).collect(engine="streaming" if table.streamed else "in-memory")
    )
    mark = contract.reader.decimal
    return {
        row[ROW]: {name: printed(row[name], contract.columns.get(name), mark) for name in table.schema}
        for row in chosen.iter_rows(named=True)
    }
