"""Tables of a PDF without drawn lines: read where there is one way to read them, left as text where there are more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from auditor import audit, ingest
from auditor.model.check import Audit
from tests import writers
from tests.test_formats import essence
from tests.test_tables import CASES

LEAD = "Kết quả thực hiện các chỉ tiêu trong năm được nêu ở bảng dưới đây, kèm theo phần đánh giá của từng đơn vị."
PARAGRAPH = (
    "Năm 2022 xã Tân Lập có 1.250 hộ, trong đó 50 hộ nghèo chiếm 4,0%; thu ngân sách đạt 12,5 tỷ đồng, bằng 104% dự "
    "toán, tăng 1,2 tỷ đồng so với năm 2021; diện tích gieo trồng 860 ha. "
)
# Heads over several columns stand in their middle, as they do in nearly all reports.
CENTRED = " tr:first-child td { text-align: center }"
LOOKS = {
    "padded": f"td {{ padding: 3px 6px }}{CENTRED}",
    "numbers to the right": "td { padding: 4px 10px; text-align: right } td:nth-child(-n+2) { text-align: left }"
    + CENTRED,
    "all in the middle": "td { padding: 2px 8px; text-align: center }",
    "lines across": f"table {{ border-collapse: collapse }} td {{ padding: 4px; border-bottom: solid 1px }}{CENTRED}",
}
# Numbers broken over two lines of their cell, and rows of which every label is broken, stay text.
TEXT = ("bounds as targets", "average growth over years is no growth of one")
READ = [case for case in CASES if case["name"] not in TEXT]


def without_lines(parts: writers.Manuscript, css: str) -> bytes:
    page = writers.as_html(parts).decode()
    style = f"<style>@page {{ size: A4; margin: 2cm }} body {{ font: 12pt serif }} {css}</style>"
    return re.sub("<style>.*</style>", style, page).encode()


def parts_of(case: dict[str, Any], error: bool = False) -> writers.Manuscript:
    rows = [line.split("|") for line in case["table"].replace("*", "").strip().splitlines()]
    if error:
        row, column, text = case["error"]
        rows[row][column] = text
    table = "\n".join("|".join(["" if row[0].strip() == "<" else row[0], *row[1:]]) for row in rows)
    before = [("paragraph", case.get("before", LEAD))]
    return [*before, ("table", table), ("paragraph", "Trên đây là báo cáo, kính đề nghị các đơn vị xem xét.")]


def read(source: bytes, name: str, folder: Path) -> Audit:
    (folder / name).write_bytes(source)
    return audit([folder / name])


@pytest.mark.parametrize(("number", "case"), list(enumerate(READ)), ids=[case["name"] for case in READ])
def test_a_table_without_lines_reads_like_that_of_a_page(number: int, case: dict[str, Any], tmp_path: Path) -> None:
    css = list(LOOKS.values())[number % len(LOOKS)]
    for error in (False, True):
        parts = parts_of(case, error)
        page = read(writers.as_html(parts), "a.html", tmp_path)
        pdf = read(writers.weasyprint_pdf(without_lines(parts, css)), "a.pdf", tmp_path)
        assert essence(pdf) == essence(page)
        assert bool(pdf.findings) is error


@pytest.mark.parametrize("css", LOOKS.values(), ids=LOOKS)
def test_a_browser_prints_the_same_table(css: str, tmp_path: Path) -> None:
    by_name = {case["name"]: case for case in CASES}
    chosen = [parts_of(by_name[name]) for name in ("two-storeyed comparison", "Roman and Arabic hierarchy")]
    parts = [part for some in chosen for part in some]
    page = read(writers.as_html(parts), "a.html", tmp_path)
    pdf = read(writers.chromium_pdf(without_lines(parts, css), tmp_path), "a.pdf", tmp_path)
    assert essence(pdf) == essence(page)


def columns(rows: Sequence[tuple[str, ...]], css: str) -> str:
    lines = ("".join(f'<td style="{css}">{cell}</td>' for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


CONTENTS = [("1", "Mở đầu", "1"), ("2", "Kinh tế", "3"), ("3", "Văn hóa", "9"), ("4", "Kết luận", "12")]
STAFF = [("Nguyễn Văn A", "0912345678"), ("Trần Thị B", "0987654321"), ("Lê Văn C", "0911222333")]
LABELS = [("Chỉ tiêu", "KH (ha)", "TH (ha)"), ("Diện tích lúa cả năm trên địa bàn xã", "100", "105"),
          ("Diện tích ngô", "40", "50"), ("Tổng cộng", "140", "155")]  # fmt: skip
QUIET = {
    "prose": f"<p>{PARAGRAPH * 4}</p>" * 5,
    "prose in narrow lines": f'<p style="width: 7cm">{PARAGRAPH * 6}</p>',
    "two columns of prose": f'<div style="columns: 2">{f"<p>{PARAGRAPH * 3}</p>" * 5}</div>',
    "a numbered list": f"<ol>{f'<li>{PARAGRAPH}</li>' * 6}</ol>",
    "contents in columns": columns([("TT", "Nội dung", "Trang"), *CONTENTS], "padding: 3px 20px"),
    "contents with leaders": "".join(f"<p>{title} {'.' * 50} {page}</p>" for _, title, page in CONTENTS),
    "telephone numbers": columns(STAFF, "padding: 3px 30px"),
    "labels broken without space between rows": columns(LABELS, "padding: 0 20px; width: 3cm; line-height: 1.2"),
}


@pytest.mark.parametrize("name", QUIET)
@pytest.mark.parametrize("align", ["left", "justify"])
def test_what_only_looks_like_a_table_stays_text(name: str, align: str) -> None:
    css = f"@page {{ size: A4 }} body {{ font: 12pt serif; text-align: {align} }} table {{ border-spacing: 0 }}"
    data = writers.weasyprint_pdf(f'<html lang="vi"><style>{css}</style><body>{QUIET[name]}</body></html>'.encode())
    document = ingest.from_bytes(data, "a.pdf")
    assert document.error is None
    assert document.tables == ()


def test_numbers_of_a_table_that_is_text_stay_apart(tmp_path: Path) -> None:
    rows = [("", "300", "330", "363"), ("", "250", "275", "302")]
    body = f'<html lang="vi"><body>{columns(rows, "padding: 3px 12px")}</body></html>'
    result = read(writers.weasyprint_pdf(body.encode()), "a.pdf", tmp_path)
    assert result.readings[0].document.tables == ()
    assert [figure.raw for figure in result.readings[0].figures] == ["300", "330", "363", "250", "275", "302"]


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_labels_of_several_lines_stay_whole(align: str) -> None:
    css = f"padding: 4px 20px; width: 3cm; vertical-align: {align}"
    data = writers.weasyprint_pdf(f'<html lang="vi"><body>{columns(LABELS, css)}</body></html>'.encode())
    document = ingest.from_bytes(data, "a.pdf")
    (table,) = document.tables
    shown = [document.text[cell.start : cell.end] for cell in table.cells]
    assert shown == [cell for row in LABELS for cell in row]


def split(at: int, css: str = "padding: 4px 20px") -> bytes:
    """A table whose row ``at`` begins a page."""
    rows = [("Khoản thu", "Dự toán", "Thực hiện")]
    rows += [(f"Khoản {'ABCDEFGH'[number]}", str(100 + 7 * number), str(160 - 9 * number)) for number in range(8)]
    rows.append(("Tổng cộng", "996", "1.028"))
    lines = ["".join(f'<td style="{css}">{cell}</td>' for cell in row) for row in rows]
    lines[at] = f'<tr style="break-before: page">{lines[at]}</tr>'
    body = f"<p>Đơn vị tính: triệu đồng</p><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table><p>{LEAD}</p>"
    return writers.weasyprint_pdf(f'<html lang="vi"><body>{body}</body></html>'.encode())


@pytest.mark.parametrize("at", [3, 6, 8, 9])
def test_a_table_goes_on_over_the_end_of_a_page(at: int, tmp_path: Path) -> None:
    result = read(split(at), "a.pdf", tmp_path)
    assert [(check.rule, check.verdict) for check in result.checks] == [("total-of-parts", "consistent")] * 2


def test_a_table_whose_end_cannot_be_read_is_text(tmp_path: Path) -> None:
    first = [("Khoản thu", "Dự toán"), ("Tổng số", "400"), ("Thuế", "100"), ("Phí", "80"), ("Lệ phí", "20")]
    page = f"<p>Đơn vị tính: triệu đồng</p>{columns(first, 'padding: 4px 20px')}"
    rest = '<p style="break-before: page; padding-left: 9cm">Đất <span style="padding-left: 1cm">200</span></p>'
    data = writers.weasyprint_pdf(f'<html lang="vi"><body>{page}{rest}</body></html>'.encode())
    result = read(data, "a.pdf", tmp_path)
    assert result.readings[0].document.tables == ()
    assert result.findings == ()
