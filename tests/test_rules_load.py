"""Rule files: what loads, what is refused and where, and how folders add and override."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import yaml

from auditor.doctor import docs
from auditor.model.errors import ConfigError
from auditor.rules.explain import explain
from auditor.rules.load import load, packaged, rules_hash
from auditor.rules.relations import RELATIONS
from auditor.rules.schema import schema

GOOD = """\
relation: share-of-total
holds: share == 100 * part / total
severity: error
title: {vi: Tiêu đề, en: Title}
why: {vi: Vì sao, en: Why}
message: {vi: "{part} {computed}", en: "{share}"}
examples:
  - text: "Một câu."
    verdict: none
"""


def folder(path: Path, text: str, name: str = "own-rule") -> Path:
    (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def test_every_relation_has_its_packaged_rule() -> None:
    rules = load()
    assert [rule.id for rule in rules] == sorted(RELATIONS)
    assert all(rule.relation == rule.id for rule in rules)
    assert all(2 <= len(rule.examples) <= 4 + 2 * len(rule.forms) for rule in rules)


def test_packaged_rules_show_what_they_catch_and_what_they_leave() -> None:
    for rule in load():
        verdicts = {example.verdict for example in rule.examples}
        assert verdicts & {"contradiction", "suspicious"}, rule.id
        assert verdicts & {"none", "consistent"}, rule.id


def test_a_folder_adds_a_rule(tmp_path: Path) -> None:
    rules = {rule.id: rule for rule in load([folder(tmp_path, GOOD)])}
    own = rules["own-rule"]
    assert len(rules) == len(RELATIONS) + 1
    assert own.holds == {"": "share == 100 * part / total"}
    assert own.examples[0].line == 8
    assert own.source.endswith("own-rule.yaml")


def test_a_folder_overrides_by_key(tmp_path: Path) -> None:
    rules = {rule.id: rule for rule in load([folder(tmp_path, "severity: note\nslack: '3'\n", "share-of-total")])}
    changed, packaged_rule = rules["share-of-total"], {rule.id: rule for rule in load()}["share-of-total"]
    assert (changed.severity, changed.parameters) == ("note", {"slack": Fraction(3)})
    assert (changed.holds, changed.examples) == (packaged_rule.holds, packaged_rule.examples)


def test_later_folders_win(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for path, level in ((first, "note"), (second, "warning")):
        path.mkdir()
        folder(path, f"severity: {level}\n", "date-order")
    rules = {rule.id: rule for rule in load([first, second])}
    assert rules["date-order"].severity == "warning"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("relation: share-of-total", "relation: shares", (1, 11), "unknown relation 'shares'"),
        ("severity: error", "severity: fatal", (3, 11), "unknown severity 'fatal'"),
        ("severity: error", "severity: error\nseverity: note", (4, 1), "'severity' stands here twice"),
        ("severity: error", "colour: red", (3, 1), "unknown key 'colour'"),
        ("severity: error\n", "", (1, 1), "missing key 'severity'"),
        ("part / total", "part / whole", (2, 30), "unknown role 'whole'"),
        ("part / total", "part / total +", (2, 37), "not an expression"),
        ("100 * part", "100 * sum(part)", (2, 27), "'part' is one figure"),
        ("holds: share == 100 * part / total\n", "", (1, 1), "missing key 'holds'"),
        ("holds: share", "kind: unary\nholds: share", (3, 8), "has no 'holds'"),
        ("holds: share", "kind: magic\nholds: share", (2, 7), "unknown kind 'magic'"),
        ("{share}", "{shares}", (6, 41), "unknown role 'shares'"),
        ("{share}", "{share", (6, 40), "in this message"),
        ("en: Title", "en: no", (4, 26), "write it in quotes"),
        ("en: Title", "fr: Titre", (4, 22), "unknown key 'fr'"),
        (", en: Title", "", (4, 8), "missing key 'en'"),
        ("severity: error", "severity: error\nslack: 2", (4, 8), "write it in quotes"),
        ("severity: error", "severity: error\nslack: '2x'", (4, 8), "is no figure"),
        ("severity: error", "severity: error\nshort: '2'", (4, 8), "knows no 'short'"),
        ("severity: error", "severity: error\nfloor: '60'", (4, 8), "from 0 to 1"),
        ("verdict: none", "verdict: maybe", (9, 14), "unknown verdict"),
        ("    verdict: none", "", (8, 5), "missing key 'verdict'"),
        ("examples:\n", "examples: []\notherwise:\n", (7, 11), "a rule needs examples"),
        (
            "severity: error",
            "severity: error\notherwise: [{holds: part < total, verdict: consistent, reason: Aha!}]",
            (4, 64),
            "is no id",
        ),
        ("severity: error", "severity: [error]", (3, 11), "a text is expected"),
        ("severity: error", "severity: ''", (3, 11), "empty"),
        ("severity: error", "severity: {error", (4, 6), "not YAML"),
        (GOOD, "", (1, 1), "empty"),
        (GOOD, "- a list", (1, 1), "keys with values"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, old: str, new: str, place: tuple[int, int], message: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        load([folder(tmp_path, GOOD.replace(old, new))])
    problem = caught.value.problem
    assert (problem.line, problem.column) == place, problem
    assert problem.path.endswith("own-rule.yaml")
    assert "\n" not in problem.message


def test_a_list_role_needs_an_aggregate(tmp_path: Path) -> None:
    text = GOOD.replace("share-of-total", "total-of-parts").replace("share == 100 * part / total", "total == part")
    with pytest.raises(ConfigError, match="'part' is a list"):
        load([folder(tmp_path, text)])


def test_claims_are_a_mapping(tmp_path: Path) -> None:
    text = GOOD.replace("share-of-total", "target-claim").replace("{part}", "").replace("{share}", "{claim}")
    text = text.replace("holds: share == 100 * part / total", "kind: claim\nholds: {exceeds: actual > target}")
    rules = {rule.id: rule for rule in load([folder(tmp_path, text)])}
    assert rules["own-rule"].holds == {"exceeds": "actual > target"}


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load([tmp_path / "nowhere"])
    (tmp_path / "bad.yaml").write_bytes(b"title: \xff")
    with pytest.raises(ConfigError, match="UTF-8"):
        load([tmp_path])
    (tmp_path / "bad.yaml").rename(tmp_path / "Bad Name.yaml")
    with pytest.raises(ConfigError, match="rule's id"):
        load([tmp_path])


def test_the_hash_is_of_the_content(tmp_path: Path) -> None:
    rules = load()
    assert rules_hash(rules) == rules_hash(reversed(rules))
    here, there = tmp_path / "1", tmp_path / "2"
    for path in (here, there):
        path.mkdir()
    plain, spaced = load([folder(here, GOOD)]), load([folder(there, "# a comment\n" + GOOD)])
    assert rules_hash(plain) == rules_hash(spaced) != rules_hash(rules)
    assert rules_hash(load([folder(here, GOOD.replace("error", "note"))])) != rules_hash(plain)


def test_the_documentation_is_up_to_date() -> None:
    assert docs.main(["--check"]) == 0, "run `make docs`"


def test_explain_tells_all() -> None:
    for rule in load():
        text = explain(rule)
        assert all(example.text in text for example in rule.examples)
        assert rule.title["en"] in text and rule.severity in text


def test_the_schema_accepts_the_packaged_rules_and_refuses_others() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    for path in packaged().glob("*.yaml"):
        validator.validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    assert not validator.is_valid({**yaml.load(GOOD, Loader=yaml.BaseLoader), "colour": "red"})
    assert not validator.is_valid({**yaml.load(GOOD, Loader=yaml.BaseLoader), "relation": "shares"})


def test_the_hash_of_rules_is_the_same_in_every_process() -> None:
    command = "from auditor.rules.load import load, rules_hash; print(rules_hash(load()))"
    hashes = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "0123"
    }
    assert len(hashes) == 1
