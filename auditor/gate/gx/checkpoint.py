"""The committed checkpoint of a contract, run on a table, and its answers in the gate's own words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from auditor.gate.contract import Contract
from auditor.gate.contradicted import shipped
from auditor.gate.result import Checked, Tally
from auditor.gate.table import Unreadable

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")  # read when it is imported

import great_expectations

from auditor.gate.gx import cells, relations
from auditor.gate.gx.frames import NUMBER, to_pandas

CUSTOM = (cells, relations)  # imported so that the stored suites find their expectations


@dataclass(frozen=True, slots=True)
class Answer:
    """One expectation's answer: which check of the gate it is, and the numbers of the unexpected rows."""

    check: str
    where: str | int
    success: bool
    rows: frozenset[int]


def run(checked: Checked, contract: Contract, project: Path, output: Path) -> list[Answer]:
    """Run the checkpoint of a contract on a table that was read; Data Docs land in ``output``.

    Raises Unreadable when an expectation could not be evaluated: that is neither a breach nor a pass.
    """
    assert checked.table is not None
    frame = to_pandas(checked.table.rows().collect(), contract)
    with _folders(output):
        context = great_expectations.get_context(mode="file", context_root_dir=str(project.resolve()))
        checkpoint = context.checkpoints.get(contract.name)
        result = checkpoint.run(batch_parameters={"dataframe": frame})
    answers = [one for run in result.run_results.values() for one in run.results]
    return [_answer(one, checked.path) for one in answers]


@contextmanager
def _folders(output: Path) -> Iterator[None]:
    """Where results go: by environment, which outranks the committed settings."""
    wanted = {"audit_validations": output / "gx_validations", "audit_data_docs": output / "data_docs"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ |= {name: str(path.resolve()) for name, path in wanted.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _answer(one: Any, path: str) -> Answer:
    meta = one.expectation_config.meta or {}
    problem = _exception(one.exception_info)
    if problem or not one.result:
        name = f"{one.expectation_config.type} ({meta.get('column', meta.get('relation', ''))})"
        raise Unreadable(path, f"Great Expectations could not evaluate {name}: {problem or 'no result'}")
    rows = frozenset(int(item[NUMBER]) for item in one.result.get("unexpected_index_list") or ())
    return Answer(
        meta.get("check", one.expectation_config.type),
        meta.get("column", meta.get("relation", "")),
        bool(one.success),
        rows,
    )


def _exception(info: dict[str, Any]) -> str | None:
    """The first exception, whether it is told at the top or metric by metric."""
    told = [info] if "raised_exception" in info else list(info.values())
    return next((str(one["exception_message"]) for one in told if one.get("raised_exception")), None)


def differences(checked: Checked, answers: list[Answer]) -> list[str]:
    """Where the gate and Great Expectations found different rows."""
    return [text for answer in answers for text in _difference(checked, answer)]


def _difference(checked: Checked, answer: Answer) -> Iterator[str]:
    for tally in checked.tallies:
        if _same(tally, answer, checked.contract):
            own = checked.failing.filter((pl.col("check") == tally.number) & (pl.col("verdict") == "contradiction"))
            rows = sorted(frozenset(int(row) for row in own["row"]) ^ answer.rows)
            if rows:
                yield f"{checked.path}: {tally.rule.id} ({tally.name}): judged differently at rows {rows[:5]}"


def _same(tally: Tally, answer: Answer, contract: Contract) -> bool:
    if tally.binding is None:
        return (tally.rule.id, tally.name) == (answer.check, answer.where)
    # The expectations answer by the rules that are shipped; a rule of the user's own is judged by the gate alone.
    bound = isinstance(answer.where, int) and tally.binding is contract.relations[answer.where]
    return bound and tally.rule in shipped()
