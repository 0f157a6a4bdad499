"""Runs the benchmarks, prints what they measured, and keeps it in RESULTS.md.

    python -m benchmarks [NAME…]

A benchmark is a module of this folder with a function ``main`` that prints its table. All of them run unless some are
named, except those whose ``main`` cannot do without arguments: they measure on data that is not here, and are run by
themselves. Each runs in a process of its own, so that none pays for what another imported. In RESULTS.md only the
lines between the markers of a benchmark are replaced; the words around them are written by hand and stay.
"""

from __future__ import annotations

import ast
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"


def main(names: list[str]) -> int:
    """Run the named benchmarks or all; 0 when every one of them ended well, 1 otherwise, 2 for an unknown name."""
    known = benchmarks()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [name for name in names or known if not _run(name)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def benchmarks() -> list[str]:
    """The names of the benchmarks that need no arguments, read off their source: importing some takes seconds."""
    return [path.stem for path in sorted(FOLDER.glob("*.py")) if not path.stem.startswith("_") and _runs_alone(path)]


def _runs_alone(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    mains = (node.args for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main")
    return any(len(main.posonlyargs) + len(main.args) == len(main.defaults) for main in mains)


def _run(name: str) -> bool:
    print(f"{name} …", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    print(done.stdout, flush=True)
    if done.returncode == 0:
        _keep(name, done.stdout)
    return done.returncode == 0


def _keep(name: str, measured: str) -> None:
    """Put a measurement between its markers; a benchmark without markers gets a section at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    block = f"{begin}\n```\n{measured.strip()}\n```\n{machine()}\n{end}"
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    if begin not in text:
        text = f"{text.rstrip()}\n\n## {name}\n\n{begin}\n{end}\n"
    text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: block, text, flags=re.DOTALL)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


def machine() -> str:
    """What a reader must know to compare: cores, system, versions; nothing that names the machine."""
    system = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{system}, Python {platform.python_version()}, polars {version('polars')}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
