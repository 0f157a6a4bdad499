"""Hints: what a suspect probably was, what would fit in its place, and where a link may be the mistake."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.frames.decimals import plain
from auditor.model.check import Finding, Fit, Repair
from auditor.model.figure import Figure
from auditor.model.relation import Member
from auditor.report.messages import Messages


def repairs(finding: Finding) -> tuple[Repair, ...]:
    """The repair of a figure that is still under suspicion: a person may have confirmed it since."""
    return tuple(one for one in finding.explanation.repairs if _suspected(finding, one.figure))


def fits(finding: Finding) -> tuple[Fit, ...]:
    """What would fit for the suspects that stand alone and are still under suspicion."""
    return tuple(one for one in finding.explanation.fits if _suspected(finding, one.figure))


def vouched(finding: Finding) -> list[list[int]]:
    """For every suspect set, how many checks speak for each of its members."""
    known = finding.explanation.vouchers
    return [[known.get((m.filler.document, m.filler.start, m.filler.end), 0) for m in one] for one in finding.suspects]


def hints(words: Messages, finding: Finding) -> list[str]:
    """The hints of a finding as texts: one repair, or else what would fit for a lone suspect; then doubtful links."""
    return list(_hints(words, finding))


def _hints(words: Messages, finding: Finding) -> Iterator[str]:
    mended = repairs(finding)
    yield from (words("finding.repair", raw=_with_unit(one.figure), repaired=one.raw) for one in mended)
    if not mended and len(finding.suspects) == 1:
        yield from (_fit(words, one) for one in fits(finding))
    yield from (_link(words, one) for one in finding.explanation.links)
    if finding.explanation.apart:
        yield words("finding.apart")


def _fit(words: Messages, fit: Fit) -> str:
    scale = fit.figure.quantity.scale
    lo, hi = (words.number(plain(end / scale)) for end in (fit.lo, fit.hi))
    shown = lo if lo == hi else words("finding.between", lo=lo, hi=hi)
    return words("finding.fits", raw=_with_unit(fit.figure), values=shown)


def _link(words: Messages, member: Member) -> str:
    filler = member.filler
    raw = _with_unit(filler) if isinstance(filler, Figure) else filler.raw
    return words("finding.link", raw=raw, role=words.name("role", member.role))


def _with_unit(figure: Figure) -> str:
    return figure.raw if figure.raw.endswith(figure.unit_text) else f"{figure.raw} {figure.unit_text}"


def _suspected(finding: Finding, figure: Figure) -> bool:
    return any(len(members) == 1 and members[0].filler == figure for members in finding.suspects)
