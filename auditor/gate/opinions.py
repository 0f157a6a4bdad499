"""Second opinions: what pandera and Great Expectations say of a table that the gate has judged.

The gate's own expressions decide. Another tool that finds other rows shows a fault in one of them, and a run in
which that happens has failed, whatever either says of the table.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.result import Checked, Tally
from auditor.gate.table import Unreadable

Found = frozenset[tuple[str, str, int]]


def pandera_differs(checked: Checked) -> list[str]:
    """Where pandera finds other cells or relations than the gate, batch by batch; what concerns several rows only where
    the whole table is one batch."""
    from auditor.gate.models import opinion  # pandera takes a second to import

    assert checked.table is not None
    contract = _by_batch(checked)
    rules = {tally.rule.id: tally.rule for tally in checked.tallies if tally.binding}
    theirs: set[tuple[str, str, int]] = set()
    for frame in checked.table.batches():
        theirs |= set(opinion(frame, contract, list(rules.values())).select("check", "column", "row").iter_rows())
    return _differences(checked, _own(checked, contract), frozenset(theirs))


def _by_batch(checked: Checked) -> Contract:
    """What can be asked of each batch alone: the rows of one relation or key can stand in two."""
    assert checked.table is not None
    contract = checked.contract
    asked = [one for one in contract.relations if not (checked.table.streamed and one.across_rows)]
    # A relation that some batch has no figures for was judged on others.
    relations = tuple(replace(one, optional=True) for one in asked)
    return replace(contract, relations=relations, key=() if checked.table.streamed else contract.key)


def _own(checked: Checked, contract: Contract) -> Found:
    names = {tally.number: name for tally in checked.tallies if (name := _asked(tally, contract))}
    broken = checked.failing.filter((pl.col("verdict") == "contradiction") & pl.col("check").is_in(list(names)))
    return frozenset((*names[check], row) for check, row in broken.select("check", "row").iter_rows())


def _asked(tally: Tally, contract: Contract) -> tuple[str, str] | None:
    """What pandera calls a check, if it was asked; a formula in a cell is nothing to it."""
    if tally.binding:
        names = {binding.name for binding in contract.relations}
        return (tally.binding.relation, tally.name) if tally.name in names else None
    if tally.rule.id == "cell-formula" or (tally.rule.id == "key-unique" and not contract.key):
        return None
    return tally.rule.id, tally.name


def _differences(checked: Checked, own: Found, theirs: Found) -> list[str]:
    return [
        f"{checked.path}: row {row}: {check} ({column}): the gate and pandera differ"
        for check, column, row in sorted(own ^ theirs, key=str)[:5]
    ]


def expectations_differ(checked: Checked, project: Path, output: Path) -> list[str]:
    """Where the checkpoint of the table's contract finds other rows than the gate, or could not be run."""
    try:
        from auditor.gate.gx import checkpoint
    except ImportError:
        return ["Great Expectations is not installed: it comes with the extra 'gate' (pip install 'auditor[gate]')"]
    try:
        answers = checkpoint.run(checked, checked.contract, project, output)
    except Unreadable as problem:
        return [str(problem)]
    return checkpoint.differences(checked, answers)
