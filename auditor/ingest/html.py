"""Web pages: text in blocks, tables with their spans, and the page's own furniture set aside. Nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.ingest.builder import Builder, CellDraft, Piece
from auditor.ingest.limits import most_cells, most_characters
from auditor.ingest.text import BOMS, decode
from auditor.model.layout import BlockKind

SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select", "textarea"]
)
FURNITURE = frozenset(["nav", "footer", "aside", "button", "form", "dialog"])
ROLES = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "menu"])
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
SPACE = re.compile(r"[ \t\r\n\f]+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def read(data: bytes, builder: Builder) -> None:
    text = _decode(data)
    most_characters(len(text))
    root = LexborHTMLParser(text).root
    if root is not None:
        _Reader(builder).walk(root)


def _decode(data: bytes) -> str:
    """By its byte order mark, else by what the page says of itself, else UTF-8."""
    declared = CHARSET.search(data[:4000])
    if declared and not any(data.startswith(mark) for mark, _ in BOMS):
        name = declared[1].decode("ascii").lower()
        if name not in ("utf-8", "utf8", "unicode"):
            try:
                return data.decode(name)
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(data)


@dataclass
class _Reader:
    """Walks the tree without recursion, as pages may be nested as deeply as they like."""

    builder: Builder
    pieces: list[Piece] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    kind: BlockKind = "paragraph"
    level: int = 0
    furniture: int = 0

    def walk(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        owners: list[tuple[str, int]] = [("html", 1)]
        while stack:
            node, left = stack.pop()
            tag = node.tag or ""
            if left:
                self._leave(tag, node)
                owners.pop()
            elif tag == "-text":
                self._text(node, *owners[-1])
            elif tag == "br":
                self.pieces.append(Piece("\n", f"{owners[-1][0]} {owners[-1][1]}"))
            elif tag not in SKIPPED and not tag.startswith(("-", "!", "#", "_")):
                self.counts[tag] = self.counts.get(tag, 0) + 1
                owners.append((tag, self.counts[tag]) if tag not in INLINE else owners[-1])
                stack.append((node, True))
                if not self._enter(tag, node):
                    stack.extend((child, False) for child in reversed(_children(node)))

    def _text(self, node: LexborNode, tag: str, number: int) -> None:
        text = SPACE.sub(" ", node.text_content or "")
        if text and (self.pieces or text.strip()):
            if text[0] == " " and self.pieces and self.pieces[-1].text[-1:] in " \n":
                text = text[1:]
            self.pieces.append(Piece(text, f"{tag} {number}", (number - 1,)))

    def _enter(self, tag: str, node: LexborNode) -> bool:
        """Begins an element; true when it has been read whole."""
        if tag in INLINE:
            return False
        self._flush()
        self.furniture += _is_furniture(tag, node)
        self.kind, self.level = (
            ("heading", HEADINGS[tag]) if tag in HEADINGS else ("item" if tag == "li" else "paragraph", 0)
        )
        if tag == "table" and not self.furniture and node.css_first("table table") is None:
            cells = self._cells(node)
            if cells:
                self.builder.table(cells)
            return bool(cells)
        return False

    def _leave(self, tag: str, node: LexborNode) -> None:
        if tag not in INLINE:
            self._flush()
            self.furniture -= _is_furniture(tag, node)
            self.kind, self.level = "paragraph", 0

    def _flush(self) -> None:
        if self.pieces:
            self.builder.block(self.pieces, "furniture" if self.furniture else self.kind, self.level)
            self.pieces = []

    def _cells(self, table: LexborNode) -> list[CellDraft]:
        """The cells of a table without tables inside, placed on its grid; a caption becomes a block before it."""
        caption = table.css_first("caption")
        if caption is not None:
            self.builder.block([Piece(_inner(caption), "caption", ())])
        taken: set[tuple[int, int]] = set()
        cells: list[CellDraft] = []
        for row, line in enumerate(table.css("tr")):
            column = 0
            for cell in (child for child in _children(line) if child.tag in ("td", "th")):
                self.counts[cell.tag or ""] = number = self.counts.get(cell.tag or "", 0) + 1
                while (row, column) in taken:
                    column += 1
                rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
                most_cells(len(taken) + rows * columns)
                taken.update((row + down, column + right) for down in range(rows) for right in range(columns))
                piece = Piece(_inner(cell), f"{cell.tag} {number}", (number - 1,))
                bold = cell.tag == "th" or cell.css_first("b, strong") is not None
                cells.append(CellDraft([piece], row, column, rows, columns, bold))
                column += columns
        return cells


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _inner(node: LexborNode) -> str:
    """The text of a cell, with a line break where an element breaks the line."""
    for broken in node.css("br, p, div, li"):
        broken.insert_before("\v")
    text = SPACE.sub(" ", node.text(deep=True, separator=""))
    return "\n".join(line for line in map(str.strip, text.split("\v")) if line)


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdigit() and len(value) < 5 else 1


def _is_furniture(tag: str, node: LexborNode) -> bool:
    if tag in FURNITURE or (tag == "header" and node.css_first("h1") is None):
        return True
    attributes = node.attributes
    return bool(
        attributes.get("role") in ROLES or "hidden" in attributes or HIDDEN.search(attributes.get("style") or "")
    )
