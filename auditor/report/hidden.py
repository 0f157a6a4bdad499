"""Characters of a document that cannot be seen or that change how others look, for reports that must not be fooled."""

from __future__ import annotations

import re

# Control characters, soft hyphens, zero-width characters, and what turns the direction of a text.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACE = re.compile(r"[\t\n\r]+")


def code(character: str) -> str:
    return f"U+{ord(character):04X}"


def one_line(text: str) -> str:
    """Text that is safe to print: on one line, hidden characters by their code, so that a document can neither
    steer a terminal nor begin a line of its own in a log."""
    return HIDDEN.sub(lambda found: f"<{code(found[0])}>", _SPACE.sub(" ", text))
