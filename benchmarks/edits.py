"""Systems of linear edits, as tools for survey data state them, solved by our own error localisation.

A case holds ``rules`` (each a list of alternatives ``{"c": factors, "op", "b"}``), ``data`` (``null`` for a missing
value) and ``weights`` (``fixed`` for a field that cannot be wrong).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from auditor.localise.diagnosis import diagnose
from auditor.localise.elimination import Row, conflict, row
from auditor.model.exact import Fraction, rational

Fields = frozenset[str]


def optimal_sets(case: Mapping[str, Any]) -> set[Fields]:
    """All lightest sets of fields whose change lets every rule hold."""
    system = _System(case)
    return diagnose([], system.lacks, system.weight)


class _System:
    def __init__(self, case: Mapping[str, Any]) -> None:
        self.rules: Sequence[Sequence[Mapping[str, Any]]] = case["rules"]
        self.data = {name: None if value is None else _exact(value) for name, value in case["data"].items()}
        self.weights: Mapping[str, Any] = case["weights"]
        self.missing = frozenset(name for name, value in self.data.items() if value is None)
        self.fixed = frozenset(name for name, weight in self.weights.items() if weight == "fixed")

    def weight(self, name: str) -> Fraction:
        return _exact(self.weights.get(name, 1))

    def lacks(self, free: Fields) -> Fields | None:
        moving = free | self.missing
        origins: set[int] = set()
        for chosen in product(*self.rules):
            core = conflict(one for number, edit in enumerate(chosen) for one in self._rows(number, edit, moving))
            if core is None:
                return None
            origins |= core
        names = {name for number in origins for edit in self.rules[number] for name in edit["c"]}
        return frozenset(names & self.data.keys()) - moving - self.fixed

    def _rows(self, number: int, edit: Mapping[str, Any], moving: Fields) -> list[Row]:
        factors = {name: _exact(factor) for name, factor in edit["c"].items()}
        standing = sum((f * (self.data[n] or 0) for n, f in factors.items() if n not in moving), -_exact(edit["b"]))
        terms: dict[Any, Fraction] = {name: factor for name, factor in factors.items() if name in moving}
        below = row(terms, standing, edit["op"] == "<", {number})
        above = row({name: -factor for name, factor in terms.items()}, -standing, edit["op"] == ">", {number})
        return {"==": [below, above], "<": [below], "<=": [below], ">": [above], ">=": [above]}[edit["op"]]


def _exact(value: float) -> Fraction:
    return rational(str(value))
