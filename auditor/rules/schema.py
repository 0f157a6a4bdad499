"""A JSON Schema of rule files, for editors that complete and check while one types.

The loader is stricter: it also knows which roles a relation has and what an expression may say.
"""

from __future__ import annotations

from typing import Any

from auditor.judge.verdict import KINDS
from auditor.model.rule import SEVERITIES
from auditor.rules.build import CLAIMS, EXAMPLE_VERDICTS, FIGURES, LANGUAGES, REQUIRED, VERDICTS
from auditor.rules.relations import RELATIONS

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
FIGURE: dict[str, Any] = {"type": "string", "pattern": r"^\d+(\.\d+)?$"}


def schema() -> dict[str, Any]:
    """The schema of a whole rule; a file that only overrides one may hold fewer keys."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of expectations/",
        **_object(_properties(), REQUIRED),
    }


def _properties() -> dict[str, Any]:
    roles = "; ".join(f"{relation}: {', '.join(names)}" for relation, names in RELATIONS.items())
    return {
        "relation": {"enum": list(RELATIONS), "description": f"Roles: {roles}"},
        "kind": {"enum": list(KINDS), "default": "equation"},
        "holds": {"oneOf": [TEXT, {**_object(dict.fromkeys(CLAIMS, TEXT)), "minProperties": 1}]},
        "severity": {"enum": list(SEVERITIES)},
        "breach": {"enum": list(VERDICTS[1:]), "default": "contradiction"},
        **dict.fromkeys(("title", "why", "message"), _object(dict.fromkeys(LANGUAGES, TEXT), LANGUAGES)),
        "otherwise": {"type": "array", "items": _alternative()},
        "forms": {"type": "array", "items": _form()},
        "examples": {"type": "array", "minItems": 1, "items": _example()},
        **dict.fromkeys(FIGURES, FIGURE),
    }


def _alternative() -> dict[str, Any]:
    properties = {"holds": TEXT, "verdict": {"enum": list(VERDICTS)}, "reason": TEXT, "when": TEXT}
    return _object(properties, ("holds", "verdict", "reason"))


def _form() -> dict[str, Any]:
    message = _object(dict.fromkeys(LANGUAGES, TEXT), LANGUAGES)
    properties = {"roles": {"type": "array", "items": TEXT, "minItems": 1}, "holds": TEXT, "message": message}
    return _object(properties, tuple(properties))


def _example() -> dict[str, Any]:
    return _object({"text": TEXT, "verdict": {"enum": list(EXAMPLE_VERDICTS)}}, ("text", "verdict"))


def _object(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": list(required)} if required else {}),
    }
