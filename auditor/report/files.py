"""All reports of a run by file name, as the formats ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module

from auditor.model.check import Audit
from auditor.model.rule import SEVERITIES

ALWAYS = ("html", "json")


def render(
    audit: Audit, ui: str, time: str, formats: Collection[str], failing: Collection[str] = SEVERITIES
) -> dict[str, bytes]:
    """Bytes by file name: the HTML report, ``audit.json`` and the frames always, the others when asked for.
    ``failing`` are the severities by which a JUnit case fails."""
    files: dict[str, bytes] = {}
    for name, make in _makers(ui, time, failing).items():
        if name in formats or name in ALWAYS:
            files |= make(audit)
    return files | _parquet(audit)


def _makers(ui: str, time: str, failing: Collection[str]) -> dict[str, Callable[[Audit], dict[str, bytes]]]:
    from auditor.report import html, json, junit, sarif, text

    return {
        "html": lambda audit: html.files(audit, ui, time),
        "json": lambda audit: {"audit.json": json.render(audit)},
        "sarif": lambda audit: {"audit.sarif": sarif.render(audit, ui)},
        "junit": lambda audit: {"audit.junit.xml": junit.render(audit, ui, failing)},
        "text": lambda audit: {"audit.txt": text.render(audit, ui, verbose=True).encode()},
        "docx": lambda audit: _marked("docx", audit, ui),
        "pdf": lambda audit: _marked("pdf", audit, ui),
    }


def _marked(kind: str, audit: Audit, ui: str) -> dict[str, bytes]:
    """Copies with comments or highlights; their libraries are loaded only when they are asked for."""
    made: dict[str, bytes] = import_module(f"auditor.report.{kind}").files(audit, ui)
    return made


def _parquet(audit: Audit) -> dict[str, bytes]:
    from auditor.report import parquet

    return parquet.render(audit)
