"""The doctor's answers as text: a line a fault, and the table of powers in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from auditor.doctor.power import SWAP, Power

COLUMNS = ("rule", "role", "planted", "found", "by another rule", "not bound any more", "not seen")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"


def table(powers: Iterable[Power]) -> str:
    """A Markdown table, a row for each rule, role and kind of mistake; shares in per cent of the planted."""
    return HEAD + "".join(map(_row, powers))


def sentences(powers: Sequence[Power]) -> str:
    """A line for each rule: what it finds in each role, and what it is blind to."""
    lines = []
    for rule, group in groupby(powers, key=lambda one: one.rule):
        own = list(group)
        found = [f"{one.share('found')} % in {one.role}" for one in own if one.kind != SWAP]
        blind = [f"swaps of {one.role}" for one in own if one.kind == SWAP and one.share("held") >= 50]
        lines.append(f"{rule}: finds {', '.join(found)}{'; blind to ' + ', '.join(blind) if blind else ''}\n")
    return "".join(lines)


def _row(one: Power) -> str:
    role = f"{one.role} (swap)" if one.kind == SWAP else one.role
    shares = " | ".join(f"{one.share(outcome)} %" for outcome in ("found", "elsewhere", "lost", "held"))
    return f"| `{one.rule}` | {role} | {one.planted} | {shares} |\n"
