"""Checks that the figures of Vietnamese socio-economic reports agree with each other.

``auditor.audit(paths)`` reads documents and returns an :class:`auditor.model.check.Audit`; see
:func:`auditor.pipeline.audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.pipeline import audit

__all__ = ["__version__", "audit"]

# Written here and in pyproject.toml (a test compares them): asking importlib.metadata costs 20 ms at every start.
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `import auditor` and `audit --help` stay fast.
    if name == "audit":
        from auditor.pipeline import audit

        return audit
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
