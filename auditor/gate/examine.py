"""One table against its contract: every check of every cell and every relation, with the rows that fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from auditor.gate import across, plain, wide
from auditor.gate.across import ROWS, UNFIT
from auditor.gate.amounts import Amount, prepare
from auditor.gate.book import Book, Key, tallies
from auditor.gate.cells import present, read
from auditor.gate.contract import Binding, Column, Contract
from auditor.gate.result import Checked
from auditor.gate.table import Table, Unreadable
from auditor.gate.verdicts import REASON, VERDICT, Judged, judge
from auditor.gate.wide import ROW
from auditor.model.rule import Rule

HASH = "\0hash"


def examine(table: Table, contract: Contract, rules: Sequence[Rule]) -> Checked:
    """Judge a whole table. Raises Unreadable where that is impossible: then nothing can be said of it."""
    fits(table, contract)
    examination = _Examination(table, contract, rules, Book(tallies(table, contract, rules)))
    examination.all()
    book = examination.book
    return Checked(table.path, contract, book.rows, tuple(book.tallies.values()), book.failing(), table)


def fits(table: Table, contract: Contract) -> None:
    """Hold the names of the columns against the contract. Raises Unreadable."""
    names, row = list(table.schema), table.first - 1 if table.first > 1 else None
    for column in contract.columns.values():
        if column.name not in names:
            message = f"no column {column.name!r}, which the contract names; there are: {', '.join(names)}"
            raise Unreadable(table.path, message, row)
        if table.schema[column.name].is_float() and _needs_digits(column):
            message = f"column {column.name!r} holds floats, which have no printed digits"
            where = names.index(column.name) + 1
            raise Unreadable(table.path, f"{message}: the contract must say 'decimals'", row, where)
    for number, name in enumerate(names, 1):
        if not contract.extra and name not in contract.columns:
            raise Unreadable(table.path, f"column {name!r} is not in the contract", row, number)


def _needs_digits(column: Column) -> bool:
    return column.numeric and not column.exact and column.decimals is None


@dataclass(frozen=True, slots=True)
class _Examination:
    table: Table
    contract: Contract
    rules: Sequence[Rule]
    book: Book

    def all(self) -> None:
        for frame in self.table.batches():
            self._batch(frame)
        if not self.book.rows:
            message = "the table has no rows: an empty table is not a pass"
            raise Unreadable(self.table.path, message, self.table.first, 1)
        self._keys()
        for number, binding in enumerate(self.contract.relations):
            if binding.across_rows:
                self._across(number, binding)
        self._judged_something()

    def _of(self, binding: Binding) -> list[Rule]:
        return [rule for rule in self.rules if rule.relation == binding.relation]

    def _batch(self, frame: pl.DataFrame) -> None:
        self.book.rows += frame.height
        frame = read(frame, self.contract)
        if self.contract.key:
            self.book.keys.append(frame.select(ROW, pl.struct(self.contract.key).hash().alias(HASH)))
        rowwise = [binding for binding in self.contract.relations if not binding.across_rows]
        needed = dict.fromkeys([*wide.columns(rowwise), *self._ranged()])
        frame, amounts = prepare(frame, self.contract, needed)
        self._cells(frame, plain.asked(self.contract, self.table.schema, amounts))
        for number, binding in enumerate(self.contract.relations):
            if not binding.across_rows:
                self._rowwise(frame, amounts, number, binding)

    def _ranged(self) -> list[str]:
        """The columns whose range is a matter of digits; floats are compared as they are."""
        columns = (column for column in self.contract.columns.values() if column.numeric)
        bounded = (column.name for column in columns if (column.minimum, column.maximum) != (None, None))
        return [name for name in bounded if not self.table.schema[name].is_float()]

    def _cells(self, frame: pl.DataFrame, checks: Sequence[plain.Asked]) -> None:
        if not checks:
            return
        failing = ((one.hint if one.hint is not None else one.failing) for one in checks)
        asked = [expression.sum().alias(f"failing {number}") for number, expression in enumerate(failing)]
        asked += [one.judged.sum().alias(f"judged {number}") for number, one in enumerate(checks)]
        # Not eagerly: what several checks ask of one column is computed once.
        counts = frame.lazy().select(asked).collect().row(0, named=True)
        for number, one in enumerate(checks):
            # What is asked of every row is asked of one constant.
            everywhere = not one.judged.meta.root_names()
            count = frame.height if everywhere else counts[f"judged {number}"]
            found = _failing(frame, one) if counts[f"failing {number}"] else None
            self.book.add((one.check, one.column), count, 0, found)

    def _rowwise(self, frame: pl.DataFrame, amounts: dict[str, Amount], number: int, binding: Binding) -> None:
        slots = wide.slots(binding, amounts)
        for rule in self._of(binding):
            if slots is None:
                self.book.add((rule.id, number), 0, frame.height, None)
                continue
            found = judge(frame, slots, rule)
            self._note((rule.id, number), found, found.failing.with_columns(pl.concat_list(pl.col(ROW)).alias(ROWS)))

    def _across(self, number: int, binding: Binding) -> None:
        frame = self.table.columns(across.needed(binding, self.contract))
        for part in across.parts(frame, binding, self.contract):
            for rule in self._of(binding):
                unfit = pl.lit(True) if part.unlike else pl.col(UNFIT)
                found = judge(part.frame, part.slots, rule, unfit, ask=part.mixed)
                self._note((rule.id, number), found, found.failing)

    def _note(self, key: Key, found: Judged, failing: pl.DataFrame) -> None:
        names = {"row": ROW, "rows": ROWS, "verdict": VERDICT, "reason": REASON}
        renamed = failing.select(pl.col(old).alias(new) for new, old in names.items())
        self.book.add(key, found.judged, found.unchecked, renamed)

    def _keys(self) -> None:
        key = self.contract.key
        if not key:
            return
        # Rows whose keys have different hashes differ; only the others are looked at themselves.
        hashes = pl.concat(self.book.keys)
        unique = hashes[HASH].n_unique() == hashes.height
        twice = None if unique else _breaches(self._twice(hashes.filter(pl.col(HASH).is_duplicated())))
        self.book.add(("key-unique", ", ".join(key)), hashes.height, 0, twice)

    def _twice(self, alike: pl.DataFrame) -> pl.DataFrame:
        rows = self.table.rows().join(alike.lazy().select(ROW), on=ROW, how="semi", maintain_order="left")
        keys = present(rows.select(ROW, *self.contract.key).collect(), self.contract)
        return keys.filter(pl.struct(self.contract.key).is_duplicated())

    def _judged_something(self) -> None:
        """A relation that judged no row vouches for nothing: silence must not look like a pass."""
        for tally in self.book.tallies.values():
            if tally.binding and not tally.judged and not tally.binding.optional:
                message = f"the relation {tally.name} could be judged on no row"
                source = self.contract.source or self.table.path
                raise Unreadable(
                    source, f"{message}; if that may be, write 'optional: yes'", tally.binding.line or None
                )


def _failing(frame: pl.DataFrame, one: plain.Asked) -> pl.DataFrame:
    return _breaches(frame.filter(one.failing), one.reason)


def _breaches(frame: pl.DataFrame, reason: pl.Expr | None = None) -> pl.DataFrame:
    return frame.select(
        pl.col(ROW).alias("row"),
        pl.concat_list(pl.col(ROW)).alias("rows"),
        pl.lit("contradiction").alias("verdict"),
        (pl.lit(None, pl.String) if reason is None else reason).alias("reason"),
    )
