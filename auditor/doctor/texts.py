"""Texts to examine rules on: their own examples, and folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.model.rule import Rule


def example_texts(rules: Iterable[Rule]) -> list[str]:
    """The examples in which a rule holds, each text once."""
    return list(dict.fromkeys(e.text for rule in rules for e in rule.examples if e.verdict == "consistent"))


def folder_texts(folder: Path) -> list[str]:
    """The documents of a folder that can be read, as texts."""
    from auditor import ingest

    found = (ingest.read(path) for path in ingest.files([folder]) if isinstance(path, Path))
    return [document.text for document in found if document.error is None]
