"""`python -m auditor.doctor.docs` writes docs/rules.md from the packaged rules, with the power of each; with `--check`
it only says whether what the page tells about the rules is stale. Powers are measured when the page is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from auditor.doctor.power import power
from auditor.doctor.reports import table
from auditor.doctor.texts import example_texts
from auditor.model.check import Check
from auditor.model.rule import Rule
from auditor.pipeline import audit
from auditor.rules.docs import page
from auditor.rules.load import load, packaged

POWER = """
## Power

`audit rules power --table` plants one-digit mistakes, and swaps of neighbouring figures, in the examples in which
each rule holds: what becomes of the check. What is not seen by one rule may be seen by another. A rule that only sets
a bound (`part-within-total`, `target-claim`) sees only mistakes that cross it; a sum does not see parts that change
places.

"""


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it: 0 when it is up to date, 1 when it is stale."""
    target, rules = packaged().parent / "docs" / "rules.md", load()
    if "--check" in arguments:
        return 0 if _same(target, page(rules)) else 1
    target.parent.mkdir(exist_ok=True)
    target.write_text(page(rules, POWER + _powers(rules)), encoding="utf-8", newline="\n")
    return 0


def _powers(rules: Sequence[Rule]) -> str:
    return table(power(example_texts(rules), [rule.id for rule in rules], _checks))


def _checks(text: str) -> Sequence[Check]:
    return audit(text=text, strict=False).checks


def _same(target: Path, text: str) -> bool:
    return target.is_file() and target.read_text(encoding="utf-8").partition(POWER)[0] == text


if __name__ == "__main__":
    status = main(sys.argv[1:])
    if status:
        sys.stderr.write("docs/rules.md is stale: run `make docs`\n")
    raise SystemExit(status)
