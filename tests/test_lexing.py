"""Nothing in a text is lost: sentences and tokens cover it, offsets point at what they name, and no text raises."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

import auditor
from auditor.languages.vocabulary import vocabulary
from auditor.lex import tokenise
from auditor.model.check import Reading
from auditor.segment import segment
from tests.reading import unaccounted

# Pieces that reports are made of; glued at random they make every awkward neighbourhood.
PIECES = [
    "thu ngân sách ", "đạt ", "tăng ", "giảm ", "từ ", "xuống còn ", "trong đó ", "gồm ", "chiếm ", "hơn ", "gần ",
    "kế hoạch ", "so với cùng kỳ ", "lần lượt ", "bình quân mỗi năm ", "ngày ", "tháng ", "năm ", "số ", "xã Tân An ",
    "12", "05", "1.240", "3,5", "61,2%", "2.659,96", "2021", "2020-2025", "30/4", "18/6/2023", "12/17", "1.463.933",
    " tỷ đồng", " triệu đồng", "đ", " ha", "km2", " m²", " hộ", " thôn", " người/km2", "%/năm", " tiêu chí", " lần",
    "18-NQ/HU", "45/KH-UBND", "0236.385.1234", "14h30", "Covid-19", "H5N1", "QL19", "https://a.vn/1", "vp@a.vn",
    ", ", "; ", ". ", ": ", " (", ")", "/", "-", " - ", "–", "…", "\n", "\n\n", "- ", "+ ", "\t", "\u00a0", "“", "”",
    "²", "³", "½", "٣", "１２", "Ⅳ", "\u0301", "\u200b", "\ufeff", "°c", "đô-la", "rưỡi", "hai mươi lăm", "một ",
]  # fmt: skip
REPORTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
TEXTS = st.one_of(
    REPORTS, st.text(max_size=80), st.lists(st.one_of(REPORTS, st.text(max_size=8)), max_size=6).map("".join)
)


def reading(text: str) -> Reading:
    return auditor.audit(text=text, strict=False).readings[0]


@settings(deadline=None)  # the first call reads the vocabulary
@given(TEXTS)
def test_sentences_cover_the_text(text: str) -> None:
    sentences = segment(text, vocabulary())
    covered = [False] * len(text)
    last = 0
    for sentence in sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        covered[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
        last = sentence.end
    assert not [at for at, letter in enumerate(text) if not covered[at] and not letter.isspace()]
    assert [sentence.block for sentence in sentences] == sorted(sentence.block for sentence in sentences)


@settings(deadline=None)  # the first call reads the vocabulary
@given(TEXTS)
def test_tokens_cover_their_sentence(text: str) -> None:
    for tokens in tokenise(text, segment(text, vocabulary()), vocabulary()):
        if tokens.opaque:
            assert not any(letter in "0123456789" for letter in text[tokens.start : tokens.end])
            continue
        assert len(tokens.starts) == len(tokens.ends) == len(tokens.kinds) == len(tokens.words)
        at = tokens.start
        for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
            assert at <= start < end <= tokens.end
            assert not text[at:start].strip(), f"lost {text[at:start]!r}"
            assert text[start:end].lower() == word
            at = end
        assert not text[at : tokens.end].strip(), f"lost {text[at : tokens.end]!r}"


@settings(deadline=None)  # the first call reads the vocabulary
@given(TEXTS)
def test_every_digit_is_accounted_for(text: str) -> None:
    assert not list(unaccounted(reading(text)))


@settings(deadline=None)  # the first call reads the vocabulary
@given(REPORTS)
def test_decomposed_text_has_the_same_figures(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    one, other = reading(composed), reading(decomposed)
    assert [figure.quantity for figure in one.figures] == [figure.quantity for figure in other.figures]
    assert [figure.indicator for figure in one.figures] == [figure.indicator for figure in other.figures]
    assert [aside.what for aside in one.ignored] == [aside.what for aside in other.ignored]
    for mine, theirs in zip(one.figures, other.figures, strict=True):
        assert unicodedata.normalize("NFC", decomposed[: theirs.start]) == composed[: mine.start]
        assert decomposed[theirs.start : theirs.end] == theirs.raw


@settings(deadline=None)  # the first call reads the vocabulary
@given(REPORTS)
def test_two_readings_are_the_same(text: str) -> None:
    assert auditor.audit(text=text, strict=False) == auditor.audit(text=text, strict=False)
