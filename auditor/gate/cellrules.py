"""The checks of single cells as rules, so that findings on them read and travel as all others do."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from auditor.model.rule import Rule

RELATION, ROLE = "table-cell", "cell"


@cache
def cell_rules() -> dict[str, Rule]:
    """The rules by id; their words stand in a data file."""
    source = files("auditor.gate") / "words.yaml"
    loaded: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {name: _rule(name, words) for name, words in loaded.items()}


def _rule(name: str, words: dict[str, dict[str, str]]) -> Rule:
    return Rule(
        id=name,
        relation=RELATION,
        kind="unary",
        holds={},
        severity="error",
        title=words["title"],
        why=words["why"],
        message=words["message"],
        examples=(),
    )
