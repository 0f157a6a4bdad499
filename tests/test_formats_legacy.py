"""Old Vietnamese code pages are recognised and converted, or named; they are never guessed silently."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner
from viparse.normalize.encodings import get_charmap

from auditor import audit, ingest
from auditor.cli import app
from tests import writers

PAGES = ("tcvn3", "vni", "vps", "viscii")
TEXT = "\n".join(content for kind, content in writers.manuscript() if kind == "paragraph")


def encoded(text: str, page: str) -> str:
    """Unicode text as it looks when its code page is read as Western letters."""
    letters: dict[str, str] = {}
    for old, new in get_charmap(page).pairs:
        letters.setdefault(unicodedata.normalize("NFC", new), old)
    return "".join(letters.get(letter, letter) for letter in text)


@pytest.mark.parametrize("page", PAGES)
def test_bytes_in_a_code_page_are_converted_and_named(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(encoded(TEXT, page).encode("latin-1"))
    document = ingest.read(Path("a.txt"))
    assert (document.text, document.error) == (TEXT, None)
    assert document.code_page.lower().startswith(page)
    assert f"written in {document.code_page}" in CliRunner().invoke(app, ["run", "a.txt"]).stderr


@pytest.mark.parametrize(("form", "page"), [("docx", "tcvn3"), ("docx", "vni"), *(("html", page) for page in PAGES)])
def test_documents_that_rely_on_an_old_font(form: str, page: str) -> None:
    def saved(parts: writers.Manuscript) -> bytes:
        return writers.as_docx(parts, split=False) if form == "docx" else writers.as_html(parts)

    # TCVN3 has capitals with marks only in fonts of their own.
    whole = [(kind, content.lower()) for kind, content in writers.manuscript()]
    data, clean = saved([(kind, encoded(content, page)) for kind, content in whole]), saved(whole)
    document = ingest.from_bytes(data, f"a.{form}")
    assert document.text == ingest.from_bytes(clean, f"a.{form}").text
    assert document.code_page


@pytest.mark.parametrize("page", PAGES)
def test_without_the_extra_they_are_named_and_refused(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "viparse.normalize.encodings", None)
    document = ingest.from_bytes(encoded(TEXT, page).encode("latin-1"), "a.txt")
    assert document.text == ""
    assert page.upper() in str(document.error) and "auditor[legacy]" in str(document.error)


def test_unicode_and_other_languages_are_left_alone() -> None:
    for text in (TEXT, unicodedata.normalize("NFD", TEXT), "Déjà vu à l'été, où êtes-vous né ? 5 ãåæ", "Größe 5 m²"):
        assert ingest.from_bytes(text.encode(), "a.txt").code_page == ""
    assert "not UTF-8" in str(ingest.from_bytes("Größe 5 m²".encode("latin-1"), "a.txt").error)
    samples = Path(__file__).parent.parent / "seeds"
    assert not any(reading.document.code_page for reading in audit([samples]).readings)
