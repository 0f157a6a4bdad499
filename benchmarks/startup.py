"""Start-up: the wall time of whole commands, as medians of five runs, against Python's own start.

    python -m benchmarks.startup

The budgets are 1.0 s for ``audit run seeds/`` and 0.25 s for ``audit --help``, with bytecode compiled.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
RUNS = 5


def seconds(*arguments: str) -> float:
    """Median wall time of a Python command in the root of the project; the first run, which warms caches, is extra."""
    return median([_once(arguments) for _ in range(RUNS + 1)][1:])


def _once(arguments: tuple[str, ...]) -> float:
    # Interactive, as an editor runs it: under CI=true the contracts are checked as well.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return took


def main() -> None:
    compileall.compile_dir(ROOT / "auditor", quiet=1)
    bare = seconds("-c", "pass")
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            "python -c pass": bare,
            "audit --help": seconds("-m", "auditor", "--help"),
            "audit run seeds/": seconds("-m", "auditor", "run", "seeds/", "--output", folder),
        }
    for name, took in rows.items():
        print(f"{name:<20}{took:7.3f} s {took / bare:7.1f} x")


if __name__ == "__main__":
    main()
