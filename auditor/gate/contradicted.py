"""Where relations of a contract fail in a frame in memory: what pandera's model and the Expectations answer with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import polars as pl

from auditor.gate.across import needed
from auditor.gate.contract import Binding, Column, Contract
from auditor.gate.examine import examine
from auditor.gate.table import held
from auditor.gate.tell import resolved
from auditor.model.rule import Rule
from auditor.rules.load import load

FRAME = "frame"


def contradicted(frame: pl.DataFrame, contract: Contract, rules: Sequence[Rule] | None = None) -> list[int]:
    """The rows, counted from zero, at which the contract's relations are contradicted; a relation between rows is
    reported at its first. ``rules`` are those that are shipped, if none are given. Raises Unreadable where no answer
    is possible: a column is missing, or nothing could be judged."""
    wanted = {binding.relation for binding in contract.relations}
    judging = [rule for rule in (shipped() if rules is None else rules) if rule.relation in wanted]
    checked = resolved(examine(held(FRAME, frame, 0, ""), contract, judging))
    relations = [tally.number for tally in checked.tallies if tally.binding]
    found = checked.failing.filter((pl.col("verdict") == "contradiction") & pl.col("check").is_in(relations))
    return found["row"].unique().sort().to_list()


def alone(binding: Binding, contract: Contract) -> Contract:
    """The contract with one of its relations and the columns of that, of which nothing else is asked."""
    names = set(needed(binding, contract))
    columns = {name: _bare(column) for name, column in contract.columns.items() if name in names}
    return replace(contract, columns=columns, key=(), relations=(binding,), extra=True)


def _bare(column: Column) -> Column:
    return Column(column.name, column.type, column.unit, column.decimals, column.step)


@cache
def shipped() -> tuple[Rule, ...]:
    """The rules that come with the program."""
    return tuple(load())
