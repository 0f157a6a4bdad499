"""What a level is a level of: the identity by which statements in other sentences and documents are held against it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.figure import Figure, Role

Key = tuple[str, str, str | None, str, Role, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """``indicator`` are the words that name what is measured, ``period`` its time as printed without idle words
    (``2015``, ``6 first months 2021``), ``basis`` whose plan or target it is (empty for what was reached). ``named``
    says that the words are enough to know the indicator again, ``told`` that place and period stand beside it or, for
    the place, in the headline: only with both does a difference prove anything."""

    indicator: str
    unit: str
    place: str | None
    period: str
    role: Role
    basis: str = ""
    named: bool = False
    told: bool = False

    @property
    def key(self) -> Key:
        return self.indicator, self.unit, self.place, self.period, self.role, self.basis


@dataclass(frozen=True, slots=True)
class Level:
    """A printed figure with the subject that it is the level of."""

    figure: Figure
    subject: Subject
