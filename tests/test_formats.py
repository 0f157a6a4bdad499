"""One text in every format gives the same figures, relations and verdicts, and every place leads back to its file."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from selectolax.lexbor import LexborHTMLParser

from auditor import audit, ingest
from auditor.model.check import Audit, Location
from auditor.model.document import Document
from auditor.model.figure import Figure
from auditor.report import json as report_json
from auditor.report import sarif, text
from auditor.report.html import render
from auditor.report.where import where
from tests import writers

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "seeds").glob("*.txt"))
FORMATS = ("html", "docx", "weasyprint.pdf", "chromium.pdf")


def saved(parts: writers.Manuscript, form: str, folder: Path) -> Path:
    path = folder / f"text.{form}"
    source = writers.as_html(parts)
    match form:
        case "html":
            data = source
        case "docx":
            data = writers.as_docx(parts)
        case "md":
            data = writers.as_markdown(parts)
        case "weasyprint.pdf":
            data = writers.weasyprint_pdf(source)
        case "chromium.pdf":
            data = writers.chromium_pdf(source, folder)
        case _:
            data = "\n".join(content for _, content in parts).encode()
    path.write_bytes(data)
    return path


def essence(result: Audit) -> dict[str, Any]:
    """What must not depend on the format."""
    (reading,) = result.readings
    assert reading.document.error is None
    figures = [(f.raw, f.quantity.value, f.quantity.unit, f.quantity.bound, f.quantity.step) for f in reading.figures]
    relations = [(r.kind, [(m.role, m.filler.raw) for m in r.members], r.confidence) for r in reading.relations]
    checks = [(c.rule, c.verdict, c.reason, c.equation) for c in result.checks]
    return {"figures": figures, "relations": sorted(relations, key=str), "checks": sorted(checks, key=str)}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:3])
def test_the_samples_read_the_same_in_every_format(sample: Path, form: str, tmp_path: Path) -> None:
    parts = writers.of_lines(sample.read_text("utf-8-sig"))
    assert essence(audit([saved(parts, form, tmp_path)])) == essence(audit([sample]))


@pytest.mark.parametrize("form", ("docx", "weasyprint.pdf", "chromium.pdf"))
def test_prose_and_tables_read_the_same_in_every_format(form: str, tmp_path: Path) -> None:
    parts = writers.manuscript()
    page = audit([saved(parts, "html", tmp_path)])
    assert {finding.check.rule for finding in page.findings} >= {"share-of-total", "percent-of-plan"}
    assert essence(audit([saved(parts, form, tmp_path)])) == essence(page)


def test_markdown_tables_read_like_those_of_a_page(tmp_path: Path) -> None:
    parts = [part for part in writers.manuscript() if "<" not in part[1]]
    assert essence(audit([saved(parts, "md", tmp_path)])) == essence(audit([saved(parts, "html", tmp_path)]))


@pytest.mark.parametrize("form", FORMATS)
def test_every_figure_leads_back_to_its_place(form: str, tmp_path: Path) -> None:
    path = saved(writers.manuscript(), form, tmp_path)
    figures = json.loads(report_json.render(audit([path])))["figures"]
    back = BACK[path.suffix](path)
    assert len(figures) == 40
    for figure in figures:
        assert figure["raw"] in back(figure["where"]), figure


def _back_docx(path: Path) -> Any:
    paragraphs = list(docx.Document(str(path)).element.body.iter(qn("w:p")))

    def text(where: dict[str, Any]) -> str:
        runs = list(paragraphs[where["paragraph"] - 1].iter(qn("w:r")))
        return "".join(run.text for run in runs[where["run"] - 1 :])

    return text


def _back_pdf(path: Path) -> Any:
    pages = pdfium.PdfDocument(path)
    return lambda where: pages[where["page"] - 1].get_textpage().get_text_bounded(*where["box"])


def _back_html(path: Path) -> Any:
    tree = LexborHTMLParser(path.read_text("utf-8"))
    return lambda where: tree.css(where["element"])[where["number"] - 1].text()


BACK = {".docx": _back_docx, ".pdf": _back_pdf, ".html": _back_html}


def stands(document: Document, span: Figure | Location) -> str:
    found = where(document, span.start, span.end)
    assert found is not None
    return found.place


SHEET: list[list[Any]] = [
    ["Biểu 3. Kết quả thu ngân sách", None, None, None],
    ["Đơn vị tính: triệu đồng", None, None, None],
    ["Khoản thu", "Dự toán", "Thực hiện", "Tỷ lệ so DT (%)"],
    ["Thuế", 400.0, 430.0, 107.5],
    ["Phí", 80, 76, 95],
    ["Đất", 250, 310.04, 124],
    ["Tổng cộng", 730, 816.04, 115.0],
]


def test_a_workbook_names_sheet_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(writers.as_xlsx({"Biểu 3": SHEET}))
    result = audit([path])
    (reading,) = result.readings
    by_place = {stands(reading.document, figure): figure for figure in reading.figures}
    assert by_place["Biểu 3!C6"].raw == "310,04"
    assert by_place["Biểu 3!C6"].quantity.value == 310_040_000
    assert [finding.check.rule for finding in result.findings] == ["percent-of-plan"]
    assert stands(reading.document, result.findings[0].locations[-1]) == "Biểu 3!D7"


@pytest.mark.parametrize(("name", "place"), [("a.xlsx", "Biểu 3!D7"), ("a.pdf", "trang 1"), ("a.docx", "đoạn 21")])
def test_findings_say_where_they_stand(name: str, place: str, tmp_path: Path) -> None:
    rows = "\n".join(" | ".join("" if cell is None else f"{cell:n}" if isinstance(cell, float) else str(cell)
                                for cell in row) for row in SHEET[2:]).replace(".", ",")  # fmt: skip
    parts = [("paragraph", "Đơn vị tính: triệu đồng"), ("table", rows)]
    match name[2:]:
        case "xlsx":
            data = writers.as_xlsx({"Biểu 3": SHEET})
        case "docx":
            data = writers.as_docx(parts)
        case _:
            data = writers.weasyprint_pdf(writers.as_html(parts))
    (tmp_path / name).write_bytes(data)
    result = audit([tmp_path / name])
    assert [finding.check.rule for finding in result.findings] == ["percent-of-plan"]
    assert f"({place})" in text.render(result)
    assert place in render(result).decode()
    (found,) = json.loads(sarif.render(result))["runs"][0]["results"]
    named = [one["fullyQualifiedName"] for where in found["relatedLocations"] for one in where["logicalLocations"]]
    assert len(named) == 3 and all(named)


def test_numbers_are_read_as_their_cells_show_them() -> None:
    sheet: list[list[Any]] = [
        ["Xã", "Số hộ", "Hộ nghèo", "Tỷ lệ"],
        ["A", 1200, 60, 0.05],
        ["B", 980.4, 45, 45 / 980],
        ["C", 7, 1, 1 / 7],
    ]
    data = writers.as_xlsx({"S": sheet}, {"B": "#,##0", "D": "0.0%"})
    assert [line.split("\t")[1:] for line in ingest.from_bytes(data, "a.xlsx").text.splitlines()[1:]] == [
        ["1200", "60", "5,0%"], ["980", "45", "4,6%"], ["7", "1", "14,3%"],
    ]  # fmt: skip


@pytest.mark.parametrize("form", ("ods", "xls", "xlsx"))
def test_workbooks_of_an_office_program(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    (tmp_path / "a.xlsx").write_bytes(writers.as_xlsx({"Biểu": SHEET}))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", tmp_path / "a.xlsx"], capture_output=True, check=True, timeout=120
    )
    result = audit([tmp_path / "out" / f"a.{form}"])
    assert [finding.check.rule for finding in result.findings] == ["percent-of-plan"]
    assert stands(result.readings[0].document, result.findings[0].locations[-1]) == "Biểu!D7"


@pytest.mark.parametrize("mark", (";", ",", "\t"))
def test_csv_keeps_its_own_offsets(mark: str, tmp_path: Path) -> None:
    rows = [
        ["Xã", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ (%)"],
        ["A", "1.250", "50", '"4,0"'],
        ["B", "840", "42", '"6,5"'],
        ["C", "1.600", "96", '"6,0"'],
    ]
    text = "".join(mark.join(row) + "\r\n" for row in rows)
    (tmp_path / "a.csv").write_text(text, "utf-8", newline="")
    result = audit([tmp_path / "a.csv"])
    assert result.readings[0].document.text == text
    assert [finding.check.rule for finding in result.findings] == ["share-of-total"]
    assert all(text[figure.start : figure.end] == figure.raw for figure in result.readings[0].figures)


def test_furniture_is_shown_and_never_read(tmp_path: Path) -> None:
    parts = writers.manuscript()
    head = "Trang 5 - Báo cáo số 12 hộ"
    nav = f"<nav>{head}</nav><footer>Online: 34 hộ</footer><p hidden>9 hộ</p>"
    margin = f'@top-center {{ content: "{head}" }} @bottom-center {{ content: counter(page) }}'
    made = {
        "a.html": writers.as_html(parts, extra=nav),
        "a.docx": writers.as_docx(parts, head, "Trang 3"),
        "a.pdf": writers.weasyprint_pdf(writers.as_html(parts * 3, margin)),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
        (reading,) = audit([tmp_path / name]).readings
        document = reading.document
        aside = [document.text[block.start : block.end] for block in document.blocks if block.kind == "furniture"]
        assert head in aside, name
        shown = [one.raw for one in reading.ignored if one.what == "page furniture"]
        assert {"5", "12"} <= set(shown), name
        assert not any(document.text[f.start - 12 : f.start].endswith("Báo cáo số ") for f in reading.figures)


def test_text_boxes_notes_and_deleted_text_of_word() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Có 5 xã ")
    run = paragraph.add_run("và 7 xã")
    deleted = run._r.makeelement(qn("w:del"), {})
    run._r.addprevious(deleted)
    deleted.append(run._r)
    out = io.BytesIO()
    document.save(out)
    assert ingest.from_bytes(out.getvalue(), "a.docx").text == "Có 5 xã\n"
