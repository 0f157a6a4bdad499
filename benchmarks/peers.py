"""The number reader against the Vietnamese test cases of two other tools, which are read from a folder and never kept.

    python -m benchmarks.peers FOLDER [--misses] [--refused]

FOLDER holds ``duckling_vi.jsonl`` (facebook/duckling) and ``nemo_vi.jsonl`` (NVIDIA/NeMo-text-processing). A case says
what a short text means; what a report cannot hold is refused by the rules of ``peers.yaml``, each with its reason.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from auditor.model.exact import Fraction, rational
from auditor.parse.numbers import Number
from auditor.pipeline import read_numbers

Row = Mapping[str, Any]
# (value, unit) of each number, or the parts of a date by their names.
Wanted = Sequence[tuple[Fraction, str | None]] | Mapping[str, int]
DATA = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
AMOUNT = re.compile(
    r"(?P<number>(?:(?<!\S)-)?\d[\d.,]*)\s?"
    r"(?P<unit>[^\W\d_]+[²³2]?(?: la)?|[%°$€£¥₫₩₹]c?)?(?P<per>\s?/\s?[^\W\d_]+)?"
)
MILLIONS = re.compile(r"(\d+)tr(\d*)")
DATE = re.compile(
    r"(?P<m>\d{1,2})/(?P<y>\d{4})"
    r"|(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?!\d)(?:(?P=mark)(?P<year>\d{4}))?"
)
# The parts of a date that a grain of time names, besides a year that is printed.
GRAINS = {"day": ("day", "month"), "month": ("month",), "quarter": ("quarter",), "year": ("year",)}
KINDS = {"date": "day", "month": "month", "year": "year", "period": "quarter"}
NUMBERS = ("numeral", "decimal")


@dataclass(frozen=True)
class Case:
    """A text and what it means; ``bound`` is the direction of an open interval."""

    group: str
    text: str
    wanted: Wanted
    bound: str | None = None

    @property
    def refusal(self) -> str:
        """Why a report cannot hold the text; empty when it can."""
        for rule in DATA["refused"]:
            pattern = rule["text"].replace("<D>", DATA["digit"])
            if self.group in rule.get("groups", [self.group]) and re.search(pattern, self.text):
                return str(rule["why"])
        return ""


def cases(folder: Path) -> Iterator[Case]:
    for name, read in (("duckling_vi", _duckling), ("nemo_vi", _nemo)):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            group = DATA["groups"].get(row["dimension"])
            # A negative case says that a tool leaves the text alone, not what it means.
            case = read(row, group) if group and not row["negative"] else None
            if case is not None:
                yield case


def _duckling(row: Row, group: str) -> Case | None:
    expected = row["expected"]
    if group == "date":
        return _moment(row, expected)
    unit = DATA["currencies"].get(expected.get("unit"), expected.get("unit"))
    ends = [(rational(str(expected[end])), unit) for end in ("value", "from", "to") if end in expected]
    bound = (">=" if "from" in expected else "<=") if expected.get("open") else None
    return Case(group, row["text"], ends, bound)


def _moment(row: Row, expected: Row) -> Case | None:
    """A date that the text itself names; intervals and clock times are none."""
    grain, text = expected.get("grain"), row["text"]
    if "value" not in expected or grain not in GRAINS or not re.search(DATA["numbered"], text):
        return None
    year, month, day = map(int, re.findall(r"\d+", expected["value"])[:3])
    parts = {"year": year, "month": month, "day": day, "quarter": (month + 2) // 3}
    named = {*GRAINS[grain], *(["year"] if re.search(rf"\b{year}\b", text) else [])}
    return Case("date", text, {part: number for part, number in parts.items() if part in named})


def _nemo(row: Row, group: str) -> Case:
    spoken, text = row["direction"].startswith("spoken"), row["text"]
    written = row["expected"] if spoken else text
    if group == "date":
        return Case(group, text, _date(written))
    if group in NUMBERS:
        return Case(group, text, [(rational(row["value"]) if row.get("value") else _scaled(written), None)])
    whole = MILLIONS.sub(lambda match: str(int(rational(f"{match[1]}.{match[2] or 0}") * 10**6)), written)
    return Case(group, text, [_amount(match, spoken) for match in AMOUNT.finditer(whole)])


def _scaled(written: str) -> Fraction:
    number = re.search(r"-?\d[\d.]*", written)
    if number is None:
        raise ValueError(f"no number in {written!r}")
    value = rational(number[0])
    for word in written[number.end() :].split():
        value *= DATA["scales"].get(word, 1)
    return value


def _amount(match: re.Match[str], spoken: bool) -> tuple[Fraction, str | None]:
    """A written amount in base units; what was spoken is written with a decimal point."""
    number = match["number"].rstrip(".,")
    value = rational(number if spoken else number.replace(".", "").replace(",", "."))
    unit, factor = DATA["units"].get(match["unit"] or "", (match["unit"], "1"))
    return value * rational(factor), _rate(f"{unit}{match['per'] or ''}") if unit else None


def _date(written: str) -> dict[str, int]:
    match = DATE.search(written)
    numeric = match.groupdict() if match else {}
    found = {"day": numeric.get("day"), "month": numeric.get("month") or numeric.get("m"),
             "year": numeric.get("year") or numeric.get("y")}  # fmt: skip
    for part, pattern in DATA["date_parts"].items():
        named = re.search(pattern, written)
        found[part] = found[part] or (next(filter(None, named.groups())) if named else None)
    return {part: int(digits) for part, digits in found.items() if digits}


def fits(case: Case, numbers: Sequence[Number]) -> bool:
    """Whether the numbers of a text are those that the case wants, no more and no fewer; of a date, its parts."""
    if isinstance(case.wanted, Mapping):
        return dict(_parts(numbers)).items() >= case.wanted.items()
    found = [(number.value, _rate(number.unit)) for number in numbers if number.value is not None]
    if case.group in NUMBERS:
        return [value for value, _ in found] == [value for value, _ in case.wanted]
    bounded = case.bound is None or [number.bound for number in numbers] == [case.bound]
    return bounded and found == case.wanted


def _rate(unit: str | None) -> str | None:
    """A unit with the time it is per in its short form."""
    base, slash, per = (unit or "").partition("/")
    return f"{base.strip()}{slash}{DATA['short'].get(per.strip(), per.strip())}" or None


def _parts(numbers: Iterable[Number]) -> Iterator[tuple[str, int]]:
    """Day, month and year of what is set aside as a date."""
    for number in numbers:
        several = [int(digits) for digits in re.findall(r"\d+", number.raw)]
        if number.kind in ("date", "month/year") and len(several) > 1:
            names = ("day", "month", "year") if number.kind == "date" else ("month", "year")
            yield from zip(names, several, strict=False)
        elif number.kind in KINDS and number.value is not None:
            yield KINDS[number.kind], int(number.value)


def main(arguments: Sequence[str]) -> None:
    folder, *options = arguments
    right, asked = Counter[str](), Counter[str]()
    refused, missed = defaultdict[str, list[Case]](list), []
    for case in cases(Path(folder)):
        if case.refusal:
            refused[case.refusal].append(case)
            continue
        numbers = read_numbers(case.text)
        asked[case.group] += 1
        right[case.group] += fits(case, numbers)
        if not fits(case, numbers):
            missed.append((case, numbers))
    for group in (*asked, "all"):
        good, every = (right[group], asked[group]) if group in asked else (right.total(), asked.total())
        print(f"{group:<10}{good:4} of {every:4} = {good / every:.3f}")
    for why, those in sorted(refused.items(), key=lambda item: -len(item[1])):
        print(f"{len(those):4} refused: {why}")
        for case in those if "--refused" in options else ():
            print(f"       {case.group}: {case.text}")
    for case, numbers in missed if "--misses" in options else ():
        print(f"  {case.group}: {case.text!r} wants {case.wanted}, read as {numbers}")


if __name__ == "__main__":
    main(sys.argv[1:])
