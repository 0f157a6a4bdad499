"""The keyword arguments of an expectation as a contract: one vocabulary for both, one loader, the same messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

import yaml

from auditor.gate.contract import Contract
from auditor.gate.loading import build
from auditor.model.errors import ConfigError
from auditor.rules.source import Entry, Loader

TABLE = ("columns", "read", "unit", "hierarchies")  # what belongs to the table, not to the relation
NAME = "expectation"


def columns(relation: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that an expectation is about. A role that is the bare name of a column needs no declaration: it
    holds numbers with the digits they are printed with."""
    roles = [one for value in relation.values() for one in (value if isinstance(value, list | tuple) else [value])]
    bare = [] if "over" in relation or "within" in relation else [one for one in roles if isinstance(one, str)]
    return {**{name: {"type": "number"} for name in bare}, **declared}


def contract(relation: Mapping[str, Any] | None, table: Mapping[str, Any]) -> Contract:
    """The contract that the arguments of an expectation stand for. Raises ValueError in the words of the loader."""
    top = {key: table[key] for key in TABLE if table.get(key)}
    if relation:
        kept = {key: value for key, value in relation.items() if value}
        top["columns"] = columns({key: kept[key] for key in kept if key != "relation"}, top.get("columns", {}))
        top["relations"] = [kept]
    node = cast(yaml.Node, yaml.compose(json.dumps(top, ensure_ascii=False), Loader=Loader))
    try:
        return build(NAME, Entry(NAME, node))
    except ConfigError as problem:
        raise ValueError(problem.problem.message) from None
