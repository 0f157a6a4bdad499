"""The pattern language of the vocabulary files: readable context patterns, compiled to `re` over a string of codes.

A sentence is a string with one code (a character) a token: known phrases, numerals and figures by class, punctuation.
An atom is the name of a class (``rise``, ``NUM``), words or punctuation in quotes, ``_`` (any token that is neither a
figure nor ``; . : ( )``) or ``INNER`` (the same without commas). Atoms join by spaces (sequence) and ``|`` (either);
``( )``, ``(?!`` and the quantifiers ``? * + {m,n}`` mean what they mean in `re`; ``^`` and ``$`` are the ends of the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LEXEMES = re.compile(
    r"""\s*(?:(?P<quoted>'[^']+')|(?P<name>[A-Za-z_][A-Za-z_-]*)"""
    r"""|(?P<operator>\(\?!|\(\?=|[()|?*+^$]|\{\d*,?\d*\}))"""
)


class PatternError(ValueError):
    """A pattern that does not follow the language; ``position`` is the offset of the fault in it."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def quoted_words(pattern: str) -> list[str]:
    """The words and phrases a pattern names, which the lexicon must know."""
    return [match["quoted"][1:-1] for match in LEXEMES.finditer(pattern) if match["quoted"]]


def translate(pattern: str, codes: Callable[[str], str], words: Callable[[str], str]) -> str:
    """The regular expression text of a pattern; ``codes`` gives a class's codes, ``words`` a phrase's code.

    Raises PatternError for a character outside the language or a class that does not exist.
    """
    out, at = [], 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        match = LEXEMES.match(pattern, at)
        if match is None:
            raise PatternError(f"unexpected {pattern[at:].strip()[:10]!r}", at)
        out.append(_atom(match, codes, words))
        at = match.end()
    return "".join(out)


def leading_classes(pattern: str) -> set[str]:
    """The classes that a match may begin with: those at the start, behind a bracket or behind ``|`` (perhaps more)."""
    leading, names = True, set()
    for match in LEXEMES.finditer(pattern):
        if match["name"] and leading:
            names.add(match["name"])
        leading = match["operator"] in ("(", "|")
    return names


def openings(pattern: str) -> list[re.Match[str]] | None:
    """The classes and words that every match begins with one of; ``None`` where the pattern leaves that open."""
    atoms, found = list(LEXEMES.finditer(pattern)), []
    first, outer = True, []
    for at, match in enumerate(atoms):
        operator = match["operator"] or ""
        optional = at + 1 < len(atoms) and (atoms[at + 1]["operator"] or "").startswith(("?", "*", "{0", "{,"))
        if operator == "(":
            outer.append(first)
        elif operator in ("|", ")"):
            if first:
                return None
            first = (outer.pop() and optional) if operator == ")" else (not outer or outer[-1])
        elif not match["name"] and not match["quoted"]:
            if operator in ("^", "$") or operator.startswith("(?"):
                return None
        elif first:
            found.append(match)
            first = optional
    return None if first else found


def _atom(match: re.Match[str], codes: Callable[[str], str], words: Callable[[str], str]) -> str:
    if match["quoted"]:
        return re.escape(words(match["quoted"][1:-1]))
    if match["name"]:
        try:
            return codes(match["name"])
        except KeyError:
            raise PatternError(f"unknown class {match['name']!r}", match.start("name")) from None
    operator = match["operator"]
    return "(?:" if operator == "(" else operator
