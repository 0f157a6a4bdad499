"""A contract as the expectations of a suite, in the form in which Great Expectations stores them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from auditor.gate.contract import Binding, Column, Contract, Hierarchy, Selector, Tolerance
from auditor.model.exact import Fraction
from auditor.rules.load import load as load_rules
from auditor.rules.relations import RELATIONS

Stored = dict[str, Any]
SEVERITY = {"error": "critical", "warning": "warning", "note": "info"}
TYPES = {
    "total-of-parts": "expect_total_to_be_sum_of_parts",
    "share-of-total": "expect_share_of_total",
    "change-between-levels": "expect_change_between_levels",
    "percent-of-plan": "expect_percent_of_plan",
    "part-within-total": "expect_count_within_total",
}


def suite(contract: Contract) -> list[Stored]:
    """Every check of a contract that Great Expectations can make, in the contract's order; ``meta`` says which check
    of the gate each is. Relations of other kinds stay with the gate's own engine."""
    found = [one for column in contract.columns.values() for one in _column(column, contract)]
    found += _key(contract)
    for number, binding in enumerate(contract.relations):
        if binding.relation in TYPES:
            found.append(_relation(binding, number, contract))
    return found


def _stored(kind: str, kwargs: Stored, meta: Stored, severity: str, tolerance: Tolerance) -> Stored:
    mostly = {} if tolerance.error.fraction is None else {"mostly": float(1 - tolerance.error.fraction)}
    return {"kwargs": {**kwargs, **mostly}, "meta": meta, "severity": SEVERITY[severity], "type": kind}


def _column(column: Column, contract: Contract) -> Iterator[Stored]:
    def one(name: str, kind: str, **kwargs: Any) -> Stored:
        meta = {"check": name, "column": column.name}
        return _stored(kind, {"column": column.name, **kwargs}, meta, column.severity, column.tolerance)

    if column.required:
        yield one("column-required", "expect_column_values_to_not_be_null")
    if column.allowed:
        yield one("column-allowed", "expect_column_values_to_be_in_set", value_set=list(column.allowed))
    if column.pattern:
        yield one("column-pattern", "expect_column_values_to_match_regex", regex=f"^(?:{column.pattern})$")
    own = {column.name: declared(replace(column, step=None))}  # the cells of one column, without those beside them
    for check in _fitting(column):
        yield one(check, "expect_cells_to_fit", check=check, columns=own, **_read(contract))


def _fitting(column: Column) -> Iterator[str]:
    if column.type != "text":
        yield "column-type"
    if column.numeric and (column.exact or column.decimals is not None):
        yield "column-precision"
    if column.minimum is not None or column.maximum is not None:
        yield "column-range"


def _key(contract: Contract) -> Iterator[Stored]:
    meta = {"check": "key-unique", "column": ", ".join(contract.key)}
    if len(contract.key) == 1:
        kwargs: Stored = {"column": contract.key[0]}
        yield _stored("expect_column_values_to_be_unique", kwargs, meta, "error", contract.key_tolerance)
    elif contract.key:
        kwargs = {"column_list": list(contract.key)}
        yield _stored("expect_compound_columns_to_be_unique", kwargs, meta, "error", contract.key_tolerance)


def _relation(binding: Binding, number: int, contract: Contract) -> Stored:
    names = used(binding, contract)
    kwargs: Stored = {
        "column_list": names,
        "columns": {name: declared(contract.columns[name]) for name in names},
        **_roles(binding),
        **_read(contract),
    }
    if binding.within:
        kwargs["within"] = list(binding.within)
    if contract.unit and binding.across_rows:
        kwargs["unit"] = contract.unit
    if binding.over:
        kwargs |= {"over": binding.over.name, "hierarchies": {binding.over.name: _tree(binding.over)}}
    severity = binding.severity or _severity(binding.relation)
    meta = {"check": binding.relation, "relation": number}
    return _stored(TYPES[binding.relation], kwargs, meta, severity, binding.tolerance)


def used(binding: Binding, contract: Contract) -> list[str]:
    """The columns that a relation is made from, in the order of the contract."""
    tree = (binding.over.column, binding.over.parent) if binding.over else ()
    where = [name for _, found in binding.roles for selector in found for name, _ in selector.where]
    unit = (contract.unit,) if binding.across_rows else ()
    steps = {contract.columns[name].step for name in binding.columns()}
    names = {*binding.columns(), *binding.within, *where, *tree, *unit, *steps}
    return [name for name in contract.columns if name in names]


def _roles(binding: Binding) -> Stored:
    if binding.over:
        return {"value": binding.columns()[0]}
    arities = RELATIONS[binding.relation]
    return {
        f"{role}_" if role == "from" else role: _selected(found) if arities[role] == "many" else _selector(found[0])
        for role, found in binding.roles
    }


def _selected(found: tuple[Selector, ...]) -> Any:
    wheres = [selector.where for selector in found]
    if not any(wheres):
        return [selector.column for selector in found]
    return [_selector(selector) for selector in found]


def _selector(selector: Selector) -> Any:
    return {**dict(selector.where), "value": selector.column} if selector.where else selector.column


def _tree(tree: Hierarchy) -> Stored:
    ways = {"column": tree.column, "parent": tree.parent, "separator": tree.separator, "children": tree.children}
    found: Stored = {key: value for key, value in ways.items() if value is not None}
    return {**found, "tree": {parent: list(children) for parent, children in tree.tree}} if tree.tree else found


def declared(column: Column) -> Stored:
    """A column in the words of a contract, as far as its numbers go."""
    found: Stored = {"type": column.type}
    if column.unit:
        found["unit"] = column.unit
    if column.decimals is not None:
        found["decimals"] = column.decimals
    if column.step:
        found["step"] = column.step
    for key, end in (("min", column.minimum), ("max", column.maximum)):
        if end is not None:
            found[key] = _number(end)
    return found


def _number(value: Fraction) -> str:
    return str(value)


def _read(contract: Contract) -> Stored:
    reader = contract.reader
    found = {"decimal": reader.decimal, "groups": reader.groups}
    kept = {key: value for key, value in found.items() if value and (key, value) != ("decimal", ".")}
    return {"read": kept} if kept else {}


def _severity(relation: str) -> str:
    return next(rule.severity for rule in load_rules() if rule.relation == relation)
