"""The reports of a hand-built audit: their bytes, their words, and what hostile text does to them."""

from __future__ import annotations

import base64
import hashlib
import json as stdlib_json
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from auditor import __version__, audit
from auditor.atomic import write
from auditor.model.check import Audit, Finding
from auditor.model.quantity import Interval
from auditor.report import html, json, sides, text
from auditor.report.cut import cut, windows
from auditor.report.hidden import marked, one_line
from auditor.report.messages import LANGUAGES, messages, read_catalogue
from auditor.rules.load import load
from auditor.rules.relations import RELATIONS
from tests.test_report_sample import ECONOMY, MEETING, sample

VOCABULARY = Path(__file__).parent.parent / "auditor" / "languages" / "vi"
STYLE, SCRIPT = re.compile(r"<style>(.*?)</style>", re.S), re.compile(r"<script>(.*?)</script>\s*</body>", re.S)
WHAT = re.compile(r"^(?:- |  )what: (.*)$", re.M)
EMPTY = Audit((), (), (), (), "")


def without_blocks(page: str) -> str:
    """The page without our own style and script, which change for other reasons than its content."""
    page = SCRIPT.sub("<script>…</script></body>", STYLE.sub("<style>…</style>", page))
    return re.sub(r"sha256-[^']+", "sha256-…", page).replace(__version__, "VERSION")


def test_json_bytes(snapshot: SnapshotAssertion) -> None:
    assert json.render(sample()).decode().replace(__version__, "VERSION") == snapshot


@pytest.mark.parametrize("ui", LANGUAGES)
def test_text(snapshot: SnapshotAssertion, ui: str) -> None:
    assert text.render(sample(), ui, verbose=True, reports=["reports/index.html"]) == snapshot


@pytest.mark.parametrize("ui", LANGUAGES)
def test_html(snapshot: SnapshotAssertion, ui: str) -> None:
    assert without_blocks(html.render(sample(), ui, "22/11/2026").decode()) == snapshot


@pytest.mark.parametrize("render", [json.render, html.render, text.render])
def test_two_runs_give_the_same_bytes(render: Any) -> None:
    assert render(sample()) == render(sample())


@pytest.mark.parametrize("render", [json.render, html.render, text.render])
def test_an_audit_of_nothing_can_be_shown(render: Any) -> None:
    assert render(EMPTY)


KEYS = """
documents: path sha256 media_type characters numerals figures checked error
figures: id document start end raw value step unit dimension exact bound indicator place period role status reason where
numerals_ignored: document start end raw what
checks: id document relation rule verdict reason figures evidence left right gap equation confidence
findings: id fingerprint check rule severity verdict message locations suspects suspect_locations \
vouched links repairs fits apart waiver baseline covers
fixed: fingerprint document rule severity message waived
implied: check document rule missing figures indicator place period role unit interval equation reading printed
"""


def test_json_has_the_keys_of_format_version_1_in_order() -> None:
    data = stdlib_json.loads(json.render(sample()))
    expected = {name: keys for name, _, keys in (line.partition(": ") for line in KEYS.strip().splitlines())}
    assert list(data) == ["format_version", "tool", "rules_hash", "summary", *expected]
    assert {name: " ".join(data[name][0]) for name in expected if data[name]} == {
        name: keys for name, keys in expected.items() if data[name]
    }


def test_json_counts_every_numeral_once() -> None:
    data = stdlib_json.loads(json.render(sample()))
    assert data["summary"]["numerals"] == len(data["figures"]) + len(data["numerals_ignored"])
    assert data["summary"]["checked"] == sum(figure["status"] == "checked" for figure in data["figures"])
    assert all((figure["reason"] is None) == (figure["status"] == "checked") for figure in data["figures"])


def test_a_suspect_that_is_a_date_has_a_place_but_no_id() -> None:
    found = stdlib_json.loads(json.render(sample()))["findings"][2]
    assert found["suspects"] == [[], []]
    assert [places[0]["role"] for places in found["suspect_locations"]] == ["event", "cited"]


def leaves(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, dict) and "other" not in value:
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value["other"] if isinstance(value, dict) else value


