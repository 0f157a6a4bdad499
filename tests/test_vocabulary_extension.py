"""A user's own vocabulary: what it adds, and how its faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.model.errors import ConfigError

TEXT = "Tân Lộc có 12 cụm điểm sáng rộng 3 sào, thu 4 mâm."


def written(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def units(folder: Path) -> list[tuple[str, str | None]]:
    (reading,) = auditor.audit(text=TEXT, vocabularies=[folder], strict=False).readings
    return [(str(figure.quantity.value), figure.quantity.unit) for figure in reading.figures]


def test_own_nouns_and_units_are_read(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        nouns="- {words: [cụm điểm sáng]}\n",
        units='- {words: [sào], unit: m2, factor: "360", dimension: area}\n',
    )
    assert units(folder)[:2] == [("12", "cụm điểm sáng"), ("1080", "m2")]


def test_a_run_without_the_folder_knows_none_of_it(tmp_path: Path) -> None:
    assert ("1080", "m2") not in units(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("units", "- {words: [sào], unit: m2}\n", "units.yaml:1:1: the key 'dimension' is missing"),
        ("units", '- {words: [sào], unit: m2, dimension: area, factor: "0"}\n', "units.yaml:1:1: 'factor' must be"),
        ("nouns", "- {words: [mâm]}\n- {words: [mẹt], colour: red}\n", "nouns.yaml:2:1: unknown key 'colour'"),
        ("nouns", "words: [mâm]\n", "nouns.yaml:1:1: a list of entries is expected"),
        ("colours", "- red\n", "colours.yaml: unknown file of vocabulary"),
        ("nouns", "- {words: [mâm\n", "nouns.yaml:"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    written(tmp_path, **{name: content})
    with pytest.raises(ConfigError) as raised:
        units(tmp_path)
    assert message in str(raised.value)
    assert str(tmp_path) in str(raised.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        units(tmp_path / "none")
