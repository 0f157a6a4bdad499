"""Documents as the HTML report shows them: in full, with every numeral marked as what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.check import Audit, Reading
from auditor.model.figure import Figure
from auditor.report import plot
from auditor.report.cards import Card
from auditor.report.layout import Piece, pieces
from auditor.report.places import Places
from auditor.report.readings import numerals
from auditor.report.summary import Coverage, coverage


@dataclass(frozen=True, slots=True)
class Mark:
    """A numeral with its number, or a place that findings point at (``cards`` is not empty)."""

    start: int
    end: int
    kind: str
    number: int = -1
    anchor: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its counts. ``lines`` are its lines and tables, cut into segments."""

    number: int
    reading: Reading
    counts: Coverage
    findings: int
    lines: list[Piece[Mark]]

    @property
    def path(self) -> str:
        return self.reading.document.path

    @property
    def bars(self) -> list[plot.Bar]:
        return plot.coverage(self.counts)


MOST_ROWS = 60


def telling(pages: list[Page]) -> list[Page]:
    """The documents that a table of all need not hide: unread ones, then those with the most findings."""
    return sorted(pages, key=lambda page: (page.reading.document.error is None, -page.findings))[:MOST_ROWS]


class Pages:
    """Makes the pages of an audit."""

    def __init__(self, audit: Audit, cards: Iterable[Card], places: Places, *, texts: bool = True) -> None:
        self.audit, self.places, self.texts = audit, places, texts
        self.checked = audit.checked()
        self.cards: dict[str, list[Card]] = {}
        for card in cards:
            for path in dict.fromkeys(where.document for where in card.finding.locations):
                self.cards.setdefault(path, []).append(card)

    def all(self) -> list[Page]:
        return [self._page(number, reading) for number, reading in enumerate(self.audit.readings, 1)]

    def _page(self, number: int, reading: Reading) -> Page:
        path = reading.document.path
        inside = self.cards.get(path, [])
        lines = self._lines(reading, inside) if self.texts else []
        return Page(number, reading, coverage(reading, self.checked), len(inside), lines)

    def _lines(self, reading: Reading, inside: list[Card]) -> list[Piece[Mark]]:
        marks = self._hits(reading.document.path, inside)
        for number, one in enumerate(numerals(reading)):
            kind = "ignored"
            if isinstance(one, Figure):
                kind = "checked" if one.id in self.checked else "unpaired"
            marks.append(Mark(one.start, one.end, kind, number))
        return list(pieces(reading.document, marks))

    def _hits(self, path: str, cards: list[Card]) -> list[Mark]:
        """The places of findings, each once, with its findings worst first."""
        found: dict[tuple[int, int], list[Card]] = {}
        for card in cards:
            for mark in card.marks:
                if mark.document == path:
                    found.setdefault((mark.start, mark.end), []).append(card)
        return [self._hit(path, start, end, tuple(here)) for (start, end), here in sorted(found.items())]

    def _hit(self, path: str, start: int, end: int, cards: tuple[Card, ...]) -> Mark:
        return Mark(start, end, cards[0].finding.severity, -1, self.places.anchor(path, start), cards)
