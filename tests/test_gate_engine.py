"""The columns and the exact judge: one verdict for every row, whatever the numbers, units and precisions are."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.gate.amounts import prepare
from auditor.gate.cells import read
from auditor.gate.contract import Binding, Column, Contract, Reader, Selector
from auditor.gate.evidence import quantity
from auditor.gate.examine import examine
from auditor.gate.loading import load as load_contract
from auditor.gate.table import held
from auditor.gate.tell import resolved
from auditor.gate.verdicts import ASK, REASON, VERDICT
from auditor.gate.verdicts import judge as judge_columns
from auditor.gate.wide import ROW, slots
from auditor.judge.verdict import judge
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule
from auditor.rules.load import load
from auditor.rules.relations import RELATIONS

RULES = [rule for rule in load() if rule.kind == "equation"]
BY_ID = {rule.id: rule for rule in RULES}
UNITS = ["tỷ đồng", "triệu đồng", "%", None, "ha"]
COLUMNS = 6
Verdict = tuple[str, str | None]


@st.composite
def printed(draw: st.DrawFn) -> str:
    """A number as people print it, often small and round so that boundaries are met, sometimes huge."""
    digits = draw(st.sampled_from([0, 0, 1, 1, 2, 3]))
    size = draw(st.sampled_from([3, 20, 120, 1000, 10**6, 10**9, 10**17, 10**24]))
    return decimal(draw(st.integers(-size // 4, size)), digits)


def decimal(value: int, digits: int) -> str:
    text = f"{abs(value):0{digits + 1}d}"
    text = f"{text[:-digits]},{text[-digits:]}" if digits else text
    return f"-{text}" if value < 0 else text


@st.composite
def columns(draw: st.DrawFn) -> list[Column]:
    found = []
    for number in range(COLUMNS):
        exact, unit = draw(st.booleans()), draw(st.sampled_from(UNITS))
        decimals = None if exact else draw(st.sampled_from([None, None, None, 1, -1]))
        found.append(Column(f"c{number}", "count" if exact else "number", unit=unit, decimals=decimals))
    return found


Rows = list[list[str]]
TABLES = st.tuples(columns(), st.lists(st.lists(printed(), min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=6))


def bound(relation: str, parts: int = 3) -> Binding:
    names = (f"c{number}" for number in count())
    sizes = {role: parts if arity == "many" else 1 for role, arity in RELATIONS[relation].items()}
    roles = ((role, tuple(Selector(next(names)) for _ in range(size))) for role, size in sizes.items())
    return Binding(relation, tuple(roles))


def one_by_one(contract: Contract, binding: Binding, row: list[str], rule: Rule) -> Verdict:
    members = []
    for role, found in binding.roles:
        for selector in found:
            at = list(contract.columns).index(selector.column)
            known = quantity(contract.columns[selector.column], row[at], contract)
            if known is None:
                return "not-checkable", None
            members.append(Member(role, Figure(f"{at}", "t", at, at + 1, row[at], known)))
    check = judge(rule, Relation(binding.relation, "t", tuple(members)))
    return check.verdict, check.reason


def compare(contract: Contract, rows: Rows, rule: Rule, parts: int = 3) -> list[Verdict]:
    """Both ways on the same rows; every difference fails. The verdicts of the exact judge."""
    binding = bound(rule.relation, parts)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.columns, pl.String), orient="row").with_row_index(ROW)
    frame, amounts = prepare(read(frame, contract), contract, binding.columns())
    roles = slots(binding, amounts)
    assert roles is not None
    found = judge_columns(frame, roles, rule)
    failing = {one[ROW]: (one[VERDICT], one[REASON]) for one in found.failing.iter_rows(named=True)}
    exact = [one_by_one(contract, binding, row, rule) for row in rows]
    for number, expected in enumerate(exact):
        if number not in failing:
            assert expected[0] in ("consistent", "not-checkable"), (rows[number], expected)
        elif failing[number][0] != ASK:
            assert failing[number] == expected, rows[number]
    if ASK not in {verdict for verdict, _ in failing.values()}:
        assert found.unchecked == sum(verdict == "not-checkable" for verdict, _ in exact)
    return exact


@pytest.mark.parametrize("rule", RULES, ids=list(BY_ID))
@settings(max_examples=25, deadline=None)
@given(table=TABLES)
def test_any_numbers(rule: Rule, table: tuple[list[Column], Rows]) -> None:
    names, rows = table
    compare(Contract("t", {one.name: one for one in names}, reader=Reader(decimal=",")), rows, rule)


PLAIN = Contract("t", {f"c{n}": Column(f"c{n}", "number") for n in range(COLUMNS)}, reader=Reader(decimal=","))
NEAR = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2), st.integers(-4, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(NEAR, min_size=1, max_size=8))
def test_shares_at_the_edge_of_rounding(made: list[tuple[int, int, int, int]]) -> None:
    rows = []
    for part, rest, digits, off in made:
        share = Fraction(100 * part, part + rest) * 10**digits
        rows.append([decimal(part, 1), decimal(part + rest, 1), decimal(round(share) + off, digits), "0", "0", "0"])
    exact = compare(PLAIN, rows, BY_ID["share-of-total"])
    for (*_, off), (verdict, _) in zip(made, exact, strict=True):
        assert verdict == "consistent" or off


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NEAR, st.sampled_from(["%", "tỷ đồng"])), min_size=1, max_size=6))
def test_changes_at_the_edge_of_rounding(made: list[tuple[tuple[int, int, int, int], str]]) -> None:
    for unit in ("%", "tỷ đồng"):
        contract = Contract(
            "t", {f"c{n}": Column(f"c{n}", "number", unit=unit) for n in range(6)}, reader=Reader(decimal=",")
        )
        rows = [[decimal(a, 1), decimal(b, 1), decimal(b - a + off, 1), "0", "0", "0"] for (a, b, _, off), _ in made]
        compare(contract, rows, BY_ID["change-between-levels"])
        compare(contract, rows, BY_ID["growth-between-levels"])


def test_ties_are_consistent_and_a_hair_beyond_is_not() -> None:
    # 20,05 of 59,85 is 33,5004…; 33,6 begins at 33,55.
    exact = compare(
        PLAIN,
        [["20,0", "59,9", "33,5", "0", "0", "0"], ["20,0", "59,9", "33,6", "0", "0", "0"]],
        BY_ID["share-of-total"],
    )
    assert [verdict for verdict, _ in exact] == ["consistent", "suspicious"]


def test_a_number_too_wide_for_whole_numbers_is_left_to_the_exact_judge() -> None:
    huge = "9" * 36
    row = [huge, huge, "100", "0", "0", "0"]
    frame = pl.DataFrame([row], schema=dict.fromkeys(PLAIN.columns, pl.String), orient="row").with_row_index(ROW)
    frame, amounts = prepare(read(frame, PLAIN), PLAIN, [f"c{n}" for n in range(3)])
    found = judge_columns(frame, slots(bound("share-of-total"), amounts) or {}, BY_ID["share-of-total"])
    assert found.failing[VERDICT].to_list() == [ASK]


UNITS_OF_ROWS = st.sampled_from(["tỷ đồng", "tỷ đồng", "triệu đồng", "ha"])
LINES = st.lists(
    st.tuples(
        st.sampled_from(["X", "Y"]),
        st.sampled_from(["all", "a", "b"]),
        st.sampled_from(["2,0", "1,0", "1,04", "1", "3,0", "1000", "x", ""]),
        UNITS_OF_ROWS,
    ),
    max_size=9,
)
LONG = """
read: {decimal: ","}
unit: unit
columns: {place: {}, name: {}, value: {type: number}, unit: {}}
hierarchies: {tree: {column: name, tree: {all: [a, b]}}}
relations:
  - {relation: total-of-parts, over: tree, value: value, within: [place], optional: yes}
  - {relation: total-of-parts, within: [place], total: {name: all}, part: {name: [a, b]}, optional: yes}
