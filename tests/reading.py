"""One door to the reader: a text, and what must be read in it, written as data.

``figures`` is the complete list of figures, a line each: ``113,4 = 113.4e9 VND``, ``45 >= 45e9 VND``,
``12 = 12 hộ | period: 2023 | place: xã An Lộc | role: plan | step: 0``. ``ignored`` is the complete list of the
numerals that are none: ``18-NQ/ĐU: document number``. Without the key nothing is demanded of them, except always that
every digit is in exactly one of the two.

``checks`` are lines such as ``share-of-total consistent: part 69,4; total 113,4; share 61,2%``: one check of that rule
has that verdict (``contradiction|suspicious`` is either, and so for rules), and in each role named exactly these
members (`` + `` joins those of a list). ``none: RULE`` says that the rule judged nothing; ``any: RULE`` that it may
find what it likes. A contradiction or suspicion that no line names is a false alarm, and a fault.

Figures go by their digits as printed, ``#2`` for the second such numeral of the text; dates, words and list items by
their text or their value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import auditor
from auditor.model.check import Audit, Check, Reading
from auditor.model.figure import Evidence, Figure, Ignored
from auditor.rules.load import load

Expected = Mapping[str, Sequence[str]]
RULES = frozenset(rule.id for rule in load())
ALARMS = ("contradiction", "suspicious")
FIGURE = re.compile(
    r"(?P<name>.+?) (?P<bound>>=|<=|~|=) (?P<value>-?[\d./e]+)(?: (?P<unit>[^|]*[^| ]))?(?P<context>(?: \| [^|]+)*)"
)
# Digits with their separators; those within a word (km2, H5N1) belong to it.
NUMERAL = re.compile(r"(?<![^\W_])(?<![0-9][.,])[0-9]+(?:[.,][0-9]+)*")
CONTAINED = ("indicator", "place", "period")


def check(text: str, expected: Expected) -> None:
    """Raises AssertionError with everything that was read differently."""
    found = auditor.audit(text=text, strict=False)
    reading = found.readings[0]
    faults = [*unaccounted(reading), *torn(reading)]
    if "figures" in expected:
        faults += _figures(reading, expected["figures"])
    if "ignored" in expected:
        faults += _ignored(reading, expected["ignored"])
    faults += _checks(found, expected.get("checks", ()))
    assert not faults, "\n".join([text, *(f"  - {fault}" for fault in faults), "read:", *described(found)])


def span(text: str, name: str) -> tuple[int, int]:
    """Where the digits of a numeral stand, with a percent sign behind if it is named so. Raises ValueError."""
    printed, _, count = name.partition("#")
    percent = r"(?=\s?%)" if printed.endswith("%") else ""
    printed = printed.rstrip("% ")
    end = r"(?!\d|[.,]\d)" + percent if printed[-1].isdigit() else r"(?!\w)"
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(printed)}{end}"
    places = list(re.finditer(pattern, text, re.IGNORECASE))
    if len(places) < int(count or 1):
        raise ValueError(f"the case names {name!r}, which the text does not hold")
    return places[int(count or 1) - 1].span()


def described(found: Audit) -> Iterator[str]:
    """What was read, in the notation of the cases."""
    for one in found.readings[0].figures:
        quantity = one.quantity
        context = f"{one.indicator} | {one.place} | {one.period} | {one.role}"
        yield f"  {one.raw} {quantity.bound or '='} {_plain(quantity.value)} {quantity.unit or ''} | {context}"
    yield from (f"  {one.raw}: {one.what}" for one in found.readings[0].ignored)
    yield from (f"  {line_of(one)} ({one.reason}, {one.relation.confidence})" for one in found.checks)


def unaccounted(reading: Reading) -> Iterator[str]:
    """Digits that are not in exactly one figure or ignored numeral, and spans that do not hold what they name."""
    text, held = reading.document.text, _held(reading)
    for one in _spans(reading):
        if text[one.start : one.end] != one.raw:
            yield f"{one.raw!r} does not stand at {one.start}"
    for numeral in NUMERAL.finditer(text):
        for at in range(*numeral.span()):
            if text[at].isdigit() and held[at] != 1:
                yield f"the digit at {at} of {numeral[0]!r} is in {held[at]} figures or ignored numerals"


def torn(reading: Reading) -> Iterator[str]:
    """Numerals that are read in pieces."""
    held = _held(reading)
    for numeral in NUMERAL.finditer(reading.document.text):
        if 0 in held[numeral.start() : numeral.end()]:
            yield f"{numeral[0]!r} at {numeral.start()} is torn apart"


def _spans(reading: Reading) -> list[Figure | Ignored]:
    return [*reading.figures, *reading.ignored]


def _held(reading: Reading) -> list[int]:
    """How many figures and ignored numerals hold each letter of a text."""
    held = [0] * len(reading.document.text)
    for one in _spans(reading):
        for at in range(one.start, one.end):
            held[at] += 1
    return held


def _plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else str(float(value))


def _figures(reading: Reading, lines: Sequence[str]) -> Iterator[str]:
    text = reading.document.text
    by_start = {figure.start: figure for figure in reading.figures}
    for line in lines:
        wanted = FIGURE.fullmatch(line)
        if wanted is None:
            raise ValueError(f"not the notation of a figure: {line!r}")
        start, end = span(text, wanted["name"])
        figure = by_start.pop(start, None)
        if figure is None:
            yield f"no figure {wanted['name']!r}"
        else:
            yield from _differences(figure, wanted, end)
    yield from (f"unexpected figure {figure.raw!r}" for figure in by_start.values())


def _differences(figure: Figure, wanted: re.Match[str], end: int) -> Iterator[str]:
    quantity, name = figure.quantity, wanted["name"]
    pairs: list[tuple[str, object, object]] = [
        ("value", _plain(quantity.value), _plain(Fraction(wanted["value"]))),
        ("unit", quantity.unit, wanted["unit"]),
        ("bound", quantity.bound or "=", wanted["bound"]),
        ("end", max(figure.end, end), figure.end),
    ]
    for part in wanted["context"].split(" | ")[1:]:
        key, _, value = part.partition(": ")
        pairs.append(_context(figure, key, value))
    yield from (f"{name}: {key} is {found!r}, not {value!r}" for key, found, value in pairs if found != value)


def _context(figure: Figure, key: str, value: str) -> tuple[str, object, object]:
    if key in CONTAINED:
        found = getattr(figure, key)
        return key, value if value.casefold() in (found or "").casefold() else found, value
    if key == "step":
        return key, figure.quantity.step, Fraction(value)
    if key == "exact":
        return key, figure.quantity.exact, value == "yes"
    return key, str(getattr(figure if key == "role" else figure.quantity, key)), value


def _ignored(reading: Reading, lines: Sequence[str]) -> Iterator[str]:
    text = reading.document.text
    named: list[tuple[int, int]] = []
    for line in lines:
        name, _, what = line.rpartition(": ")
        start, end = span(text, name)
        named.append((start, end))
        digits = [at for at in range(start, end) if text[at].isdigit()]
        holders = {one.what for at in digits for one in reading.ignored if one.start <= at < one.end}
        covered = all(any(one.start <= at < one.end for one in reading.ignored) for at in digits)
        if not covered or not holders <= set(what.split("|")):
            yield f"{name!r} is {'ignored as ' + ', '.join(sorted(holders)) if covered else 'not ignored'}, not {what}"
    for one in reading.ignored:
        if not any(start < one.end and one.start < end for start, end in named):
            yield f"unexpectedly ignored: {one.raw!r} as {one.what}"


def _checks(found: Audit, lines: Sequence[str]) -> Iterator[str]:
    free = set()
    named: set[str] = set()
    for line in lines:
        head, _, rest = line.partition(": ")
        if head == "any":
            free.add(rest)
        elif head == "none":
            assert rest in RULES, f"{line!r} names no rule"
            yield from (f"bound, but must not be: {line_of(one)}" for one in found.checks if one.rule == rest)
        else:
            rule, verdict = head.split(" ")
            fitting = [one for one in found.checks if one.rule in rule.split("|") and _fits(found, one, rest)]
            right = [one for one in fitting if one.verdict in verdict.split("|")]
            named.update(one.id for one in (right or fitting))
            if not right:
                others = ", ".join(one.verdict for one in fitting)
                yield f"{line!r}: {'the verdict is ' + others if fitting else 'no such check'}"
    for one in found.checks:
        if one.verdict in ALARMS and one.id not in named and one.rule not in free:
            yield f"false alarm: {line_of(one)}"


def _fits(found: Audit, one: Check, roles: str) -> bool:
    """Whether a check has, in each role of a line, exactly the members named there."""
    return all(_in_role(found, one, *part.split(" ", 1)) for part in roles.split("; ") if part)


def _in_role(found: Audit, one: Check, role: str, names: str) -> bool:
    text = found.readings[0].document.text
    left = names.split(" + ")
    for member in one.relation.role(role):
        filler = member.filler
        same = next((name for name in left if _names(text, name, filler)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _names(text: str, name: str, filler: Figure | Evidence) -> bool:
    if isinstance(filler, Figure):
        return span(text, name)[0] == filler.start
    return name.casefold() in (filler.raw.casefold(), filler.value.casefold())


def line_of(one: Check) -> str:
    """A check in the notation of the cases."""
    roles: dict[str, list[str]] = {}
    for member in one.relation.members:
        roles.setdefault(member.role, []).append(member.filler.raw)
    return f"{one.rule} {one.verdict}: " + "; ".join(f"{role} {' + '.join(names)}" for role, names in roles.items())
