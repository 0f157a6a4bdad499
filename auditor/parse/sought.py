"""Claims whose other side stands elsewhere, or nowhere: `up 62,3 billion on 2015`, `84 % of the plan`.

Each becomes a relation with a missing role and, where the words say enough, the subject of what is missing, so that it
can be looked for in the other sentences and documents of a run. Without it the claim is not checkable, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.model.subject import Level, Subject
from auditor.parse.changes import COMPARED, claimed
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, Page, plain
from auditor.parse.spans import Span, base
from auditor.parse.subjects import Subjects, earlier

CHANGES = ("change", "rate", "factor", "average")
NOWHEN = Span("", ())
REACH = 14
CLAUSE = frozenset(";.…:()PQNM,")


def sought(page: Page, claims: Iterable[Relation]) -> tuple[list[Relation], tuple[Level, ...]]:
    """The claims with those that were not made for want of a level; and the levels that others may be looking for."""
    return _Sought(page).found(list(claims))


class _Sought:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.subjects = Subjects(page)
        self.at = {mention.figure.id: mention for mention in page.mentions}

    def found(self, claims: list[Relation]) -> tuple[list[Relation], tuple[Level, ...]]:
        made = [*map(self._with_plan, claims), *self._without_base(claims)]
        levels = {level.figure.id: level for level in (*self._bases(claims), *self.subjects.levels())}
        return made, tuple(sorted(levels.values(), key=lambda level: level.figure.start))

    def _with_plan(self, claim: Relation) -> Relation:
        """A percentage of a plan that is not printed, with the subject of the plan."""
        if claim.missing != ("plan",):
            return claim
        actual, percent = (self._mention(claim, role) for role in ("actual", "percent"))
        subject = self.subjects.subject(actual) if actual and percent else None
        basis = self._basis(percent) if percent else ""
        return replace(claim, sought=replace(subject, role="plan", basis=basis)) if subject and basis else claim

    def _without_base(self, claims: Iterable[Relation]) -> Iterator[Relation]:
        """Changes that say what they are counted from, and whose earlier level no relation has found."""
        bound = (claim for claim in claims if claim.role("from"))
        changes = (m.filler for claim in bound for m in claim.members if m.role in CHANGES)
        taken = {filler.id for filler in changes if isinstance(filler, Figure)}
        for change in self.page.mentions:
            head = change.head
            if head is None or change.function not in COMPARED or change.figure.id in taken:
                continue
            claim = claimed(head, change)
            compared, subject = self._base(head, change)
            if claim is not None and compared:
                kind, member = claim
                members = plain("to", head), member
                yield Relation(kind, self.page.path, members, LIKELY, ("from",), "base-not-printed", subject)

    def _bases(self, claims: Iterable[Relation]) -> Iterator[Level]:
        """Earlier levels that stand beside a change: `(120 billion in the same period)`."""
        for claim in claims:
            named = [m for role in ("to", "from") for m in claim.role(role)]
            change = next((m for role in CHANGES[:3] for m in claim.role(role)), None)
            if change is None or len(named) != 2 or claim.confidence < LIKELY:
                continue
            after, before, by = (self._of(member) for member in (*named, change))
            subject = self._base(after, by)[1] if after and before and by else None
            if subject is not None and before and before.draft.hedge is None and before.function != "level-before":
                yield Level(before.figure, subject)

    def _base(self, level: Mention, change: Mention) -> tuple[bool, Subject | None]:
        subject, span = self.subjects.subject(level), self.subjects.span(level)
        span = span or (self.subjects.of_document if subject else None)
        compared, when = base(change, span or NOWHEN, self.subjects.around(change), self.page.vocabulary)
        return compared, earlier(subject, when) if subject and subject.role != "plan" else None

    def _basis(self, percent: Mention) -> str:
        """Whose plan a percentage is of: the words for the plan behind it; none where somebody's own plan is named."""
        sentence, begin = percent.sentence, percent.at + 1
        end = begin
        while end < len(sentence.codes) and end - begin < REACH and sentence.codes[end] not in CLAUSE:
            end += 1
        rest = sentence.codes[begin:end]
        plans = [at for at, code in enumerate(rest) if code in self.page.vocabulary.classes["plan"]]
        behind = rest[plans[-1] + 1 :] if plans else "w"
        idle = set(self.page.vocabulary.classes["period_word"]) | {"t"}
        own = len(plans) == 1 and set(behind) <= idle
        return self.subjects.basis(sentence, begin, end) if own else ""

    def _mention(self, claim: Relation, role: str) -> Mention | None:
        return next((self._of(member) for member in claim.role(role)), None)

    def _of(self, member: Member) -> Mention | None:
        return self.at.get(member.filler.id) if isinstance(member.filler, Figure) else None
