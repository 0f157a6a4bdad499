"""Tokens: a sentence cut into pieces that cover it, with white space as the only gaps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One sentence as parallel lists; offsets are into the normal text.

    ``kinds`` has a letter a token: ``n`` number, ``w`` word, ``x`` a shape that is never a figure (``what`` names
    it: a date, a document number), ``p`` punctuation. ``words`` are lower case. ``opaque`` sentences hold no
    numeral and are not cut.
    """

    start: int
    end: int
    block: int
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    kinds: str = ""
    words: tuple[str, ...] = ()
    what: dict[int, str] | None = None

    @property
    def opaque(self) -> bool:
        return not self.kinds
