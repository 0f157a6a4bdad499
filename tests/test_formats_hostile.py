"""Hostile, broken and oversized files: a clear error for that file, the others go on, nothing is fetched or run."""

from __future__ import annotations

import io
import socket
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner

from auditor import audit, ingest
from auditor.cli import app
from auditor.ingest.limits import MOST_PAGES
from tests import writers

WORD = writers.as_docx(writers.manuscript())
BOOK = writers.as_xlsx({"S": [["Xã", "Số hộ"], ["A", 5], ["B", 7]]})
PAGE = writers.as_html(writers.manuscript())


def error(data: bytes, name: str) -> str:
    document = ingest.from_bytes(data, name)
    assert document.text == ""
    return str(document.error)


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """An office file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != part:
                new.writestr(entry, old.read(entry))
        new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(("data", "name"), [(WORD, "a.docx"), (BOOK, "a.xlsx")])
def test_zip_bombs_are_refused_unopened(data: bytes, name: str) -> None:
    assert "unpacks to" in error(repacked(data, "word/media/a.bin", b"0" * 60_000_000), name)


@pytest.mark.parametrize(
    ("data", "name", "part"), [(WORD, "a.docx", "word/document.xml"), (BOOK, "a.xlsx", "xl/workbook.xml")]
)
def test_entities_are_never_expanded(data: bytes, name: str, part: str) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "declares entities" in error(repacked(data, part, laughs), name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.ods", "a.pdf", "a.xls"])
@pytest.mark.parametrize("cut", [0, 40, 3000])
def test_files_that_were_cut_off_say_so(name: str, cut: int) -> None:
    data = {"docx": WORD, "xlsx": BOOK, "ods": BOOK, "xls": BOOK, "pdf": b"%PDF-1.7\n" + WORD}[name[2:]][:cut]
    assert error(data, name).startswith(f"{name}: ")


def test_parts_that_are_damaged_or_missing() -> None:
    assert "not a readable Word document" in error(repacked(WORD, "word/document.xml", b"<w:document"), "a.docx")
    assert "not a readable" in error(repacked(BOOK, "xl/styles.xml", b"<x"), "a.xlsx")
    assert "a.docx: " in error(BOOK, "a.docx")


def test_passwords_are_named() -> None:
    assert "password" in error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx")
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]/Size 4>>\n%%EOF"
    )
    assert "password" in error(locked, "a.pdf")


def blank_pdf(pages: int) -> bytes:
    made, out = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        made.new_page(595, 842)
    made.save(out)
    return out.getvalue()


def test_a_scanned_pdf_and_a_very_long_one() -> None:
    assert "no text layer" in error(blank_pdf(2), "a.pdf")
    assert error(blank_pdf(2000), "a.pdf") == f"a.pdf: too many pages: 2,000 (limit {MOST_PAGES:,})"


def test_a_very_large_table() -> None:
    row = ";".join("1" for _ in range(200)) + "\n"
    assert error((row * 10_000).encode(), "a.csv") == "a.csv: too many cells: 2,000,000 (limit 1,000,000)"
    page = b"<table><tr><td colspan=1000 rowspan=1000>5<td colspan=1000 rowspan=1000>7</table>"
    assert "too many cells" in error(page, "a.html")


def test_deep_nesting_ends_well() -> None:
    deep = ingest.from_bytes(b"<div>" * 50_000 + "Có 5 xã".encode() + b"</div>" * 50_000, "a.html")
    assert deep.text == "Có 5 xã\n"
    assert ingest.from_bytes(b"<table><tr><td>" * 2_000 + b"5", "a.html").error is None
    document = docx.Document()
    table = document.add_table(1, 1)
    for _ in range(120):
        table = table.cell(0, 0).add_table(1, 1)
    out = io.BytesIO()
    document.save(out)
    assert error(out.getvalue(), "a.docx").startswith("a.docx: ")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    far = "http://127.0.0.1:9/a"
    link = f'<img src="{far}.png"><script src="{far}.js"></script><link rel=stylesheet href="{far}.css">'
    assert "127" not in ingest.from_bytes(PAGE + link.encode(), "a.html").text
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r9" Type="{kinds}/attachedTemplate" Target="{far}.dotm" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    assert ingest.from_bytes(repacked(WORD, "_rels/.rels", rels), "a.docx").error is None


def test_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(WORD[:900])
    Path("b.docx").write_bytes(WORD)
    Path("~$b.docx").write_bytes(b"lock")
    result = audit(["."])
    assert [bool(reading.document.error) for reading in result.readings] == [True, False]
    done = CliRunner().invoke(app, ["run", "."])
    assert done.exit_code == 2


def test_standard_input_and_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x" / "y").mkdir(parents=True)
    Path("x/y/a.docx").write_bytes(WORD)
    Path("x/b.html").write_bytes(PAGE)
    assert [reading.document.path for reading in audit(["x/**/*.docx", "x/*.html"]).readings] == [
        "x/b.html",
        "x/y/a.docx",
    ]
    for data, media in ((WORD, "word"), (PAGE, "html"), ("Có 5 xã".encode(), "plain"), (BOOK, "spreadsheet")):
        stream = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr("sys.stdin", stream)
        (reading,) = audit(["-"]).readings
        assert reading.document.path == "-"
        assert media in reading.document.media_type
        assert reading.figures
