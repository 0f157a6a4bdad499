"""Form and meaning: no verdict moves when a text is only written otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import auditor
from auditor.selftest.forms import FORMS, Form, billions, no_groups, reordered, spaced_groups
from auditor.selftest.moved import moved

SEEDS = Path(__file__).parent.parent / "seeds"
SENTENCES = (
    "Tổng giá trị sản xuất đạt 1.200,5 tỷ đồng, trong đó nông nghiệp 480,2 tỷ đồng, chiếm 40,0%.",
    "Đảng bộ xã có 9 chi bộ, gồm: 5 chi bộ thôn, 3 chi bộ trường học và 2 chi bộ cơ quan.",
    "Thu ngân sách đạt 30.170 triệu đồng/28.000 triệu đồng, đạt 107,8% kế hoạch.",
    "Tỷ lệ hộ nghèo giảm từ 6,42% xuống còn 4,17%, giảm 3,25%.",
    "Diện tích lúa 200 ha, năng suất bình quân 60 tạ/ha, sản lượng 1.500 tấn.",
    "Năm 2023, sản lượng muối toàn xã đạt 4.250 tấn, tăng 5,2% so với năm trước.",
    "Năm 2022, sản lượng muối toàn xã đạt 4.040 tấn.",
    "Đoàn thể thao đã tổ chức nhiều hoạt động sôi nổi.",
)


def said(text: str) -> list[tuple[str, str]]:
    return sorted((check.rule, check.verdict) for check in auditor.audit(text=text, strict=False).checks)


@settings(max_examples=30, deadline=None, phases=[Phase.generate])
@given(st.permutations(SENTENCES), st.sampled_from(FORMS))
def test_no_verdict_moves_with_the_form(sentences: list[str], form: Form) -> None:
    text = " ".join(sentences)
    assert said(form.change(auditor.audit(text=text, strict=False))) == said(text)


def test_nothing_moves_in_the_samples() -> None:
    found, tried = moved([SEEDS])
    assert [str(one) for one in found] == []
    assert set(tried) == {"documents", *(form.name for form in FORMS)}


def test_what_moves_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES[1], encoding="utf-8")
    blunder = Form("blunder", lambda audit: audit.readings[0].document.text.replace("2 chi bộ", "1 chi bộ"))
    monkeypatch.setattr("auditor.selftest.moved.FORMS", (blunder,))
    found, tried = moved([tmp_path])
    assert tried["blunder"] == (1, 2)
    assert [(one.verdict, one.gained) for one in found] == [("contradiction", False), ("consistent", True)]
    assert "blunder: + total-of-parts consistent" in str(found[1])


def test_numbers_beside_numbers_keep_their_groups() -> None:
    audit = auditor.audit(text="Xăng A 92 21.880 22.140 đồng, dầu 1.200 đồng, than 3.400 đồng.", strict=False)
    assert spaced_groups(audit) == "Xăng A 92 21.880 22.140 đồng, dầu 1 200 đồng, than 3 400 đồng."


def test_forms_write_the_same_otherwise() -> None:
    audit = auditor.audit(text="\n".join(SENTENCES), strict=False)
    assert "1 200,5 tỷ" in spaced_groups(audit) and "1200,5 tỷ" in no_groups(audit)
    assert "30,170 tỷ đồng/28,000 tỷ đồng" in billions(audit)
    assert sorted(reordered(audit).split("\n")) == sorted(SENTENCES) != reordered(audit).split("\n")
