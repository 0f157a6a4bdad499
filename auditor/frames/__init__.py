"""The result of a run as Polars frames, for Parquet, joins and notebooks; their contracts stand in ``schemas``.

Polars is loaded when the first frame is made, so that importing the reports stays fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.model.check import Audit

if TYPE_CHECKING:
    import polars as pl


def figures(audit: Audit) -> pl.DataFrame:
    """One row a figure, in the order of documents and positions; see :data:`auditor.frames.tables.FIGURES`."""
    from auditor.frames import tables

    return tables.figures(audit)


def relations(audit: Audit) -> pl.DataFrame:
    """One row a member of a relation: a figure by its id, or a piece of evidence; see ``tables.RELATIONS``."""
    from auditor.frames import tables

    return tables.relations(audit)


def checks(audit: Audit) -> pl.DataFrame:
    """One row a check, in the order of the audit; see :data:`auditor.frames.tables.CHECKS`."""
    from auditor.frames import tables

    return tables.checks(audit)


def frames(audit: Audit) -> dict[str, pl.DataFrame]:
    """All three frames by name. Raises ``TypeError`` when a value does not have its column's type (a bug)."""
    return {"figures": figures(audit), "relations": relations(audit), "checks": checks(audit)}


def validate(tables: Mapping[str, pl.DataFrame]) -> None:
    """Hold collected frames against their contracts, values included.

    Raises ``pandera.errors.SchemaErrors``, or ``ValueError`` for an id that no row explains: either is a bug.
    """
    from auditor.frames import schemas

    schemas.validate(tables)
