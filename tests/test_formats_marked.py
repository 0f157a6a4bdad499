"""Marked copies: Word comments and PDF highlights at the figures of findings; the input stays as it was."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from pypdfium2 import raw
from typer.testing import CliRunner

from auditor import audit
from auditor.cli import app
from auditor.report import files
from tests import writers

TEXT = "Tổng giá trị sản xuất đạt 120,0 tỷ đồng, trong đó nông nghiệp 48,0 tỷ đồng, chiếm 42,0%. Thôn có 5 hộ."


def commented(data: bytes) -> dict[str, str]:
    """The text under each comment, by the comment's own text."""
    document = docx.Document(io.BytesIO(data))
    out: dict[str, str] = {}
    for comment in document.comments:
        inside, text = False, ""
        for element in document.element.body.iter():
            if element.get(qn("w:id")) == str(comment.comment_id) and element.tag.endswith(("RangeStart", "RangeEnd")):
                inside = element.tag.endswith("RangeStart")
            elif inside and element.tag == qn("w:t"):
                text += element.text or ""
        out[text] = f"{comment.author}: {comment.text}"
    return out


def test_word_comments_stand_at_the_figures(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    source = writers.as_docx([("paragraph", TEXT), *writers.manuscript()])
    Path("a.docx").write_bytes(source)
    result = audit(["a.docx"])
    made = files.render(result, "vi", "", ("docx", "pdf"))["marked/a.docx"]
    assert Path("a.docx").read_bytes() == source
    comments = commented(made)
    assert {"42,0%", "28,0%", "99,5"} <= set(comments)
    assert all(text.startswith("auditor: ") for text in comments.values())
    assert "42,0%" in comments["42,0%"]
    plain = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    assert plain == "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(source)).paragraphs)


def highlights(data: bytes) -> list[tuple[str, str, str]]:
    """Text under each highlight, its author and its note."""
    document = pdfium.PdfDocument(data)
    out = []
    for page in document:
        layer = page.get_textpage()
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            one = raw.FPDFPage_GetAnnot(page, number)
            if raw.FPDFAnnot_GetSubtype(one) != raw.FPDF_ANNOT_HIGHLIGHT:
                continue
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(one, rect)
            under = layer.get_text_bounded(rect.left - 0.5, rect.bottom, rect.right + 0.5, rect.top)
            out.append((under.strip(), _string(one, b"T"), _string(one, b"Contents")))
    return out


def _string(one: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(one, key, None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(one, key, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def test_pdf_highlights_stand_at_the_figures(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    source = writers.weasyprint_pdf(writers.as_html([("paragraph", TEXT), *writers.manuscript()]))
    Path("a.pdf").write_bytes(source)
    made = files.render(audit(["a.pdf"]), "vi", "", ("pdf",))["marked/a.pdf"]
    assert Path("a.pdf").read_bytes() == source
    found = highlights(made)
    assert {author for _, author, _ in found} == {"auditor"}
    assert {"28,0%", "99,5"} <= {under for under, *_ in found}
    assert any(under.startswith("42,0%") and "42,0%" in note for under, _, note in found)


def test_marked_copies_land_in_a_folder_of_the_reports(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.docx").write_bytes(writers.as_docx([("paragraph", TEXT)]))
    done = CliRunner().invoke(app, ["run", "in", "--format", "docx"])
    assert done.exit_code == 1
    assert Path("reports/marked/in/a.docx").is_file()
