"""Texts and what must be read in them: the cases of ``tests/cases``, one topic a file (see `tests.reading`).

A case may say what a change of one numeral does to it: ``changed: ["40,0% -> 44,0%: share-of-total contradiction"]``
is the same text with the numeral changed and that verdict of the rule; its checks that do not hold the numeral stay.
`{20-90}` in a text stands for any number in that range; such a case is tried with several.
``known_gap`` is a reason why a case fails: it must fail, so that the gap is taken off the list when it is closed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
import yaml

import auditor
from tests.reading import Expected, check, line_of, span

FOLDER = Path(__file__).parent / "cases"
KEYS = ("figures", "ignored", "checks")
RANGE = re.compile(r"\{(?P<least>\d+(,\d)?)-(?P<most>\d+(,\d)?)\}")
TURNS = 10


@dataclass(frozen=True)
class Case:
    place: str
    text: str
    expected: Expected
    gap: str = ""


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        top = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        assert top is not None, f"{path.name} is empty"
        for node in top.value:
            yield from (filled for case in _cases(path.name, node) for filled in _filled(case))


def _cases(name: str, node: yaml.MappingNode) -> Iterator[Case]:
    fields = {key.value: value for key, value in node.value}
    unknown = set(fields) - {"text", "known_gap", "changed", *KEYS}
    assert not unknown, f"{name}:{node.start_mark.line + 1}: unknown keys {unknown}"
    expected = {key: [item.value for item in fields[key].value] for key in KEYS if key in fields}
    gap = fields["known_gap"].value if "known_gap" in fields else ""
    case = Case(f"{name}:{node.start_mark.line + 1}", fields["text"].value, expected, gap)
    yield case
    for item in fields["changed"].value if "changed" in fields else ():
        yield _changed(case, name, item)


def _filled(case: Case) -> Iterator[Case]:
    """A case whose numbers are given as ranges, with several numbers out of them; any other case as it is."""
    if not RANGE.search(case.text):
        yield case
        return
    for turn in range(TURNS):
        text = RANGE.sub(partial(_number, random.Random(f"{case.place} {turn}")), case.text)
        yield replace(case, place=f"{case.place}:{turn}", text=text)


def _number(chance: random.Random, found: re.Match[str]) -> str:
    digits = str(chance.randint(int(found["least"].replace(",", "")), int(found["most"].replace(",", ""))))
    return f"{digits[:-1]},{digits[-1]}" if "," in found["least"] else digits


def _changed(case: Case, name: str, node: yaml.Node) -> Case:
    """The case of a line ``OLD -> NEW: RULE VERDICT, RULE VERDICT [known gap: REASON]``."""
    line, _, gap = node.value.partition(" [known gap: ")
    change, _, outcome = line.partition(": ")
    old, new = change.split(" -> ")
    start, end = span(case.text, old)
    verdicts = dict(part.split(" ") for part in outcome.split(", "))
    checks = [_after(check, old, new, verdicts) for check in case.expected["checks"]]
    text = case.text[:start] + new.partition("#")[0].rstrip("%") + case.text[end:]
    return replace(
        case, place=f"{name}:{node.start_mark.line + 1}", text=text, expected={"checks": checks}, gap=gap.rstrip("]")
    )


def _after(line: str, old: str, new: str, verdicts: dict[str, str]) -> str:
    """A line of checks after a change: with its new verdict, or free to change where it holds the numeral."""
    head, _, roles = line.partition(": ")
    rule, _, _ = head.partition(" ")
    parts = [[role, *names.split(" + ")] for role, _, names in (part.partition(" ") for part in roles.split("; "))]
    held = any(old in names for _, *names in parts)
    if not held or rule in ("none", "any"):
        return line
    if rule not in verdicts:
        return f"any: {rule}"
    after = "; ".join(f"{role} {' + '.join(new if name == old else name for name in names)}" for role, *names in parts)
    return f"{rule} {verdicts[rule]}: {after}"


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.place for case in CASES])
def test_case(case: Case) -> None:
    if not case.gap:
        check(case.text, case.expected)
        return
    try:
        check(case.text, case.expected)
    except AssertionError:
        return
    pytest.fail(f"{case.place}: the gap is closed ({case.gap}); take `known_gap` off this case")


@pytest.mark.parametrize("separator", ["\n", " "], ids=["lines", "paragraph"])
@pytest.mark.parametrize("order", range(10))
def test_quiet_texts_stay_quiet_together(order: int, separator: str) -> None:
    quiet = [case.text for case in CASES if case.place.startswith(("quiet", "apart")) and not case.gap]
    random.Random(order).shuffle(quiet)
    checks = auditor.audit(text=separator.join(quiet), strict=False).checks
    assert not [line_of(check) for check in checks if check.verdict == "contradiction"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 400
    assert len({case.text for case in CASES}) == len(CASES)
