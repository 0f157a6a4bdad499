"""The files that paths on a command line stand for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.model.errors import InputError

SUFFIXES = (".md", ".txt")
PATTERNS = tuple(f"*{suffix}" for suffix in SUFFIXES)


def files(paths: Iterable[str | os.PathLike[str]]) -> list[Path | InputError]:
    """The files to audit, each once, in the order of their names.

    A file is taken as it is; a folder stands for the ``*.txt`` and ``*.md`` files below it, hidden ones excepted.
    A path that does not exist and a folder without such files become an :class:`InputError`; nothing is raised.
    """
    found = {shown(item): item for path in paths for item in _expand(Path(path))}
    return [found[name] for name in sorted(found)]


def shown(item: Path | InputError) -> str:
    """The name under which a path is reported: relative to the working directory, with ``/``."""
    return item.path if isinstance(item, InputError) else relative(item)


def relative(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive: there is no relative path
        return path.as_posix()


def _expand(path: Path) -> Iterator[Path | InputError]:
    if not path.exists():
        yield InputError(relative(path), "no such file or folder")
    elif not path.is_dir():
        yield path
    else:
        inside = [file for file in path.rglob("*") if _wanted(file, path)]
        yield from inside
        if not inside:
            yield InputError(relative(path), f"nothing to audit here (no {', '.join(PATTERNS)})")


def _wanted(file: Path, folder: Path) -> bool:
    # Hidden folders hold tools' own files (.git, .venv), which nobody means when naming the folder above.
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix.lower() in SUFFIXES and not hidden and file.is_file()
