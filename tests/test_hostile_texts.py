"""Texts that nobody would write: nothing raises, and work grows with the text and not with its square."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
import yaml

import auditor
from auditor.model.figure import Figure, Ignored

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))

MOST = 10.0  # times the work for four times the text; its square would be 16 times
LEAST = 0.05  # seconds below which nothing is told by a clock
SHAPES = {
    "list": "{} chi bộ thôn; ",
    "digits": "1234567890",
    "groups": "123.",
    "open brackets": "({} hộ ",
    "commas": "xã,",
    "slashes": "{}/",
    "words": "từ xã Hà ",
    "number words": "hai mươi lăm ",
    "dates": "ngày 5/6/2020 ",
    "blank lines": "\n" * 20,
    "marked lines": "\n- Làm đường",
    "names in brackets": "Hà (huyện Sa), ",
}


def text(shape: str, count: int) -> str:
    return "Xã có 9 chi bộ, gồm: " + "".join(shape.format(number % 97) for number in range(count)) + " 5 hộ."


def seconds(shape: str, count: int) -> float:
    """Processor time of one audit, the better of two."""
    took = []
    for _ in range(2):
        begin = time.process_time()
        auditor.audit(text=text(shape, count), strict=False)
        took.append(time.process_time() - begin)
    return min(took)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_work_grows_with_the_text(shape: str) -> None:
    few, many = seconds(shape, 1500), seconds(shape, 6000)
    assert many <= MOST * max(few, LEAST)


@pytest.mark.parametrize("digits", ["1" * 1_000_000, "123." * 250_000, "1 " + "234 " * 50_000], ids=["1", "1.2", "1 2"])
def test_a_long_row_of_digits_is_accounted_for(digits: str) -> None:
    reading = auditor.audit(text=f"Thu ngân sách {digits}5 tỷ đồng.", strict=False).readings[0]
    found: list[Figure | Ignored] = [*reading.figures, *reading.ignored]
    assert all(reading.document.text[one.start : one.end] == one.raw for one in found)
    assert sum(char.isdigit() for one in found for char in one.raw) == sum(char.isdigit() for char in digits) + 1


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_text_may_end_anywhere(path: Path) -> None:
    chance = random.Random(path.name)
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        whole = case["text"].rstrip()
        for end in (len(whole) - 1, chance.randrange(len(whole))):
            text = whole[:end]
            assert auditor.audit(text=text, strict=False).readings[0].document.text == text
