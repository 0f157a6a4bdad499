"""What the commands of the gate do, without printing or exiting: each gives its text, its files and its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.gate import opinions
from auditor.gate.contract import Contract
from auditor.gate.levels import levelled
from auditor.gate.loading import load
from auditor.gate.parting import split
from auditor.gate.result import CLEAN, FAILED, Gate
from auditor.gate.run import gate
from auditor.gate.sources import Source, files
from auditor.gate.summary import record, text
from auditor.gate.table import Unreadable
from auditor.model.check import Audit
from auditor.model.errors import ConfigError
from auditor.rules.load import packaged

CONTRACTS, PROJECT = "contracts", "gx"  # folders of `expectations/`


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say: text for standard output, problems for standard error, files to write, status."""

    text: str = ""
    problems: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    status: int = CLEAN


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a run is to end. ``pandera`` and ``project`` (the folder of a Great Expectations context) ask for second
    opinions; Data Docs land in ``output``. ``accepted`` and ``rejected`` are where the rows go."""

    ui: str = "vi"
    fail_on: str = "error"
    pandera: bool = False
    project: Path | None = None
    output: Path = Path("reports")
    accepted: Path | None = None
    rejected: Path | None = None


def contract_named(name: str) -> Contract:
    """A contract by its file, or by the name of a packaged one. Raises ConfigError."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return load(path)
    known = packaged() / CONTRACTS
    if not (known / f"{name}.yaml").is_file():
        names = ", ".join(file.stem for file in sorted(known.glob("*.yaml")))
        raise ConfigError(name, f"neither a contract file nor one of: {names}")
    return load(known / f"{name}.yaml")


def sources(paths: Iterable[Path], sql: str | None = None, query: str = "") -> list[Source]:
    """The tables that a command line names. Raises ConfigError for none, or for a database without a query."""
    found = files(list(paths))
    if sql is not None:
        if not query:
            raise ConfigError("--sql", "what is to be read? name a table or a query with --query")
        found.append(Source(sql=sql, query=query))
    if not found:
        raise ConfigError("gate", "nothing to read: name files, folders, or a database with --sql")
    return found


def run(chosen: Sequence[Source], contract: Contract, expectations: Iterable[Path] = ()) -> Gate:
    """Hold tables against a contract."""
    return gate(chosen, contract, expectations=expectations)


def finish(result: Gate, audit: Audit, wanted: Wanted) -> tuple[Gate, Outcome]:
    """The end of a run, once people's decisions are in ``audit``: levels, second opinions, rows split, reports."""
    from auditor.gate.page import render

    final = levelled(result, audit)
    problems = [str(checked.error) for checked in final.tables if checked.error]
    problems += _second(final, wanted)
    if wanted.accepted or wanted.rejected:
        problems += _split(final, wanted)
    status = FAILED if problems else final.status(wanted.fail_on)
    made = {"gate.html": render(final, wanted.ui, wanted.fail_on), "gate.json": record(final, wanted.fail_on)}
    return final, Outcome(text(final, wanted.ui, wanted.fail_on), tuple(problems), made, status)


def _second(result: Gate, wanted: Wanted) -> list[str]:
    problems: list[str] = []
    for checked in result.tables:
        if checked.table is None:
            continue
        if wanted.pandera:
            problems += opinions.pandera_differs(checked)
        if wanted.project:
            problems += opinions.expectations_differ(checked, wanted.project, wanted.output)
    return problems


def _split(result: Gate, wanted: Wanted) -> list[str]:
    try:
        split(result.tables, wanted.accepted, wanted.rejected)
    except (OSError, ValueError) as problem:
        return [f"{wanted.accepted or wanted.rejected}: cannot be written: {problem}"]
    return []


def suggest(path: Path) -> Outcome:
    """`audit contract suggest FILE`: the draft of a contract."""
    from auditor.gate.drafting import suggest as drafted

    try:
        return Outcome(drafted(Source(path)))
    except Unreadable as problem:
        return Outcome(problems=(str(problem),), status=FAILED)


def project() -> Path:
    """The folder of the packaged Great Expectations context."""
    return packaged() / PROJECT


def context(contracts: Iterable[Path], folder: Path) -> Outcome:
    """`audit contract gx`: the Great Expectations context of some contracts, or of all packaged ones."""
    from auditor.gate.gx.project import write

    chosen = list(contracts) or sorted((packaged() / CONTRACTS).glob("*.yaml"))
    changed = write([load(path) for path in chosen], folder)
    return Outcome("".join(f"{(folder / name).as_posix()}\n" for name in changed))
