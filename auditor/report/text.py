"""The summary on a terminal or in a pipe: every finding on a line that editors and CI can jump from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.model.check import Audit, Finding
from auditor.model.relation import Member
from auditor.model.review import Entry
from auditor.report.cards import MOST_SUSPECTS, printed
from auditor.report.groups import Group, groups, stands_out
from auditor.report.hidden import one_line
from auditor.report.hints import hints
from auditor.report.implications import worded
from auditor.report.messages import Messages, messages
from auditor.report.places import Places
from auditor.report.summary import reasons, summary

INK = {"error": "31", "warning": "33", "note": "36", "strong": "1", "soft": "2"}


def render(
    audit: Audit, ui: str = "vi", *, colour: bool = False, verbose: bool = False, reports: Sequence[str] = ()
) -> str:
    """Findings worst first, then coverage and verdicts, then where the ``reports`` are; ends with a line end.

    ``verbose`` adds what was not checked, and why. Raises ``ValueError`` for a language other than vi and en.
    """
    return "".join(f"{line}\n" for line in _Text(audit, messages(ui), colour).lines(verbose, reports))


class _Text:
    def __init__(self, audit: Audit, words: Messages, colour: bool) -> None:
        self.audit, self.words, self.colour = audit, words, colour
        self.places = Places(audit)

    def lines(self, verbose: bool, reports: Sequence[str]) -> Iterator[str]:
        for group in groups(self.audit.findings):
            yield from self._group(group)
        if not self.audit.findings:
            yield self.words("text.none")
        yield from map(self._fixed, self.audit.fixed)
        if verbose:
            yield from ("", *self._left_out())
        yield from ("", *self._totals())
        if reports:
            yield self.words("text.reports", paths=", ".join(reports))

    def _group(self, group: Group) -> Iterator[str]:
        if len(group.findings) == 1:
            yield from self._finding(group.findings[0])
            return
        yield self._ink("strong", self._cause(group.suspect))
        if group.suspect:
            yield from self._hints(group.findings[0])
        for finding in group.findings:
            first, *more = self._finding(finding)
            yield f"  {first}"
            # The heading has named the suspect already.
            yield from (f"  {line}" for line in more if group.suspect is None)

    def _fixed(self, entry: Entry) -> str:
        gone, message = self.words("review.fixed"), self.words.of(entry.message)
        return self._ink("soft", one_line(f"{entry.document}: {gone}: {entry.rule}: {message}"))

    def _cause(self, suspect: Member | None) -> str:
        if suspect is None:
            return self.words("finding.one_cause")
        place = self.places.line(suspect.filler.document, suspect.filler.start)
        return one_line(f"{self.words('finding.cause', figure=printed(suspect.filler))} ({place})")

    def _finding(self, finding: Finding) -> Iterator[str]:
        place, message = self.places.of(finding), self.words.of(finding.message)
        # The severity is not translated: problem matchers and --fail-on know it by this word.
        severity = self._ink(finding.severity, finding.severity)
        standing, where = self.words.standing(finding), self.places.where(self.places.primary(finding), self.words)
        message = f"{message} ({where})" if where else message
        mark = self._ink("soft", f" [{one_line(standing)}]") if standing else ""
        yield f"{one_line(place)}: {severity} {one_line(finding.check.rule)}: {one_line(message)}{mark}"
        if stands_out(finding):
            yield self._ink("soft", f"    {self.words('text.likeliest', suspects=self._suspects(finding))}")
        yield from self._hints(finding)

    def _hints(self, finding: Finding) -> Iterator[str]:
        yield from (self._ink("soft", f"    {one_line(hint)}") for hint in hints(self.words, finding))

    def _suspects(self, finding: Finding) -> str:
        together, otherwise = (f" {self.words(f'finding.{key}')} " for key in ("together", "or"))
        shown, more = finding.suspects[:MOST_SUSPECTS], len(finding.suspects[MOST_SUSPECTS:])
        text = otherwise.join(together.join(map(self._suspect, members)) for members in shown)
        return f"{text} {self.words('finding.more', n=more)}" if more else text

    def _suspect(self, member: Member) -> str:
        return one_line(f"{printed(member.filler)} ({self.words.name('role', member.role)})")

    def _totals(self) -> Iterator[str]:
        total = summary(self.audit)
        read = total.coverage
        counts = {key: getattr(read, key) for key in ("numerals", "figures", "checked", "unpaired", "ignored")}
        yield self.words("summary.line", documents=total.documents, **counts)
        verdicts = (f"{self.words.name('verdict', key).lower()} {n}" for key, n in total.by_verdict.items())
        if total.unread:
            yield self.words("headline.unread", n=total.unread)
        yield self.words("text.verdicts", n=total.checks, verdicts=" · ".join(verdicts))

    def _left_out(self) -> Iterator[str]:
        errors = [reading.document.error for reading in self.audit.readings if reading.document.error]
        yield from (one_line(str(error)) for error in errors)
        unpaired, stopped = reasons(self.audit)
        yield from self._reasons("text.unpaired", unpaired)
        yield from self._unpaired()
        yield from self._reasons("text.not_checkable", stopped)
        yield from self._stopped()

    def _reasons(self, key: str, counted: Counter[str]) -> Iterator[str]:
        if counted:
            yield self.words(key, n=counted.total())
        yield from (f"  {n:>5}  {self.words.name('reason', reason)}" for reason, n in counted.most_common())

    def _unpaired(self) -> Iterator[str]:
        checked = self.audit.checked()
        for reading in self.audit.readings:
            for figure in reading.figures:
                if figure.id not in checked:
                    yield self._left(figure.document, figure.start, printed(figure), figure.reason)

    def _stopped(self) -> Iterator[str]:
        follows = {one.check.id: worded(self.words, one) for one in reversed(self.audit.implied)}
        for check in self.audit.checks:
            if check.verdict == "not-checkable":
                line = self._left(check.document, check.relation.position, check.rule, check.reason)
                yield f"{line} [{one_line(follows[check.id])}]" if check.id in follows else line

    def _left(self, document: str, start: int, what: str, reason: str | None) -> str:
        why = self.words.name("reason", reason or "no-relation")
        return f"  {one_line(self.places.line(document, start))}: {one_line(what)}: {one_line(why)}"

    def _ink(self, kind: str, text: str) -> str:
        return f"\x1b[{INK[kind]}m{text}\x1b[0m" if self.colour else text
