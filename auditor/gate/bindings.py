"""The relations and hierarchies of a contract file, each role checked against the columns where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import yaml

from auditor.gate.contract import Binding, Column, Hierarchy, Selector, Tolerance
from auditor.gate.entries import flag, mapping, names, scalar, whole
from auditor.gate.units import unit
from auditor.model.rule import SEVERITIES, Severity
from auditor.rules.relations import RELATIONS, Arity
from auditor.rules.source import Entry

OVER = ("total-of-parts", "part-within-total")  # what may hold between a row and the rows one step down
COMMON = ("relation", "within", "severity", "tolerate", "optional")
TREE = ("column", "tree", "parent", "separator", "children")
# Roles whose figures are amounts of one thing: their units must be of one kind.
ALIKE = {
    "total-of-parts": ("total", "part"),
    "part-within-total": ("total", "part"),
    "share-of-total": ("total", "part"),
    "percent-of-plan": ("actual", "plan"),
    "change-between-levels": ("from", "to"),
    "growth-between-levels": ("from", "to"),
    "times-of-base": ("from", "to"),
    "average-change": ("from", "to"),
    "same-figure-twice": ("figure",),
    "scale-jump": ("figure",),
}
Columns = Mapping[str, Column]
Tolerances = Callable[[Entry | None], Tolerance]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the relations of one file may refer to."""

    columns: Columns
    trees: Mapping[str, Hierarchy]
    tolerance: Tolerances


def hierarchies(entry: Entry | None, columns: Columns) -> dict[str, Hierarchy]:
    return {} if entry is None else {name: _hierarchy(name, item, columns) for name, item in mapping(entry).items()}


def relations(
    entry: Entry | None, columns: Columns, trees: Mapping[str, Hierarchy], tolerance: Tolerances
) -> tuple[Binding, ...]:
    scene = _Scene(columns, trees, tolerance)
    return tuple(found for item in (entry.items() if entry else ()) for found in _bindings(item, scene))


def _hierarchy(name: str, entry: Entry, columns: Columns) -> Hierarchy:
    fields = entry.fields(TREE, ("column",))
    ways = [key for key in ("tree", "parent", "separator") if key in fields]
    if len(ways) != 1:
        raise entry.fault("a hierarchy has a 'tree', a 'parent' column or a 'separator', one of the three")
    if "tree" in fields and "children" in fields:
        raise fields["children"].fault("a tree lists its children")
    tree = (
        {parent: tuple(names(found)) for parent, found in mapping(fields["tree"]).items()} if "tree" in fields else {}
    )
    return Hierarchy(
        name=name,
        column=fields["column"].choice(columns, "column"),
        tree=tuple(tree.items()),
        parent=fields["parent"].choice(columns, "column") if "parent" in fields else None,
        separator=scalar(fields["separator"]) if "separator" in fields else None,
        children=whole(fields["children"], 1, 10**9) if "children" in fields else None,
    )


def _bindings(entry: Entry, scene: _Scene) -> list[Binding]:
    keys = mapping(entry)
    if "relation" not in keys:
        raise entry.fault("missing key 'relation'")
    relation = keys["relation"].choice(RELATIONS, "relation")
    if "over" in keys:
        return _over(entry, relation, scene)
    arities = RELATIONS[relation]
    needed = tuple(role for role, arity in arities.items() if arity != "maybe")
    fields = entry.fields((*COMMON, *arities), ("relation", *needed))
    within = (
        tuple(item.choice(scene.columns, "column") for item in fields["within"].items()) if "within" in fields else ()
    )
    roles = tuple((role, _role(fields[role], arities[role], scene.columns)) for role in arities if role in fields)
    found = _common(Binding(relation, roles, within, line=entry.line), fields, scene)
    _agree(found, fields, scene.columns)
    _alike(found, entry, scene.columns)
    return [found]


def _over(entry: Entry, relation: str, scene: _Scene) -> list[Binding]:
    fields = entry.fields((*COMMON, "over", "value"), ("over", "value"))
    if relation not in OVER:
        raise fields["relation"].fault(f"over a hierarchy only {' or '.join(OVER)} can hold")
    tree = scene.trees[fields["over"].choice(scene.trees, "hierarchy")]
    values = fields["value"].items() if isinstance(fields["value"].node, yaml.SequenceNode) else [fields["value"]]
    within = (
        tuple(item.choice(scene.columns, "column") for item in fields["within"].items()) if "within" in fields else ()
    )
    selectors = [(_numeric(item, scene.columns),) for item in values]
    return [
        _common(Binding(relation, (("total", one), ("part", one)), within, tree, line=entry.line), fields, scene)
        for one in selectors
    ]


