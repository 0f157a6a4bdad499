"""What a rule demands, in the words of a language."""

from __future__ import annotations

import re

from auditor.model.check import Check
from auditor.model.figure import Evidence
from auditor.model.rule import Rule
from auditor.report.messages import Messages

COMPARISON = re.compile(r"==|<=|>=|<|>")
TERM = re.compile(r"([a-z]+)\(\s*([a-z_]+)\s*\)|([a-z][a-z_]*)")
OPERATOR = re.compile(r"(?<=\s)[*-](?=\s)")
SYMBOLS = {"*": "×", "-": "−"}


def formula(check: Check, rule: Rule | None) -> str:
    """The formula that a check was judged by: that of the reading it mentions, of its claim, or the rule's only one.
    Empty when the rule has none."""
    if rule is None:
        return ""
    rule = rule.on(check.relation.roles())
    for other in rule.otherwise:
        if other.reason == check.reason:
            return other.holds
    claims = [member.filler.value for member in check.relation.members if isinstance(member.filler, Evidence)]
    chosen = [rule.holds[claim] for claim in claims if claim in rule.holds]
    return next(iter(chosen or rule.holds.values()), "")


def split(check: Check, rule: Rule | None) -> tuple[str, str]:
    """Both sides of the formula; two empty texts when it does not have two."""
    parts = COMPARISON.split(formula(check, rule))
    return (parts[0].strip(), parts[1].strip()) if len(parts) == 2 else ("", "")


def expression(words: Messages, text: str) -> str:
    """One side in words: ``100 * part / total`` with the names of its roles and printed signs."""

    def word(found: re.Match[str]) -> str:
        function, inside, alone = found.groups()
        role = words.name("role", inside or alone)
        return words.name("function", function).format(role=role) if function else role

    return OPERATOR.sub(lambda found: SYMBOLS[found[0]], TERM.sub(word, text))
