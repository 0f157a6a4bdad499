"""Findings as a reader wants them: those with one cause together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditor.model.check import Finding
from auditor.model.relation import Member


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that one suspect explains, worst first; ``suspect`` is that member, or none for a finding alone."""

    findings: tuple[Finding, ...]
    suspect: Member | None = None


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Every finding once, in the order of the audit (worst first). A group stands where its first finding stands."""
    together: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = ("cause", finding.cause) if finding.cause else ("finding", finding.id)
        together.setdefault(key, []).append(finding)
    return [_group(found) for found in together.values()]


def _group(found: list[Finding]) -> Group:
    """A group whose findings speak of the suspect they share, not of what else each could be."""
    suspect = _common_suspect(found)
    if suspect is None:
        return Group(tuple(found))
    return Group(tuple(replace(finding, suspects=_shared(finding, suspect)) for finding in found), suspect)


def _shared(finding: Finding, suspect: Member) -> tuple[tuple[Member, ...], ...]:
    return tuple(members for members in finding.suspects if [one.filler for one in members] == [suspect.filler])


def stands_out(finding: Finding) -> bool:
    """Whether the suspects say more than that some member of the relation must be wrong."""
    alone = [members[0].filler for members in finding.suspects if len(members) == 1]
    everywhere = {(where.document, where.start) for where in finding.locations}
    return bool(finding.suspects) and not everywhere <= {(one.document, one.start) for one in alone}


def _common_suspect(found: list[Finding]) -> Member | None:
    if len(found) < 2:
        return None
    for member, *others in found[0].suspects:
        if not others and all(_accuses(finding, member) for finding in found):
            return member
    return None


def _accuses(finding: Finding, member: Member) -> bool:
    return any([one.filler for one in suspects] == [member.filler] for suspects in finding.suspects)
