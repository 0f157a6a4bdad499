"""The words of the reports in one language, from the message files, and numbers as that language prints them."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from auditor.model.check import Finding

LANGUAGES = ("vi", "en")


class Messages:
    """Looks up words; a missing key of the reports themselves is a bug and raises ``KeyError``."""

    def __init__(self, language: str, catalogue: dict[str, Any]) -> None:
        self.language = language
        self._catalogue = catalogue
        shapes = catalogue["number"]
        self._decimal, self._group, self._date = shapes["decimal"], shapes["group"], shapes["date"]

    def __call__(self, key: str, **values: object) -> str:
        """The text at ``section.name`` with its {names} filled in; whole numbers are grouped, and choose the form."""
        section, name = key.split(".", 1)
        found = self._catalogue[section][name]
        if isinstance(found, dict):
            found = found["one" if values["n"] == 1 else "other"]
        shown = {name: self.count(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(found.format(**shown))

    def name(self, section: str, identifier: str) -> str:
        """The word for an identifier of the engine or of a user's rule; the identifier itself when it has none."""
        words: dict[str, str] = self._catalogue[section]
        return words.get(identifier) or identifier.replace("-", " ")

    def text(self, section: str, key: str) -> str:
        """A text as it stands in the file, with its {names}."""
        return str(self._catalogue[section][key])

    def of(self, texts: dict[str, str]) -> str:
        """One text of a rule or a finding: in this language, or in any it has."""
        return texts.get(self.language) or next(iter(texts.values()), "")

    def standing(self, finding: Finding) -> str:
        """What somebody decided about a finding, or that a baseline knows it; empty for an open one."""
        if finding.waiver:
            decision = self.name("decision", finding.waiver.decision)
            return f"{decision}: {finding.waiver.reason}"
        return self("review.known") if finding.standing == "known" else ""

    def count(self, number: int) -> str:
        return f"{number:,}".replace(",", self._group)

    def day(self, day: date) -> str:
        return day.strftime(self._date)

    def number(self, plain: str) -> str:
        """A plain decimal as it is printed in this language: groups of three, a true minus sign."""
        whole, _, part = plain.lstrip("-").partition(".")
        grouped = self.count(int(whole)) + (self._decimal + part if part else "")
        return ("\u2212" if plain.startswith("-") else "") + grouped


@cache
def messages(language: str) -> Messages:
    """The words of ``vi`` or ``en``. Raises ``ValueError`` for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"no messages in {language!r}, only in {', '.join(LANGUAGES)}")
    return Messages(language, read_catalogue(language))


def read_catalogue(language: str) -> dict[str, Any]:
    source = files("auditor.languages") / "messages" / f"{language}.yaml"
    loaded: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded
