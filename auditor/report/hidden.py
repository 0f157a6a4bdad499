"""Characters of a document that cannot be seen or that change how others look, for reports that must not be fooled."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

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


@lru_cache(8192)
def marked(text: str) -> Markup:
    """Text from a document, escaped for HTML. A hidden character stays in its place, is named, and cannot turn the
    text around it."""
    return Markup(HIDDEN.sub(_named, str(escape(text))))


def _named(found: re.Match[str]) -> str:
    # HTML has no way to write control characters; only format characters (Cf) can be kept beside their name.
    kept = found[0] if unicodedata.category(found[0]) == "Cf" else ""
    name = unicodedata.name(found[0], code(found[0]))
    return f'<bdi class="hidden" dir="ltr" data-code="{code(found[0])}" title="{name}">{kept}</bdi>'
