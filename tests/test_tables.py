"""Tables: every layout is read, its planted error is found, and its clean twin has no findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor import ingest, lex, parse
from auditor.ingest.builder import Builder, CellDraft, Piece
from auditor.languages.vocabulary import vocabulary
from auditor.model.check import Check, Reading
from auditor.model.document import Document
from auditor.model.figure import Figure, Ignored
from auditor.rules.check import check
from auditor.rules.load import load
from auditor.segment import segment

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "table_cases.yaml").read_text("utf-8"))
RULES = load()


def drafts(text: str, error: tuple[int, int, str] | None = None) -> Iterator[CellDraft]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    if error:
        rows[error[0]][error[1]] = error[2]
    cells: dict[tuple[int, int], CellDraft] = {}
    for row, line in enumerate(rows):
        for column, content in enumerate(line):
            if content == "<" and column:
                left = cells[row, column] = cells[row, column - 1]
                left.columns += left.row == row
            elif content == "^" and row:
                above = cells[row, column] = cells[row - 1, column]
                above.rows = row - above.row + 1
            else:
                bold = content.startswith("*") and content.endswith("*") and len(content) > 1
                empty = content == "<"
                cells[row, column] = CellDraft([Piece("" if empty else content.strip("*"))], row, column, bold=bold)
    yield from {id(cell): cell for cell in cells.values()}.values()


def document(case: dict[str, Any], error: tuple[int, int, str] | None = None) -> Document:
    builder = Builder()
    if "before" in case:
        builder.block([Piece(case["before"])])
    builder.table(drafts(case["table"], error))
    return builder.document("t", "", "text/html")


def read(one: Document) -> Reading:
    words, normal = vocabulary(), ingest.normalise(one.text)
    tables = parse.find_tables(one, normal, words)
    sentences = segment(normal.text, words, tables.walls)
    return parse.read(one, normal, lex.tokenise(normal.text, sentences, words), words, tables)


def judged(one: Document) -> list[Check]:
    return check(read(one).relations, RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_clean_table_is_checked_without_findings(case: dict[str, Any]) -> None:
    checks = judged(document(case))
    assert [(one.rule, one.equation) for one in checks if one.verdict in ("contradiction", "suspicious")] == []
    held = Counter(one.rule for one in checks if one.verdict == "consistent")
    assert {rule: held[rule] for rule in case["claims"]} == case["claims"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_planted_error_is_found(case: dict[str, Any]) -> None:
    row, column, text = case["error"]
    one = document(case, (row, column, text))
    cell = next(cell for cell in one.tables[0].cells if (cell.row, cell.column) == (row, column))
    found = [
        check.rule
        for check in judged(one)
        if check.verdict == "contradiction" and any(cell.start <= f.start < cell.end for f in check.relation.figures())
    ]
    assert case["rule"] in found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_numeral_of_a_table_is_read_once(case: dict[str, Any]) -> None:
    reading = read(document(case))
    numerals: list[Figure | Ignored] = [*reading.figures, *reading.ignored]
    spans = sorted((one.start, one.end) for one in numerals)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    text = reading.document.text
    assert [text[at - 5 : at + 5] for at, char in enumerate(text) if char.isdigit() and at not in covered] == []


HEAD = "TT | Chỉ tiêu | ĐVT | Năm 2021 | Năm 2022\n"
ROWS = ["1 | Sản lượng lương thực | Tấn | 4.100 | 4.250", "2 | Sản lượng thủy sản | Tấn | 310 | 325"]


def beside(text: str) -> list[tuple[str, str]]:
    """Verdicts about one figure in text and table."""
    builder = Builder()
    builder.block([Piece(text)])
    builder.table(drafts(HEAD + "\n".join(ROWS)))
    return [
        (one.rule, one.verdict)
        for one in judged(builder.document("t", "", "text/html"))
        if one.rule == "same-figure-twice"
    ]


def test_text_is_held_against_the_table() -> None:
    assert beside("Năm 2022, sản lượng lương thực đạt 4.250 tấn.") == [("same-figure-twice", "consistent")]
    assert beside("Năm 2022, sản lượng lương thực đạt 4.520 tấn.") == [("same-figure-twice", "contradiction")]
    assert beside("Năm 2020, sản lượng lương thực đạt 4.520 tấn.") == []


@pytest.mark.parametrize("again", ["", HEAD])
def test_a_table_goes_on_behind_the_end_of_a_page(again: str) -> None:
    builder = Builder()
    builder.table(drafts("Thôn | Số hộ | Số khẩu\nĐông | 12 | 48\nĐoài | 15 | 60"))
    builder.block([Piece("3")], "furniture")
    builder.table(drafts(("Thôn | Số hộ | Số khẩu\n" if again else "") + "Nam | 20 | 81\nTổng cộng | 47 | 189"))
    found = [(one.rule, one.verdict) for one in judged(builder.document("t", "", "application/pdf"))]
    assert found == [("total-of-parts", "consistent")] * 2
