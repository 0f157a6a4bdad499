"""Phases within what they are phases of: `The line has 32 stations. Phase 1 has 10 stations`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.relation import Relation
from auditor.parse.additive import RATES, averaged, per_unit
from auditor.parse.breakdowns import within
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NUMBERS, Page

ROMAN = frozenset({"i", "ii", "iii", "iv", "v"})
# A phase that begins a sentence stands in one of its first codes; so many sentences tell of phases one after another,
# the first not further behind the whole than so many characters.
OPENS, ROW, APART = 3, 4, 400


def phases(page: Page, bound: Sequence[Relation]) -> Iterator[Relation]:
    """Each figure of a phase with the only one of its unit in the words before the first phase. ``bound`` are the
    relations of totals and parts found so far: what is a part in one is none here."""
    taken = {part.filler.start for one in bound if one.role("total") for part in one.role("part")}
    for sentence in page.sentences:
        begins = _begins(page, sentence)
        wholes = _wholes(page, sentence, begins[0]) if begins else []
        for begin, end in zip(begins, [*begins[1:], len(sentence.codes)], strict=True) if wholes else ():
            parts = [m for m in sentence.mentions if begin < m.at < end and _amount(page, m)]
            for part in parts:
                whole = _only(wholes, part)
                if whole and _only(parts, part) is part and part.figure.start not in taken and _fits(whole, part):
                    yield page.relation("part-within-total", NUMBERS, ("part", part), ("total", whole))


def _begins(page: Page, sentence: Sentence) -> list[int]:
    """Where a sentence begins to tell of a numbered phase."""
    codes, phase = sentence.codes, page.vocabulary.set_of("phase")
    found = [at for at in range(len(codes) - 1) if codes[at] in phase] if not phase.isdisjoint(codes) else []
    return [at for at in found if codes[at + 1] == "x" or sentence.phrase(at + 1) in ROMAN]


def _wholes(page: Page, sentence: Sentence, begin: int) -> list[Mention]:
    """The amounts before the first phase: in its sentence, or where that begins with it in the nearest before."""
    here = [m for m in sentence.mentions if m.at < begin and _amount(page, m)]
    if here or begin >= OPENS:
        return here
    for before in reversed(page.sentences[max(0, sentence.number - ROW) : sentence.number]):
        phases_before = _begins(page, before)
        end = phases_before[0] if phases_before else len(before.codes)
        if end >= OPENS:
            near = sentence.start(0) - before.end(len(before.codes) - 1) < APART
            return [m for m in before.mentions if m.at < end and _amount(page, m)] if near else []
    return []


def _amount(page: Page, mention: Mention) -> bool:
    plain = mention.function == "head" and mention.dimension not in RATES and mention.unit is not None
    return plain and not per_unit(page, mention) and not averaged(page, mention)


def _only(mentions: Sequence[Mention], like: Mention) -> Mention | None:
    """The one of so many that has the unit of another."""
    alike = [mention for mention in mentions if mention.unit == like.unit]
    return alike[0] if len(alike) == 1 else None


def _fits(whole: Mention, part: Mention) -> bool:
    """Whether two figures can be of a phase and of all; amounts of money must be called the same."""
    named = part.dimension != "money" or not set(part.label).isdisjoint(whole.label)
    return named and addable(part, whole) and (within(whole, [part]) or whole.sentence is part.sentence)
