"""Documents as the HTML report shows them: in full, with every numeral marked as what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.frames.decimals import plain
from auditor.model.check import Audit, Reading
from auditor.model.figure import Figure
from auditor.report import plot
from auditor.report.cards import Card
from auditor.report.cut import Segment, cut
from auditor.report.messages import Messages
from auditor.report.places import Places
from auditor.report.summary import Coverage, coverage


@dataclass(frozen=True, slots=True)
class Mark:
    """A numeral, or a place that findings point at (``cards`` is not empty)."""

    start: int
    end: int
    kind: str
    note: str
    anchor: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its counts. ``lines`` are its lines, each cut into segments."""

    number: int
    reading: Reading
    counts: Coverage
    findings: int
    lines: list[list[Segment[Mark]]]

    @property
    def path(self) -> str:
        return self.reading.document.path

    @property
    def bars(self) -> list[plot.Bar]:
        return plot.coverage(self.counts)


class Pages:
    """Makes the pages of an audit."""

    def __init__(self, audit: Audit, words: Messages, cards: Iterable[Card]) -> None:
        self.audit, self.words, self.cards = audit, words, list(cards)
        self.places, self.checked = Places(audit), audit.checked()
        self.titles = {rule.id: words.of(rule.title) for rule in audit.rules}
        self.judged = self._judged()

    def all(self) -> list[Page]:
        return [self._page(number, reading) for number, reading in enumerate(self.audit.readings, 1)]

    def _page(self, number: int, reading: Reading) -> Page:
        path, text = reading.document.path, reading.document.text
        inside = [card for card in self.cards if any(mark.document == path for mark in card.marks)]
        marks = [*self._hits(path, inside), *map(self._figure, reading.figures)]
        marks += (Mark(item.start, item.end, "ignored", self._ignored(item.what)) for item in reading.ignored)
        return Page(number, reading, coverage(reading, self.checked), len(inside), _lines(text, marks))

    def _hits(self, path: str, cards: list[Card]) -> list[Mark]:
        """The places of findings, each once, with its findings worst first."""
        found: dict[tuple[int, int], list[Card]] = {}
        for card in cards:
            for mark in card.marks:
                if mark.document == path:
                    found.setdefault((mark.start, mark.end), []).append(card)
        return [self._hit(path, start, end, tuple(here)) for (start, end), here in sorted(found.items())]

    def _hit(self, path: str, start: int, end: int, cards: tuple[Card, ...]) -> Mark:
        titles = "; ".join(dict.fromkeys(card.title for card in cards))
        note = self.words("finding.to_finding", title=titles)
        return Mark(start, end, cards[0].finding.severity, note, self.places.anchor(path, start), cards)

    def _figure(self, figure: Figure) -> Mark:
        kind = "checked" if figure.id in self.checked else "unpaired"
        rules = "; ".join(self.titles.get(rule, rule) for rule in self.judged.get(figure.id, ()))
        reason = self.words.name("reason", figure.reason or "no-relation")
        note = self.words(f"document.{kind}", rules=rules, reason=reason)
        return Mark(figure.start, figure.end, kind, f"{note} · {self._read_as(figure)}")

    def _read_as(self, figure: Figure) -> str:
        value = f"{self.words.number(plain(figure.quantity.value))} {figure.quantity.unit or ''}".rstrip()
        return self.words("document.read_as", value=value)

    def _ignored(self, what: str) -> str:
        kind, _, detail = what.partition(": ")
        name = self.words.name("what", kind)
        return self.words("document.ignored", what=f"{name}: {detail}" if detail else name)

    def _judged(self) -> dict[str, dict[str, None]]:
        """The rules that judged each figure, in the order of the checks."""
        judged: dict[str, dict[str, None]] = {}
        for check in self.audit.checks:
            if check.verdict != "not-checkable":
                for figure in check.relation.figures():
                    judged.setdefault(figure.id, {})[check.rule] = None
        return judged


def _lines(text: str, marks: list[Mark]) -> list[list[Segment[Mark]]]:
    lines: list[list[Segment[Mark]]] = [[]]
    for segment in cut(text, 0, len(text), marks):
        at = segment.start
        for number, part in enumerate(segment.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Segment(at, part.rstrip("\r"), segment.marks))
            at += len(part) + 1
    return lines if lines[-1] else lines[:-1]
