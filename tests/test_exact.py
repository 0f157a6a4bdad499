"""Numbers read from text leave the interpreter's own bytes alone."""

import subprocess
import sys

from auditor.model.exact import Fraction, rational

# In a process of its own: what it looks for would spoil this one.
PROGRAM = """
from pathlib import Path
from auditor.pipeline import audit
from auditor.model.exact import rational

audit([Path("seeds")])
assert [rational(digit) for digit in "0123456789"] == list(range(10))
print([code for code in range(256) if bytes([code])[0] != code])
"""


def test_bytes_of_one_character_stay_what_they_are() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_text_is_read_as_it_stands() -> None:
    assert [rational("7"), rational("-0.5"), rational("1/3")] == [7, Fraction(-1, 2), Fraction(1, 3)]
