"""Number formats of workbooks: a number as its cell shows it, with a decimal comma and without group marks."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree

from auditor.ingest.builder import Unreadable

# The formats every workbook has without naming them: decimals, and whether in per cent.
BUILT_IN = {1: (0, False), 2: (2, False), 3: (0, False), 4: (2, False), 9: (0, True), 10: (2, True),
            37: (0, False), 38: (0, False), 39: (2, False), 40: (2, False), 41: (0, False), 43: (2, False)}  # fmt: skip
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?')
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
GENERAL_DIGITS = 11  # what a cell without a format shows at most


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows what it holds."""

    decimals: int | None = None
    percent: bool = False
    bold: bool = False
    indent: int = 0


@dataclass(slots=True)
class Styles:
    """The looks of a sheet's cells; ``by_cell`` names those that are not plain."""

    looks: list[Look] = field(default_factory=lambda: [Look()])
    by_cell: dict[tuple[int, int], int] = field(default_factory=dict)

    def look(self, row: int, column: int) -> Look:
        index = self.by_cell.get((row, column), 0)
        return self.looks[index] if index < len(self.looks) else Look()

    def bold(self, row: int, column: int) -> bool:
        return self.look(row, column).bold

    def indent(self, row: int, column: int) -> int:
        return self.look(row, column).indent

    def shown(self, value: Any, row: int, column: int) -> str:
        """A value as text: numbers as shown, dates as reports write them."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value).upper()
        if isinstance(value, int | float):
            return number(value, self.look(row, column))
        if isinstance(value, datetime.datetime | datetime.date):
            return value.strftime("%d/%m/%Y")
        return str(value)


class General(Styles):
    """A sheet whose formats are not known: every number in full."""


def number(value: float, look: Look) -> str:
    exact = Decimal(repr(value)) * (100 if look.percent else 1)
    if look.decimals is None:
        text = f"{exact:.{GENERAL_DIGITS}g}" if exact != exact.to_integral_value() else str(int(exact))
        text = format(Decimal(text), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = format(exact.quantize(Decimal(1).scaleb(-look.decimals), ROUND_HALF_UP), "f")
    return text.replace(".", ",") + ("%" if look.percent else "")


def styles(packed: zipfile.ZipFile) -> dict[str, Styles]:
    """The looks of each sheet of an .xlsx, by its name."""
    try:
        looks = _looks(packed)
        return {name: Styles(looks, _by_cell(packed.read(part), looks)) for name, part in _parts(packed).items()}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, ValueError, EOFError, zlib.error) as problem:
        raise Unreadable(f"not a readable workbook: {problem}") from None


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    related = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = {one.get("Id"): one.get("Target", "") for one in related}
    names = {sheet.get("name", ""): target.get(sheet.get(RELATION), "") for sheet in book.iter(f"{SPACE}sheet")}
    paths = {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in names.items()}
    return {name: part for name, part in paths.items() if part in packed.namelist()}


def _looks(packed: zipfile.ZipFile) -> list[Look]:
    if "xl/styles.xml" not in packed.namelist():
        return [Look()]
    root = ElementTree.fromstring(packed.read("xl/styles.xml"))
    codes = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in root.iter(f"{SPACE}numFmt")}
    fonts = [font.find(f"{SPACE}b") is not None for font in root.findall(f"{SPACE}fonts/{SPACE}font")]
    return [_look(one, codes, fonts) for one in root.findall(f"{SPACE}cellXfs/{SPACE}xf")] or [Look()]


def _look(style: ElementTree.Element, codes: dict[int, str], fonts: list[bool]) -> Look:
    kind, font = int(style.get("numFmtId", 0)), int(style.get("fontId", 0))
    decimals, percent = _format(codes[kind]) if kind in codes else BUILT_IN.get(kind, (None, False))
    place = style.find(f"{SPACE}alignment")
    indent = int(place.get("indent", 0)) if place is not None else 0
    return Look(decimals, percent, font < len(fonts) and fonts[font], indent)


def _format(code: str) -> tuple[int | None, bool]:
    """Decimals and per cent of a number format; formats that scale or show text are left alone."""
    first = QUOTED.sub("", code.split(";", maxsplit=1)[0])
    if (
        ("0" not in first and "#" not in first)
        or first.lower() == "general"
        or re.search(r"[0#],+(?:[^0#,.]|$)|[Ee?/@dmyhs]", first)
    ):
        return None, "%" in first
    decimals = re.search(r"\.([0#]+)", first)
    return (len(decimals[1]) if decimals and "#" not in decimals[1] else None if decimals else 0), "%" in first


def _by_cell(sheet: bytes, looks: list[Look]) -> dict[tuple[int, int], int]:
    plain = {index for index, look in enumerate(looks) if look == Look()}
    found = ((letters, row, int(style)) for letters, row, style in CELL.findall(sheet) if style)
    return {(int(row) - 1, _column(letters)): style for letters, row, style in found if style not in plain}


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
