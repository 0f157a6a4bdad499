"""The rule set of a run: the packaged rules, and folders that add to them or override them.

A rule is one `*.yaml` file directly in a folder, and its file name is its id. A file of a later folder with a known id
replaces only the keys it holds (so `severity: warning` is a whole file); a new id is a new rule.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor.model.errors import ConfigError
from auditor.model.rule import Rule
from auditor.rules.build import KEYS, build, is_identifier
from auditor.rules.source import Entry, read


def load(folders: Iterable[Path] = ()) -> tuple[Rule, ...]:
    """The packaged rules and those of ``folders``, in the order of their ids. Raises ConfigError with the place of
    the first fault."""
    tops: dict[str, Entry] = {}
    merged: dict[str, dict[str, Entry]] = {}
    for path in (path for folder in (packaged(), *folders) for path in _rule_files(folder)):
        top = read(path)
        tops[path.stem] = top
        merged.setdefault(path.stem, {}).update(top.fields(KEYS))
    return tuple(build(name, tops[name], merged[name]) for name in sorted(merged))


def packaged() -> Path:
    """The folder of the packaged rules: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("auditor")))
    inside = package / "expectations"
    return inside if inside.is_dir() else package.parent / "expectations"


def rules_hash(rules: Iterable[Rule]) -> str:
    """SHA-256 over what the rules say; not over where their files lie or how they are laid out."""
    content = [_content(rule) for rule in sorted(rules, key=lambda rule: rule.id)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    # A set has no order of its own.
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _content(rule: Rule) -> dict[str, Any]:
    content = asdict(rule)
    del content["source"]
    for example in content["examples"]:
        del example["line"]
    return content


def _rule_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise ConfigError(str(folder), "no such folder of rules")
    for path in sorted(folder.glob("*.yaml")):
        if not is_identifier(path.stem):
            raise ConfigError(str(path), "the file name is the rule's id: small letters, digits and hyphens")
        yield path
