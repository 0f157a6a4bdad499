"""An audit built by hand, with one of everything a report must show; the other report tests render it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction

from auditor.model.check import Audit, Check, Finding, Location, Reading
from auditor.model.document import Document
from auditor.model.errors import InputError
from auditor.model.figure import Evidence, Figure, Ignored
from auditor.model.quantity import Bound, Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule, RuleKind, Severity

ECONOMY = """Báo cáo kinh tế - xã hội năm 2020
Tổng giá trị sản xuất đạt 120,0 tỷ đồng, trong đó: nông nghiệp 48,0 tỷ đồng, chiếm 42,0%; dịch vụ 73,5 tỷ đồng.
Thu nhập bình quân đạt trên 39 triệu đồng/người/năm, cao nhất đến nay. Cả xã có 12/17 tiêu chí, còn 05 tiêu chí.

Điện thoại: 02373.742.289
"""
MEETING = """Ngày 25/01/2023, Hội đồng họp về Kế hoạch số 15/KH ngày 24/01/2024.
Toàn xã có khoảng 1.250 hộ; <script>alert("hộ")</script> & \u202e052\u202c hộ\u200b nghèo.
"""
SHARE = "48,0 / 120,0 = 40,0%, văn bản ghi 42,0%", "48.0 / 120.0 is 40.0%, the text says 42.0%"
PARTS = "48,0 + 73,5 = 121,5, văn bản ghi 120,0", "The parts add up to 121.5, the text says 120.0"
ORDER = "Văn bản ngày 24/01/2024 có sau cuộc họp ngày 25/01/2023", "A document of 2024 is cited in 2023"


@dataclass
class Writer:
    """Finds places in a document's text by what is printed there."""

    path: str
    text: str
    figures: list[Figure] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def find(self, raw: str, after: str = "") -> tuple[int, int]:
        start = self.text.index(raw, self.text.index(after) + len(after))
        return start, start + len(raw)

    def figure(
        self,
        raw: str,
        value: str,
        unit: str,
        *,
        after: str = "",
        step: str = "0",
        scale: int = 1,
        unit_text: str = "",
        bound: Bound | None = None,
        reason: str | None = None,
    ) -> Figure:
        start, end = self.find(raw, after)
        band = (Fraction(1), Fraction("1.1")) if bound == ">=" else None
        size = Quantity(
            *(Fraction(value) * scale, Fraction(step) * scale, unit, "money" if scale > 1 else "count"),
            *(step == "0", bound, band, Fraction(scale)),
        )
        made = Figure(f"{self.path}:{start}", self.path, start, end, raw, size, unit_text=unit_text, reason=reason)
        self.figures.append(made)
        return made

    def skip(self, raw: str, what: str, after: str = "") -> None:
        self.ignored.append(Ignored(self.path, *self.find(raw, after), raw, what))

    def date(self, raw: str, iso: str, day: int) -> Evidence:
        return Evidence(self.path, "date", *self.find(raw), raw, iso, Interval(Fraction(day), Fraction(day)))

    def reading(self, *relations: Relation) -> Reading:
        document = Document(self.path, self.text, hashlib.sha256(self.text.encode()).hexdigest(), "text/plain")
        by_place = sorted(self.figures, key=lambda figure: figure.start)
        return Reading(document, tuple(by_place), tuple(self.ignored), relations)


def rule(name: str, title: str, title_en: str, holds: str, kind: RuleKind = "equation") -> Rule:
    texts = {"vi": f"{title}.", "en": f"{title_en}."}
    titles = {"vi": title, "en": title_en}
    return Rule(name, name, kind, {"": holds}, "error", titles, texts, texts, ())


RULES = (
    rule("date-order", "Văn bản được viện dẫn phải có trước", "A cited document comes first",
         "cited <= event", "order"),
    rule("share-of-total", "Tỷ trọng bằng phần chia cho tổng", "A share equals its part over the total",
         "share == 100 * part / total"),
    rule("total-of-parts", "Tổng bằng tổng các phần", "A total equals the sum of its parts", "total == sum(part)"),
)  # fmt: skip


def between(lo: str, hi: str) -> Interval:
    return Interval(Fraction(lo), Fraction(hi))


