"""The words of tables: heads, labels, signs in cells and units, compiled once when a document has a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from auditor.languages import source
from auditor.languages.vocabulary import Vocabulary, vocabulary
from auditor.model.exact import Fraction
from auditor.model.quantity import Bound

POWER = re.compile(r"^(1[0. ]*0{3}(?:[. ]?0{3})*)\s*(?=\D)")
SPACES = re.compile(r"\s+")
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a cell is measured in: base unit, what one printed unit is in it, dimension, and the words as printed."""

    unit: str | None
    factor: Fraction
    dimension: str
    printed: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TableWords:
    """The vocabulary of tables. Patterns of ``heads`` search; those of ``rows`` match the beginning of a label."""

    heads: dict[str, Pattern]
    rows: dict[str, Pattern]
    not_additive: Pattern
    sideways: Pattern
    less_is_better: Pattern
    falling: Pattern
    remedied: Pattern
    claims: dict[str, str]
    blank: frozenset[str]
    zero: frozenset[str]
    ditto: frozenset[str]
    bounds: tuple[tuple[str, Bound], ...]
    unit_line: Pattern
    period: Pattern
    unit_forms: dict[str, str]
    words: Vocabulary

    def measure(self, text: str) -> Measure | None:
        """The unit that a text names, scale word and denominators included; nothing for other words."""
        return _measure(self, plain(text))

    def better_low(self, label: str) -> bool:
        """Whether a label names what nobody wants more of, and neither its fall nor what was done about it."""
        low = plain(label)
        found = self.less_is_better.search(low)
        return bool(found) and not self.falling.match(low) and not self.remedied.search(low)


@cache
def table_words(language: str = "vi") -> TableWords:
    """The table vocabulary of a language. Raises ConfigError for a faulty file."""
    data: dict[str, Any] = source.read(source.folder(language) / "tables.yaml")
    data = {key: value.values if isinstance(value, source.Entry) else value for key, value in data.items()}
    bounds = [(word, bound) for bound, words in data["bounds"].items() for word in words]
    claims = {word: claim for claim, words in data["claims"].items() for word in words}
    return TableWords(
        {name: _any(words) for name, words in data["heads"].items()},
        {name: _any(words) for name, words in data["rows"].items()},
        _any(data["not_additive"]), _any(data["sideways"]), _any(data["less_is_better"]), _any(data["falling"]),
        _any(data["remedied"]), claims,
        frozenset(data["blank"]), frozenset(data["zero"]), frozenset(data["ditto"]),
        tuple(sorted(bounds, key=lambda pair: -len(pair[0]))),
        re.compile(rf"(?:{_joined(data['unit_line'])})\s*:?\s*(.+)"), re.compile("|".join(data["periods"])),
        data["unit_forms"], vocabulary(language),
    )  # fmt: skip


def plain(text: str) -> str:
    """Lower case with single spaces."""
    return SPACES.sub(" ", text).strip().lower()


def _joined(words: Iterable[str]) -> str:
    return "|".join(re.escape(str(word)) for word in sorted(map(str, words), key=len, reverse=True))


def _any(words: Iterable[str]) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{_joined(words)})(?!\w)")


@lru_cache(maxsize=4096)
def _measure(words: TableWords, text: str) -> Measure | None:
    printed = text = text.strip(" ()[].:;")
    text = words.unit_forms.get(text, text)
    factor = Fraction(1)
    power = POWER.match(text)
    if power:
        factor, text = Fraction(int(re.sub(r"\D", "", power[1]))), text[power.end() :].strip()
    text, known = words.unit_forms.get(text, text), words.words
    for scale in sorted(known.scales, key=len, reverse=True):
        if text.startswith(scale + " "):
            factor, text = factor * known.scales[scale], text[len(scale) :].strip()
            break
    head, slash, per = text.partition("/")
    per = f"/{per.strip()}".replace(" ", "") if slash else ""
    head = head.strip()
    if head in known.units:
        unit = known.units[head]
        return Measure(unit.unit + per, factor * unit.factor, unit.dimension, printed)
    if head in known.nouns:
        return Measure(known.nouns[head].unit + per, factor, "count", printed)
    return None
