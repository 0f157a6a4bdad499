"""The words of a PDF page with their rectangles, in the order of the text layer."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from auditor.ingest.builder import Piece, clean
from auditor.model.layout import Box

WORD = re.compile(r"[^\s\0\ufffe\uffff]+")


@dataclass(slots=True, eq=False)
class Word:
    """A word on a page; ``first`` is the index of its first character in the page's text layer."""

    text: str
    page: int
    first: int
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (left + right) / 2, (bottom + top) / 2

    def piece(self) -> Piece:
        return Piece(self.text, f"page {self.page + 1}", (self.page, self.first), self.box)


def words(page: pdfium.PdfPage, number: int) -> list[Word]:
    layer = page.get_textpage()
    try:
        text = _text(layer)
        boxes = _Boxes(layer)
        return [
            word
            for found in WORD.finditer(text)
            for word in _word(clean(found[0]), number, found.start(), found.end(), boxes)
        ]
    finally:
        layer.close()


def _text(layer: pdfium.PdfTextPage) -> str:
    """The page's text with one character for each of the layer's own."""
    count: int = layer.count_chars()
    text: str = layer.get_text_range() if count else ""
    if len(text) != count:
        codes = (raw.FPDFText_GetUnicode(layer, index) for index in range(count))
        text = "".join(chr(code) if 31 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes)
    return text


def _word(text: str, page: int, first: int, end: int, boxes: _Boxes) -> list[Word]:
    head, tail = boxes.at(first), boxes.at(end - 1)
    if text == "" or head is None or tail is None:
        return []
    box = min(head[0], tail[0]), min(head[1], tail[1]), max(head[2], tail[2]), max(head[3], tail[3])
    return [Word(text, page, first, box)]


class _Boxes:
    """Rectangles of characters, as high as their font, so that words of one line have one height."""

    def __init__(self, layer: pdfium.PdfTextPage) -> None:
        self.layer, self.rect = layer.raw, raw.FS_RECTF()
        self.pointer = ctypes.byref(self.rect)

    def at(self, index: int) -> Box | None:
        if not raw.FPDFText_GetLooseCharBox(self.layer, index, self.pointer):
            return None
        return self.rect.left, self.rect.bottom, self.rect.right, self.rect.top
