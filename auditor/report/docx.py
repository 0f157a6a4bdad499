"""``marked/NAME.docx``: copies of Word documents with a comment at every figure that a finding points at."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections import defaultdict
from copy import deepcopy
from typing import Any

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.run import Run

from auditor.model.check import Audit
from auditor.model.document import Document
from auditor.model.layout import Anchor
from auditor.report.marked import AUTHOR, Note, notes, sources

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = qn("w:t")
Piece = tuple[Any, tuple[int, int] | None]
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"


def files(audit: Audit, ui: str) -> dict[str, bytes]:
    """The marked copies by file name. The files themselves are only read."""
    return {name: marked(data, document, found) for document, name, data in sources(audit, MEDIA_TYPE)
            if (found := notes(audit, document, ui))}  # fmt: skip


def marked(data: bytes, document: Document, found: list[Note]) -> bytes:
    """A copy with comments. Runs are cut so that a comment covers its figure and nothing else."""
    copy = open_docx(io.BytesIO(data))
    runs = _runs(copy)
    pieces = {
        note: [one for anchor in _anchors(document, note) if (one := _piece(runs, document, note, anchor))]
        for note in found
    }
    ends: defaultdict[Any, set[int]] = defaultdict(set)
    for run, span in (piece for covered in pieces.values() for piece in covered):
        ends[run] |= set(span or ())
    cut = {run: _cut(run, sorted(places)) for run, places in ends.items()}
    for note, covered in pieces.items():
        marks = [
            Run(part, copy) for run, span in covered for at, part in cut[run] if span is None or span[0] <= at < span[1]
        ]
        if marks:
            copy.add_comment(marks, note.text, AUTHOR, AUTHOR[:2])
    out = io.BytesIO()
    copy.save(out)
    return out.getvalue()


def _runs(copy: Any) -> dict[tuple[int, ...], Any]:
    """Every run by its paragraph and its place in it, as the reader counts them."""
    paragraphs = copy.element.body.iter(qn("w:p"))
    return {
        (number, index): run for number, one in enumerate(paragraphs) for index, run in enumerate(one.iter(qn("w:r")))
    }


def _anchors(document: Document, note: Note) -> list[Anchor]:
    first = bisect_left(document.anchors, note.start + 1, key=lambda anchor: anchor.end)
    last = bisect_left(document.anchors, note.end, key=lambda anchor: anchor.start)
    return list(document.anchors[first:last])


def _piece(runs: dict[tuple[int, ...], Any], document: Document, note: Note, anchor: Anchor) -> Piece | None:
    """The run at an anchor with the stretch of its text that a note covers; all of a run that is more than one text."""
    run = runs.get(anchor.path)
    if run is None:
        return None
    texts = run.findall(TEXT)
    if len(texts) != 1 or any(child.tag not in (TEXT, qn("w:rPr")) for child in run):
        return run, None
    begin, end = max(note.start, anchor.start), min(note.end, anchor.end)
    at = (texts[0].text or "").find(document.text[begin:end], begin - anchor.start)
    return run, (at, at + end - begin) if at >= 0 else None


def _cut(run: Any, ends: list[int]) -> list[tuple[int, Any]]:
    """A run cut at some places, as pieces with the place where each begins."""
    text = run.find(TEXT)
    if text is None or not ends:
        return [(0, run)]
    whole = text.text or ""
    bounds = sorted({0, *ends, len(whole)})
    pieces: list[tuple[int, Any]] = []
    last = run
    for begin in bounds[:-1]:
        piece = run if begin == 0 else deepcopy(run)
        pieces.append((begin, piece))
        if begin:
            last.addnext(piece)
            last = piece
    for (begin, piece), end in zip(pieces, bounds[1:], strict=True):
        piece.find(TEXT).text = whole[begin:end]
        piece.find(TEXT).set(KEEP_SPACES, "preserve")
    return pieces
