"""The rules of a run, out of those that were loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.choice import Choice
from auditor.model.errors import ConfigError
from auditor.model.rule import Rule


def choose(rules: Iterable[Rule], choice: Choice) -> tuple[Rule, ...]:
    """The rules that ``choice`` leaves, with its severities. Raises ConfigError for a rule that does not exist."""
    every = tuple(rules)
    _known(choice, {rule.id for rule in every})
    wanted = set(choice.select or (rule.id for rule in every)) - set(choice.ignore)
    return tuple(
        replace(rule, severity=choice.severity.get(rule.id, rule.severity)) for rule in every if rule.id in wanted
    )


def _known(choice: Choice, known: set[str]) -> None:
    for name in (*choice.select, *choice.ignore, *choice.severity):
        if name not in known:
            path, line = choice.places.get(name, ("options", None))
            raise ConfigError(path, f"no rule {name!r}; known: {', '.join(sorted(known))}", line)
