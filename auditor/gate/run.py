"""The gate: tables in, each held against its contract, with findings as those of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from auditor.findings import findings
from auditor.gate import delimited
from auditor.gate.cellrules import cell_rules
from auditor.gate.contract import Contract
from auditor.gate.examine import examine
from auditor.gate.levels import levelled
from auditor.gate.result import Checked, Gate
from auditor.gate.sources import Source, open_table
from auditor.gate.table import Table, Unreadable
from auditor.gate.tell import Told, resolved, tell
from auditor.localise.suspects import localise
from auditor.model.check import Audit
from auditor.model.errors import ConfigError, InputError
from auditor.model.rule import Rule
from auditor.rules.check import pinning
from auditor.rules.load import load as load_rules
from auditor.rules.load import rules_hash

LIMIT = 1000  # breaches of one check in one table that are shown one by one; all are counted
# Polars reports a fault of a file while rows are read; these are the kinds that are about the file.
READING = (pl.exceptions.ComputeError, pl.exceptions.SchemaError, pl.exceptions.InvalidOperationError, OSError)


def gate(
    sources: Iterable[Source | Path | str],
    contract: Contract,
    *,
    expectations: Iterable[Path] = (),
    limit: int = LIMIT,
) -> Gate:
    """Hold tables against a contract. A table that cannot be judged is in the result with its error. Raises
    ConfigError for a faulty rule file."""
    rules = load_rules(expectations)
    chosen = [rule for rule in rules if any(rule.relation == binding.relation for binding in contract.relations)]
    _judgeable(contract, chosen)
    tables = [_checked(source, contract, chosen) for source in sources]
    told: list[Told] = []
    for checked in tables:
        told.append(tell(checked, limit, 1 + sum(len(one.checks) for one in told)))
    every = tuple(sorted([*chosen, *cell_rules().values()], key=lambda rule: rule.id))
    checks = tuple(check for one in told for check in one.checks)
    found = findings(checks, every, localise(checks, every, pinning(every)))
    audit = Audit(tuple(one.reading for one in told), checks, found, every, rules_hash(every))
    owners = {check: (table, *spot) for table, one in enumerate(told) for check, spot in one.owners.items()}
    return levelled(Gate(tuple(tables), audit, owners))


def _judgeable(contract: Contract, rules: Sequence[Rule]) -> None:
    known = {rule.relation for rule in rules if rule.kind in ("equation", "integer", "repeat")}
    for binding in contract.relations:
        if binding.relation not in known:
            raise ConfigError(contract.source, f"no rule judges {binding.relation!r} in tables", binding.line, 1)


def _checked(source: Source | Path | str, contract: Contract, rules: Sequence[Rule]) -> Checked:
    chosen = source if isinstance(source, Source) else Source(Path(source))
    table: Table | None = None
    try:
        table = open_table(chosen, contract)
        checked = resolved(examine(table, contract, rules))
        _even(chosen, table, contract)
    except Unreadable as problem:
        return Checked(chosen.name, contract, error=problem.problem)
    except READING as problem:
        return Checked(chosen.name, contract, error=_diagnosed(chosen, table, contract, problem))
    return checked


def _even(source: Source, table: Table, contract: Contract) -> None:
    """A row with too few fields reads as one with empty cells; only the file itself tells the two apart."""
    if table.media_type != "text/csv" or source.path is None:
        return
    last = list(table.schema)[-1]
    short = table.frame.select(pl.col(last).is_null().any()).collect(engine="streaming").item()
    problem = delimited.uneven(source.path, table, contract) if short else None
    if problem:
        raise problem


def _diagnosed(source: Source, table: Table | None, contract: Contract, problem: Exception) -> InputError:
    if table is not None and table.media_type == "text/csv" and source.path is not None:
        try:
            found = delimited.uneven(source.path, table, contract)
        except Unreadable as undecodable:
            found = undecodable
        if found:
            return found.problem
    return InputError(source.name, f"cannot be read: {str(problem).splitlines()[0]}")
