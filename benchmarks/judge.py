"""Judging against reading: how long rules, joint consistency and localisation take beside reading the same texts.

python -m benchmarks.judge [--corpus DIR]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import auditor
from auditor.localise.joint import joint_checks
from auditor.localise.suspects import localise
from auditor.rules.check import check, numbered, pinning
from auditor.rules.load import load

ROOT = Path(__file__).parent.parent
RUNS = 5


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path, default=ROOT / "seeds")
    folder = arguments.parse_args().corpus
    rules = load()
    auditor.audit(folder, strict=False)  # vocabulary and patterns are loaded once
    whole, judging = [], []
    for _ in range(RUNS):
        begin = time.perf_counter()
        readings = auditor.audit(folder, strict=False).readings
        whole.append(time.perf_counter() - begin)
        relations = [relation for reading in readings for relation in reading.relations]
        begin = time.perf_counter()
        checks = check(relations, rules)
        checks = numbered([*checks, *joint_checks(checks, rules)])
        localise(checks, rules, pinning(rules))
        judging.append(time.perf_counter() - begin)
    reading = min(whole) - min(judging)
    print(f"{len(relations)} relations, {len(checks)} checks")
    print(f"reading {reading:.3f} s, judging {min(judging):.3f} s: {min(judging) / reading:.1%} of reading")


if __name__ == "__main__":
    main()
