"""One-digit errors planted in figures of consistent relations: how many become findings.

    python -m benchmarks.mutation FOLDER…

For each figure of each consistent equality a digit is changed, the first whose change reaches beyond rounding, and the
document is read anew. A relation is strongly linked when the text names it (confidence 0.85 or more); weak links and
repeats are counted apart, because there the changed number may as well be another number.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import auditor
from auditor.model.check import Audit, Check
from auditor.model.figure import Figure

EQUALITIES = frozenset({
    "total-of-parts", "share-of-total", "shares-sum-to-100", "percent-of-plan", "change-between-levels",
    "growth-between-levels", "times-of-base", "average-change", "product-of-factors", "count-of-list",
    "same-figure-twice",
})  # fmt: skip
STRONG = 0.85


def kind(check: Check) -> str:
    if check.rule == "same-figure-twice":
        return "repeat"
    return "strong" if check.relation.confidence >= STRONG else "weak"


def mutations(text: str, figure: Figure) -> Iterator[str]:
    """The text with the leading digit of a figure changed, up or down."""
    digit = int(text[figure.start])
    for other in (digit + 1, digit - 1, digit + 4):
        if 0 < other < 10:
            yield f"{text[: figure.start]}{other}{text[figure.start + 1 :]}"


def members(check: Check) -> frozenset[int]:
    return frozenset(figure.start for figure in check.relation.figures())


def caught(before: Check, after: Audit) -> bool:
    """Whether a finding stands at the changed relation, or at another that shares two of its figures."""
    places = members(before)
    return any(len(places & members(finding.check)) > min(1, len(places) - 1) for finding in after.findings)


def still_consistent(before: Check, after: Audit) -> bool:
    alike = [check for check in after.checks if check.rule == before.rule and members(check) == members(before)]
    return any(check.verdict == "consistent" for check in alike)


def measure(path: Path) -> Iterator[tuple[str, str, str]]:
    """For each mutation of a document: kind of link, rule, and what became of it."""
    text = path.read_text(encoding="utf-8")
    for check in auditor.audit(text=text, strict=False).checks:
        if check.verdict != "consistent" or check.rule not in EQUALITIES:
            continue
        for figure in check.relation.figures():
            if figure.quantity.bound or not text[figure.start].isdigit():
                continue
            changed = auditor.audit(text=next(mutations(text, figure)), strict=False)
            outcome = "caught" if caught(check, changed) else "held" if still_consistent(check, changed) else "lost"
            yield kind(check), check.rule, outcome


def main(arguments: list[str] | None = None) -> None:
    folders = [Path(name) for name in (arguments if arguments is not None else sys.argv[1:]) or ["seeds"]]
    found: Counter[tuple[str, str]] = Counter()
    by_rule: Counter[tuple[str, str, str]] = Counter()
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        for link, rule, outcome in measure(path):
            found[link, outcome] += 1
            by_rule[link, rule, outcome] += 1
    for link in ("strong", "weak", "repeat"):
        every = sum(count for (name, _), count in found.items() if name == link)
        row = ", ".join(f"{outcome} {found[link, outcome]}" for outcome in ("caught", "lost", "held"))
        print(f"{link:7} {every:5} errors: {row}" + (f"; {found[link, 'caught'] / every:.3f} caught" if every else ""))
    for (link, rule, outcome), count in sorted(by_rule.items()):
        if outcome != "caught":
            print(f"  {link} {rule}: {outcome} {count}")


if __name__ == "__main__":
    main()
