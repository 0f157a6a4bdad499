"""One run: what the options and ``auditor.toml`` ask for, and whether the result is green."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.commands.console import CLEAN, FAILED, FINDINGS, complain
from auditor.model.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from auditor.config import Config as Settings
    from auditor.model.check import Audit
    from auditor.pipeline import Judged
    from auditor.review.limits import Limits

LONG = 20  # documents from which a progress bar is shown


def settings_of(path: Path | None) -> Settings:
    from auditor.config import load

    return load(path)


def audited(
    paths: list[Path],
    settings: Settings,
    *,
    expectations: list[Path] | None = None,
    exclude: list[str] | None = None,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    strict: bool = False,
    quiet: bool = False,
    jobs: int = 1,
) -> Audit:
    import gc

    from auditor.pipeline import audit

    result = audit(
        paths,
        expectations=settings.get("expectations", expectations, ()),
        vocabularies=settings.get("vocabulary", None, ()),
        strict=strict or None,
        choice=settings.choice(select, ignore),
        exclude=settings.get("exclude", exclude, ()),
        places=settings.get("places", None, {}),
        jobs=jobs,
        watch=_passing if quiet or not sys.stderr.isatty() else _progress,
    )
    gc.freeze()  # all of it stays until the process ends
    for reading in result.readings:
        if reading.document.error:
            complain(str(reading.document.error))
        elif reading.document.code_page:
            complain(f"{reading.document.path}: written in {reading.document.code_page}, converted to Unicode")
    return result


def _passing(judged: Iterator[Judged], count: int) -> Iterable[Judged]:
    return judged


def _progress(judged: Iterator[Judged], count: int) -> Iterable[Judged]:
    """A bar on the terminal, which only a long run is worth."""
    if count < LONG:
        return judged
    from rich.console import Console
    from rich.progress import track

    return track(judged, "", total=count, console=Console(stderr=True), transient=True)


def waivers_of(settings: Settings, given: Path | None) -> Path | None:
    """The file of decisions: the one that is named, or the usual one where it exists."""
    from auditor.review.waivers import NAME

    named: Path | None = settings.get("waivers", given)
    usual = (settings.path.parent if settings.path else Path()) / NAME
    return named or (usual if usual.is_file() else None)


def day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise ConfigError("options", f"{text!r} is not a date such as 2026-12-31") from None


def status(result: Audit, limits: Limits, exit_zero: bool) -> int:
    from auditor.review.limits import empty, exceeded, found

    if any(reading.document.error for reading in result.readings):
        return FAILED
    if not limits.allow_empty and (reason := empty(result)):
        complain(reason)
        return FAILED
    problems = list(exceeded(result, limits))
    for problem in problems:
        complain(problem)
    return FINDINGS if not exit_zero and (problems or found(result, limits)) else CLEAN
