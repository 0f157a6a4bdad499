"""The words of the gate's own report, in the language of its reader."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from auditor.gate.result import Checked
from auditor.model.check import Finding

LANGUAGES = ("vi", "en")


@cache
def words(language: str) -> dict[str, str]:
    """All texts of a language. Raises ValueError for one that there is not."""
    if language not in LANGUAGES:
        raise ValueError(f"no messages in {language!r}, only in {', '.join(LANGUAGES)}")
    source = files("auditor.gate") / "ui.yaml"
    loaded: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return dict(loaded[language])


def told(finding: Finding, language: str) -> str:
    """A finding in words, with what the gate has to say to its reason."""
    hint = words(language).get(finding.check.reason or "")
    return f"{finding.message[language]} {hint}" if hint else finding.message[language]


def verdict(checked: Checked, fail_on: str = "error") -> str:
    """The key of a table's verdict."""
    if checked.error:
        return "unread"
    if checked.level is None:
        return "pass"
    failing = ("error", "warning", "note")
    counted = () if fail_on == "never" else failing[: failing.index(fail_on) + 1]
    return "fail" if checked.level in counted else "warn"
