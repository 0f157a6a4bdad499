"""``figures.parquet``, ``relations.parquet`` and ``checks.parquet``: the frames as they are, zstd-compressed."""

from __future__ import annotations

from io import BytesIO

from auditor import frames
from auditor.model.check import Audit


def render(audit: Audit) -> dict[str, bytes]:
    """The three files by name. Raises ``TypeError`` when a value does not have its column's type (a bug)."""
    files = {}
    for name, frame in frames.frames(audit).items():
        buffer = BytesIO()
        frame.write_parquet(buffer, compression="zstd")
        files[f"{name}.parquet"] = buffer.getvalue()
    return files
