"""Findings as the HTML report shows them: every word chosen, every place with its anchor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from auditor.model.check import Audit, Check, Finding, Location
from auditor.model.figure import Evidence, Figure
from auditor.model.relation import Member
from auditor.model.review import figure_print
from auditor.model.rule import Rule
from auditor.report import plot, sides
from auditor.report.cut import Segment, cut, windows
from auditor.report.groups import Group, groups, stands_out
from auditor.report.hints import hints
from auditor.report.messages import Messages
from auditor.report.places import Places

MOST_SUSPECTS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a finding points at: its offsets, its role in words, and its anchor in the document's text."""

    document: str
    start: int
    end: int
    role: str
    anchor: str
    suspect: bool = False
    raw: str = ""
    role_id: str = ""
    print: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document around some places, with the line it begins on."""

    document: str
    line: int
    segments: list[Segment[Place]]
    begins: bool
    ends: bool
    where: str = ""


@dataclass(frozen=True)
class Card:
    """One finding. ``anchor`` is its permanent address in the page: it holds as long as the finding does."""

    anchor: str
    finding: Finding
    rule: Rule | None
    words: Messages
    places: Places

    @property
    def check(self) -> Check:
        return self.finding.check

    @property
    def title(self) -> str:
        return self.words.of(self.rule.title) if self.rule else self.check.rule

    @property
    def message(self) -> str:
        return self.words.of(self.finding.message)

    @property
    def why(self) -> str:
        return self.words.of(self.rule.why) if self.rule else ""

    @property
    def reason(self) -> str:
        return self.words.name("reason", self.check.reason) if self.check.reason else ""

    @property
    def where(self) -> str:
        return self.places.of(self.finding)

    @property
    def confidence(self) -> int:
        return round(100 * self.check.relation.confidence)

    @cached_property
    def marks(self) -> list[Place]:
        named = self._all_suspects if stands_out(self.finding) else []
        doubted = {where.anchor for members in named for where in members}
        places = [self._place(_location(member), member) for member in self.check.relation.members]
        return [replace(place, suspect=place.anchor in doubted) for place in places]

    @cached_property
    def excerpts(self) -> list[Excerpt]:
        paths = dict.fromkeys(mark.document for mark in self.marks if mark.document in self.places.documents)
        return [excerpt for path in paths for excerpt in self._excerpts(path)]

    @cached_property
    def sides(self) -> tuple[sides.Side, sides.Side] | None:
        return sides.sides(self.words, self.check, self.rule)

    @property
    def plot(self) -> tuple[plot.Bar, plot.Bar] | None:
        return plot.intervals(self.sides[0].interval, self.sides[1].interval) if self.sides else None

    @property
    def gap(self) -> str:
        return sides.gap(self.words, self.check, self.rule)

    @cached_property
    def _all_suspects(self) -> list[list[Place]]:
        return [[self._suspect(member) for member in members] for members in self.finding.suspects]

    @property
    def suspects(self) -> list[list[Place]]:
        """The first few sets; ties may be many."""
        return self._all_suspects[:MOST_SUSPECTS]

    @property
    def steps(self) -> int | None:
        return sides.steps(self.check, self.rule)

    @property
    def standing(self) -> str:
        """``waived``, ``known``, ``new``, or ``open`` without a baseline."""
        return "waived" if self.finding.waiver else self.finding.standing or "open"

    @property
    def quote(self) -> str:
        """The figures as printed, for a decision about them."""
        return "; ".join(printed(member.filler) for member in self.check.relation.members[:MOST_SUSPECTS])

    @property
    def indicators(self) -> list[str]:
        named = (figure.indicator for figure in self.check.relation.figures())
        return list(dict.fromkeys(one for one in named if one))

    @property
    def hints(self) -> list[str]:
        return hints(self.words, self.finding)

    @property
    def undecided(self) -> bool:
        """Whether any member may be the wrong one, which is worth a line when there are several."""
        return not stands_out(self.finding) and len(self.marks) > 1

    @property
    def more_suspects(self) -> int:
        return len(self._all_suspects) - len(self.suspects)

    def _suspect(self, member: Member) -> Place:
        return replace(self._place(_location(member), member), suspect=True, raw=printed(member.filler))

    def _place(self, where: Location, member: Member) -> Place:
        role = self.words.name("role", where.role)
        anchor = self.places.anchor(where.document, where.start) if self.places.number(where.document) else ""
        known = figure_print(member.filler) if isinstance(member.filler, Figure) else ""
        return Place(where.document, where.start, where.end, role, anchor, role_id=where.role, print=known)

    def _excerpts(self, path: str) -> Iterator[Excerpt]:
        document = self.places.documents[path]
        marks = [mark for mark in self.marks if mark.document == path]
        for start, end in windows(document, marks):
            line, column = document.line_and_column(start)
            stops = end >= len(document.text) or document.text[end] in "\r\n"
            segments = list(cut(document.text, start, end, marks))
            yield Excerpt(path, line, segments, column == 1, stops, self._where(marks, start, end))

    def _where(self, marks: list[Place], start: int, end: int) -> str:
        """The pages, cells or paragraphs of the marks in a window."""
        inside = (Location(one.document, one.start, one.end, "") for one in marks if start <= one.start < end)
        return ", ".join(dict.fromkeys(filter(None, (self.places.where(one, self.words) for one in inside))))


def cards(audit: Audit, words: Messages, places: Places) -> list[tuple[Group, list[Card]]]:
    """The cards of all findings, worst first, by group."""
    rules = {rule.id: rule for rule in audit.rules}
    grouped = groups(audit.findings)
    anchors = _anchors(finding for group in grouped for finding in group.findings)
    return [
        (group, [Card(anchors[one.id], one, rules.get(one.check.rule), words, places) for one in group.findings])
        for group in grouped
    ]


def printed(filler: Figure | Evidence) -> str:
    """A figure with its unit, or a piece of evidence, as it stands in the text."""
    unit = filler.unit_text if isinstance(filler, Figure) else ""
    return filler.raw if filler.raw.endswith(unit) else f"{filler.raw} {unit}"


def _location(member: Member) -> Location:
    return Location(member.filler.document, member.filler.start, member.filler.end, member.role)


def _anchors(findings: Iterable[Finding]) -> dict[str, str]:
    """Anchors by finding id. Two findings may share a fingerprint; then the second is numbered."""
    taken: dict[str, int] = {}
    anchors = {}
    for finding in findings:
        seen = taken[finding.fingerprint] = taken.get(finding.fingerprint, 0) + 1
        anchors[finding.id] = f"f-{finding.fingerprint}" + (f"-{seen}" if seen > 1 else "")
    return anchors
