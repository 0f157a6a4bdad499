"""Manuscripts saved by the formats' own writers. A manuscript is a list of (kind, content) with kinds heading,
paragraph and table; a table is rows of cells where `<` goes on from the left and `^` from above."""

from __future__ import annotations

import html
import io
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import docx
import pytest
import xlsxwriter
import yaml

Manuscript = list[tuple[str, str]]
Cells = list[tuple[int, int, int, int, str]]  # row, column, rows, columns, text
STYLE = (
    "@page {{ size: A4; margin: 2cm; {furniture} }} body {{ font: 12pt serif }}"
    " table {{ border-collapse: collapse }} td, th {{ border: 1px solid black; padding: 3px; font-weight: normal }}"
)


def manuscript() -> Manuscript:
    source = Path(__file__).parent / "format_samples" / "manuscript.yaml"
    return [next(iter(entry.items())) for entry in yaml.safe_load(source.read_text("utf-8"))]


def of_lines(text: str) -> Manuscript:
    return [("paragraph", line) for line in text.splitlines() if line.strip()]


def cells(table: str) -> Cells:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    owners: dict[tuple[int, int], list[Any]] = {}
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if text == "<":
                owner = owners[row, column] = owners[row, column - 1]
                owner[3] = max(owner[3], column - owner[1] + 1)
            elif text == "^":
                owner = owners[row, column] = owners[row - 1, column]
                owner[2] = row - owner[0] + 1
            else:
                owners[row, column] = [row, column, 1, 1, text]
    return [tuple(owner) for owner in {id(one): one for one in owners.values()}.values()]


def as_html(parts: Manuscript, furniture: str = "", extra: str = "") -> bytes:
    body = "".join(_html(kind, content) for kind, content in parts)
    style = STYLE.format(furniture=furniture)
    page = f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>x 7</title><style>{style}</style></head>'
    return f"{page}<body>{extra}{body}</body></html>".encode()


def _html(kind: str, content: str) -> str:
    if kind != "table":
        tag = "h2" if kind == "heading" else "p"
        return f"<{tag}>{html.escape(content)}</{tag}>"
    rows: dict[int, str] = {}
    for row, _, down, right, text in cells(content):
        rows[row] = rows.get(row, "") + f'<td rowspan="{down}" colspan="{right}">{html.escape(text)}</td>'
    return "<table>" + "".join(f"<tr>{rows[row]}</tr>" for row in sorted(rows)) + "</table>"


def as_docx(parts: Manuscript, head: str = "", foot: str = "", split: bool = True) -> bytes:
    document = docx.Document()
    for kind, content in parts:
        if kind == "table":
            _docx_table(document, content)
        elif kind == "heading":
            document.add_heading(content, 2)
        else:
            half = len(content) // 2 if split else len(content)  # two runs, as edited documents have
            paragraph = document.add_paragraph(content[:half])
            paragraph.add_run(content[half:]).bold = True
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = head, foot
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: Any, content: str) -> None:
    placed = cells(content)
    height, width = max(c[0] + c[2] for c in placed), max(c[1] + c[3] for c in placed)
    table = document.add_table(height, width, "Table Grid")
    for row, column, down, right, text in placed:
        table.cell(row, column).merge(table.cell(row + down - 1, column + right - 1)).text = text


def as_markdown(parts: Manuscript) -> bytes:
    """Only for tables without merged cells."""
    out = []
    for kind, content in parts:
        lines = content.strip().splitlines()
        if kind == "table":
            rule = "|".join("---" for _ in lines[0].split("|"))
            out.append("\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:])))
        else:
            out.append(f"## {content}" if kind == "heading" else content)
    return "\n\n".join(out).encode()


def weasyprint_pdf(source: bytes) -> bytes:
    try:
        import weasyprint
    except OSError:  # its native libraries
        pytest.skip("no Pango here")
    made: bytes = weasyprint.HTML(string=source.decode()).write_pdf()
    return made


def chromium_pdf(source: bytes, folder: Path) -> bytes:
    browser = which("chromium") or which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here")
    page, out = folder / "page.html", folder / "page.pdf"
    page.write_bytes(source)
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={out}",
    ]
    subprocess.run([*command, page.as_uri()], capture_output=True, check=True, timeout=120)
    return out.read_bytes()


def as_xlsx(tables: dict[str, list[list[Any]]], formats: dict[str, str] | None = None) -> bytes:
    """Sheets of values; ``formats`` gives number formats by column letter."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = {letter: book.add_format({"num_format": code}) for letter, code in (formats or {}).items()}
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write(row, column, value, looks.get(chr(65 + column)))
    book.close()
    return out.getvalue()
