"""Findings: breached checks in words, worst first, each with a fingerprint that survives an edited document."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.judge.wording import printed
from auditor.model.check import Check, Explanation, Finding, Location
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Member
from auditor.model.rule import SEVERITIES, Rule, Severity

VERDICTS = ("contradiction", "suspicious")
FINGERPRINT_LENGTH = 16
YEAR, MOST_YEARS = Fraction(365), 1000  # days; what a number of years between two dates does not exceed
NOTHING = "—"  # for a role that this relation does not fill

# Decimal mark and mark between groups of three, as readers of a language expect them.
_MARKS = {"vi": (",", "."), "en": (".", ",")}
_COMPUTED = re.compile(r"(?<![\w.])(\d+)(?:\.(\d+))?(?![\w.])")
_GROUPS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


def findings(
    checks: Iterable[Check], rules: Iterable[Rule], suspects: Mapping[str, Explanation] | None = None
) -> tuple[Finding, ...]:
    """The contradictions and suspicions among the checks as findings ``f1``, ``f2``, …, worst first: by severity and
    verdict, then those by which a statement of the text turns into its opposite, then by the size of the gap times the
    confidence of the link, and by place. A check that another one covers is no finding. ``suspects`` gives the
    explanations by check id."""
    by_id = {rule.id: rule for rule in rules}
    explained = suspects or {}
    breached = [check for check in checks if check.verdict in VERDICTS]
    covered = {one for check in breached for one in check.covers}
    found = [
        _finding(check, by_id[check.rule], explained.get(check.id))
        for check in breached
        if not covered or (check.rule, check.relation) not in covered
    ]
    return tuple(replace(one, id=f"f{number}") for number, one in enumerate(sorted(found, key=_badness), 1))


def fingerprint(check: Check) -> str:
    """Sixteen hexadecimal digits over what the check says: rule, and for each role its indicator, place, period,
    unit and printed text. Position, document and order of the members do not enter; a changed figure does."""
    members = sorted([member.role, *_identity(member)] for member in check.relation.members)
    text = json.dumps([check.rule, members], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def severity(check: Check, rule: Rule) -> Severity:
    """The rule's severity; what is only suspicious is never more than a warning."""
    if check.verdict == "suspicious" and rule.severity == "error":
        return "warning"
    return rule.severity


def message(check: Check, rule: Rule, language: str) -> str:
    """The rule's message with the printed text of every role, and the computed number in the language's own marks."""
    names = {"computed": localised(check.computed, language) or NOTHING}
    by_role: defaultdict[str, list[str]] = defaultdict(list)
    for member in check.relation.members:
        by_role[member.role].append(printed(member))
    names |= {role: "; ".join(texts) for role, texts in by_role.items()}
    names.setdefault("figure", "; ".join(printed(member) for member in check.relation.members))
    return rule.on(check.relation.roles()).message[language].format_map(_Known(names))


def localised(computed: str, language: str) -> str:
    """A computed text (decimal point, no groups) with the marks of a language; units stay as they are."""
    mark, group = _MARKS.get(language, _MARKS["en"])

    def written(match: re.Match[str]) -> str:
        whole, decimals = match.groups()
        return _GROUPS.sub(group, whole) + (mark + decimals if decimals else "")

    return _COMPUTED.sub(written, computed)


class _Known(dict[str, str]):
    def __missing__(self, role: str) -> str:
        return NOTHING


def _finding(check: Check, rule: Rule, explanation: Explanation | None) -> Finding:
    known = explanation or Explanation()
    return Finding(
        id="",
        fingerprint=fingerprint(check),
        check=check,
        severity=severity(check, rule),
        message={language: message(check, rule, language) for language in rule.message},
        locations=tuple(_location(member) for member in check.relation.members),
        suspects=known.suspects,
        cause=known.cause,
        explanation=known,
        turns=_turns(check, rule),
    )


def _location(member: Member) -> Location:
    filler = member.filler
    return Location(filler.document, filler.start, filler.end, member.role)


def _identity(member: Member) -> list[str]:
    filler = member.filler
    if isinstance(filler, Figure):
        known = (filler.indicator, filler.place, filler.period, filler.quantity.unit, filler.raw)
        return [one or "" for one in known]
    return [filler.kind, filler.value]


def _badness(finding: Finding) -> tuple[object, ...]:
    check = finding.check
    rank = SEVERITIES.index(finding.severity), VERDICTS.index(check.verdict), not finding.turns
    impact = _relative_gap(check) * Fraction(check.relation.confidence)
    spots = sorted((spot.document, spot.start, spot.end, spot.role) for spot in finding.locations)
    return *rank, -impact, check.document, check.relation.position, check.rule, spots


def _turns(check: Check, rule: Rule) -> bool:
    """Whether the figures say the opposite of what the text does: of a claim, or on the other side of the number at
    which a rule's statement turns (100 % of a plan, a change of 0)."""
    if check.verdict != "contradiction":
        return False
    if rule.kind == "claim":
        return True
    turn = rule.parameters.get("turn")
    sides = [_middle(side) for side in (check.left, check.right) if side]
    return turn is not None and len({(side > turn) - (side < turn) for side in sides if side is not None}) == 2


def _middle(side: Interval) -> Fraction | None:
    if side.lo is None or side.hi is None:
        return side.hi if side.lo is None else side.lo
    return (side.lo + side.hi) / 2


def _relative_gap(check: Check) -> Fraction:
    """The gap against the size of the sides, so that per cent and dong can be ranked together; of days against a
    year, as their count begins nowhere. At most 1."""
    sides = [side for side in (check.left, check.right) if side]
    size = max((abs(end) for side in sides for end in (side.lo, side.hi) if end is not None), default=Fraction(0))
    dated = any(isinstance(one.filler, Evidence) and one.filler.kind == "date" for one in check.relation.members)
    if dated and size > MOST_YEARS:
        size = YEAR
    return min(check.gap / size, Fraction(1)) if check.gap and size else Fraction(0)
