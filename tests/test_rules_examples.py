"""Every rule's own examples, through the whole reader: they are its tests and its documentation."""

from __future__ import annotations

import pytest

import auditor
from auditor.model.rule import Example, Rule
from auditor.rules.load import load

CASES = [
    pytest.param(rule, example, id=f"{rule.id}:{example.line}:{example.verdict}")
    for rule in load()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    checks = [check for check in auditor.audit(text=example.text).checks if check.rule == rule.id]
    verdicts = {check.verdict for check in checks}
    if example.verdict == "none":
        assert not verdicts, f"{rule.source}:{example.line}: a trap was bound: {checks}"
    else:
        assert verdicts, f"{rule.source}:{example.line}: vacuous, nothing was bound"
        # A second claim about the same figures that cannot be checked takes nothing away.
        assert verdicts - {"not-checkable"} == {example.verdict} - {"not-checkable"}, (
            f"{rule.source}:{example.line}: {checks}"
        )
