"""Localisation: are mistakes caught, is the planted figure among the suspects, is a hint the figure that stood there?

    python -m benchmarks.localise [--corpus DIR] [--edits FILE]

Random tables of one-decimal shares with a digit changed; one-digit mistakes planted in texts (the samples, and a folder
of others); the edit-rule systems of another tool (a JSON-lines file); and the time for a knot of 40 figures.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import auditor
from auditor.doctor.plants import BREACHES, Plant, caught, digits, linked
from auditor.localise.suspects import localise
from auditor.model.check import Check, Explanation
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Quantity
from auditor.model.relation import Member, Relation
from auditor.rules.check import check, pinning
from auditor.rules.load import load
from benchmarks.edits import optimal_sets

ROOT = Path(__file__).parent.parent
RULES = load()
TABLES = 10_000
EACH = 3  # digits changed in a figure of a text


@dataclass
class Score:
    """Counts of one experiment."""

    planted: int = 0
    caught: int = 0
    named: int = 0
    hinted: int = 0
    right: int = 0
    strong: int = 0
    strong_named: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        shares = [f"caught {self.caught}/{self.planted} {_share(self.caught, self.planted)}"]
        shares.append(f"named {self.named}/{self.caught} {_share(self.named, self.caught)}")
        if self.strong:
            shares.append(f"two or more relations {_share(self.strong_named, self.strong)} of {self.strong}")
        shares.append(f"hints {self.hinted}, right {_share(self.right, self.hinted)}")
        return f"{name:<22}" + "; ".join(shares)


def _share(count: int, whole: int) -> str:
    return f"({count / whole:.3f})" if whole else "(-)"


def figure(value: Fraction, at: int, dimension: str = "money", places: int = 1) -> Figure:
    step = Fraction(1, 10**places)
    raw = f"{float(value):.{places}f}".replace(".", ",")
    return Figure(f"t:{at}", "t", at, at + len(raw), raw, Quantity(value, step, None, dimension, False))


def table(draw: random.Random) -> list[Figure]:
    """A total, three parts and their shares, each rounded to one decimal from the same unrounded amounts."""
    amounts = [Fraction(draw.randrange(50_000, 4_000_000), 10_000) for _ in range(3)]
    total = sum(amounts)
    values = [total, *amounts, *(100 * amount / total for amount in amounts)]
    kinds = ["money"] * 4 + ["percent"] * 3
    return [
        figure(Fraction(round(value * 10), 10), 100 * number, kind)
        for number, (value, kind) in enumerate(zip(values, kinds, strict=True))
    ]


def relations(figures: list[Figure]) -> list[Relation]:
    total, *rest = figures
    parts, shares = rest[:3], rest[3:]
    found = [Relation("total-of-parts", "t", (Member("total", total), *(Member("part", one) for one in parts)))]
    found += [
        Relation("share-of-total", "t", (Member("part", p), Member("total", total), Member("share", s)))
        for p, s in zip(parts, shares, strict=True)
    ]
    return [*found, Relation("shares-sum-to-100", "t", tuple(Member("share", one) for one in shares))]


def mistaken(figures: list[Figure], draw: random.Random) -> tuple[list[Figure], int]:
    """The figures with one digit of one of them changed by more than rounding could explain."""
    while True:
        at = draw.randrange(len(figures))
        old = figures[at]
        number = str(int(old.quantity.value * 10)).rjust(2, "0")
        place = draw.randrange(len(number))
        other = number[:place] + draw.choice([d for d in "0123456789" if d != number[place]]) + number[place + 1 :]
        value = Fraction(int(other), 10)
        if value and abs(value - old.quantity.value) > Fraction(3, 10):
            changed = replace(figure(value, old.start, old.quantity.dimension), id=old.id)
            return [*figures[:at], changed, *figures[at + 1 :]], at


def tables() -> tuple[int, Score]:
    draw = random.Random(2024)
    breaches, score = 0, Score()
    for _ in range(TABLES):
        figures = table(draw)
        breaches += sum(one.verdict in ("contradiction", "suspicious") for one in check(relations(figures), RULES))
        wrong, at = mistaken(figures, draw)
        checks = check(relations(wrong), RULES)
        explained = localise(checks, RULES, pinning(RULES))
        _count(score, Mistake(wrong[at].start, figures[at].raw, 2), [c for c in checks if c.id in explained], explained)
    return breaches, score


def texts(paths: list[Path]) -> Score:
    score = Score()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        checks = auditor.audit(text=text).checks
        doubted = {one.id for check in checks if check.verdict in BREACHES for one in check.relation.figures()}
        known = {name: len(found) for name, found in linked(checks).items() if name not in doubted}
        for plant, relations_on in _plants(text, known):
            result = auditor.audit(text=plant.text)
            hits = caught(result.checks, plant.starts)
            explained = {finding.check.id: finding.explanation for finding in result.findings}
            _count(score, Mistake(plant.figure.start, plant.raw, relations_on), hits, explained)
    return score


def _plants(text: str, known: dict[str, int]) -> Iterator[tuple[Plant, int]]:
    for reading in auditor.audit(text=text).readings:
        for one in reading.figures:
            if one.id in known:  # and not doubted before, which would be a second mistake
                yield from ((plant, known[one.id]) for plant in digits(text, one, EACH))


@dataclass(frozen=True)
class Mistake:
    """Where a mistake was planted, what stood there, and how many relations the figure is in."""

    start: int
    raw: str
    relations_on: int


def _count(score: Score, mistake: Mistake, hits: list[Check], explained: dict[str, Explanation]) -> None:
    score.planted += 1
    if not hits:
        return
    start, raw, relations_on = mistake.start, mistake.raw, mistake.relations_on
    found = [explained[one.id] for one in hits if one.id in explained]
    named = any(member.filler.start == start for one in found for members in one.suspects for member in members)
    score.caught += 1
    score.named += named
    score.strong += relations_on > 1
    score.strong_named += named and relations_on > 1
    hints = {(repair.figure.start, repair.raw) for one in found for repair in one.repairs}
    score.hinted += bool(hints)
    score.right += (start, raw) in hints
    if not named or (hints and (start, raw) not in hints):
        score.misses.append(f"{start} {raw} {relations_on} {sorted(hints)} {[one.equation for one in hits]}")


def knot() -> float:
    """Seconds for ten totals of three parts that add up to one grand total, 40 figures, with two mistakes."""
    draw = random.Random(1)
    parts = [[Fraction(draw.randrange(100, 9000), 10) for _ in range(3)] for _ in range(9)]
    totals = [sum(one, Fraction(0)) for one in parts]
    grand = figure(sum(totals, Fraction(0)), 0)
    heads = [figure(value, 10 + number) for number, value in enumerate(totals)]
    leaves = [[figure(v, 100 + 10 * n + k) for k, v in enumerate(one)] for n, one in enumerate(parts)]
    shares = [
        figure(Fraction(round(1000 * value / grand.quantity.value), 10), 500 + n, "percent")
        for n, value in enumerate(totals)
    ]
    leaves[2][1] = figure(leaves[2][1].quantity.value + 300, leaves[2][1].start)
    heads[5] = figure(heads[5].quantity.value + 70, heads[5].start)
    found = [_sum(grand, heads), *(_sum(head, own) for head, own in zip(heads, leaves, strict=True))]
    found += [
        Relation("share-of-total", "t", (Member("part", h), Member("total", grand), Member("share", s)))
        for h, s in zip(heads, shares, strict=True)
    ]
    found.append(Relation("shares-sum-to-100", "t", tuple(Member("share", one) for one in shares)))
    found += [
        Relation("part-within-total", "t", (Member("part", one), Member("total", head)))
        for head, own in zip(heads, leaves, strict=True)
        for one in own[:1]
    ]
    checks = check(found, RULES)
    begin = time.perf_counter()
    explained = localise(checks, RULES, pinning(RULES))
    took = time.perf_counter() - begin
    suspects = {
        tuple(sorted(m.filler.start for m in members)) for one in explained.values() for members in one.suspects
    }
    count = len({m.filler.start for one in found for m in one.members})
    print(f"knot of {count} figures, {len(found)} relations: {took:.3f} s; suspects {sorted(suspects)}")
    return took


def _sum(total: Figure, parts: list[Figure]) -> Relation:
    return Relation("total-of-parts", "t", (Member("total", total), *(Member("part", one) for one in parts)))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path)
    arguments.add_argument("--edits", type=Path)
    arguments.add_argument("--misses", action="store_true")
    chosen = arguments.parse_args()
    begin = time.perf_counter()
    breaches, score = tables()
    print(f"{TABLES} consistent tables: {breaches} breaches ({time.perf_counter() - begin:.0f} s for both)")
    print(score.line("tables"))
    folders = {"samples": ROOT / "seeds"} | ({"corpus": chosen.corpus} if chosen.corpus else {})
    for name, folder in folders.items():
        found = texts(sorted(folder.glob("*.txt")))
        print(found.line(name))
        if chosen.misses:
            print("\n".join(f"  {miss}" for miss in found.misses))
    if chosen.edits:
        cases = [json.loads(line) for line in chosen.edits.read_text(encoding="utf-8").splitlines()]
        good = [case["id"] for case in cases if optimal_sets(case) == {frozenset(one) for one in case["all_optimal"]}]
        print(f"edit systems: {len(good)}/{len(cases)} with all optimal sets")
        print("  missed:", [case["id"] for case in cases if case["id"] not in good])
    knot()


if __name__ == "__main__":
    main()
