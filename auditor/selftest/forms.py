"""Other forms of a text that say the same: encodings, line ends, digit groups, units, and order where it is free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.languages.source import folder, read
from auditor.model.check import Audit
from auditor.model.figure import Figure

WIDTH = 88
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_BESIDE = re.compile(r"\d \d")  # with blanks between groups as well, nothing would tell where a number ends
_PLAIN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
MILLION, BILLION = 10**6, 10**9


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a text otherwise: from an audit of one text to the text in another form."""

    name: str
    change: Callable[[Audit], str]


def decomposed(audit: Audit) -> str:
    return unicodedata.normalize("NFD", _text(audit))


def composed(audit: Audit) -> str:
    return unicodedata.normalize("NFC", _text(audit))


def carriage_returns(audit: Audit) -> str:
    return _text(audit).replace("\r\n", "\n").replace("\n", "\r\n")


def wrapped(audit: Audit) -> str:
    """Lines of at most ``WIDTH`` characters, as an editor breaks them; paragraphs stay apart by an empty line.

    The text is composed first: what fills a line are letters, not the marks that some of them are written with.
    """
    return "\n\n".join(_wrapped(line) for line in composed(audit).splitlines() if line.strip())


def spaced_groups(audit: Audit) -> str:
    return _regrouped(audit, " ")


def no_groups(audit: Audit) -> str:
    return _regrouped(audit, "")


def billions(audit: Audit) -> str:
    """Millions of money as billions, to the same last digit: 30.170 million is 30,170 billion."""
    return _replaced(_text(audit), list(_moved_commas(audit)))


def reordered(audit: Audit) -> str:
    """Neighbouring paragraphs changed over where no check speaks of either and of another one."""
    lines = _text(audit).split("\n")
    free = _free(audit, lines)
    at = 0
    while at + 1 < len(lines):
        if at in free and at + 1 in free:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
            at += 1
        at += 1
    return "\n".join(lines)


FORMS = (
    Form("NFD", decomposed),
    Form("NFC", composed),
    Form("CRLF", carriage_returns),
    Form("wrapped", wrapped),
    Form("1 200", spaced_groups),
    Form("1200", no_groups),
    Form("units", billions),
    Form("order", reordered),
)


def _text(audit: Audit) -> str:
    return audit.readings[0].document.text


def _wrapped(line: str) -> str:
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)


def _regrouped(audit: Audit, group: str) -> str:
    edits = []
    for figure in audit.readings[0].figures:
        beside = group and _BESIDE.search(_text(audit), max(0, figure.start - 2), figure.end + 2)
        if _GROUPED.fullmatch(figure.raw.rstrip("%").strip()) and not _like_a_year(figure) and not beside:
            edits.append((figure.start, figure.end, figure.raw.replace(".", group)))
    return _replaced(_text(audit), edits)


def _like_a_year(figure: Figure) -> bool:
    return 1900 <= figure.quantity.value <= 2100


def _moved_commas(audit: Audit) -> Iterator[tuple[int, int, str]]:
    """The edits of ``billions``: numbers with a scale word for a million behind them, and that word."""
    names = _scale_words()
    figures = audit.readings[0].figures
    for before, figure in pairwise((None, *figures)):
        word = figure.unit_text.split(" ")[0] if figure else ""
        if figure is None or word not in names or not _PLAIN.fullmatch(figure.raw) or not _is_million(figure):
            continue
        if before and _is_million(before) and not before.unit_text:
            continue  # `from 21 to 28 million`: the first number takes its scale from this one
        at = _text(audit).find(word, figure.end)
        if 0 <= at <= figure.end + 1:
            yield figure.start, figure.end, _shifted(figure.raw)
            yield at, at + len(word), names[word]


def _is_million(figure: Figure) -> bool:
    return figure.quantity.dimension.startswith("money") and figure.quantity.scale == MILLION


def _scale_words() -> dict[str, str]:
    """The words for a million, each with one for a billion."""
    scales = read(folder("vi") / "numbers.yaml")["scales"]
    by_factor: dict[int, list[str]] = {}
    for entry in scales:
        by_factor.setdefault(int(entry.values["factor"]), []).extend(entry.words())
    return dict.fromkeys(by_factor[MILLION], by_factor[BILLION][0])


def _shifted(raw: str) -> str:
    whole, _, part = raw.replace(".", "").partition(",")
    whole = whole.rjust(4, "0")
    return f"{whole[:-3]},{whole[-3:]}{part}"


def _replaced(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _free(audit: Audit, lines: Sequence[str]) -> set[int]:
    """Lines that are paragraphs of their own, and of which no check speaks together with another line."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    bound: set[int] = set()
    for check in audit.checks:
        spots = [member.filler.start for member in check.relation.members]
        spoken = {number for number, (low, high) in enumerate(pairwise(starts)) if any(low <= s < high for s in spots)}
        bound |= spoken if len(spoken) > 1 else set()
    ended = {number for number, line in enumerate(lines) if line.rstrip().endswith(".") and line[:1].isupper()}
    return ended - bound
