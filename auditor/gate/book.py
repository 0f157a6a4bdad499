"""The tallies of a table while it is judged, batch by batch, and its failing rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl

from auditor.gate import plain
from auditor.gate.amounts import Amount
from auditor.gate.cellrules import cell_rules
from auditor.gate.contract import Binding, Contract, Tolerance
from auditor.gate.result import Tally
from auditor.gate.table import Table
from auditor.gate.units import NONE
from auditor.model.rule import Rule, Severity

FAILING = pl.Schema(
    [
        *(("check", pl.UInt16()), ("row", pl.Int64()), ("rows", pl.List(pl.Int64()))),
        *(("verdict", pl.String()), ("reason", pl.String())),
    ]
)
Key = tuple[str, str | int]  # the id of a rule, and the column or the number of the relation in its contract


@dataclass(slots=True)
class Book:
    """Grows over the batches of a table; ``keys`` are hashes of its rows' keys."""

    tallies: dict[Key, Tally]
    parts: list[pl.DataFrame] = field(default_factory=list)
    rows: int = 0
    keys: list[pl.DataFrame] = field(default_factory=list)

    def add(self, key: Key, judged: int, unchecked: int, failing: pl.DataFrame | None) -> None:
        """Note what one check found; ``failing`` has the columns row, rows, verdict and reason."""
        tally = self.tallies[key]
        suspicious = 0 if failing is None else failing.filter(pl.col("verdict") == "suspicious").height
        breached = 0 if failing is None else failing.height - suspicious
        self.tallies[key] = replace(
            tally,
            judged=tally.judged + judged,
            unchecked=tally.unchecked + unchecked,
            breached=tally.breached + breached,
            suspicious=tally.suspicious + suspicious,
        )
        if failing is not None and failing.height:
            number = pl.lit(tally.number).alias("check")
            self.parts.append(failing.select(number, "row", "rows", "verdict", "reason").cast(FAILING))

    def failing(self) -> pl.DataFrame:
        return pl.concat(self.parts) if self.parts else pl.DataFrame(schema=FAILING)


def tallies(table: Table, contract: Contract, rules: Iterable[Rule]) -> dict[Key, Tally]:
    """Every check that there is to make, before any is made."""
    rows = [*_cells(table, contract), *_key(contract), *_relations(contract, list(rules))]
    return {key: replace(tally, number=number) for number, (key, tally) in enumerate(rows)}


def _cells(table: Table, contract: Contract) -> Iterable[tuple[Key, Tally]]:
    # Only which checks there are is asked for here, not their expressions.
    some = Amount("", 0, 0, NONE, True, 0, 0, 0)
    amounts = {name: some for name, column in contract.columns.items() if column.numeric}
    for one in plain.asked(contract, table.schema, amounts):
        column = contract.columns.get(one.column)
        severity: Severity = column.severity if column else "error"
        tolerance: Tolerance = column.tolerance if column else contract.key_tolerance
        rule = cell_rules()[one.check]
        yield (one.check, one.column), Tally(0, rule, one.column, (one.column,), severity, tolerance)


def _key(contract: Contract) -> Iterable[tuple[Key, Tally]]:
    if contract.key:
        name, rule = ", ".join(contract.key), cell_rules()["key-unique"]
        yield ("key-unique", name), Tally(0, rule, name, contract.key, "error", contract.key_tolerance)


def _relations(contract: Contract, rules: list[Rule]) -> Iterable[tuple[Key, Tally]]:
    for number, binding in enumerate(contract.relations):
        for rule in (rule for rule in rules if rule.relation == binding.relation):
            yield (rule.id, number), _relation(binding, rule)


def _relation(binding: Binding, rule: Rule) -> Tally:
    severity = binding.severity or rule.severity
    return Tally(0, rule, binding.name, binding.columns(), severity, binding.tolerance, binding=binding)
