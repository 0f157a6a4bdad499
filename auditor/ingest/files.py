"""The files that paths on a command line stand for."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.model.errors import InputError

SUFFIXES = (".csv", ".docx", ".htm", ".html", ".md", ".ods", ".pdf", ".txt", ".xls", ".xlsm", ".xlsx")
PATTERNS = tuple(f"*{suffix}" for suffix in SUFFIXES)
STANDARD_INPUT = "-"
# A document that is open in an office program has a lock file of that name beside it.
LOCKS = ("~$", ".~lock.")


def files(paths: Iterable[str | os.PathLike[str]]) -> list[Path | InputError]:
    """The files to audit, each once, in the order of their names.

    A file is taken as it is, ``-`` is standard input, a folder stands for the documents below it, hidden ones excepted,
    and a pattern (``*``, ``**``, ``?``, ``[…]``) for the files it matches. A path that does not exist and a folder
    without documents become an :class:`InputError`; nothing is raised.
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
    if path == Path(STANDARD_INPUT):
        yield path
    elif not path.exists():
        matched = [Path(name) for name in glob.glob(str(path), recursive=True)] if glob.has_magic(str(path)) else []  # noqa: PTH207
        yield from (inside for match in matched for inside in _expand(match))
        if not matched:
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
    return file.suffix.lower() in SUFFIXES and not hidden and not file.name.startswith(LOCKS) and file.is_file()
