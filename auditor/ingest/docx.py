"""Word documents: paragraphs, lists and tables in order, each with its paragraph and run; running heads set aside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from auditor.ingest.builder import Builder, CellDraft, Piece, Unreadable
from auditor.ingest.limits import DEEPEST, archive, most_cells, most_characters
from auditor.model.layout import BlockKind

P, R, TBL, TR, TC = (qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc"))
CONTAINERS = frozenset(
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body")
)
VAL = qn("w:val")
# Text that a reader does not see: deleted, instructions of fields, the second form of a drawing.
UNSEEN = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), "Fallback"))
HEADS = ("header", "footer")
NOTES = ("footnotes", "endnotes")


def read(data: bytes, builder: Builder) -> None:
    archive(data)
    try:
        document = open_docx(io.BytesIO(data))
        _Reader(builder, document.element.body).read(document)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, LxmlError, AttributeError, EOFError) as problem:
        raise Unreadable(f"not a readable Word document: {problem}") from None


@dataclass
class _Reader:
    builder: Builder
    body: Any
    number: dict[Any, int] = field(default_factory=dict)

    def read(self, document: Any) -> None:
        self.number = {paragraph: number for number, paragraph in enumerate(self.body.iter(P))}
        self._blocks(self.body)
        seen: set[str] = set()
        for relation in document.part.rels.values():
            name = relation.reltype.rsplit("/", 1)[-1]
            if relation.is_external or name not in (*HEADS, *NOTES):
                continue
            for paragraph in _part(relation.target_part).iter(P):
                text = "".join(piece.text for piece in _pieces(paragraph, name))
                if text.strip() and text not in seen:
                    seen.add(text)
                    self.builder.block([Piece(text, name)], "furniture" if name in HEADS else "paragraph")

    def _blocks(self, parent: Any, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise Unreadable("nested too deeply")
        most_characters(self.builder.at)
        for child in parent.iterchildren():
            if child.tag == P:
                self._paragraph(child)
            elif child.tag == TBL:
                self._table(child, depth)
            elif child.tag in CONTAINERS:
                self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Any) -> None:
        kind, level = _kind(paragraph)
        for lines in _split(list(self._pieces(paragraph))):
            self.builder.block(lines, kind, level)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(_local(parent) == "Fallback" for parent in box.iterancestors()):
                self._blocks(box, 1)

    def _pieces(self, paragraph: Any) -> Iterator[Piece]:
        return _pieces(paragraph, f"paragraph {self.number.get(paragraph, -1) + 1}", self.number.get(paragraph, -1))

    def _table(self, table: Any, depth: int) -> None:
        rows = list(_rows(table))
        if any(cell.find(f".//{TBL}") is not None for row in rows for cell in _cells(row)):
            for row in rows:  # a table that holds tables is layout
                for cell in _cells(row):
                    self._blocks(cell, depth + 1)
            return
        self.builder.table(_merged([self._row(row, number) for number, row in enumerate(rows)]))

    def _row(self, row: Any, number: int) -> list[tuple[CellDraft, bool]]:
        """The cells of a row, each with whether it continues the one above."""
        out, column = [], _number(row, "trPr/w:gridBefore")
        for cell in _cells(row):
            width = max(1, _number(cell, "tcPr/w:gridSpan"))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            pieces: list[Piece] = []
            for paragraph in cell.iter(P):
                pieces += [Piece("\n")] if pieces else []
                pieces += self._pieces(paragraph)
            bold, indent = _looks(cell)
            draft = CellDraft(pieces, number, column, 1, width, bold, indent)
            out.append((draft, merge is not None and merge.get(VAL) != "restart"))
            column += width
            most_cells(column)
        return out


def _part(part: Any) -> Any:
    from docx.oxml import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _pieces(paragraph: Any, place: str, number: int = -1) -> Iterator[Piece]:
    """The text of a paragraph run by run, as a reader sees it."""
    for index, run in enumerate(paragraph.iter(R)):
        if _owner(run) is not paragraph:
            continue
        text = "".join(_text(child) for child in run.iterchildren())
        if text:
            yield Piece(text, f"{place}, run {index + 1}", (number, index))


def _owner(run: Any) -> Any:
    """The paragraph that shows a run; nothing for deleted text."""
    for parent in run.iterancestors():
        if parent.tag in UNSEEN or _local(parent) in UNSEEN:
            return None
        if parent.tag == P:
            return parent
    return None


def _text(child: Any) -> str:
    match _local(child):
        case "t":
            return child.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
    return ""


def _split(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """A manual line break ends a block, as it ends a line of text."""
    line: list[Piece] = []
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                yield line
                line = []
            line.append(Piece(part, piece.place, piece.path))
    yield line


def _kind(paragraph: Any) -> tuple[BlockKind, int]:
    style = (paragraph.style or "").lower().replace(" ", "")
    if style.startswith("heading") or style == "title":
        return "heading", int(style[7:]) if style[7:].isdigit() else 1
    numbered = paragraph.pPr is not None and paragraph.pPr.numPr is not None
    return ("item", 0) if numbered or style.startswith("list") else ("paragraph", 0)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == TR:
            yield child
        elif child.tag in CONTAINERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == TC:
            yield child
        elif child.tag in CONTAINERS:
            yield from _cells(child)


def _merged(rows: list[list[tuple[CellDraft, bool]]]) -> Iterator[CellDraft]:
    """Cells without those that continue the one above, which grows instead."""
    above: dict[int, CellDraft] = {}
    kept: list[CellDraft] = []
    for row in rows:
        for cell, continues in row:
            if continues and cell.column in above:
                above[cell.column].rows = cell.row - above[cell.column].row + 1
            else:
                above[cell.column] = cell
                kept.append(cell)
    yield from kept


def _looks(cell: Any) -> tuple[bool, int]:
    """Whether the text of a cell is bold, and how far it is indented, in twentieths of a point."""
    run, indent = next(cell.iter(R), None), cell.find(f".//{qn('w:ind')}")
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}") if run is not None else None
    left = indent.get(qn("w:left")) if indent is not None else None
    return bold is not None and bold.get(VAL) not in ("0", "false"), int(left) if left and left.isdigit() else 0


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(qn(part if ":" in part else f"w:{part}") for part in path.split("/")))
    value = found.get(VAL) if found is not None else None
    return min(int(value), 1000) if value and value.isdigit() else 0


def _local(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
