"""What stops a table at the door: each fault named with file, row and column, and never a pass."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from auditor.gate.commands import Wanted, finish
from auditor.gate.contract import Contract
from auditor.gate.loading import load
from auditor.gate.result import FAILED
from auditor.gate.run import gate

CONTRACT = """\
read: {decimal: ","}
key: [place]
columns:
  place: {type: text, required: yes}
  total: {type: number}
  a: {type: number}
  b: {type: number}
relations:
  - {relation: total-of-parts, total: total, part: [a, b], optional: yes}
"""
HEADER = "place;total;a;b\n"


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    return contract_of(tmp_path, CONTRACT)


def contract_of(folder: Path, text: str) -> Contract:
    path = folder / "contract.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def error(path: Path, contract: Contract) -> str:
    result = gate([path], contract)
    assert result.status() == FAILED
    assert result.tables[0].error is not None
    return str(result.tables[0].error).replace(result.tables[0].path, path.name)


def put(folder: Path, text: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.csv:1:1: the file is empty"),
        (HEADER, "t.csv:2:1: the table has no rows: an empty table is not a pass"),
        ("place;total;a\nX;1;1\n", "t.csv:1:1: no column 'b', which the contract names; there are: place, total, a"),
        ("place;total;a;a\nX;1;1;1\n", "t.csv:1:4: column name 'a' stands here twice (columns 3 and 4)"),
        ("place;total;;b\nX;1;1;1\n", "t.csv:1:3: column without a name: a merged or empty header cell"),
        (HEADER + "X;1;1;0\nY;1;1;0;7\n", "t.csv:3:5: 5 fields, more than the 4 of the header"),
        (HEADER + "X;1;1;0\nY;1;1\n", "t.csv:3:4: 3 fields, fewer than the 4 of the header"),
        (b"place;total;a;b\nX\xe3;1;1;0\n", "t.csv:2:2: not UTF-8: byte 0xe3; name the encoding"),
        ("place;total;a;b\nX\0;1;1;0\n", "t.csv:2:1: not text in UTF-8: it contains NUL characters"),
    ],
)
def test_faulty_files(tmp_path: Path, contract: Contract, text: str | bytes, message: str) -> None:
    assert error(put(tmp_path, text), contract).startswith(message)


def test_a_wrong_delimiter_is_called_one(tmp_path: Path) -> None:
    chosen = contract_of(tmp_path, CONTRACT.replace('decimal: ","', 'decimal: ",", delimiter: ","'))
    message = error(put(tmp_path, HEADER + "X;1;1;0\n"), chosen)
    assert message == (
        "t.csv:1:1: wrong delimiter: split at comma, but the contract's columns appear when split at semicolon"
    )


def test_a_missing_file_and_an_unknown_ending(tmp_path: Path, contract: Contract) -> None:
    assert error(tmp_path / "none.csv", contract) == "none.csv: no such file"
    assert "no table format is known by .doc" in error(put(tmp_path, "x", "t.doc"), contract)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(tmp_path: Path, contract: Contract, encoding: str) -> None:
    result = gate([put(tmp_path, (HEADER + "Xã;2;1;1\n").encode(encoding))], contract)
    assert result.status() == 0


def test_an_encoding_that_the_contract_names(tmp_path: Path) -> None:
    chosen = contract_of(tmp_path, CONTRACT.replace('decimal: ","', 'decimal: ",", encoding: cp1258'))
    assert gate([put(tmp_path, (HEADER + "Huế;2;1;1\n").encode("utf-8"))], chosen).status() in (0, 2)
    assert gate([put(tmp_path, (HEADER + "Hu\u00ea;2;1;1\n").encode("cp1258"))], chosen).status() == 0


def cells(result_path: Path, contract: Contract) -> list[tuple[str, str | None, int]]:
    result = gate([result_path], contract)
    return [(one.check.rule, one.check.reason, result.owners[one.check.id][2]) for one in result.audit.findings]


def test_mixed_separators_are_found_at_their_cell(tmp_path: Path, contract: Contract) -> None:
    path = put(tmp_path, HEADER + "X;2,5;1,5;1,0\nY;2.5;1,5;1,0\nZ;1.000,5;1.000,5;0\n")
    assert cells(path, contract) == [("column-type", "other-decimal-mark", 3)]
    result = gate([path], contract)
    outcome = finish(result, result.audit, Wanted("en"))[1]
    for said in (outcome.text, outcome.files["gate.html"].decode()):
        assert "total = 2.5. It would be a number with the other decimal mark" in said


def test_a_row_names_the_unit_of_no_figure_beside_others(tmp_path: Path) -> None:
    columns = CONTRACT.replace("  a:", '  unit: {type: text}\n  share: {type: number, unit: "%"}\n  a:')
    text = f"unit: unit\n{columns}  - {{relation: share-of-total, part: a, total: total, share: share}}\n"
    path = put(tmp_path, "place;total;a;b;share;unit\nX;2,0;1,5;0,5;75,0;ha\nY;2,0;1,5;0,5;25,0;ha\n")
    result = gate([path], contract_of(tmp_path, text))
    assert [one.check.equation for one in result.audit.findings] == ["25,0% = 100 × 1,5 / 2,0"]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+SUM(A1)"])
def test_formulas_are_kept_out(tmp_path: Path, contract: Contract, cell: str) -> None:
    assert cells(put(tmp_path, HEADER + f"{cell};2;1;1\n"), contract) == [("cell-formula", None, 2)]


@pytest.mark.parametrize("cell", ["- Nông nghiệp (ha)", "+ Thu", "A=1", "x@y"])
def test_lists_and_signs_are_no_formulas(tmp_path: Path, contract: Contract, cell: str) -> None:
    assert cells(put(tmp_path, HEADER + f"{cell};2;1;1\n"), contract) == []


def test_a_relation_that_judged_nothing_is_not_a_pass(tmp_path: Path) -> None:
    chosen = contract_of(tmp_path, CONTRACT.replace(", optional: yes", ""))
    message = error(put(tmp_path, HEADER + "X;;;\n"), chosen)
    assert "could be judged on no row" in message
    assert message.split(": ")[0].endswith("contract.yaml:9:1")


def test_floats_need_the_contract_to_say_their_decimals(tmp_path: Path, contract: Contract) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"place": ["X"], "total": [2.0], "a": [1.0], "b": [1.0]}).write_parquet(path)
    assert error(path, contract).endswith(
        "holds floats, which have no printed digits: the contract must say 'decimals'"
    )
    rounded = contract_of(tmp_path, CONTRACT.replace("{type: number}", "{type: number, decimals: 1}"))
    assert gate([path], rounded).status() == 0
    pl.DataFrame({"place": ["X"], "total": [2.02], "a": [1.0], "b": [1.0]}).write_parquet(path)
    assert cells(path, rounded)[0][0] == "column-precision"


def test_workbooks(tmp_path: Path, contract: Contract) -> None:
    good, merged = tmp_path / "good.xlsx", tmp_path / "merged.xlsx"
    chosen = contract_of(tmp_path, CONTRACT.replace("{type: number}", "{type: number, decimals: 1}"))
    for path in (good, merged):
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Biểu 1")
            sheet.write_row(0, 0, ["place", "total", "a", "b"])
            sheet.write_row(1, 0, ["X", 3.1, 1.5, 1.6])
            sheet.write_row(2, 0, ["Y", 3.1, 1.5, 2.6])
            if path is merged:
                sheet.merge_range(0, 1, 0, 2, "total")
    result = gate([good], chosen)
    assert [one.check.equation for one in result.audit.findings] == ["3,1 = 1,5 + 2,6"]
    assert [result.owners[one.check.id][2] for one in result.audit.findings] == [3]
    assert error(merged, chosen) == "merged.xlsx:1:2: merged header B1:C1: only its first cell has a value; unmerge it"


def test_json_keeps_printed_digits(tmp_path: Path, contract: Contract) -> None:
    records = '[{"place": "X", "total": 2.50, "a": 1.5, "b": 1.00}, {"place": "Y", "total": 2.9, "a": 1.5, "b": 1.0}]'
    found = gate([put(tmp_path, records, "t.json")], contract)
    assert [one.check.equation for one in found.audit.findings] == ["2,9 = 1,5 + 1,0"]
    lines = "\n".join(json.dumps(one) for one in json.loads(records))
    assert gate([put(tmp_path, lines, "t.ndjson")], contract).status() == 1
    assert error(put(tmp_path, '[{"a": 1, "a": 2}]', "d.json"), contract).endswith("stands in one object twice")
    assert error(put(tmp_path, "{", "e.json"), contract).startswith("e.json:1:2: not JSON")


def test_decimals_of_a_parquet_file_are_printed_digits(tmp_path: Path, contract: Contract) -> None:
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame({"place": ["X", "Y"], "total": ["2.50", "2.60"], "a": ["1.5", "1.5"], "b": ["1.0", "1.0"]})
    frame.with_columns(pl.col("total", "a", "b").str.to_decimal(scale=2)).write_parquet(path)
    found = gate([path], contract)
    assert [one.check.equation for one in found.audit.findings] == ["2,60 = 1,50 + 1,00"]
