"""Files onto the disk, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path to write to, which becomes ``path`` at the end and vanishes on an error; makes the folder.

    A reader sees the old file or the new one, never a part. Raises ``OSError`` when the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, because a file cannot be moved at one stroke between file systems.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, as `replacing` does."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)
