"""Documents shared among processes: the same bytes however many there are, and faults that travel."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.pipeline import audit
from auditor.processes import each, hoarding
from auditor.report import json

TOTALS = ("9", "7", "12", "8,5")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(40):
        whole = TOTALS[number % len(TOTALS)]
        text = f"Xã có {whole} chi bộ, gồm: 5 chi bộ thôn và {number % 5} chi bộ cơ quan.\n" * (1 + number % 3)
        (tmp_path / f"{number:02}.txt").write_text(text)
    (tmp_path / "19.txt").write_bytes(b"\xff\xfe\x00\xd8")
    return tmp_path


def test_the_bytes_do_not_depend_on_the_number_of_jobs(folder: Path) -> None:
    asked = [folder, folder / "missing.txt"]
    alone, *others = (json.render(audit(asked, jobs=jobs, strict=False)) for jobs in (1, 2, 3))
    assert others == [alone, alone]
    assert alone.count(b'"contradiction"') > 20
    assert alone.count(b'"error": "') > 1


def test_standard_input_is_read_where_it_is(folder: Path) -> None:
    command = [sys.executable, "-m", "auditor", "run", "-", "00.txt", "--jobs", "2", "--quiet", "--exit-zero"]
    done = subprocess.run(command, input=b"Xa co 9 thon, 5 ho.\n", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"path": "-"' in Path("reports/audit.json").read_bytes()


SLOW = """
import os
import signal
import sys
import time
from pathlib import Path

from auditor.processes import each


def slow(folder):
    def touch(number):
        Path(folder, str(number)).touch()
        time.sleep(0.02)

    return touch


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs in the background ignores it
    list(each(slow, (sys.argv[1],), range(10_000), 2))
elif len(sys.argv) > 2:  # a spawned process that is long about its imports
    Path(sys.argv[2], str(os.getpid())).touch()
    time.sleep(1)
"""


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    process, done = begun(tmp_path)
    until(lambda: any(done.iterdir()))
    interrupted(process)
    assert len(list(done.iterdir())) < 10_000


def test_an_interrupt_ends_processes_that_still_import(tmp_path: Path) -> None:
    importing = tmp_path / "importing"
    importing.mkdir()
    process, _ = begun(tmp_path, importing)
    until(lambda: len(list(importing.iterdir())) == 2)
    interrupted(process)


def begun(folder: Path, *more: Path) -> tuple[subprocess.Popen[bytes], Path]:
    script, done = folder / "slow.py", folder / "done"
    script.write_text(SLOW)
    done.mkdir()
    command = [sys.executable, str(script), str(done), *map(str, more)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True), done


def interrupted(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    # The processes that are waited for say nothing.
    assert (process.returncode, errors.count(b"Traceback")) == (-signal.SIGINT, 1), errors
    until(lambda: not alive(process.pid))


def until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("waited for a minute")


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def doubler(fault: int) -> Callable[[int], int]:
    def double(number: int) -> int:
        if number == fault:
            raise ValueError(f"no {number}")
        return number * 2

    return double


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_keep_the_order_of_their_items(jobs: int) -> None:
    assert list(each(doubler, (-1,), range(50), jobs)) == [number * 2 for number in range(50)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_raised_in_a_process_is_raised_here(jobs: int) -> None:
    with pytest.raises(ValueError, match="no 7"):
        list(each(doubler, (7,), range(50), jobs))


def test_the_collector_is_as_it_was_before() -> None:
    with hoarding():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with hoarding():
        pass
    assert not gc.isenabled()
    gc.enable()
