"""``index.html``: one page for a reviewer, without network, with each finding beside the text it rests on."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from auditor import __version__
from auditor.model.check import Audit
from auditor.report import plot
from auditor.report.cards import cards, printed
from auditor.report.formula import expression, formula
from auditor.report.hidden import HIDDEN, code
from auditor.report.messages import messages
from auditor.report.pages import Pages
from auditor.report.places import Places
from auditor.report.summary import reasons, summary

TEMPLATES = Path(__file__).parent / "templates"


def render(audit: Audit, ui: str = "vi", time: str = "") -> bytes:
    """The page in the language ``ui`` (``vi`` or ``en``), complete in itself, as UTF-8.

    ``time`` is shown as it is; without it the page does not say when it was made, and two runs give the same bytes.
    Raises ``ValueError`` for another language.
    """
    template = _environment().get_template("index.html.j2")
    return template.render(**_context(audit, ui, time)).encode()


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    return environment


def _context(audit: Audit, ui: str, time: str) -> dict[str, Any]:
    words, places = messages(ui), Places(audit)
    grouped = cards(audit, words, places)
    total, (unpaired, stopped) = summary(audit), reasons(audit)
    return {
        "t": words,
        "version": __version__,
        "rules_hash": audit.rules_hash,
        "time": time,
        "total": total,
        "bars": plot.coverage(total.coverage),
        "unpaired": unpaired.most_common(),
        "stopped": stopped.most_common(),
        "groups": grouped,
        "pages": Pages(audit, words, (card for _, inside in grouped for card in inside)).all(),
        "printed": printed,
        "expression": expression,
        "formula": formula,
        **_inline("style", "report.css"),
        **_inline("script", "report.js"),
    }


def _inline(name: str, file: str) -> dict[str, Markup]:
    """A style or script block of our own, and the hash by which the page's policy lets only this block through."""
    source = (TEMPLATES / file).read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return {name: Markup(source), f"{name}_hash": Markup(f"'sha256-{digest}'")}


def shown(text: str) -> Markup:
    """Text from a document, escaped. A hidden character stays in its place, is named, and cannot turn the text
    around it."""
    return Markup(HIDDEN.sub(_named, str(escape(text))))


def _named(found: re.Match[str]) -> str:
    # HTML has no way to write control characters; only format characters (Cf) can be kept beside their name.
    kept = found[0] if unicodedata.category(found[0]) == "Cf" else ""
    name = unicodedata.name(found[0], code(found[0]))
    return f'<bdi class="hidden" dir="ltr" data-code="{code(found[0])}" title="{name}">{kept}</bdi>'