def _common(found: Binding, fields: Mapping[str, Entry], scene: _Scene) -> Binding:
    severity = fields["severity"].choice(SEVERITIES, "severity") if "severity" in fields else None
    return Binding(
        *(found.relation, found.roles, found.within, found.over, cast("Severity | None", severity)),
        scene.tolerance(fields.get("tolerate")),
        flag(fields["optional"]) if "optional" in fields else False,
        found.line,
    )


def _role(entry: Entry, arity: Arity, columns: Columns) -> tuple[Selector, ...]:
    if arity != "many":
        return (_selector(entry, columns),)
    if isinstance(entry.node, yaml.SequenceNode):
        found = tuple(_selector(item, columns) for item in entry.items())
    else:
        found = tuple(_spread(entry, columns))
    if len(set(found)) < len(found):
        raise entry.fault("one of these stands here twice")
    if not found:
        raise entry.fault("this list is empty")
    return found


def _spread(entry: Entry, columns: Columns) -> list[Selector]:
    """`{indicator: [a, b], value: v}`: one selector for every name in the list."""
    fields = mapping(entry)
    listed = [key for key, value in fields.items() if isinstance(value.node, yaml.SequenceNode)]
    if len(listed) != 1:
        raise entry.fault("a list role is a list of columns, or names one column with a list of its values")
    column, rest = _fixed({key: value for key, value in fields.items() if key not in listed}, entry, columns)
    chosen = Entry(entry.path, fields[listed[0]].node)
    _column(chosen, listed[0], columns)
    return [Selector(column, ((listed[0], value), *rest)) for value in names(chosen)]


def _selector(entry: Entry, columns: Columns) -> Selector:
    if isinstance(entry.node, yaml.ScalarNode):
        return _numeric(entry, columns)
    column, rest = _fixed(mapping(entry), entry, columns)
    return Selector(column, rest)


def _fixed(fields: Mapping[str, Entry], entry: Entry, columns: Columns) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The column of the figures (key `value`, or the only column of numbers) and what the other columns must say."""
    where = []
    for name, value in fields.items():
        if name != "value":
            _column(value, name, columns)
            where.append((name, scalar(value)))
    if "value" in fields:
        return _numeric(fields["value"], columns).column, tuple(where)
    numbers = [name for name, column in columns.items() if column.numeric]
    if len(numbers) != 1:
        raise entry.fault("which column holds the figures? write it as 'value'")
    return numbers[0], tuple(where)


def _column(entry: Entry, name: str, columns: Columns) -> None:
    if name not in columns:
        raise entry.fault(f"unknown column {name!r}; known: {', '.join(columns)}")


def _numeric(entry: Entry, columns: Columns) -> Selector:
    name = entry.choice(columns, "column")
    if not columns[name].numeric:
        raise entry.fault(f"{name!r} is of type {columns[name].type!r}: figures stand in columns of numbers or counts")
    return Selector(name)


def _agree(found: Binding, fields: Mapping[str, Entry], columns: Columns) -> None:
    wheres = [bool(selector.where) for _, selectors in found.roles for selector in selectors]
    if any(wheres) and not all(wheres):
        raise fields["relation"].fault("all roles must be columns of one row, or all must be rows of a long table")
    if any(wheres) and not found.within:
        raise fields["relation"].fault("a relation between rows needs 'within': the columns in which its rows agree")
    if found.within and not any(wheres):
        raise fields["within"].fault("the roles are columns of one row, so 'within' says nothing")


def _alike(found: Binding, entry: Entry, columns: Columns) -> None:
    """Amounts of one thing have units of one kind; tonnes and hectares do not add up."""
    alike = ALIKE.get(found.relation, ())
    kinds = {}
    for role, selectors in found.roles:
        for selector in selectors if role in alike else ():
            name = columns[selector.column].unit
            if name:
                measure = unit(name)
                kinds["" if measure.dimension == "count" else measure.base] = name
    if len(kinds) > 1:
        raise entry.fault(f"units of different kinds in one relation: {', '.join(kinds.values())}")
