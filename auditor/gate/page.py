"""``gate.html``: one page without network; each table with its checks, thresholds, and the rows that fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jinja2

from auditor.gate.result import Checked, Gate, Tally
from auditor.gate.table import Table
from auditor.gate.tell import printed_rows
from auditor.gate.words import told, verdict, words
from auditor.model.check import Finding
from auditor.model.figure import Figure
from auditor.model.version import VERSION

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = 200  # failing rows of one table on the page

Spot = tuple[int, str]  # row and column of a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a failing row: its text, how it fails, and whether it is the likeliest to be wrong."""

    text: str
    fails: bool = False
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One failing row with what is said about it."""

    number: int
    cells: list[Cell]
    reasons: list[Finding]


@dataclass(frozen=True, slots=True)
class Part:
    """One table on the page."""

    checked: Checked
    verdict: str
    columns: list[str]
    rows: list[Row]
    total: int

    @property
    def open(self) -> list[Tally]:
        """The checks that did not hold everywhere, or could not be made everywhere."""
        return [tally for tally in self.checked.tallies if not _clean(tally)]

    @property
    def clean(self) -> list[Tally]:
        return [tally for tally in self.checked.tallies if _clean(tally)]


def _clean(tally: Tally) -> bool:
    return not (tally.breached or tally.suspicious or tally.unchecked)


def render(result: Gate, ui: str = "vi", fail_on: str = "error") -> bytes:
    """The page, complete in itself, as UTF-8."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    by_table = _by_table(result)
    parts = [_part(result, checked, by_table.get(number, []), fail_on) for number, checked in enumerate(result.tables)]
    page = environment.get_template("gate.html.j2")
    return page.render(
        t=words(ui), told=told, ui=ui, parts=parts, version=VERSION, hash=result.audit.rules_hash
    ).encode()


def _by_table(result: Gate) -> dict[int, list[Finding]]:
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in result.audit.findings:
        if finding.check.id in result.owners and not finding.suppressed:
            found[result.owners[finding.check.id][0]].append(finding)
    return found


def _part(result: Gate, checked: Checked, findings: list[Finding], fail_on: str) -> Part:
    if checked.table is None:
        return Part(checked, verdict(checked, fail_on), [], [], 0)
    every = checked.failing["rows"].explode().drop_nulls().unique().sort().to_list()
    marks = _Marks(result, findings)
    rows = _rows(checked, checked.table, every[:SHOWN], marks)
    return Part(checked, verdict(checked, fail_on), list(checked.table.schema), rows, len(every))


def _rows(checked: Checked, table: Table, numbers: list[int], marks: _Marks) -> list[Row]:
    texts = printed_rows(table, numbers, checked.contract)
    return [
        Row(number, [marks.cell(number, name, texts[number][name]) for name in table.schema], marks.reasons[number])
        for number in numbers
    ]


class _Marks:
    """The cells that findings are about, those that are suspects, and the findings of each row."""

    def __init__(self, result: Gate, findings: Iterable[Finding]) -> None:
        self.cells: set[Spot] = set()
        self.doubted: set[Spot] = set()
        self.reasons: defaultdict[int, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._mark(finding, result)

    def _mark(self, finding: Finding, result: Gate) -> None:
        table, number, row = result.owners[finding.check.id]
        tally = result.tables[table].tallies[number]
        if tally.binding is None:
            spots = {(row, name) for name in tally.columns}
        else:
            spots = {spot(figure) for figure in finding.check.relation.figures()}
            first = (member.filler for member in (finding.suspects or ((),))[0])
            self.doubted |= {spot(filler) for filler in first if isinstance(filler, Figure)}
        self.cells |= spots
        for one in sorted({one for one, _ in spots}):
            self.reasons[one].append(finding)

    def cell(self, row: int, name: str, text: str) -> Cell:
        return Cell(text, (row, name) in self.cells, (row, name) in self.doubted)


def spot(figure: Figure) -> Spot:
    """Row and column of a figure, from its id."""
    row, _, name = figure.id.removeprefix(f"{figure.document}:").partition(":")
    return int(row), name
