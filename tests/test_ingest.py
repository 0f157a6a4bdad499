"""Reading files: which ones, their text, and the map from composed text back to the source."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import ingest
from auditor.ingest.files import PATTERNS, files
from auditor.model.document import NormalText
from auditor.model.errors import InputError

VIETNAMESE = "Tỷ lệ hộ nghèo còn 4,63% năm 2020; ỗng Đảng uỷ Å ﬁ 각 1.280 tỷ"
AWKWARD = "aoêẹ\u0302\u0323\u0307\u0301đĐ 12,.%“”각\u1100\u1161\u11a8Å\u212b\u0958\u0344\U0001d15e…"
letters = st.text(st.sampled_from(AWKWARD))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_stand_for_their_texts_in_order(folder: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/d.TXT", "a/e.odt", ".git/f.txt", "a/.g.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("5 xã")
    assert files(["b.txt", "."]) == [Path("a/c.md"), Path("a/d.TXT"), Path("b.txt")]


def test_a_missing_path_and_an_empty_folder_are_values(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "b.txt").write_text("5 xã")
    assert files(["none.txt", "empty", "b.txt"]) == [
        Path("b.txt"),
        InputError("empty", f"nothing to audit here (no {', '.join(PATTERNS)})"),
        InputError("none.txt", "no such file or folder"),
    ]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_text_is_the_same_in_every_encoding(folder: Path, mark: bytes, encoding: str) -> None:
    (folder / "a.md").write_bytes(mark + "5 xã\r\nhộ".encode(encoding))
    document = ingest.read(folder / "a.md")
    assert (document.path, document.text, document.media_type) == ("a.md", "5 xã\r\nhộ", "text/markdown")
    assert document.error is None
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04\x00\x00", "a.txt: not text: NUL byte at byte offset 4"),
        (b"\xff\xfe\x00\x00a\x00", "a.txt: not text: it contains NUL characters"),
        ("xã\nxã ".encode() + b"\xe1\x01", "a.txt:2:4: not UTF-8: byte 0xe1 at byte offset 8"),
        (b"\xff\xfea\x00\x00\xdc", "a.txt:1:2: not UTF-16-LE: byte 0x00 at byte offset 4"),
    ],
)
def test_what_is_no_text_says_where(folder: Path, data: bytes, problem: str) -> None:
    (folder / "a.txt").write_bytes(data)
    document = ingest.read(folder / "a.txt")
    assert (str(document.error), document.text) == (problem, "")


def test_a_file_that_cannot_be_opened_is_a_value(folder: Path) -> None:
    (folder / "a.txt").mkdir()
    assert "cannot be read" in str(ingest.read(folder / "a.txt").error)


def test_half_a_surrogate_pair_is_no_text() -> None:
    document = ingest.from_text("5 xã\n\ud800", "x")
    assert str(document.error) == "x:2:1: not text: half a surrogate pair"


def test_composed_text_needs_no_map() -> None:
    assert ingest.normalise(VIETNAMESE) == NormalText(VIETNAMESE, (), ())


def test_ranges_of_decomposed_text_lead_back_to_their_letters() -> None:
    source = unicodedata.normalize("NFD", VIETNAMESE)
    normal = ingest.normalise(source)
    assert normal.text == unicodedata.normalize("NFC", VIETNAMESE)
    for start in range(len(normal.text)):
        for end in range(start + 1, len(normal.text) + 1):
            piece = source[normal.source(start) : normal.source(end)]
            assert unicodedata.normalize("NFC", piece) == normal.text[start:end]


def borders(text: str) -> list[int]:
    """Where no mark and no Hangul part joins what stands before: the ends of whole characters."""
    joins = [unicodedata.category(one)[0] == "M" or "\u1100" <= one <= "\u11ff" for one in text]
    return [0, *(at for at in range(1, len(text)) if not joins[at]), len(text)]


def composed(text: str) -> str:
    """The composed form, the Icelandic eth read as the Vietnamese letter that it is written for."""
    return unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110").replace("\u00f0", "\u0111")


@given(letters | st.text() | st.text("\u00d0\u00f0a\u0301"))
def test_every_range_of_whole_characters_normalises_to_itself(source: str) -> None:
    normal = ingest.normalise(source)
    assert normal.text == composed(source)
    places = borders(normal.text)
    for start, end in pairwise(places):
        piece = source[normal.source(start) : normal.source(end)]
        assert composed(piece) == normal.text[start:end]


@given(letters | st.text())
def test_the_way_back_never_turns_or_leaves_the_text(source: str) -> None:
    normal = ingest.normalise(source)
    back = [normal.source(at) for at in range(len(normal.text) + 1)]
    assert back == sorted(back)
    assert (back[0], back[-1]) == (0, len(source))
