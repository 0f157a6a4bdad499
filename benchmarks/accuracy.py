"""What is read and judged against a gold file, and how often each confidence is right.

    python -m benchmarks.accuracy FOLDER GOLD_JSON

The gold maps a document's name to ``checks``: rule, places (offsets) and verdict. A check is right when the gold has
one of its rule at its places with its verdict; ``same-figure-twice`` may be reported in pairs, ``date-order`` anywhere
in its document. Checks that the gold does not list are counted as such: it is thorough, not exhaustive.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import auditor
from auditor.model.check import Check

BANDS = (0.9, 0.8, 0.65, 0.0)
Gold = dict[str, dict[str, list[dict[str, object]]]]


def places(check: Check) -> frozenset[int]:
    return frozenset(figure.start for figure in check.relation.figures())


def verdict_in(gold: list[dict[str, object]], check: Check) -> str | None:
    """The verdict that the gold gives a check, or ``None`` where it does not list it."""
    mine = places(check)
    for entry in gold:
        theirs = frozenset(entry["at"])  # type: ignore[arg-type, call-overload]
        overlap = check.rule == "same-figure-twice" and len(mine & theirs) > 1
        if entry["rule"] == check.rule and (mine == theirs or overlap or check.rule == "date-order"):
            return str(entry["verdict"])
    return None


def main(arguments: list[str] | None = None) -> None:
    folder, gold_path = map(Path, (arguments if arguments is not None else sys.argv[1:])[:2])
    gold: Gold = json.loads(gold_path.read_text(encoding="utf-8"))
    rows: Counter[tuple[float, str]] = Counter()
    for name, truth in sorted(gold.items()):
        audit = auditor.audit(folder / name, strict=False)
        for check in audit.checks:
            if check.verdict == "not-checkable":
                continue
            band = next(low for low in BANDS if check.relation.confidence >= low)
            wanted = verdict_in(truth["checks"], check)
            rows[band, "unlisted" if wanted is None else "right" if wanted == check.verdict else "wrong"] += 1
    print("confidence  checks  listed  right of listed")
    for band in BANDS:
        listed = rows[band, "right"] + rows[band, "wrong"]
        share = f"{rows[band, 'right'] / listed:.3f}" if listed else "-"
        print(f">= {band:.2f}     {listed + rows[band, 'unlisted']:6}  {listed:6}  {share}")


if __name__ == "__main__":
    main()
