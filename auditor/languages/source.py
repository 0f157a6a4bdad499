"""Vocabulary files: YAML read with the line of every entry, so that a fault is named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from auditor.model.errors import ConfigError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a vocabulary file: its keys and where it begins."""

    path: str
    line: int
    values: dict[str, Any]

    def words(self) -> list[str]:
        return [str(word) for word in [*self.values.get("words", ()), *self.values.get("typos", ())]]

    def examples(self) -> list[str]:
        return [str(example) for example in self.values.get("examples", ())]

    def fault(self, message: str) -> ConfigError:
        return ConfigError(self.path, message, self.line, 1)


def folder(language: str) -> Traversable:
    return files("auditor") / "languages" / language


def read(source: Traversable) -> Any:
    """The content of a vocabulary file, each mapping in a list as an Entry. Raises ConfigError for faulty YAML."""
    try:
        node = yaml.compose(source.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError(
            _place(source), str(error.problem), mark.line + 1 if mark else None, mark.column + 1 if mark else None
        ) from error
    return _value(node, _place(source))


def _place(source: Traversable) -> str:
    """A user's file by its path, ours by its name."""
    return str(source) if isinstance(source, Path) and files("auditor") not in source.parents else source.name


def _value(node: yaml.Node | None, path: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_entry(item, path) if isinstance(item, yaml.MappingNode) else _value(item, path) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value, path) for key, value in node.value}
    # Words such as `no` or `12_000` stay the text they are.
    return node.value if node is not None else None


def _entry(node: yaml.MappingNode, path: str) -> Entry:
    return Entry(path, node.start_mark.line + 1, {key.value: _value(value, path) for key, value in node.value})


def entries(mapping: dict[str, Any], path: str) -> Iterator[tuple[str, Entry]]:
    """The named entries of a file whose top level is a mapping of names to entries."""
    for name, values in mapping.items():
        if isinstance(values, dict):
            yield name, Entry(path, 1, values)
