"""``auditor.toml``: what a project always says to ``audit run``. The nearest one upwards counts; options outrank it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.model.choice import Choice
from auditor.model.errors import ConfigError

NAME = "auditor.toml"
UI = ("vi", "en")
FAIL_ON = ("error", "warning", "note", "never")
FORMATS = ("html", "json", "sarif", "junit", "github", "text", "docx", "pdf")
SEVERITIES = ("error", "warning", "note")

Fault = Callable[[str], ConfigError]


@dataclass(frozen=True, slots=True)
class Config:
    """The values of one file by key, as they count (folders relative to the file), and the line of each."""

    path: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def get(self, key: str, given: Any, otherwise: Any = None) -> Any:
        """What an option says, or else this file, or else the default."""
        return self.values.get(key, otherwise) if given is None else given

    def choice(self, select: Sequence[str] | None = None, ignore: Sequence[str] | None = None) -> Choice:
        """The rules that run. What this file names is given with its line."""
        chosen = tuple(self.get("select", select, ())), tuple(self.get("ignore", ignore, ()))
        severity = self.values.get("severity", {})
        given = {*(select or ()), *(ignore or ())}
        lines = {name: self.lines.get(key) for key, names in self._named() for name in names if name not in given}
        return Choice(*chosen, severity, {name: (str(self.path), line) for name, line in lines.items()})

    def _named(self) -> list[tuple[str, Iterable[str]]]:
        lists = [(key, self.values.get(key, ())) for key in ("select", "ignore")]
        return [*lists, *((f"severity.{rule}", (rule,)) for rule in self.values.get("severity", {}))]


def find(start: Path) -> Path | None:
    """The nearest ``auditor.toml``, from a folder upwards."""
    folder = start.resolve()
    return next((one / NAME for one in (folder, *folder.parents) if (one / NAME).is_file()), None)


def load(path: Path | None = None) -> Config:
    """The file at ``path``, or the nearest; without any, nothing is configured. Raises ConfigError with the line of
    the first fault."""
    chosen = path or find(Path.cwd())
    return Config() if chosen is None else _read(chosen)


def _read(path: Path) -> Config:
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), "not UTF-8 text", 1, 1) from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from None
    lines = line_numbers(text)
    values = {key: _value(path, key, value, lines) for key, value in content.items()}
    return Config(path, values, lines)


def _not_toml(path: Path, text: str, message: str) -> ConfigError:
    what, _, place = message.rpartition(" (at ")
    numbers = [int(one) for one in re.findall(r"\d+", place)]
    line, column = numbers if len(numbers) == 2 else (text.count("\n") + 1, 1)
    return ConfigError(str(path), f"not TOML: {what or message}", line, column)


def _value(path: Path, key: str, value: Any, lines: dict[str, int]) -> Any:
    def fault(message: str, where: str = key) -> ConfigError:
        return ConfigError(str(path), message, lines.get(where, 1), 1)

    if key not in (*KEYS, *TABLES):
        raise fault(f"unknown key {key!r}; known: {', '.join((*KEYS, *TABLES))}")
    if key in TABLES:
        return TABLES[key](value, fault)
    checked = KEYS[key](value, fault)
    return _placed(path, checked) if key in PATHS else checked


def _severities(value: Any, fault: Callable[..., ConfigError]) -> dict[str, str]:
    if not isinstance(value, dict):
        raise fault("a table of rules and severities is expected here")
    for rule, severity in value.items():
        if severity not in SEVERITIES:
            raise fault(f"unknown severity {severity!r}; known: {', '.join(SEVERITIES)}", f"severity.{rule}")
    return value


def _places(value: Any, fault: Callable[..., ConfigError]) -> dict[str, str]:
    if not isinstance(value, dict):
        raise fault("a table of paths and their places is expected here")
    for pattern, place in value.items():
        if not isinstance(place, str) or not place.strip():
            raise fault("the name of a place is expected here", f"places.{pattern}")
    return value


def _placed(path: Path, value: Any) -> Any:
    if isinstance(value, list):
        return [path.parent / one for one in value]
    return path.parent / value


def _choice(*known: str) -> Callable[[Any, Fault], Any]:
    def check(value: Any, fault: Fault) -> Any:
        if value not in known:
            raise fault(f"{value!r} is not one of {', '.join(known)}")
        return value

    return check


def _text(value: Any, fault: Fault) -> Any:
    if not isinstance(value, str) or not value:
        raise fault("a text is expected here")
    return value


def _texts(value: Any, fault: Fault) -> Any:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise fault("a list of texts is expected here")
    return value


def _formats(value: Any, fault: Fault) -> Any:
    return [_choice(*FORMATS)(one, fault) for one in _texts(value, fault)]


def _flag(value: Any, fault: Fault) -> Any:
    if not isinstance(value, bool):
        raise fault("true or false is expected here")
    return value


def _number(highest: float) -> Callable[[Any, Fault], Any]:
    def check(value: Any, fault: Fault) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= highest:
            raise fault(f"a number from 0 to {highest:g} is expected here")
        return value

    return check


KEYS: dict[str, Callable[[Any, Fault], Any]] = {
    "expectations": _texts,
    "vocabulary": _texts,
    "output": _text,
    "ui": _choice(*UI),
    "format": _formats,
    "fail-on": _choice(*FAIL_ON),
    "max-warnings": _number(1e9),
    "min-coverage": _number(100),
    "allow-empty": _flag,
    "select": _texts,
    "ignore": _texts,
    "exclude": _texts,
    "waivers": _text,
    "baseline": _text,
}
TABLES: dict[str, Callable[[Any, Callable[..., ConfigError]], Any]] = {"severity": _severities, "places": _places}
PATHS = ("expectations", "vocabulary", "output", "waivers", "baseline")

_HEADER = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w-]+)\s*(\.|=)""")


def line_numbers(text: str) -> dict[str, int]:
    """The line of every key, tables included: ``{"severity": 3, "severity.share-of-total": 4}``."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1].strip("\"'")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found
