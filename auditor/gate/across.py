"""Relations between rows: a frame with one relation a row, made of the rows that agree in some columns.

Figures of one role may differ in unit from group to group, so groups are parted by their units; within a part all is
known that the exact arithmetic wants to know beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from auditor.gate.amounts import Amount, prepare
from auditor.gate.bindings import ALIKE
from auditor.gate.cells import read
from auditor.gate.compiled import Slots
from auditor.gate.contract import Binding, Contract, Hierarchy, Selector
from auditor.gate.units import Measure, unit
from auditor.gate.wide import ROW

ROWS = "\0rows"  # all rows of a relation, the first being the one it is reported at
UNFIT = "\0unfit"  # a relation that cannot be judged: a figure stands twice, or parts are missing
PARENT = "\0parent"
SEPARATOR = "\x1f"  # between the units of one role


@dataclass(frozen=True, slots=True)
class Part:
    """Relations whose roles have the same units. ``mixed``: one role has figures in several units of one kind, which
    the exact judge converts one by one. ``unlike``: units that cannot be compared, so nothing can be judged."""

    frame: pl.DataFrame
    slots: Slots
    mixed: bool = False
    unlike: bool = False


def needed(binding: Binding, contract: Contract) -> list[str]:
    """The columns that a relation between rows is made from."""
    where = [name for _, found in binding.roles for selector in found for name, _ in selector.where]
    tree = [name for name in (binding.over.column, binding.over.parent) if name] if binding.over else []
    unit_column = [contract.unit] if contract.unit else []
    steps = [step for name in binding.columns() if (step := contract.columns[name].step)]
    return list(dict.fromkeys([*binding.within, *where, *tree, *unit_column, *binding.columns(), *steps]))


def parts(frame: pl.DataFrame, binding: Binding, contract: Contract) -> Iterator[Part]:
    """All relations of a binding in a whole table, parted by units; ``frame`` has the columns it needs and the rows'
    numbers."""
    frame, amounts = prepare(read(frame, contract), contract, binding.columns())
    if not set(binding.columns()) <= amounts.keys():
        return
    table = _Table(frame, amounts, binding, contract)
    together, slots = table.over(binding.over) if binding.over else table.selected()
    units = [f"{slot.value}\0unit" for found in slots.values() for slot in found]
    known = [name for name in units if name in together.columns]
    if not known:
        yield Part(together, slots)
        return
    for _, part in sorted(together.group_by(known, maintain_order=True), key=lambda one: str(one[0])):
        yield _part(part, slots, ALIKE.get(binding.relation, ()))


def _part(frame: pl.DataFrame, slots: Slots, alike: Sequence[str]) -> Part:
    """The relations with the units that all of them have."""
    measures = {slot.value: _measures(slot, frame) for found in slots.values() for slot in found}
    kinds = {one.base for role in alike for slot in slots.get(role, ()) for one in measures[slot.value]}
    measured = {
        role: [replace(slot, measure=measures[slot.value][0]) for slot in found] for role, found in slots.items()
    }
    return Part(frame, measured, any(len(found) > 1 for found in measures.values()), len(kinds) > 1)


def _measures(slot: Amount, frame: pl.DataFrame) -> list[Measure]:
    names = frame[f"{slot.value}\0unit"][0]
    return [unit(name) for name in names.split(SEPARATOR)] if names else [slot.measure]


@dataclass(frozen=True, slots=True)
class _Table:
    frame: pl.DataFrame
    amounts: dict[str, Amount]
    binding: Binding
    contract: Contract

    def selected(self) -> tuple[pl.DataFrame, Slots]:
        """One row a group, each selector's figure beside the others."""
        asked: list[pl.Expr] = []
        slots: dict[str, list[Amount]] = {}
        for number, (role, selector) in enumerate((r, s) for r, found in self.binding.roles for s in found):
            slot = self._slot(selector, f"\0{number}")
            slots.setdefault(role, []).append(slot)
            asked += self._picked(selector, slot)
        grouped = self.frame.group_by(self.binding.within, maintain_order=True).agg(asked)
        grouped = grouped.filter(
            pl.any_horizontal(pl.col(slot.row).is_not_null() for found in slots.values() for slot in found)
        )
        every = [slot for found in slots.values() for slot in found]
        # What stands twice has no one value; the key's own check says which rows those are.
        twice = pl.any_horizontal(pl.col(f"{slot.value}\0count") > 1 for slot in every)
        rows = pl.concat_list([pl.col(slot.row) for slot in every]).list.drop_nulls()
        return grouped.with_columns(twice.alias(UNFIT), rows.alias(ROWS), rows.list.first().alias(ROW)), slots

    def _slot(self, selector: Selector, name: str) -> Amount:
        amount = self.amounts[selector.column]
        step = amount.step if isinstance(amount.step, int) else f"{name}\0step"
        return replace(amount, value=name, step=step, row=f"{name}\0row")

    def _picked(self, selector: Selector, slot: Amount) -> list[pl.Expr]:
        amount = self.amounts[selector.column]
        here = pl.all_horizontal(pl.col(name) == value for name, value in selector.where)
        asked = [
            pl.col(amount.value).filter(here).first().alias(slot.value),
            pl.col(ROW).filter(here).first().alias(slot.row),
            here.sum().alias(f"{slot.value}\0count"),
        ]
        if isinstance(amount.step, str) and isinstance(slot.step, str):
            asked.append(pl.col(amount.step).filter(here).first().alias(slot.step))
        if self.contract.unit:
            asked.append(pl.col(self.contract.unit).filter(here).first().alias(f"{slot.value}\0unit"))
        return asked

    def over(self, tree: Hierarchy) -> tuple[pl.DataFrame, Slots]:
        """One row a whole: its own figure beside the sum of the rows one step down."""
        amount = self.amounts[self.binding.columns()[0]]
        keys = [*self.binding.within, tree.column]
        total = replace(amount, value="\0total", step=_renamed(amount, "\0total"), row="\0total\0row")
        part = self._sum(amount)
        wholes = self.frame.group_by(keys, maintain_order=True).agg(self._whole(amount, total))
        children = (
            self._children(tree)
            .group_by([*self.binding.within, PARENT], maintain_order=True)
            .agg(*self._summed(amount, part), pl.col(tree.column).n_unique().alias("\0part\0names"))
        )
        if tree.tree:
            wholes = wholes.filter(pl.col(tree.column).is_in([parent for parent, _ in tree.tree]))
        # A whole of the tree without any part is a relation that cannot be judged; elsewhere it is a leaf.
        joined = wholes.join(
            children, left_on=keys, right_on=[*self.binding.within, PARENT], how="left" if tree.tree else "inner",
            maintain_order="left", nulls_equal=True,
        )  # fmt: skip
        return self._finished(joined, tree), {"total": [total], "part": [part]}

    def _whole(self, amount: Amount, total: Amount) -> list[pl.Expr]:
        asked = [
            pl.col(amount.value).first().alias(total.value),
            pl.col(ROW).first().alias(total.row),
            pl.len().alias("\0total\0count"),
        ]
        if isinstance(amount.step, str) and isinstance(total.step, str):
            asked.append(pl.col(amount.step).first().alias(total.step))
        if self.contract.unit:
            asked.append(pl.col(self.contract.unit).first().alias("\0total\0unit"))
        return asked

    def _sum(self, amount: Amount) -> Amount:
        most = max(self.frame.height, 1)
        return replace(
            amount, value="\0part", step="\0part\0step", row="\0part\0rows", step_below="\0part\0below",
            coarsest="\0part\0coarsest", least=min(0, amount.least * most), most=max(0, amount.most * most),
            widest=amount.widest * most,
        )  # fmt: skip

    def _summed(self, amount: Amount, part: Amount) -> list[pl.Expr]:
        value = pl.col(amount.value).cast(pl.Int128)
        step = (pl.lit(amount.step) if isinstance(amount.step, int) else pl.col(amount.step)).cast(pl.Int128)
        # A missing part makes the sum unknown, not smaller.
        whole = pl.when(value.is_not_null().all()).then(value.sum())
        below = pl.when(value < 0).then(step).otherwise(pl.lit(0, pl.Int128))
        asked = [
            whole.alias(part.value),
            (step + value * 0).sum().alias("\0part\0step"),
            below.sum().alias("\0part\0below"),
            (step + value * 0).max().alias("\0part\0coarsest"),
            pl.col(ROW).alias(part.row),
            pl.len().alias("\0part\0count"),
        ]
        if self.contract.unit:
            names = pl.col(self.contract.unit)
            asked.append(names.drop_nulls().unique().sort().str.join(SEPARATOR).alias("\0part\0unit"))
        return asked

    def _children(self, tree: Hierarchy) -> pl.DataFrame:
        return self.frame.with_columns(_parent(tree).alias(PARENT)).filter(pl.col(PARENT).is_not_null())

    def _finished(self, joined: pl.DataFrame, tree: Hierarchy) -> pl.DataFrame:
        unfit = (pl.col("\0total\0count") > 1) | (pl.col("\0part\0count") != pl.col("\0part\0names"))
        known = _sizes(tree)
        if known is not None:
            expected = known if isinstance(known, int) else pl.col(tree.column).replace_strict(known, default=None)
            unfit = unfit | (pl.col("\0part\0count") != expected)
        rows = pl.concat_list([pl.col("\0total\0row"), pl.col("\0part\0rows")])
        return joined.with_columns(unfit.alias(UNFIT), rows.alias(ROWS), pl.col("\0total\0row").alias(ROW))


def _renamed(amount: Amount, name: str) -> str | int:
    return amount.step if isinstance(amount.step, int) else f"{name}\0step"


def _parent(tree: Hierarchy) -> pl.Expr:
    name = pl.col(tree.column)
    if tree.parent:
        return pl.col(tree.parent)
    if tree.separator:
        return name.str.extract(f"^(.+){_escaped(tree.separator)}")
    return name.replace_strict(dict(_upwards(tree.tree)), default=None, return_dtype=pl.String)


def _upwards(tree: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    return ((child, parent) for parent, children in tree for child in children)


def _sizes(tree: Hierarchy) -> int | dict[str, int] | None:
    if tree.tree:
        return {parent: len(children) for parent, children in tree.tree}
    return tree.children


def _escaped(separator: str) -> str:
    return "".join(f"\\{letter}" if not letter.isalnum() else letter for letter in separator)
