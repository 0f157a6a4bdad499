"""The way back from a stretch of text to the file it was read from, in the file's own terms, counted from 1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.model.document import Document
from auditor.model.layout import Anchor, Box
from auditor.report.messages import Messages

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
CELL = re.compile("[A-Z]{1,3}[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Where:
    """``place`` in words; then what the format knows: page and rectangle in points from the lower left corner (``left,
    bottom, right, top``), sheet and cell, paragraph and run, or the element and its number among those of its name."""

    place: str
    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cell: str | None = None
    paragraph: int | None = None
    run: int | None = None
    element: str | None = None
    number: int | None = None

    def record(self) -> dict[str, object]:
        return {key: value for key in self.__slots__ if (value := getattr(self, key)) is not None}

    def said(self, words: Messages) -> str:
        """For people who read ``words``."""
        if self.page:
            return words("where.page", page=self.page)
        if self.paragraph:
            return words("where.paragraph", paragraph=self.paragraph)
        if self.element:
            return words("where.element", element=self.element, number=self.number or 0)
        return self.place


def where(document: Document, start: int, end: int) -> Where | None:
    """Where ``start`` to ``end`` of a document's text stands in its file; nothing for a file that is text itself."""
    found = document.cell(start)
    if found and found[0].name:
        return _in_sheet(found[0].name, found[0].reference(found[1]))
    anchor = document.anchor(start)
    return _at(document, anchor, end) if anchor else None


def _in_sheet(sheet: str, cell: str) -> Where:
    return Where(f"{sheet}!{cell}", sheet=sheet, cell=cell)


def _at(document: Document, anchor: Anchor, end: int) -> Where:
    if anchor.box:
        return Where(anchor.place, page=anchor.path[0] + 1, box=_box(document, anchor, end))
    if document.media_type == WORD and anchor.path and anchor.path[0] >= 0:
        return Where(anchor.place, paragraph=anchor.path[0] + 1, run=anchor.path[1] + 1)
    if document.media_type == HTML and anchor.path:
        return Where(anchor.place, element=anchor.place.split()[0], number=anchor.path[0] + 1)
    sheet, _, cell = anchor.place.rpartition("!")
    return _in_sheet(sheet, cell) if CELL.fullmatch(cell) and sheet else Where(anchor.place)


def _box(document: Document, first: Anchor, end: int) -> Box | None:
    """The rectangle of all words from the first to ``end`` that stand on its page."""
    box, at = first.box, first.end
    while box and at < end:
        anchor = document.anchor(at)
        if anchor and anchor.box and anchor.path[0] == first.path[0]:
            pairs = list(zip(box, anchor.box, strict=True))
            box = min(pairs[0]), min(pairs[1]), max(pairs[2]), max(pairs[3])
        at = anchor.end if anchor else at + 1
    return box and (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