"""


@settings(max_examples=60, deadline=None)
@given(LINES)
@example(
    [("X", "all", "2,0", "ha"), ("X", "a", "1,0", "ha"), ("X", "a", "1,0", "ha")]
)  # as many parts, one of them twice
def test_relations_between_rows(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    contract, rule = load_contract(path), BY_ID["total-of-parts"]
    frame = pl.DataFrame(lines, schema=dict.fromkeys(contract.columns, pl.String), orient="row")
    if not lines:
        return
    checked = resolved(examine(held("t", frame, 1, ""), contract, [rule]))
    expected = {place: verdict for place in ("X", "Y") if (verdict := by_hand(lines, place, contract, rule))}
    judged = [verdict for verdict in expected.values() if verdict != "not-checkable"]
    for tally in (one for one in checked.tallies if one.binding):
        assert tally.judged == len(judged), (lines, tally.name)
        found = checked.failing.filter(pl.col("check") == tally.number)["verdict"].to_list()
        assert sorted(found) == sorted(one for one in judged if one != "consistent"), (lines, tally.name)


def by_hand(lines: list[tuple[str, str, str, str]], place: str, contract: Contract, rule: Rule) -> str | None:
    """The verdict on one place, read row by row; none where it has no row of the relation."""
    here = [(name, value, unit) for at, name, value, unit in lines if at == place]
    names = [name for name, _, _ in here]
    if not names:
        return None
    if sorted(names) != ["a", "all", "b"] or len({unit == "ha" for _, _, unit in here}) > 1:
        return "not-checkable"
    members = []
    for at, (name, value, unit) in enumerate(here):
        known = quantity(contract.columns["value"], value, contract, {"unit": unit})
        if known is None:
            return "not-checkable"
        members.append(Member("total" if name == "all" else "part", Figure(f"{at}", "t", at, at + 1, value, known)))
    return judge(rule, Relation("total-of-parts", "t", tuple(members))).verdict
