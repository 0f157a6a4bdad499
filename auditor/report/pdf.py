"""``marked/NAME.pdf``: copies of PDF documents with a highlight and a note at every figure that a finding points at."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from auditor.model.check import Audit
from auditor.model.document import Document
from auditor.model.layout import Anchor, Box
from auditor.report.marked import AUTHOR, Note, notes, sources

MEDIA_TYPE = "application/pdf"
COLOURS = {"error": (255, 170, 150), "warning": (255, 225, 120), "note": (190, 220, 255)}


def files(audit: Audit, ui: str) -> dict[str, bytes]:
    """The marked copies by file name. The files themselves are only read."""
    return {name: marked(data, document, found) for document, name, data in sources(audit, MEDIA_TYPE)
            if (found := notes(audit, document, ui))}  # fmt: skip


def marked(data: bytes, document: Document, found: list[Note]) -> bytes:
    """A copy with highlights; a figure that runs over the end of a line has one on each."""
    copy = pdfium.PdfDocument(data)
    for note in found:
        for page, box in _lines(_boxes(copy, document, note)):
            _highlight(copy[page], box, note)
    out = io.BytesIO()
    copy.save(out)
    copy.close()
    return out.getvalue()


def _boxes(copy: pdfium.PdfDocument, document: Document, note: Note) -> Iterator[tuple[int, Box]]:
    """The rectangles of a note: one for each word or part of a word that it covers."""
    at = note.start
    while at < note.end:
        anchor = document.anchor(at)
        if anchor is None:
            at += 1
            continue
        stop = min(note.end, anchor.end)
        yield anchor.path[0], _narrow(copy, anchor, at - anchor.start, stop - anchor.start)
        at = stop


def _lines(boxes: Iterator[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Rectangles that stand side by side as one."""
    out: list[tuple[int, Box]] = []
    for page, box in boxes:
        if out and out[-1][0] == page and out[-1][1][1] < box[3] and box[1] < out[-1][1][3] and box[0] >= out[-1][1][0]:
            left, bottom, right, top = out[-1][1]
            out[-1] = page, (left, min(bottom, box[1]), max(right, box[2]), max(top, box[3]))
        else:
            out.append((page, box))
    return out


def _narrow(copy: pdfium.PdfDocument, anchor: Anchor, begin: int, end: int) -> Box:
    """The part of a word's rectangle that some of its characters take."""
    page, first = anchor.path
    assert anchor.box is not None
    if (begin, end) == (0, anchor.end - anchor.start):
        return anchor.box
    layer = copy[page].get_textpage()
    left = layer.get_charbox(first + begin, loose=True)[0]
    right = layer.get_charbox(first + end - 1, loose=True)[2]
    return (left, anchor.box[1], right, anchor.box[3]) if left < right else anchor.box


def _highlight(page: pdfium.PdfPage, box: Box, note: Note) -> None:
    left, bottom, right, top = box
    made = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    raw.FPDFAnnot_SetRect(made, ctypes.byref(raw.FS_RECTF(left, top, right, bottom)))
    corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
    raw.FPDFAnnot_AppendAttachmentPoints(made, ctypes.byref(corners))
    raw.FPDFAnnot_SetColor(made, raw.FPDFANNOT_COLORTYPE_Color, *COLOURS.get(note.severity, COLOURS["note"]), 255)
    raw.FPDFAnnot_SetFlags(made, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, text in ((b"T", AUTHOR), (b"Contents", note.text)):
        wide = (text + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(made, key, ctypes.cast(ctypes.create_string_buffer(wide), raw.FPDF_WIDESTRING))
    raw.FPDFPage_CloseAnnot(made)
