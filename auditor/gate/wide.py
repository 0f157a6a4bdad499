"""Relations between the cells of one row: the frame itself is the frame of relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.gate.amounts import Amount
from auditor.gate.compiled import Slots
from auditor.gate.contract import Binding

ROW = "\0row"  # the column of row numbers, as a spreadsheet shows them


def slots(binding: Binding, amounts: Mapping[str, Amount]) -> Slots | None:
    """The figures of every role; ``None`` when a column holds no numbers at all."""
    if not set(binding.columns()) <= amounts.keys():
        return None
    return {role: [amounts[selector.column] for selector in found] for role, found in binding.roles}


def columns(bindings: Iterable[Binding]) -> list[str]:
    return list(dict.fromkeys(column for binding in bindings for column in binding.columns()))