def economy() -> tuple[Reading, list[Check], list[Finding]]:
    text = Writer("reports/economy.txt", ECONOMY)
    money = {"step": "0.1", "scale": 10**9, "unit_text": "tỷ đồng"}
    total = text.figure("120,0", "120", "VND", **money)  # type: ignore[arg-type]
    farming = text.figure("48,0", "48", "VND", **money)  # type: ignore[arg-type]
    share = text.figure("42,0%", "42", "%", step="0.1", unit_text="%")
    services = text.figure("73,5", "73.5", "VND", **money)  # type: ignore[arg-type]
    text.figure("39", "39", "VND/người/năm", step="1", scale=10**6, unit_text="triệu đồng/người/năm", bound=">=",
                reason="no-relation")  # fmt: skip
    done = text.figure("12", "12", "tiêu chí", after="xã có ", unit_text="tiêu chí")
    every = text.figure("17", "17", "tiêu chí", unit_text="tiêu chí")
    left = text.figure("05", "5", "tiêu chí", unit_text="tiêu chí")
    text.skip("2020", "year")
    text.skip("02373.742.289", "phone")
    shares = Relation("share-of-total", text.path, members(part=[farming], total=[total], share=[share]), 0.9)
    parts = Relation("total-of-parts", text.path, members(total=[total], part=[farming, services]), 0.75)
    criteria = Relation("total-of-parts", text.path, members(total=[every], part=[done, left]))
    checks = [
        Check("c1", "share-of-total", shares, "contradiction", None, between("41.95", "42.05"),
              Interval(Fraction(100 * 4795, 12005), Fraction(100 * 4805, 11995)), Fraction("1.8916666666666667"),
              "42,0% = 100 × 48,0 tỷ đồng / 120,0 tỷ đồng", "39.94…40.06%"),
        Check("c2", "total-of-parts", parts, "suspicious", "truncated", between("119950000000", "120050000000"),
              between("121400000000", "121600000000"), Fraction(1350000000),
              "120,0 tỷ đồng = 48,0 tỷ đồng + 73,5 tỷ đồng", "121.4…121.6 tỷ đồng"),
        Check("c3", "total-of-parts", criteria, "consistent", None, between("17", "17"), between("17", "17"),
              Fraction(0), "17 tiêu chí = 12 tiêu chí + 05 tiêu chí"),
    ]  # fmt: skip
    suspect = (Member("total", total),)
    findings = [
        finding("1", checks[0], SHARE, ((Member("share", share),), suspect), "shared"),
        finding("2", checks[1], PARTS, (suspect,), "shared"),
    ]
    return text.reading(shares, parts, criteria), checks, findings


def meeting() -> tuple[Reading, list[Check], list[Finding]]:
    text = Writer("reports/meeting.txt", MEETING)
    text.figure("1.250", "1250", "hộ", unit_text="hộ", bound="~", reason="no-relation")
    lone = text.figure("052", "52", "hộ", unit_text="hộ", reason="list-too-long")
    event, cited = text.date("25/01/2023", "2023-01-25", 738545), text.date("24/01/2024", "2024-01-24", 738909)
    for raw, what in (("25/01/2023", "date"), ("15", "document number: 15/KH"), ("24/01/2024", "date")):
        text.skip(raw, what)
    order = Relation("date-order", text.path, members(event=[event], cited=[cited]))
    endless = Relation("total-of-parts", text.path, members(total=[lone]), 0.4, ("part",), "list-too-long")
    checks = [
        Check("c4", "date-order", order, "contradiction", None, between("738909", "738909"),
              between("738545", "738545"), Fraction(364), "24/01/2024 ≤ 25/01/2023"),
        Check("c5", "total-of-parts", endless, "not-checkable", "list-too-long"),
    ]  # fmt: skip
    both = ((Member("event", event),), (Member("cited", cited),))
    return text.reading(order, endless), checks, [finding("3", checks[0], ORDER, both, None)]


def members(**roles: list[Figure] | list[Evidence]) -> tuple[Member, ...]:
    return tuple(Member(role, filler) for role, fillers in roles.items() for filler in fillers)


def finding(
    number: str, check: Check, message: tuple[str, str], suspects: tuple[tuple[Member, ...], ...], cause: str | None
) -> Finding:
    places = tuple(
        Location(member.filler.document, member.filler.start, member.filler.end, member.role)
        for member in check.relation.members
    )
    fingerprint = hashlib.sha256(number.encode()).hexdigest()[:16]
    texts = dict(zip(("vi", "en"), message, strict=True))
    severity: Severity = "error" if check.verdict == "contradiction" else "warning"
    return Finding(f"f{number}", fingerprint, check, severity, texts, places, suspects, cause)


def sample() -> Audit:
    """Two documents with three findings, two of one cause, and a third document that could not be read."""
    broken = InputError("reports/scan.txt", "not UTF-8: byte 0xff at byte offset 12", 2, 5)
    unread = Reading(Document(broken.path, "", "0" * 64, "text/plain", broken), (), (), ())
    (one, checks, findings), (two, more_checks, more_findings) = economy(), meeting()
    return Audit((one, two, unread), (*checks, *more_checks), (*findings, *more_findings), RULES, "abc123" * 10)


def test_the_sample_is_sound() -> None:
    for reading in sample().readings:
        numerals: list[Figure | Ignored] = [*reading.figures, *reading.ignored]
        assert all(reading.document.text[one.start : one.end] == one.raw for one in numerals)
