"""Reports onto the disk, each whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, making its folder. A reader sees the old file or the new one, never a part.

    Raises ``OSError`` when the place cannot be written; no temporary file stays behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, because a file cannot be moved at one stroke between file systems.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
