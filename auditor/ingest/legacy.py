"""Old Vietnamese code pages (TCVN3, VNI, VPS, VISCII): recognised by their words, converted with the extra `legacy`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from auditor.languages import source

WORD = re.compile(r"[^\s,.;:()\"/]+")
UNICODE = re.compile("[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]")  # letters that only Unicode has
SAMPLE = 20_000
DIFFERENT, FEWER, OFTEN = 4, 2, 6  # how many signature words, and how often, name a code page


class Missing(Exception):
    """A code page is recognised and the extra that converts it is not installed."""


def recognise(text: str, different: int = DIFFERENT) -> str:
    """The code page that a text was written in before it was read as Western letters; empty for none. ``different`` is
    how many different words must say so: fewer will do for bytes that cannot be Unicode."""
    sample = text[:SAMPLE]
    found = WORD.findall(sample.lower())
    if len(UNICODE.findall(sample)) > len(found) / 8:
        return ""
    counts = {name: [word for word in found if word in known] for name, known in _words().items()}
    name, hits = max(counts.items(), key=lambda item: (len(set(item[1])), len(item[1])))
    return name if len(set(hits)) >= different and len(hits) >= min(OFTEN, len(found) / 5) else ""


def called(name: str) -> str:
    return str(_data()["names"][name])


def converter(name: str) -> Callable[[str], str]:
    """The conversion from a code page; text that is Unicode already is left alone. Raises Missing."""
    try:
        from viparse.normalize.encodings import get_charmap
        from viparse.normalize.tables import convert
    except ImportError:
        remedy = "install auditor[legacy] to convert it, or save it in UTF-8"
        raise Missing(f"written in {called(name)}: {remedy}") from None
    return partial(_by_line, convert=convert, charmap=get_charmap(name))


def _by_line(text: str, **how: Any) -> str:
    return "".join(_converted(line, **how) for line in text.splitlines(keepends=True))


def _converted(text: str, *, convert: Callable[..., str], charmap: Any) -> str:
    return text if text.isascii() or UNICODE.search(text) else convert(text, charmap)


@cache
def _data() -> Any:
    return source.read(source.folder("vi") / "encodings.yaml")


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _data()["words"].items()}
