"""What is wrong with a rule set in itself: rules that say nothing, say it twice, or say two things at once.

always-holds   no figures could breach the rule
never-holds    no figures could satisfy it
repeats        another rule demands the same of the same relation
contradicts    no figures satisfy this rule and another one
vacuous        an example binds no relation of the rule
example        an example ends otherwise than it says
never-fires    no example shows a breach
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditor.doctor.sampling import Law, holds_on, law, samples
from auditor.model.check import Check
from auditor.model.rule import Example, Rule

Reader = Callable[[str], Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a rule: where (line 0 is the whole file), which kind (see above), and in words."""

    rule: Rule
    line: int
    kind: str
    detail: str = ""

    def __str__(self) -> str:
        place = f"{self.rule.source or self.rule.id}{f':{self.line}' if self.line else ''}"
        return f"{place}: {self.kind}{f': {self.detail}' if self.detail else ''}"


def faults(rules: Sequence[Rule], read: Reader) -> list[Fault]:
    """All faults of a rule set, by rule; ``read`` gives the checks of a text under these rules."""
    laws = [known for rule in rules if (known := law(rule))]
    found = [*_of_examples(rules, read), *_of_laws(laws), *_of_pairs(laws)]
    return sorted(found, key=lambda fault: (fault.rule.id, fault.line, fault.kind, fault.detail))


def _of_examples(rules: Iterable[Rule], read: Reader) -> Iterator[Fault]:
    for rule in rules:
        verdicts = [_verdicts(rule, example, read) for example in rule.examples]
        for example, reached in zip(rule.examples, verdicts, strict=True):
            yield from _of_example(rule, example, reached)
        if not any({"contradiction", "suspicious"} & reached for reached in verdicts):
            yield Fault(rule, 0, "never-fires")


def _verdicts(rule: Rule, example: Example, read: Reader) -> set[str]:
    return {check.verdict for check in read(example.text) if check.rule == rule.id}


def _of_example(rule: Rule, example: Example, reached: set[str]) -> Iterator[Fault]:
    if not reached and example.verdict != "none":
        yield Fault(rule, example.line, "vacuous")
    elif reached and example.verdict not in reached:
        yield Fault(rule, example.line, "example", f"{example.verdict} expected, {', '.join(sorted(reached))} reached")


def _of_laws(laws: Iterable[Law]) -> Iterator[Fault]:
    for one in laws:
        answers = {holds_on(one, sample) for sample in samples(one)}
        if answers == {True}:
            yield Fault(one.rule, 0, "always-holds", one.text)
        elif answers == {False} and not _solvable(one):
            yield Fault(one.rule, 0, "never-holds", one.text)


def _solvable(one: Law) -> bool:
    return any(solved is not None and holds_on(one, solved) for sample in samples(one) for solved in one.solved(sample))


def _of_pairs(laws: Sequence[Law]) -> Iterator[Fault]:
    for one, other in combinations(laws, 2):
        if one.rule.id == other.rule.id or one.rule.relation != other.rule.relation:
            continue
        if one.key == other.key:
            yield Fault(other.rule, 0, "repeats", one.rule.id)
        elif one.claim == other.claim and _excludes(one, other):
            yield Fault(other.rule, 0, "contradicts", one.rule.id)


def _excludes(one: Law, other: Law) -> bool:
    """Whether whatever satisfies one law breaches the other: tried on many numbers that satisfy one or the other."""
    own = [solved for sample in samples(one) for solved in one.solved(sample) if solved is not None]
    return bool(own) and not any(holds_on(one, solved) and holds_on(other, solved) for solved in own)
