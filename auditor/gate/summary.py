"""The result of a gate run as lines for a terminal, and as a record for machines."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from auditor.gate.result import Checked, Gate, Tally
from auditor.gate.words import told, verdict, words
from auditor.model.check import Finding
from auditor.model.version import VERSION

SHOWN = 20  # findings on a terminal; the reports have all


def text(result: Gate, ui: str, fail_on: str = "error") -> str:
    """Findings worst first, then a line a table."""
    lines = [_line(result, one, ui) for one in result.audit.findings if not one.suppressed]
    lines = lines[:SHOWN] + ([f"… {len(lines) - SHOWN}"] if len(lines) > SHOWN else [])
    lines += [_summary(checked, ui, fail_on) for checked in result.tables]
    return "".join(f"{_visible(line)}\n" for line in lines)


def _line(result: Gate, finding: Finding, ui: str) -> str:
    check = finding.check
    owner = result.owners.get(check.id)
    where = f"{words(ui)['row'].lower()} {owner[2]}: " if owner else ""
    return f"{check.document}: {where}{finding.severity} {check.rule}: {told(finding, ui)}"


def _visible(line: str) -> str:
    """One line without control characters, which a cell may hold and a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


def _summary(checked: Checked, ui: str, fail_on: str) -> str:
    if checked.error:
        return str(checked.error)
    known = words(ui)
    counts = {key: sum(getattr(one, key) for one in checked.tallies) for key in ("breached", "suspicious", "unchecked")}
    return known["summary"].format(
        path=checked.path, verdict=known[verdict(checked, fail_on)], rows=checked.rows, **counts
    )


def record(result: Gate, fail_on: str = "error") -> bytes:
    """``gate.json``, format version 1: what was judged and what failed, by table and check; the same bytes at every
    run. The findings in words stand in ``audit.json``."""
    tables = [_table(checked, fail_on) for checked in result.tables]
    content = {
        "format_version": 1,
        "tool": {"name": "auditor", "version": VERSION},
        "rules_hash": result.audit.rules_hash,
        "status": result.status(fail_on),
        "tables": tables,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _table(checked: Checked, fail_on: str) -> dict[str, Any]:
    return {
        "path": checked.path,
        "contract": checked.contract.name,
        "verdict": verdict(checked, fail_on),
        "error": str(checked.error) if checked.error else None,
        "rows": checked.rows,
        "sha256": (checked.table.sha256 or None) if checked.table else None,
        "checks": [_check(tally) for tally in checked.tallies],
        "failing": _failing(checked),
    }


def _check(tally: Tally) -> dict[str, Any]:
    return {
        "number": tally.number,
        "rule": tally.rule.id,
        "about": tally.name,
        "columns": list(tally.columns),
        "judged": tally.judged,
        "held": tally.held,
        "breached": tally.breached,
        "suspicious": tally.suspicious,
        "unchecked": tally.unchecked,
        "waived": tally.waived + tally.waived_suspicious,
        "pass_fraction": _fraction(tally),
        "warn_above": str(tally.tolerance.warn),
        "error_above": str(tally.tolerance.error),
        "level": tally.level,
    }


def _fraction(tally: Tally) -> str | None:
    """The share of what was judged that held, rounded down, so that 1 means all."""
    if not tally.judged:
        return None
    millionths = tally.held * 10**6 // tally.judged
    return f"{millionths // 10**6}.{millionths % 10**6:06d}"


def _failing(checked: Checked) -> list[dict[str, Any]]:
    if not checked.failing.height:
        return []
    ordered = checked.failing.sort("row", "check", maintain_order=True).with_columns(pl.col("check").cast(pl.Int64))
    return ordered.to_dicts()
