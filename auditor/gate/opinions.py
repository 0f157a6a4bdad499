"""Second opinions: what pandera and Great Expectations say of a table that the gate has judged.

The gate's own expressions decide. Another tool that finds other rows shows a fault in one of them, and a run in
which that happens has failed, whatever either says of the table.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from auditor.gate.result import Checked
from auditor.gate.table import Unreadable

Found = frozenset[tuple[str, str, int]]


def pandera_differs(checked: Checked) -> list[str]:
    """Where pandera finds other cells than the gate, batch by batch; keys only where the whole table is one batch."""
    from auditor.gate.models import opinion  # pandera takes a second to import

    assert checked.table is not None
    theirs: set[tuple[str, str, int]] = set()
    for frame in checked.table.batches():
        theirs |= set(opinion(frame, checked.contract).select("check", "column", "row").iter_rows())
    return _differences(checked, _own(checked), frozenset(theirs))


def _own(checked: Checked) -> Found:
    names = {tally.number: (tally.rule.id, tally.name) for tally in checked.tallies if tally.binding is None}
    rows = checked.failing.filter(pl.col("check").is_in(list(names))).select("check", "row").iter_rows()
    return frozenset((*names[check], row) for check, row in rows)


def _differences(checked: Checked, own: Found, theirs: Found) -> list[str]:
    streamed = checked.table is not None and checked.table.streamed
    # A formula in a cell is nothing to pandera; a key can stand in two batches.
    apart = {"cell-formula", *(["key-unique"] if streamed else [])}
    kept = sorted(one for one in own ^ theirs if one[0] not in apart)
    return [
        f"{checked.path}: row {row}: {check} ({column}): the gate and pandera differ" for check, column, row in kept[:5]
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
