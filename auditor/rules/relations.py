"""The catalogue of relations: their ids, their roles, and how many members a role takes.

``one`` is exactly one member, ``many`` a list (at least one), ``maybe`` one or none. Readers bind to these names and
rules speak of them; a relation or role that is not here is a fault of the rule file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Arity = Literal["one", "many", "maybe"]

RELATIONS: Mapping[str, Mapping[str, Arity]] = {
    "total-of-parts": {"total": "one", "part": "many"},
    "part-within-total": {"part": "many", "total": "one"},
    "share-of-total": {"part": "one", "total": "one", "share": "one"},
    "shares-sum-to-100": {"share": "many"},
    "percent-of-plan": {"actual": "one", "plan": "one", "percent": "one"},
    "change-between-levels": {"from": "one", "to": "one", "change": "one"},
    "growth-between-levels": {"from": "one", "to": "one", "rate": "one"},
    "times-of-base": {"from": "one", "to": "one", "factor": "one"},
    "average-change": {"from": "one", "to": "one", "period": "one", "average": "one"},
    "target-claim": {"actual": "one", "target": "one", "claim": "one", "direction": "maybe"},
    "same-figure-twice": {"figure": "many"},
    "count-of-list": {"count": "one", "item": "many"},
    "product-of-factors": {"factor": "one", "per_unit": "one", "product": "one"},
    "count-behind-share": {"share": "one", "total": "one"},
    "rate-within-bounds": {"rate": "one"},
    "date-order": {"event": "one", "cited": "maybe", "period": "maybe"},
    "unit-missing": {"figure": "one"},
    "unit-mismatch": {"figure": "one"},
    "scale-jump": {"figure": "many"},
    "number-format": {"figure": "one"},
    "rounding-habit": {"figure": "many"},
    "joint-consistency": {
        "actual": "maybe",
        "plan": "maybe",
        "percent": "maybe",
        "rate": "maybe",
        "planned": "maybe",
        "figure": "many",
    },
}

# Roles that a relation may fill instead of one above that is not in print; what then holds is a form of its rule.
STAND_INS: Mapping[str, Mapping[str, Arity]] = {"growth-between-levels": {"change": "one"}}
