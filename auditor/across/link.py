"""Readings of a run -> the same with missing members found elsewhere, and the relations between documents.

Figures are joined over their subject: indicator, unit, place, period, role and whose plan. Within a document a place
that is never named is the same place; between documents it must be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.judge.arithmetic import ends
from auditor.judge.reading import expected
from auditor.judge.verdict import judge
from auditor.model.check import Reading
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule
from auditor.model.subject import Key, Level, Subject

# How surely two statements are about one thing: the words name it and say where and when; or that is only likely,
# which is too little for a contradiction.
FIRM, LIKELY = 0.85, 0.55
# Different values that are tried for a missing member; more of them are another finding.
MOST_VALUES = 8
REPEAT = "same-figure-twice"

Index = Mapping[Key, Sequence[Level]]


def completed(reading: Reading, rules: Iterable[Rule]) -> Reading:
    """A reading with every claim completed whose missing member the same document prints elsewhere."""
    return _completed([reading], _by_relation(rules), _index([reading]))[0]


def link(readings: Sequence[Reading], rules: Iterable[Rule]) -> tuple[tuple[Reading, ...], list[Relation]]:
    """Completed readings with what the other documents print, and the figures that several documents state, each as
    one relation. The order of documents changes nothing."""
    by_relation, index = _by_relation(rules), _index(readings)
    linked = _completed(readings, by_relation, index)
    return tuple(linked), list(_repeats(index, by_relation[REPEAT]))


def _by_relation(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.relation].append(rule)
    return found


def _completed(readings: Iterable[Reading], by_relation: Mapping[str, list[Rule]], index: Index) -> list[Reading]:
    made = []
    for reading in readings:
        subjects = {level.figure.id: level.subject for level in reading.levels}
        claims = (_found(claim, index, by_relation[claim.kind]) for claim in reading.relations)
        made.append(replace(reading, relations=tuple(_confirmed(claim, subjects) for claim in claims)))
    return made


def _confirmed(claim: Relation, subjects: Mapping[str, Subject]) -> Relation:
    """A repeat that was bound because its numbers and words are alike, and whose figures are surely of one subject."""
    if claim.kind != REPEAT or claim.confidence >= FIRM:
        return claim
    found = [subjects.get(figure.id) for figure in claim.figures()]
    sure = all(one is not None and _firm(one) for one in found)
    return replace(claim, confidence=FIRM) if sure and len({one.key for one in found if one}) == 1 else claim


def _index(readings: Iterable[Reading]) -> Index:
    found: defaultdict[Key, list[Level]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: reading.document.path):
        for level in reading.levels:
            found[level.subject.key].append(level)
    return found


def _found(claim: Relation, index: Index, rules: Sequence[Rule]) -> Relation:
    """The claim with the printed figure that it lacked; as it was where there is none, or none that proves anything."""
    if claim.sought is None or len(claim.missing) != 1 or not rules:
        return claim
    candidates = _candidates(claim, claim.sought, index)
    tried = [_with(claim, claim.sought, level) for level in candidates]
    fitting = [one for one in tried if _holds(one, rules)]
    if fitting:
        return fitting[0]
    # What may be another thing after all, or has two values, and does not fit, is no evidence.
    return tried[0] if tried and claim.sought.named and _agree(candidates) else claim


def _candidates(claim: Relation, sought: Subject, index: Index) -> list[Level]:
    """Levels of the subject, each value once: of the claim's own document first, the finest print first."""
    own = {figure.id for figure in claim.figures()}
    known = [level for level in index.get(sought.key, ()) if level.figure.id not in own]
    allowed = [one for one in known if one.figure.document == claim.document or sought.place]
    ordered = sorted(allowed, key=lambda level: (level.figure.document != claim.document, *_fineness(level)))
    values = {(one.figure.quantity.value, one.figure.quantity.step): one for one in reversed(ordered)}
    return [one for one in ordered if one in values.values()][:MOST_VALUES]


def _agree(levels: Sequence[Level]) -> bool:
    """Whether the statements of one thing can be true together; else it is not one thing, or a finding of its own."""
    intervals = [expected(level.figure.quantity) for level in levels]
    lowest = min(intervals, key=lambda one: ends(one)[1], default=None)
    highest = max(intervals, key=lambda one: ends(one)[0], default=None)
    return lowest is None or highest is None or lowest.gap_to(highest) == 0


def _fineness(level: Level) -> tuple[object, ...]:
    return level.figure.quantity.step, level.figure.document, level.figure.start


def _with(claim: Relation, sought: Subject, level: Level) -> Relation:
    firm = _firm(sought) and _firm(level.subject)
    members = (*claim.members, Member(claim.missing[0], level.figure))
    return replace(claim, members=members, missing=(), reason=None, confidence=FIRM if firm else LIKELY)


def _firm(subject: Subject) -> bool:
    return subject.named and subject.told


def _holds(claim: Relation, rules: Sequence[Rule]) -> bool:
    return all(judge(rule, claim).verdict == "consistent" for rule in rules)


def _repeats(index: Index, rules: Sequence[Rule]) -> Iterator[Relation]:
    """Figures that several documents state, the finest print of each document; of none that gives two values itself."""
    for levels in index.values():
        if levels[0].subject.place is None:
            continue
        stated: defaultdict[str, list[Level]] = defaultdict(list)
        for level in sorted(levels, key=_fineness):
            stated[level.figure.document].append(level)
        clear = [stated[path][0] for path in sorted(stated) if _agree(stated[path])]
        if len(clear) > 1:
            relation = _repeat(clear)
            if levels[0].subject.named or _holds(relation, rules):
                yield relation


def _repeat(levels: Sequence[Level]) -> Relation:
    members = tuple(Member("figure", level.figure) for level in levels)
    firm = all(_firm(level.subject) for level in levels)
    return Relation(REPEAT, levels[0].figure.document, members, FIRM if firm else LIKELY)
