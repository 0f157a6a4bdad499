"""A user's own units, nouns, indicators and abbreviations: files like the packaged ones, in a folder, checked alike."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from auditor.languages import source
from auditor.languages.source import Entry
from auditor.model.errors import ConfigError
from auditor.model.exact import rational

# What an entry of each file must have, and what it may have.
KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "units": (frozenset({"words", "unit", "dimension"}), frozenset({"factor", "examples"})),
    "nouns": (frozenset({"words"}), frozenset({"unit", "own", "kind_of", "examples"})),
    "indicators": (frozenset({"key", "words", "dimension"}), frozenset({"examples"})),
}


def extend(data: dict[str, Any], folders: Iterable[Path]) -> None:
    """Adds the entries of every folder to the packaged ones. A later entry outranks an earlier one for the same word.

    A folder holds ``units.yaml``, ``nouns.yaml`` and ``indicators.yaml`` (lists of entries) and ``abbreviations.yaml``
    (a list of words whose full stop ends no sentence). Raises ConfigError for another file, a faulty entry, or a folder
    that is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise ConfigError(str(folder), "no such folder of vocabulary")
        for path in sorted(folder.glob("*.yaml")):
            _extend(data, path)


def check(name: str, entry: Entry) -> None:
    """Raises ConfigError, with the line, for an entry that lacks a key, has an unknown one or an odd value."""
    required, optional = KEYS[name]
    missing, unknown = required - entry.values.keys(), entry.values.keys() - required - optional
    if missing:
        raise entry.fault(f"the key {min(missing)!r} is missing")
    if unknown:
        raise entry.fault(f"unknown key {min(unknown)!r}; known: {', '.join(sorted(required | optional))}")
    if not isinstance(entry.values["words"], list) or not entry.words():
        raise entry.fault("'words' must be a list of at least one word")
    try:
        positive = rational(entry.values.get("factor", "1")) > 0
    except (ValueError, ZeroDivisionError):
        positive = False
    if not positive:
        raise entry.fault(f"'factor' must be a positive number, not {entry.values['factor']!r}")


def _extend(data: dict[str, Any], path: Path) -> None:
    name, content = path.stem, source.read(path)
    if name == "abbreviations":
        data["abbreviations"]["before_stop"] += _words(path, content)
        return
    if name not in KEYS:
        known = ", ".join(f"{known}.yaml" for known in ("abbreviations", *KEYS))
        raise ConfigError(str(path), f"unknown file of vocabulary; known: {known}")
    if not isinstance(content, list) or not all(isinstance(entry, Entry) for entry in content):
        raise ConfigError(str(path), "a list of entries is expected", 1, 1)
    for entry in content:
        check(name, entry)
    target = data["nouns"]["nouns"] if name == "nouns" else data[name]
    target += content


def _words(path: Path, content: Any) -> list[str]:
    if not isinstance(content, list) or not all(isinstance(word, str) for word in content):
        raise ConfigError(str(path), "a list of words is expected", 1, 1)
    return content
