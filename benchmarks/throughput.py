"""How many characters a second: reading, each stage, text to audit.json with growing numbers of documents, and peers.

    python -m benchmarks.throughput FOLDER [--documents N…] [--jobs N] [--peers]

FOLDER holds texts. Processor time is measured, as other work on the machine would stretch wall time; only the gain
by several processes is wall time, and needs a machine at rest. Numbers of documents are copies of the texts, each told
of a place of its own, and each number has a process of its own, whose peak memory is shown. ``--peers`` runs quantulum3
and recognizers-text (es-es), where they are installed (``pip install quantulum3 recognizers-text-suite 'emoji<2'``), in
turn with our own reading on each text. They only extract numbers with units, so they stand beside our figures and
beside all we read.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from auditor import ingest, lex, parse, pipeline
from auditor.languages.vocabulary import vocabulary
from auditor.localise.implied import conflicts
from auditor.localise.joint import joint_checks
from auditor.localise.suspects import localise
from auditor.model.check import Reading
from auditor.parse.numbers import read_numbers
from auditor.processes import hoarding
from auditor.report import json
from auditor.rules.check import check, numbered, pinning
from auditor.rules.load import load
from auditor.segment import segment

RUNS = 5
WORDS, RULES = vocabulary(), load()
Clock = defaultdict[str, float]


def timed(clock: Clock, stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
    begin = time.process_time()
    result = work(*arguments)
    clock[stage] += time.process_time() - begin
    return result


def read(text: str, clock: Clock) -> Reading:
    """One text read, as `pipeline` does it."""
    document = timed(clock, "ingest", ingest.from_text, text, "text")
    normal = timed(clock, "normalise", ingest.normalise, document.text)
    tables = timed(clock, "tables", parse.find_tables, document, normal, WORDS)
    sentences = timed(clock, "segment", segment, normal.text, WORDS, tables.walls)
    tokens = timed(clock, "lex", lex.tokenise, normal.text, sentences, WORDS)
    reading: Reading = timed(clock, "parse", parse.read, document, normal, tokens, WORDS, tables)
    return reading


def judge(reading: Reading) -> None:
    """One document judged, as `pipeline` does it."""
    checks = check(reading.relations, RULES)
    checks = numbered([*checks, *joint_checks(checks, RULES), *conflicts(checks, RULES)])
    localise(checks, RULES, pinning(RULES))


def extract(text: str) -> None:
    """The figures of a text, with their units and what is no figure, and nothing about what they say."""
    normal = ingest.normalise(text)
    read_numbers(text, normal, lex.tokenise(normal.text, segment(normal.text, WORDS), WORDS), WORDS)


def stages(texts: Sequence[str]) -> Iterator[str]:
    best: dict[str, float] = {}
    shares = []
    for _ in range(RUNS):
        clock = Clock(float)
        shares = []
        for text in texts:
            before = sum(clock.values()) - clock["judge"]
            with hoarding():
                reading = read(text, clock)
                reading_took, judged = sum(clock.values()) - clock["judge"] - before, clock["judge"]
                timed(clock, "judge", judge, reading)
                timed(clock, "cycles", gc.collect, 1)
            shares.append((clock["judge"] - judged) / reading_took)
        best = {stage: min(took, best.get(stage, took)) for stage, took in clock.items()}
    judging, size = best.pop("judge"), sum(map(len, texts))
    reading_all = sum(best.values())
    yield f"reading                  {size / reading_all / 1e6:8.3f} million characters/s"
    yield from (f"  {stage:22} {took / reading_all:8.1%} of reading" for stage, took in best.items())
    yield f"judging beside reading   {judging / reading_all:8.1%}; of the median document {median(shares):.1%}"


def copies(texts: Sequence[str], count: int, folder: Path) -> int:
    """Writes so many documents, each of a place of its own, and returns their characters."""
    size = 0
    for number in range(count):
        text = f"Xã {name(number)}\n{texts[number % len(texts)]}"
        size += len(text)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return size


def name(number: int) -> str:
    """A capital and three small letters, different for each number below 456,976."""
    letters = [chr(ord("a") + number // 26**place % 26) for place in range(4)]
    return "".join(letters).capitalize()


def whole(folder: str, jobs: int) -> tuple[float, float, float]:
    """Seconds of this process and on the clock from files to audit.json, and peak memory of this process in MB."""
    begin, wall = time.process_time(), time.perf_counter()
    json.render(pipeline.audit(folder, strict=False, jobs=jobs))
    took = time.process_time() - begin, time.perf_counter() - wall
    return *took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(folder: str, jobs: int = 1) -> tuple[float, float, float]:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(whole, folder, jobs).result()


def documents(texts: Sequence[str], counts: Sequence[int], jobs: int) -> Iterator[str]:
    for count in counts:
        with TemporaryDirectory() as folder:
            size = copies(texts, count, Path(folder))
            took, wall, memory = apart(folder)
            yield f"to audit.json, {count:6} docs {size / took / 1e6:6.3f} million characters/s, peak {memory:5.0f} MB"
            if jobs > 1 and count == counts[-1]:
                shared = apart(folder, jobs)[1]
                gain = f"{shared:.1f} s against {wall:.1f} s, {wall / shared:.2f} times as fast"
                yield f"--jobs {jobs}, {count:6} docs  {gain}"


def peers() -> Mapping[str, Callable[[str], object]]:
    """The peers that are installed, as functions of one text."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        from quantulum3 import parser

        found["quantulum3"] = parser.parse
    except ImportError:
        print("quantulum3 is not installed", file=sys.stderr)
    try:
        from recognizers_number import NumberRecognizer
        from recognizers_number_with_unit import NumberWithUnitRecognizer

        number, unit = NumberRecognizer("es-es"), NumberWithUnitRecognizer("es-es")
        bare = number.get_number_model()
        every = [bare, number.get_percentage_model(), unit.get_currency_model(), unit.get_dimension_model()]
        found["recognizers-text, numbers"] = bare.parse
        found["recognizers-text, units"] = lambda text: [model.parse(text) for model in every]
    except ImportError:
        print("recognizers-text is not installed", file=sys.stderr)
    return found


def beside(texts: Sequence[str], others: Mapping[str, Callable[[str], object]]) -> Iterator[str]:
    """Ours and theirs in turn on every text, so that a busy machine slows all of them alike. All run as the pipeline
    runs ours: cycles are looked for behind each text, and not in between through what every tool keeps."""
    ours: dict[str, Callable[[str], object]] = {
        "our reading": lambda text: read(text, Clock(float)),
        "our figures": extract,
    }
    clock = Clock(float)
    for text in texts:
        for name, work in (ours | dict(others)).items():
            with hoarding():
                timed(clock, name, work, text)
                timed(clock, name, gc.collect, 1)
    size = sum(map(len, texts))
    for name in ours:
        yield f"{name:26} {size / clock[name] / 1e6:8.3f} million characters/s"
    for name in others:
        ratios = " and ".join(f"{clock[name] / clock[own]:.1f} x ({own})" for own in ours)
        yield f"{name:26} {size / clock[name] / 1e6:8.3f} million characters/s; we are {ratios}"


def main(arguments: Sequence[str]) -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--documents", type=int, nargs="*", default=[200, 2000])
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--peers", action="store_true")
    given = options.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8") for path in sorted(given.folder.glob("*.txt"))]
    for line in stages(texts):
        print(line, flush=True)
    for line in documents(texts, given.documents, given.jobs):
        print(line, flush=True)
    for line in beside(texts, peers()) if given.peers else ():
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
