"""The whole flow: paths -> documents -> figures and relations -> checks -> findings. Only here is its order known."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from auditor import ingest, lex, parse
from auditor.findings import findings
from auditor.ingest.files import relative
from auditor.languages.vocabulary import Vocabulary, vocabulary
from auditor.localise.joint import joint_checks
from auditor.localise.suspects import localise
from auditor.model.check import Audit, Check, Reading
from auditor.model.choice import Choice
from auditor.model.document import Document
from auditor.model.errors import InputError
from auditor.model.figure import Figure
from auditor.model.review import matches
from auditor.parse import numbers
from auditor.parse.numbers import Number
from auditor.rules.check import check, numbered, pinning
from auditor.rules.choose import choose
from auditor.rules.load import load, rules_hash
from auditor.segment import segment

AnyPath = str | os.PathLike[str]


def audit(  # noqa: PLR0913 (all of them have names)
    paths: AnyPath | Iterable[AnyPath] | None = None,
    *,
    text: str | None = None,
    name: str = "text",
    expectations: Iterable[AnyPath] = (),
    vocabularies: Iterable[AnyPath] = (),
    strict: bool | None = None,
    choice: Choice | None = None,
    exclude: Iterable[str] = (),
    watch: Callable[[Sequence[Document]], Iterable[Document]] = iter,
) -> Audit:
    """Read documents, check every relation between their figures, and say which figures are the likeliest wrong.

    ``paths`` are files or folders; ``text`` is one document in memory, reported under ``name``. ``expectations`` are
    folders of rules that add to the packaged ones, ``choice`` selects among them; ``vocabularies`` are folders of a
    user's own units, nouns, indicators and abbreviations. Paths that match a pattern of
    ``exclude`` are left out; ``watch`` passes the documents on while they are read. ``strict`` holds the result
    against its contracts as well, which takes half a second; when it is ``None``, under ``CI=true``. A document that
    cannot be read is in the result with its ``error``. Raises ``ConfigError`` for a faulty rule file,
    before anything is read, and ``TypeError`` without ``paths`` and ``text``.
    """
    rules = choose(load(Path(folder) for folder in expectations), choice or Choice())
    words = vocabulary(folders=tuple(Path(folder) for folder in vocabularies))
    readings = [_reading(document, words) for document in watch(_documents(paths, text, name, tuple(exclude)))]
    checks = check((relation for reading in readings for relation in reading.relations), rules)
    checks = numbered([*checks, *joint_checks(checks, rules)])
    found = findings(checks, rules, localise(checks, rules, pinning(rules)))
    result = Audit(tuple(readings), tuple(checks), found, rules, rules_hash(rules))
    result = replace(result, readings=_explained(result))
    if os.environ.get("CI") == "true" if strict is None else strict:
        _validate(result)
    return result


def _documents(
    paths: AnyPath | Iterable[AnyPath] | None, text: str | None, name: str, exclude: Sequence[str]
) -> list[Document]:
    if text is not None:
        return [ingest.from_text(text, name)]
    if paths is None:
        raise TypeError("audit() needs paths or text")
    every = [paths] if isinstance(paths, str | os.PathLike) else paths
    wanted = (item for item in ingest.files(every) if not _excluded(item, exclude))
    return [_missing(item) if isinstance(item, InputError) else ingest.read(item) for item in wanted]


def _excluded(item: Path | InputError, exclude: Sequence[str]) -> bool:
    return isinstance(item, Path) and any(matches(relative(item), pattern) for pattern in exclude)


def _missing(error: InputError) -> Document:
    return Document(error.path, "", "", "", error)


def _reading(document: Document, words: Vocabulary) -> Reading:
    if document.error is not None:
        return Reading(document, (), (), ())
    normal = ingest.normalise(document.text)
    tables = parse.find_tables(document, normal, words)
    sentences = segment(normal.text, words, tables.walls)
    return parse.read(document, normal, lex.tokenise(normal.text, sentences, words), words, tables)


def _explained(result: Audit) -> tuple[Reading, ...]:
    """The readings with a reason for every figure that no check judged: that of the check that could not be made."""
    checked, stopped = result.checked(), _stopped(result.checks)

    def explained(figure: Figure) -> Figure:
        if figure.id in checked:
            return figure
        return figure.because(stopped.get(figure.id) or figure.reason or "no-relation")

    return tuple(replace(reading, figures=tuple(map(explained, reading.figures))) for reading in result.readings)


def _stopped(checks: Sequence[Check]) -> dict[str, str]:
    unmade = [check for check in checks if check.verdict == "not-checkable" and check.reason]
    return {figure.id: check.reason or "" for check in unmade for figure in check.relation.figures()}


def _validate(result: Audit) -> None:
    from auditor import frames

    frames.validate(frames.frames(result))


def read_numbers(text: str) -> list[Number]:
    """Every number of a short text, in digits or words, as the reader of documents takes it."""
    words = vocabulary()
    normal = ingest.normalise(text)
    tokens = lex.tokenise(normal.text, segment(normal.text, words), words, every=True)
    return numbers.read_numbers(text, normal, tokens, words)