def test_both_languages_say_the_same_things() -> None:
    vi, en = (dict(leaves(read_catalogue(language))) for language in LANGUAGES)
    assert list(vi) == list(en)
    for key, template in vi.items():
        assert fields(template) == fields(en[key]), key
    assert all(template.strip() for template in (*vi.values(), *en.values()))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_identifier_has_a_word(language: str) -> None:
    known = read_catalogue(language)
    roles = {role for relation in RELATIONS.values() for role in relation}
    reasons = {other.reason for rule in load() for other in rule.otherwise}
    whats = [what for file in VOCABULARY.glob("*.yaml") for what in WHAT.findall(file.read_text("utf-8"))]
    assert not roles - set(known["role"])
    assert not reasons - set(known["reason"])
    assert whats
    assert not set(whats) - set(known["what"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_samples_need_has_a_word(language: str) -> None:
    known, result = read_catalogue(language), audit(Path(__file__).parent.parent / "seeds")
    reasons = {check.reason for check in result.checks} | {
        one.reason for read in result.readings for one in read.figures
    }
    whats = {item.what.partition(":")[0] for reading in result.readings for item in reading.ignored}
    assert not reasons - {None} - set(known["reason"])
    assert not whats - set(known["what"])


def test_message_files_have_no_key_twice() -> None:
    for language in LANGUAGES:
        root = yaml.compose((VOCABULARY.parent / "messages" / f"{language}.yaml").read_text("utf-8"))
        assert isinstance(root, yaml.MappingNode)
        for _, section in root.value:
            keys = [key.value for key, _ in section.value]
            assert len(keys) == len(set(keys))


def test_numbers_are_printed_as_the_language_does() -> None:
    vi, en = messages("vi"), messages("en")
    assert (vi.number("-1234567.89"), en.number("-1234567.89")) == ("−1.234.567,89", "−1,234,567.89")
    assert [en("headline.contradiction", n=n) for n in (1, 2000)] == ["1 contradiction", "2,000 contradictions"]
    with pytest.raises(ValueError, match="only in vi, en"):
        messages("fr")


def test_sides_are_shown_in_the_printed_unit_with_their_gap() -> None:
    first, second, dates = (finding.check for finding in sample().findings)
    rules, words = {rule.id: rule for rule in sample().rules}, messages("vi")
    shown = sides.sides(words, second, rules[second.rule])
    assert shown is not None
    assert [(side.name, side.text) for side in shown] == [
        ("tổng", "từ 119,95 đến 120,05 tỷ đồng"),
        ("tổng các phần", "từ 121,4 đến 121,6 tỷ đồng"),
    ]
    assert sides.gap(words, second, rules[second.rule]) == "1,35 tỷ đồng"
    assert sides.gap(words, first, rules[first.rule]).startswith("1,89")
    assert sides.gap(words, dates, rules[dates.rule]) == "364 ngày"


def test_a_gap_is_never_rounded_away() -> None:
    check = replace(
        sample().findings[0].check,
        left=Interval(Fraction(0), Fraction("1.00000001")),
        right=Interval(Fraction("1.00000002"), None),
        gap=Fraction("0.00000001"),
    )
    rule = next(rule for rule in sample().rules if rule.id == check.rule)
    shown = sides.sides(messages("en"), check, rule)
    assert shown is not None
    assert [side.text for side in shown] == ["0 to 1.00000001%", "1.00000002% or more"]


def test_an_exact_ratio_is_one_number() -> None:
    ratio = Interval(Fraction(1100, 12), Fraction(1100, 12))
    check = replace(sample().findings[0].check, left=ratio, right=ratio, gap=Fraction(0))
    shown = sides.sides(messages("vi"), check, None)
    assert shown is not None
    assert [side.text for side in shown] == ["91,6667", "91,6667"]
    assert sides.gap(messages("vi"), check, None) == ""


def test_text_is_coloured_only_when_asked() -> None:
    assert "\x1b" not in text.render(sample())
    assert "\x1b[31merror\x1b[0m" in text.render(sample(), colour=True)


def test_a_document_can_neither_steer_a_terminal_nor_begin_a_line() -> None:
    hostile = "a\n::error::b\x1b[2J\u202ec"
    assert one_line(hostile) == "a ::error::b<U+001B>[2J<U+202E>c"
    finding: Finding = replace(sample().findings[2], message={"vi": hostile, "en": hostile})
    shown = text.render(replace(sample(), findings=(finding,)))
    assert not [line for line in shown.splitlines() if line.startswith("::")]
    assert "\x1b" not in shown


def test_the_policy_lets_exactly_our_own_blocks_through() -> None:
    page = html.render(sample()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for name, block in (("style-src", STYLE), ("script-src", SCRIPT)):
        found = block.search(page)
        assert found is not None
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy[1]
    assert not re.findall(r"""\s(?:style|on\w+)\s*=\s*["']""", without_blocks(page))
    assert not re.findall(r"https?://", page)


def test_control_characters_are_named() -> None:
    assert marked("a\x00<\u202eb") == (
        'a<bdi class="hidden" dir="ltr" data-code="U+0000" title="U+0000"></bdi>&lt;'
        '<bdi class="hidden" dir="ltr" data-code="U+202E" title="RIGHT-TO-LEFT OVERRIDE">\u202e</bdi>b'
    )


def test_cut_covers_the_text_once() -> None:
    for reading in sample().readings:
        spans = [*reading.figures, *(member.filler for one in reading.relations for member in one.members)]
        pieces = list(cut(reading.document.text, 0, len(reading.document.text), spans))
        assert "".join(piece.text for piece in pieces) == reading.document.text
        assert all(mark.start <= piece.start < mark.end for piece in pieces for mark in piece.marks)


def test_windows_hold_their_marks_without_overlap() -> None:
    document = replace(sample().readings[0].document, text=ECONOMY + "x " * 500 + MEETING)
    marks = sample().readings[0].figures
    found = windows(document, marks)
    assert all(any(start <= mark.start and mark.end <= end for start, end in found) for mark in marks)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_a_report_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new" / "audit.json"
    write(target, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write(target, b"new")
    assert target.read_bytes() == b"old"
    assert [file.name for file in target.parent.iterdir()] == ["audit.json"]
