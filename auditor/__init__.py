"""Checks that the figures of Vietnamese socio-economic reports agree with each other.

``auditor.audit(paths)`` reads documents and returns an :class:`auditor.model.check.Audit`; see
:func:`auditor.pipeline.audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.version import VERSION as __version__

if TYPE_CHECKING:
    from auditor.pipeline import audit

__all__ = ["__version__", "audit"]


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `import auditor` and `audit --help` stay fast.
    if name == "audit":
        from auditor.pipeline import audit

        return audit
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
