"""Which rules run, and how severe they are: what the options and a configuration file say."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model.rule import Severity


@dataclass(frozen=True, slots=True)
class Choice:
    """``select`` (all rules when empty) without ``ignore``, with some severities changed. ``places`` tells where a
    rule id was written (file and line), to name it when there is no such rule."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = field(default_factory=dict)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
