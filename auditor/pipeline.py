"""The whole flow: paths -> documents -> figures and relations -> checks -> findings. Only here is its order known."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from auditor import ingest, lex, parse
from auditor.across.link import completed, link
from auditor.findings import findings
from auditor.habits import habits
from auditor.ingest.files import STANDARD_INPUT, relative
from auditor.languages.vocabulary import Vocabulary, vocabulary
from auditor.localise.implied import conflicts, implied
from auditor.localise.joint import joint_checks
from auditor.localise.suspects import localise
from auditor.model.check import Audit, Check, Explanation, Implied, Reading
from auditor.model.choice import Choice
from auditor.model.document import Document
from auditor.model.errors import InputError
from auditor.model.figure import Figure, Ignored
from auditor.model.quantity import Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.review import matches
from auditor.model.rule import Rule
from auditor.model.subject import Level, Subject
from auditor.parse import numbers
from auditor.parse.numbers import Number
from auditor.processes import carried, each, hoarding
from auditor.rules.check import check, numbered, pinning, renumbered
from auditor.rules.choose import choose
from auditor.rules.load import load, rules_hash
from auditor.segment import segment

AnyPath = str | os.PathLike[str]
Source = Path | Document | InputError
Places = tuple[tuple[str, str], ...]
carried(Figure, Ignored, Quantity, Interval, Member, Relation, Check, Level, Subject)
Watch = Callable[[Iterator["Judged"], int], Iterable["Judged"]]


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
    places: Mapping[str, str] | None = None,
    jobs: int = 1,
    watch: Watch = lambda judged, _: judged,
) -> Audit:
    """Read documents, check every relation between their figures, and say which figures are the likeliest wrong.

    ``paths`` are files or folders; ``text`` is one document in memory, reported under ``name``. ``expectations`` are
    folders of rules that add to the packaged ones, ``choice`` selects among them; ``vocabularies`` are folders of a
    user's own units, nouns, indicators and abbreviations. Paths that match a pattern of ``exclude`` are left out.
    ``places`` says by pattern of paths what place documents speak of that name none; the first that fits counts.
    ``jobs`` processes share the documents, and the result is the same however many they are; ``watch`` passes the
    documents on while they are judged, and is told how many there will be. ``strict`` holds the result
    against its contracts as well, which takes half a second; when it is ``None``, under ``CI=true``. A document that
    cannot be read is in the result with its ``error``. Raises ``ConfigError`` for a faulty rule or vocabulary file,
    before anything is read, and ``TypeError`` without ``paths`` and ``text``.
    """
    rules = choose(load(Path(folder) for folder in expectations), choice or Choice())
    folders = tuple(Path(folder) for folder in vocabularies)
    vocabulary(folders=folders)
    sources = _sources(paths, text, name, tuple(exclude))
    with hoarding():
        alone = each(_judge, (rules, folders, tuple((places or {}).items())), sources, jobs)
        result = _together(tuple(watch(alone, len(sources))), rules)
    if os.environ.get("CI") == "true" if strict is None else strict:
        _validate(result)
    return result


def _sources(
    paths: AnyPath | Iterable[AnyPath] | None, text: str | None, name: str, exclude: Sequence[str]
) -> list[Source]:
    if text is not None:
        return [ingest.from_text(text, name)]
    if paths is None:
        raise TypeError("audit() needs paths or text")
    every = [paths] if isinstance(paths, str | os.PathLike) else paths
    wanted = (item for item in ingest.files(every) if not _excluded(item, exclude))
    # Only this process has the standard input.
    return [ingest.read(item) if item == Path(STANDARD_INPUT) else item for item in wanted]


def _excluded(item: Path | InputError, exclude: Sequence[str]) -> bool:
    return isinstance(item, Path) and any(matches(relative(item), pattern) for pattern in exclude)


# Each document by itself, in whichever process.


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Checks, by their ids why some are breached, and the levels that follow from them."""

    checks: tuple[Check, ...]
    explanations: dict[str, Explanation]
    implied: tuple[Implied, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A document by itself: what was read, and the verdicts on it."""

    reading: Reading
    verdicts: Verdicts


def _judge(rules: Sequence[Rule], folders: tuple[Path, ...], places: Places) -> Callable[[Source], Judged]:
    return partial(_judged, rules=rules, words=vocabulary(folders=folders), places=places)


def _judged(source: Source, rules: Sequence[Rule], words: Vocabulary, places: Places) -> Judged:
    document = _document(source)
    about = next((place for pattern, place in places if matches(document.path, pattern)), None)
    reading = completed(_reading(replace(document, about=about), words), rules)
    return Judged(reading, _verdicts(reading.relations, rules, f"{document.path}#"))


def _verdicts(relations: Iterable[Relation], rules: Sequence[Rule], name: str) -> Verdicts:
    """The verdicts on relations that may hang together, their checks with ids that begin with ``name``."""
    checks = check(relations, rules, name)
    found = [*checks, *joint_checks(checks, rules), *conflicts(checks, rules)]
    found += habits(found, rules)
    checks = checks if len(found) == len(checks) else numbered(found, name)
    return Verdicts(tuple(checks), localise(checks, rules, pinning(rules)), implied(checks, rules))


def _document(source: Source) -> Document:
    if isinstance(source, InputError):
        return Document(source.path, "", "", "", source)
    return source if isinstance(source, Document) else ingest.read(source)


def _reading(document: Document, words: Vocabulary) -> Reading:
    if document.error is not None:
        return Reading(document, (), (), ())
    normal = ingest.normalise(document.text)
    tables = parse.find_tables(document, normal, words)
    sentences = segment(normal.text, words, tables.walls)
    return parse.read(document, normal, lex.tokenise(normal.text, sentences, words), words, tables)


# All documents together, in the process that was asked.


def _together(alone: Sequence[Judged], rules: tuple[Rule, ...]) -> Audit:
    readings, verdicts = _across(alone, rules)
    checks = renumbered(check for one in verdicts for check in one.checks)
    explanations = {checks[name].id: why for one in verdicts for name, why in one.explanations.items()}
    every = tuple(checks.values())
    found = findings(every, rules, explanations)
    result = Audit(readings, every, found, rules, rules_hash(rules), implied=_levels(verdicts, checks))
    return replace(result, readings=_explained(result))


def _levels(verdicts: Sequence[Verdicts], checks: Mapping[str, Check]) -> tuple[Implied, ...]:
    """The levels that follow from checks, in the order of the checks."""
    by_check: defaultdict[str, list[Implied]] = defaultdict(list)
    for level in chain(*(one.implied for one in verdicts)):
        by_check[level.check.id].append(level)
    return tuple(replace(one, check=check) for name, check in checks.items() for one in by_check.get(name, ()))


def _across(alone: Sequence[Judged], rules: tuple[Rule, ...]) -> tuple[tuple[Reading, ...], list[Verdicts]]:
    """The readings with what documents say of each other, and the verdicts: documents that have something to do with
    each other are judged again, as one."""
    apart = [one.verdicts for one in alone]
    readings, between = link([one.reading for one in alone], rules)
    excluding = conflicts((check for one in apart for check in one.checks), rules)
    claims = chain(*(one.relations for one in readings), between, (check.relation for check in excluding))
    met = {path for claim in claims if len(paths := claim.documents()) > 1 for path in paths}
    if not met:
        return readings, apart
    inside = [one.document.path in met for one in readings]
    relations = (relation for one, joins in zip(readings, inside, strict=True) if joins for relation in one.relations)
    others = [found for found, joins in zip(apart, inside, strict=True) if not joins]
    return readings, [*others, _verdicts(chain(relations, between), rules, "#")]


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
