"""Standard output, standard error, files and exit statuses."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

CLEAN, FINDINGS, FAILED = 0, 1, 2


def say(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough. The exit status still counts, and the interpreter's own last
        # flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    from auditor.report.hidden import one_line

    sys.stderr.write(f"audit: {one_line(text)}\n")


def put(files: dict[Path, bytes]) -> None:
    from auditor.atomic import write

    for path, content in files.items():
        try:
            write(path, content)
        except OSError as problem:
            complain(f"{problem.filename or path}: cannot be written: {problem.strerror}")
            raise typer.Exit(FAILED) from None
