"""What can go wrong outside the code: bad input is a value, a bad rule or configuration file stops the run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputError:
    """A document that could not be read. It travels to the report; the other documents go on."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}:{self.column or 1}"
        return f"{self.path}{place}: {self.message}"


class ConfigError(Exception):
    """A faulty rule, vocabulary or configuration file, named with its line and column (counted from 1)."""

    def __init__(self, path: str, message: str, line: int | None = None, column: int | None = None) -> None:
        self.problem = InputError(path, message, line, column)
        super().__init__(str(self.problem))
