"""How many characters a second: reading alone, and text to audit.json, per core and with growing numbers of documents.

    python -m benchmarks.throughput FOLDER [MODULE:FUNCTION…]

Peers are named as functions of one text, such as ``quantulum3.parser:parse``; they run in the same process on the same
texts. Processor time is measured, as other work on the machine would stretch wall time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from auditor import ingest, lex, parse, pipeline
from auditor.languages.vocabulary import vocabulary
from auditor.report import json
from auditor.segment import segment

FEW, MANY = 200, 2000


def rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Characters a second of processor time."""
    begin = time.process_time()
    for text in texts:
        work(text)
    return sum(map(len, texts)) / (time.process_time() - begin)


def read(text: str) -> None:
    words = vocabulary()
    document = ingest.from_text(text, "text")
    normal = ingest.normalise(document.text)
    parse.read(document, normal, lex.tokenise(normal.text, segment(normal.text, words), words), words)


def whole(texts: Sequence[str], folder: Path) -> float:
    """Characters a second from files to audit.json."""
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    begin = time.process_time()
    json.render(pipeline.audit(folder, strict=False))
    return sum(map(len, texts)) / (time.process_time() - begin)


def main(arguments: list[str] | None = None) -> None:
    from tempfile import TemporaryDirectory

    given = (arguments if arguments is not None else sys.argv[1:]) or ["seeds"]
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(given[0]).glob("*.txt"))]
    read(texts[0])
    ours = rate(read, texts)
    print(f"reading                  {ours / 1e6:8.3f} million characters/s")
    for count in (FEW, MANY):
        with TemporaryDirectory() as folder:
            speed = whole([texts[number % len(texts)] for number in range(count)], Path(folder))
        print(f"to audit.json, {count:6} docs {speed / 1e6:6.3f} million characters/s")
    for peer in given[1:]:
        module, function = peer.split(":")
        theirs = rate(getattr(import_module(module), function), texts)
        print(f"{peer:24} {theirs / 1e6:8.3f} million characters/s; ours / theirs {ours / theirs:.1f}")


if __name__ == "__main__":
    main()
