"""Which kinds of things lie within which others, by the phrases that name them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.languages.source import Entry

Side = Literal["whole", "part", "neither"]
SIDES: tuple[Side, ...] = ("whole", "part", "neither")
# By the number of a kind: which side of it a phrase names.
Named = dict[int, Side]
WORD = re.compile(r"[^\W\d_]+|\S")


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry of ``kinds.yaml``; ``beside`` holds phrases with a space around each."""

    ahead: bool
    alone: frozenset[str]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds by number and their phrases by the first word, longest first; ``keys`` holds the last
    word of each that says something."""

    kinds: list[Kind]
    phrases: dict[str, list[tuple[list[str], Named]]]
    keys: frozenset[str]

    def named(self, words: list[str]) -> Named:
        """What the phrases among words name: of each kind, the last side."""
        found: Named = {}
        at = 0
        while at < len(words):
            length = 1
            for phrase, named in self.phrases.get(words[at], ()):
                if words[at : at + len(phrase)] == phrase:
                    found.update(named)
                    length = len(phrase)
                    break
            at += length
        return found


def kinds(entries: Iterable[Entry], stops: Container[str]) -> Kinds:
    """Compiles the entries of ``kinds.yaml``; their phrases are cut as texts are, and ``stops`` are words that
    say nothing."""
    known: list[Kind] = []
    sides: dict[tuple[str, ...], Named] = {}
    for number, entry in enumerate(entries):
        beside = tuple(f" {phrase} " for phrase in entry.values.get("beside", ()))
        known.append(Kind(entry.values.get("ahead") == "true", frozenset(entry.values.get("alone", ())), beside))
        for side in SIDES:
            for phrase in entry.values.get(side, ()):
                sides.setdefault(tuple(WORD.findall(phrase)), {})[number] = side
    found: dict[str, list[tuple[list[str], Named]]] = {}
    for words, named in sorted(sides.items(), key=lambda item: -len(item[0])):
        found.setdefault(words[0], []).append((list(words), named))
    return Kinds(known, found, frozenset(_last(words, stops) for words in sides))


def _last(words: Sequence[str], stops: Container[str]) -> str:
    return next((word for word in reversed(words) if word not in stops), words[-1])
