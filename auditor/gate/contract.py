"""What a table must be, as values: its columns, the relations between its cells, and how much may fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from auditor.model.exact import Fraction
from auditor.model.rule import Severity

ColumnType = Literal["text", "date", "count", "number"]
TYPES: tuple[ColumnType, ...] = ("text", "date", "count", "number")
Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many breaches, or such a fraction of what was judged, are let pass."""

    count: int = 0
    fraction: Fraction | None = None

    def exceeded(self, breaches: int, judged: int) -> bool:
        if self.fraction is not None:
            return breaches > self.fraction * judged
        return breaches > self.count

    def __str__(self) -> str:
        return str(self.count) if self.fraction is None else f"{float(self.fraction * 100):g}%"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How many breaches of one check leave it a note, and how many make it a warning before it is an error."""

    warn: Limit = Limit()
    error: Limit = Limit()

    def level(self, breaches: int, judged: int) -> Level | None:
        """The level that so many breaches reach; none when there are none."""
        if not breaches:
            return None
        if self.error.exceeded(breaches, judged):
            return "error"
        return "warning" if self.warn.exceeded(breaches, judged) else "note"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``decimals`` is the precision of a number where its digits do not say it (negative for figures in
    rounded hundreds), and ``None`` means the printed digits; a ``count`` is exact. ``step`` names a column that says
    for each figure what one unit of its last digit is, and nothing (0) for an exact one."""

    name: str
    type: ColumnType = "text"
    unit: str | None = None
    decimals: int | None = None
    step: str | None = None
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    pattern: str | None = None
    severity: Severity = "error"
    tolerance: Tolerance = Tolerance()

    @property
    def numeric(self) -> bool:
        return self.type in ("count", "number")

    @property
    def exact(self) -> bool:
        return self.type == "count"


@dataclass(frozen=True, slots=True)
class Selector:
    """Where the figures of a role stand: in a column, and in a long table on the row where other columns say so."""

    column: str
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join(value for _, value in self.where) or self.column


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Which rows are parts of which: by a tree of names, by a column that names the parent, or by the text before the
    last separator (`2024-03` lies within `2024`). ``children`` is how many parts a whole has, if known."""

    name: str
    column: str
    tree: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parent: str | None = None
    separator: str | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A relation that the contract claims. Without ``within`` its roles are cells of one row; with it, cells of the
    rows that agree in those columns; with ``over`` the parts are all rows one step down a hierarchy."""

    relation: str
    roles: tuple[tuple[str, tuple[Selector, ...]], ...]
    within: tuple[str, ...] = ()
    over: Hierarchy | None = None
    severity: Severity | None = None
    tolerance: Tolerance = Tolerance()
    optional: bool = False
    line: int = 0

    @property
    def across_rows(self) -> bool:
        return bool(self.over) or any(selector.where for _, found in self.roles for selector in found)

    @property
    def name(self) -> str:
        """What people see: the relation and where its roles stand."""
        roles = "; ".join(f"{role} = {', '.join(map(str, found))}" for role, found in self.roles)
        over = f"; over {self.over.name}" if self.over else ""
        return f"{self.relation} ({roles}{over})"

    def columns(self) -> tuple[str, ...]:
        """The columns that hold the figures, each once."""
        return tuple(dict.fromkeys(selector.column for _, found in self.roles for selector in found))


@dataclass(frozen=True, slots=True)
class Reader:
    """How the bytes of a table are to be read, where that does not show. ``decimal`` is the decimal mark of text."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    decimal: Literal[".", ","] = "."
    groups: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole contract. ``unit`` is the column that names the unit of a long table's ``value`` column."""

    name: str
    columns: dict[str, Column]
    title: dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    key_tolerance: Tolerance = Tolerance()
    relations: tuple[Binding, ...] = ()
    hierarchies: tuple[Hierarchy, ...] = ()
    reader: Reader = Reader()
    unit: str | None = None
    extra: bool = True
    source: str = ""

    def number(self, name: str) -> Column:
        return self.columns[name]
