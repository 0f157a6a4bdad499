"""``index.html``: one page for a reviewer, without network, with each finding beside the text it rests on. Where the
documents are too many for one page it shows the findings only, and every document has a page of its own."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from auditor.model.check import Audit
from auditor.model.version import VERSION
from auditor.report import heat, plot
from auditor.report.bilingual import Bilingual, Table
from auditor.report.cards import Card, cards, printed
from auditor.report.facets import documents, facets, numbered
from auditor.report.groups import Group
from auditor.report.hidden import marked
from auditor.report.implications import by_document
from auditor.report.pages import Pages, telling
from auditor.report.places import Places
from auditor.report.readings import Kinds, record
from auditor.report.summary import reasons, summary

# A text that fills its element: the number of the text can stand on the element itself, which saves a fifth of a page.
ALONE = re.compile(r'<(\w+)([^<>]*)><span data-t="(\d+)">([^<>]*)</span></\1>')
TEMPLATES = Path(__file__).parent / "templates"
TAGS = {"checked": "i", "unpaired": "u", "ignored": "b"}  # the elements of numerals, as short as there are
MOST_TEXTS = 200  # documents shown in full on one page, as long as it keeps to its size:
ROOM, ROOM_OF_FINDING = 300_000, 2_000  # bytes beside the text itself, and for every finding
SPOKEN = (
    *("filter.shown", "decide.missing", "number.decimal", "number.group", "report.language"),
    *("tip.indicator", "tip.place", "tip.period", "tip.role", "tip.where"),
    *("tip.reason", "tip.implied", "tip.ignored"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding in the language of the page, and in the other."""

    here: Card
    there: Card


def render(audit: Audit, ui: str = "vi", time: str = "") -> bytes:
    """The page in the language ``ui`` (``vi`` or ``en``), complete in itself, as UTF-8.

    ``time`` is shown as it is; without it the page does not say when it was made, and two runs give the same bytes.
    Raises ``ValueError`` for another language.
    """
    return files(audit, ui, time)["index.html"]


def files(audit: Audit, ui: str = "vi", time: str = "") -> dict[str, bytes]:
    """``index.html``, and beside it ``documents/0001.html`` … where there are too many for one page."""
    if len(audit.readings) <= MOST_TEXTS:
        page = _page(audit, ui, time)
        if len(audit.readings) == 1 or len(page) <= most(audit):
            return {"index.html": page}
    made = {"index.html": _page(audit, ui, time, whole=False)}
    return made | {name: _page(one, ui, time, home="../index.html") for name, one in _parts(audit)}


def most(audit: Audit) -> int:
    """Bytes that a page with the text of all documents may have."""
    text = sum(len(reading.document.text.encode()) for reading in audit.readings)
    return ROOM + ROOM_OF_FINDING * len(audit.findings) + text


def _parts(audit: Audit) -> Iterator[tuple[str, Audit]]:
    """The audit of each document alone, with its findings and those between it and others."""
    checks: dict[str, list[Any]] = {}
    found: dict[str, list[Any]] = {}
    for check in audit.checks:
        for path in dict.fromkeys((check.document, *(figure.document for figure in check.relation.figures()))):
            checks.setdefault(path, []).append(check)
    for finding in audit.findings:
        for path in dict.fromkeys(place.document for place in finding.locations):
            found.setdefault(path, []).append(finding)
    for number, reading in enumerate(audit.readings, 1):
        path = reading.document.path
        mine, theirs = tuple(checks.get(path, ())), tuple(found.get(path, ()))
        yield name_of(number), replace(audit, readings=(reading,), checks=mine, findings=theirs, fixed=())


def name_of(number: int) -> str:
    return f"documents/{number:04}.html"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = marked
    environment.globals.update(printed=printed, name_of=name_of, TAGS=TAGS)
    return environment


def _page(audit: Audit, ui: str, time: str, *, whole: bool = True, home: str = "") -> bytes:
    template = _environment().get_template("index.html.j2")
    context = _context(audit, Bilingual(ui), whole)
    page = template.render(time=time, whole=whole, home=home, **context)
    return ALONE.sub(r'<\1\2 data-t="\3">\4</\1>', page).encode()


def _context(audit: Audit, texts: Bilingual, whole: bool) -> dict[str, Any]:
    places = Places(audit)
    grouped = _pairs(audit, texts, places)
    found = [pair.here for _, pairs in grouped for pair in pairs]
    total, (unpaired, stopped) = summary(audit), reasons(audit)
    indicators, rules = numbered(found), heat.ran(audit)
    pages = Pages(audit, found, places, texts=whole).all()
    return {
        "t": texts,
        "version": VERSION,
        "rules_hash": audit.rules_hash,
        "total": total,
        "bars": plot.coverage(total.coverage),
        "unpaired": unpaired.most_common(),
        "stopped": stopped.most_common(),
        "groups": grouped,
        "fixed": audit.fixed,
        "facets": facets(found, texts, places, indicators),
        "indicators": indicators,
        "in_documents": lambda card: documents(card, places),
        "in_files": {} if whole else {one.document.path: name_of(n) for n, one in enumerate(audit.readings, 1)},
        "place_number": places.number,
        "rules": rules,
        "heat": heat.rows(audit, [one for one in rules if one.judged or one.findings]),
        "pages": pages,
        "telling": telling(pages),
        "data": _json(
            {"m": _spoken(texts), **(_read(audit, texts) if whole else {"s": [], "k": [], "d": {}, "p": {}})}
        ),
        **_inline("style", "report.css"),
        **_inline("script", "report.js"),
    }


def _pairs(audit: Audit, texts: Bilingual, places: Places) -> list[tuple[Group, list[Pair]]]:
    here, there = (cards(audit, words, places) for words in (texts.words, texts.other))
    return [
        (group, [Pair(one, other) for one, other in zip(mine, theirs, strict=True)])
        for (group, mine), (_, theirs) in zip(here, there, strict=True)
    ]


def _spoken(texts: Bilingual) -> dict[str, list[str]]:
    """What the script of the page says, in the language of the page and in the other."""
    return {key: [words.text(*key.split(".")) for words in (texts.words, texts.other)] for key in SPOKEN}


def _read(audit: Audit, texts: Bilingual) -> dict[str, Any]:
    """How the numerals of every document were read, by its number."""
    table, rules = Table(texts), {rule.id: rule for rule in audit.rules}
    kinds = Kinds(table)
    checks: dict[str, list[Any]] = {}
    for check in audit.checks:
        for path in dict.fromkeys(figure.document for figure in check.relation.figures()):
            checks.setdefault(path, []).append(check)
    follows = by_document(audit.implied)
    read = {
        number: record(reading, checks.get(path := reading.document.path, ()), rules, kinds, follows.get(path, ()))
        for number, reading in enumerate(audit.readings, 1)
    }
    about = {finding.document for finding in audit.findings}
    paths = {number: one.document.path for number, one in enumerate(audit.readings, 1) if one.document.path in about}
    return {"s": table.all(), "k": kinds.all(), "d": read, "p": paths}


def _json(content: object) -> Markup:
    """Data for the script of the page. Without ``<`` no text in it can end the block."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


@cache
def _source(file: str) -> tuple[Markup, Markup]:
    source = (TEMPLATES / file).read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return Markup(source), Markup(f"'sha256-{digest}'")


def _inline(name: str, file: str) -> dict[str, Markup]:
    """A style or script block of our own, and the hash by which the page's policy lets only this block through."""
    source, digest = _source(file)
    return {name: source, f"{name}_hash": digest}
