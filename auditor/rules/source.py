"""Rule files as YAML nodes, so that every fault can name the line and column it stands at.

Nothing is converted by YAML: `no`, `12_000` and `2020-01-01` would silently become something else, so every value
must be a string, and figures stand in quotes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from auditor.model.errors import ConfigError

Loader = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_STRING = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a rule file and where it stands."""

    path: str
    node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def fault(self, message: str, offset: int | None = None) -> ConfigError:
        """A fault at this value, ``offset`` characters into it where it is written on one line."""
        begin = self.node.start_mark
        return ConfigError(self.path, message, self.line, begin.column + 1 + self._shift(offset))

    def _shift(self, offset: int | None) -> int:
        if (
            offset is None
            or not isinstance(self.node, yaml.ScalarNode)
            or self.node.start_mark.line != self.node.end_mark.line
        ):
            return 0
        return offset + (1 if self.node.style in ("'", '"') else 0)

    def text(self) -> str:
        """The value as a string. Raises ConfigError for anything else, and for an empty one."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault("a text is expected here")
        if self.node.tag != _STRING:
            raise self.fault(f"{self.node.value or 'nothing'!r} is not a text here: write it in quotes")
        if not self.node.value.strip():
            raise self.fault("this is empty")
        return str(self.node.value)

    def choice(self, options: Collection[str], what: str) -> str:
        text = self.text()
        if text not in options:
            raise self.fault(f"unknown {what} {text!r}; known: {', '.join(options)}")
        return text

    def items(self) -> list[Entry]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("a list is expected here")
        return [Entry(self.path, node) for node in self.node.value]

    def fields(self, known: Collection[str], required: Collection[str] = ()) -> dict[str, Entry]:
        """The values by key. Raises ConfigError for an unknown, repeated or missing key."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("keys with values are expected here")
        found: dict[str, Entry] = {}
        for key_node, value in self.node.value:
            key = Entry(self.path, key_node)
            name = key.choice(known, "key")
            if name in found:
                raise key.fault(f"key {name!r} stands here twice")
            found[name] = Entry(self.path, value)
        missing = [name for name in required if name not in found]
        if missing:
            raise self.fault(f"missing key {missing[0]!r}")
        return found


def read(path: Path) -> Entry:
    """The top of a rule file. Raises ConfigError when it cannot be read, is empty, or is no YAML."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError(str(path), f"not YAML: {error.problem}", *place) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"not readable as UTF-8 text: {str(error).splitlines()[0]}", 1, 1) from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    if node is None:
        raise ConfigError(str(path), "the file is empty", 1, 1)
    return Entry(str(path), node)
