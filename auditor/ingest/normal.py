"""The composed form (NFC) of a text, with the way back to the text's own offsets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.model.document import NormalText

# The Icelandic eth, which some keyboards and converters write, looks like the Vietnamese letter with a stroke.
LOOKALIKES = {0xD0: 0x110, 0xF0: 0x111}


def normalise(text: str) -> NormalText:
    """NFC text with lookalike letters replaced, and its map back. A composed text, as nearly all are, needs no map.

    Offsets are code points. An offset inside a group of marks that composition reorders or splits maps to an offset
    inside the same group of the source, so a range of whole characters always maps to the characters it came from.
    """
    text = text.translate(LOOKALIKES) if any(letter in text for letter in map(chr, LOOKALIKES)) else text
    if unicodedata.is_normalized("NFC", text):
        return NormalText(text, (), ())
    parts: list[str] = []
    pairs: list[tuple[int, int]] = [(0, 0)]
    at = 0
    for start, end in _groups(text):
        part = unicodedata.normalize("NFC", text[start:end])
        if len(part) != end - start:
            pairs += ((at + step, min(start + step, end)) for step in range(len(part)))
            pairs.append((at + len(part), end))
        parts.append(part)
        at += len(part)
    anchors, starts = zip(*dict(pairs).items(), strict=True)
    return NormalText("".join(parts), anchors, starts)


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that compose independently of each other: a character and the marks that may join it."""
    begin = 0
    for at, letter in enumerate(text):
        if at > begin and not _joins(letter):
            yield begin, at
            begin = at
    yield begin, len(text)


def _joins(letter: str) -> bool:
    # Every second character of a composition is a mark, or a Hangul vowel or final consonant.
    return letter >= "\u0300" and (unicodedata.category(letter)[0] == "M" or "\u1100" <= letter <= "\u11ff")
