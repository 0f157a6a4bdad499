"""The JSON Schema of ``audit.json``, format version 1. Within a version keys are only added, so readers skip unknown
ones; nothing here forbids them."""

from __future__ import annotations

from typing import Any, get_args

from auditor.model.check import Verdict
from auditor.model.figure import EvidenceKind, Role
from auditor.model.quantity import Bound
from auditor.model.review import DECISIONS, Standing
from auditor.model.rule import SEVERITIES

Node = dict[str, Any]

TEXT: Node = {"type": "string"}
COUNT: Node = {"type": "integer", "minimum": 0}
FLAG: Node = {"type": "boolean"}
DECIMAL: Node = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "description": "an exact decimal number"}
HASH: Node = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FINGERPRINT: Node = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
MESSAGE: Node = {"type": "object", "additionalProperties": TEXT, "description": "by language"}
OFFSETS: Node = {
    "start": {**COUNT, "description": "code points into the document's text, at the first digit"},
    "end": {**COUNT, "description": "code points, excluded"},
}
SEVERITY: Node = {"enum": list(SEVERITIES)}


def schema() -> Node:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:auditor:audit.json:1",
        "title": "audit.json, format version 1",
        **_object(
            format_version={"const": 1},
            tool=_object(name={"const": "auditor"}, version=TEXT),
            rules_hash=TEXT,
            summary=_summary(),
            documents=_list(_document()),
            figures=_list(_figure()),
            numerals_ignored=_list(_object(document=TEXT, **OFFSETS, raw=TEXT, what=TEXT)),
            checks=_list(_check()),
            findings=_list(_finding()),
            fixed=_list(_fixed()),
            implied=_list(_implied()),
        ),
    }


def _summary() -> Node:
    counts = dict.fromkeys(("documents", "numerals", "figures", "checked", "checks"), COUNT)
    verdicts = dict.fromkeys(get_args(Verdict), COUNT)
    return _object(**counts, by_verdict=_object(**verdicts), by_severity=_object(**dict.fromkeys(SEVERITIES, COUNT)))


def _document() -> Node:
    counts = dict.fromkeys(("characters", "numerals", "figures", "checked"), COUNT)
    return _object(path=TEXT, sha256=_nullable(HASH), media_type=TEXT, **counts, error=_nullable(TEXT))


def _figure() -> Node:
    return _object(
        id=TEXT,
        document=TEXT,
        **OFFSETS,
        raw=TEXT,
        value=DECIMAL,
        step=DECIMAL,
        unit=_nullable(TEXT),
        dimension=TEXT,
        exact=FLAG,
        bound={"enum": [*get_args(Bound), None]},
        **dict.fromkeys(("indicator", "place", "period"), _nullable(TEXT)),
        role={"enum": list(get_args(Role))},
        status={"enum": ["checked", "unpaired"]},
        reason=_nullable(TEXT),
        where=_nullable(_where()),
    )


def _where() -> Node:
    counted = {"type": "integer", "minimum": 1}
    corner = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4,
              "description": "left, bottom, right, top of its words, in points from the lower left"}  # fmt: skip
    known = {
        "place": {**TEXT, "description": "in words: page 3, Sheet1!C12"},
        **{"page": counted, "box": corner, "sheet": TEXT, "cell": TEXT, "paragraph": counted, "run": counted},
        **{"element": TEXT, "number": {**counted, "description": "of the element among those of its name"}},
    }
    about = "where the figure stands in its file, as far as the format has places; null in plain text"
    return {"type": "object", "properties": known, "required": ["place"], "description": about}


def _check() -> Node:
    end = _nullable({**DECIMAL, "description": "rounded outward; null is open"})
    side = _nullable({"type": "array", "prefixItems": [end, end], "minItems": 2, "maxItems": 2})
    kind = {"enum": list(get_args(EvidenceKind))}
    return _object(
        id=TEXT,
        document=TEXT,
        relation=TEXT,
        rule=TEXT,
        verdict={"enum": list(get_args(Verdict))},
        reason=_nullable(TEXT),
        figures=_list(_object(role=TEXT, figure=TEXT)),
        evidence=_list(_object(role=TEXT, kind=kind, **OFFSETS, raw=TEXT, value=TEXT)),
        left=side,
        right=side,
        gap=_nullable(DECIMAL),
        equation=TEXT,
        confidence={"type": "number", "minimum": 0, "maximum": 1},
    )


def _finding() -> Node:
    place = _object(document=TEXT, **OFFSETS, role=TEXT)
    return _object(
        id=TEXT,
        fingerprint=FINGERPRINT,
        check=TEXT,
        rule=TEXT,
        severity=SEVERITY,
        verdict={"enum": ["contradiction", "suspicious"]},
        message=MESSAGE,
        locations=_list(place),
        suspects=_list(_list(TEXT)),
        suspect_locations=_list(_list(place)),
        vouched=_list(_list({"type": "integer", "minimum": 0})),
        links=_list(_object(role=TEXT, figure=TEXT)),
        repairs=_list(_object(figure=TEXT, raw=TEXT, kind=TEXT)),
        fits=_list(_object(figure=TEXT, lo=DECIMAL, hi=DECIMAL)),
        apart={**FLAG, "description": "too many breaches hang together: suspects are of one document or one check"},
        waiver=_nullable(_waiver()),
        baseline={"enum": [*get_args(Standing), None]},
        covers=_list(TEXT),
    )


def _waiver() -> Node:
    texts = dict.fromkeys(("reason", "owner", "date"), TEXT)
    return _object(decision={"enum": list(DECISIONS)}, **texts, expires=_nullable(TEXT))


def _fixed() -> Node:
    return _object(fingerprint=FINGERPRINT, document=TEXT, rule=TEXT, severity=TEXT, message=MESSAGE, waived=FLAG)


def _implied() -> Node:
    end = _nullable({**DECIMAL, "description": "rounded outward; null is open"})
    return _object(
        **dict.fromkeys(("check", "document", "rule", "missing"), TEXT),
        figures=_list(_object(role=TEXT, figure=TEXT)),
        **dict.fromkeys(("indicator", "place", "period"), _nullable(TEXT)),
        role={"enum": [*get_args(Role), None]},
        unit=_nullable(TEXT),
        interval={"type": "array", "prefixItems": [end, end], "minItems": 2, "maxItems": 2},
        equation=TEXT,
        reading=_nullable(TEXT),
        printed=_nullable(TEXT),
    )


def _object(**properties: Node) -> Node:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Node) -> Node:
    return {"type": "array", "items": items}


def _nullable(node: Node) -> Node:
    return {"anyOf": [node, {"type": "null"}]}
