"""The examples of the vocabulary files are their tests: each is read to what its entry declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

import auditor
from auditor.languages import source
from auditor.languages.contexts import ContextPattern
from auditor.languages.pattern import openings
from auditor.languages.source import Entry
from auditor.languages.vocabulary import vocabulary
from auditor.lex import tokenise
from auditor.model.document import Sentence
from auditor.model.figure import Figure
from auditor.parse import asides, figures, mentions
from auditor.parse.items import Items, items
from auditor.parse.mentions import Mention
from auditor.parse.numerals import decimal_mark
from auditor.segment import segment

WORDS = vocabulary()
DATA = {path.name.removesuffix(".yaml"): source.read(path)
        for path in source.folder("vi").iterdir() if path.name.endswith(".yaml")}  # fmt: skip
MARK = re.compile("«(.*?)»")


@dataclass(frozen=True)
class Example:
    """An example with the entry it belongs to, and where the part in «…» stands, if there is one."""

    entry: Entry
    text: str
    start: int = 0
    end: int = 0


def entries(data: object, file: str) -> Iterator[Entry]:
    """Every entry of a file: the mappings in its lists, and the named ones of a file of classes."""
    if isinstance(data, Entry):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from entries(item, file)
    elif isinstance(data, dict) and (isinstance(data.get("words"), list) or "examples" in data):
        yield Entry(file, 1, data)
    elif isinstance(data, dict):
        for value in data.values():
            yield from entries(value, file)


def marked(entry: Entry) -> Iterator[Example]:
    for example in entry.examples():
        found = MARK.search(example)
        assert found is not None, f"nothing is marked in {example!r}"
        yield Example(entry, MARK.sub(r"\1", example), found.start(), found.end() - 2)


def unmarked(data: object, file: str) -> list[tuple[Entry, str]]:
    return [(entry, example) for entry in entries(data, file) for example in entry.examples()]


def words(data: object, file: str) -> list[tuple[Entry, str]]:
    return [(entry, word) for entry in entries(data, file) for word in entry.words()]


def named(pairs: Sequence[tuple[Entry, str]]) -> list[Any]:
    return [pytest.param(*pair, id=f"{pair[0].path}:{pair[0].line}:{pair[1]}") for pair in pairs]


def cut(text: str) -> list[Items]:
    return [items(text, sentence, WORDS) for sentence in tokenise(text, segment(text, WORDS), WORDS)]


def one_cut(text: str) -> Items:
    """The items of a text read as one sentence, whether it holds a digit or not."""
    padded = text if re.search("[0-9]", text) else f"{text} 5"
    return items(padded, tokenise(padded, [Sentence(0, len(padded), 0)], WORDS)[0], WORDS)


def read(text: str) -> tuple[Figure, ...]:
    return auditor.audit(text=text, strict=False).readings[0].figures


def holds(text: str, entry: Entry) -> bool:
    return any(word.casefold() in text.casefold() for word in entry.words())


@pytest.mark.parametrize("file", sorted(DATA))
def test_every_entry_has_examples(file: str) -> None:
    bare = [f"{file}:{entry.line}: {entry.values}" for entry in entries(DATA[file], file) if not entry.examples()]
    assert not bare, "\n".join(bare)


SHAPES = list(entries(DATA["shapes"], "shapes"))


@pytest.mark.parametrize(("entry", "example"), named([(entry, text) for entry in SHAPES for text in entry.examples()]))
def test_shape_matches_its_examples_whole(entry: Entry, example: str) -> None:
    assert re.fullmatch(entry.values["pattern"], example)
    tokens = tokenise(example, segment(example, WORDS), WORDS)[0]
    assert tokens.kinds == "x"
    assert (tokens.what or {}).get(0) == entry.values["what"]


@pytest.mark.parametrize(
    ("entry", "example"),
    named([(entry, str(text)) for entry in SHAPES for text in entry.values.get("counterexamples", ())]),
)
def test_shape_refuses_its_counterexamples(entry: Entry, example: str) -> None:
    assert not re.fullmatch(entry.values["pattern"], example)
    whats = {
        what for tokens in tokenise(example, segment(example, WORDS), WORDS) for what in (tokens.what or {}).values()
    }
    assert entry.values["what"] not in whats


@dataclass(frozen=True)
class Exercise:
    pattern: ContextPattern
    example: Example

    def __str__(self) -> str:
        return f"{self.pattern.result}:{self.pattern.entry.line}:{self.example.text[:30]}"


def exercises(by_code: Mapping[str, Iterable[ContextPattern]]) -> list[Exercise]:
    patterns = {pattern.entry.line: pattern for patterns in by_code.values() for pattern in patterns}
    return [Exercise(patterns[line], example) for line in sorted(patterns) for example in marked(patterns[line].entry)]


@pytest.mark.parametrize("exercise", exercises(WORDS.not_figures), ids=str)
def test_not_figure_is_set_aside(exercise: Exercise) -> None:
    example, pattern = exercise.example, exercise.pattern
    aside = [(one, span) for one in cut(example.text) for span in asides.set_aside(one, WORDS)]
    held = [(one, span) for one, span in aside if span.start < example.end and example.start < span.stop]
    digits = {at for at in range(example.start, example.end) if example.text[at].isdigit()}
    taken = {at for _, span in held for at in range(span.start, span.stop) if example.text[at].isdigit()}
    assert taken == digits, f"set aside: {[example.text[span.start : span.stop] for _, span in held]}"
    assert {span.what for _, span in held} == {pattern.result}
    one, span = held[0]
    assert pattern.match(one.codes, span.begin) is not None, "another entry takes this example"


@pytest.mark.parametrize("exercise", exercises(WORDS.functions), ids=str)
def test_function_of_the_marked_figure(exercise: Exercise) -> None:
    example, pattern = exercise.example, exercise.pattern
    mention = next(m for m in mentioned(example.text) if example.start <= m.draft.start < example.end)
    assert mention.function == pattern.result
    assert (mention.sign, mention.offset) == (pattern.sign, pattern.offset)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("rise _{0,3}", ["rise"]),
        ("versus? plan", ["versus", "plan"]),
        ("(rise|'to' fall) _ | ('(' reach)? equal", ["rise", "'to'", "'('", "equal"]),
        ("(rise|fall?) plan", None),
        ("rise?", None),
        ("^ rise", None),
        ("(?! rise) fall", None),
        ("", None),
    ],
)
def test_openings_of_a_pattern(pattern: str, expected: list[str] | None) -> None:
    found = openings(pattern)
    named_by = None if found is None else [match["name"] or match["quoted"] for match in found]
    assert named_by == expected


def mentioned(text: str) -> Iterator[Mention]:
    """The figures of a text with their functions."""
    for number, one in enumerate(cut(text)):
        aside = asides.set_aside(one, WORDS)
        mark = decimal_mark(one.phrase(at) for at, code in enumerate(one.codes) if code in "gfqr")
        sentence = mentions.sentence(one, aside, figures.drafts(one, aside, WORDS, mark), number)
        mentions.find_functions(sentence, WORDS)
        yield from sentence.mentions


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["units"], "units")))
def test_unit_of_the_example(entry: Entry, example: str) -> None:
    assert holds(example, entry)
    units = [(one.quantity.unit or "").partition("/")[0] for one in read(example)]
    assert entry.values["unit"] in units
    assert entry.values["dimension"] in [one.quantity.dimension for one in read(example)]


@pytest.mark.parametrize(("entry", "word"), named(words(DATA["units"], "units")))
def test_every_unit_word(entry: Entry, word: str) -> None:
    (figure,) = read(f"Tổng cộng là 7 {word}.")
    assert figure.quantity.unit == entry.values["unit"]
    assert figure.quantity.value == 7 * Fraction(entry.values.get("factor", "1"))
    assert figure.quantity.dimension == entry.values["dimension"]


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["numbers"]["scales"], "numbers")))
def test_scale_of_the_example(entry: Entry, example: str) -> None:
    assert holds(example, entry)
    printed = re.search("[0-9]+(?:,[0-9]+)?", example)
    assert printed is not None
    value = Fraction(printed[0].replace(",", ".")) * Fraction(entry.values["factor"])
    assert value in [one.quantity.value for one in read(example)]


@pytest.mark.parametrize(("entry", "word"), named(words(DATA["numbers"]["scales"], "numbers")))
def test_every_scale_word(entry: Entry, word: str) -> None:
    (figure,) = read(f"Tổng vốn là 7 {word} đồng.")
    assert (figure.quantity.value, figure.quantity.unit) == (7 * Fraction(entry.values["factor"]), "VND")


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["hedges"], "hedges")))
def test_hedge_of_the_example(entry: Entry, example: str) -> None:
    assert holds(example, entry)
    assert entry.values["bound"] in [one.quantity.bound for one in read(example)]


@pytest.mark.parametrize(("entry", "word"), named(words(DATA["hedges"], "hedges")))
def test_every_hedge(entry: Entry, word: str) -> None:
    after = entry.values.get("after") == "true"
    (figure,) = read(f"Tổng vốn là 7 tỷ đồng {word}." if after else f"Tổng vốn là {word} 7 tỷ đồng.")
    band = tuple(Fraction(end) if end else None for end in entry.values["band"])
    assert (figure.quantity.bound, figure.quantity.band) == (entry.values["bound"], band)


def counted(entry: Entry, word: str) -> str:
    """What things counted under a word are called in the output."""
    listed = entry.words()
    return str(word if entry.values.get("own") == "true" else entry.values.get("unit", listed[0]))


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["nouns"]["nouns"], "nouns")))
def test_noun_of_the_example(entry: Entry, example: str) -> None:
    assert holds(example, entry)
    known = {counted(entry, word).casefold() for word in entry.words()}
    assert known & {(one.quantity.unit or "").partition("/")[0].casefold() for one in read(example)}


@pytest.mark.parametrize(("entry", "word"), named(words(DATA["nouns"]["nouns"], "nouns")))
def test_every_noun(entry: Entry, word: str) -> None:
    (figure,) = read(f"Toàn bộ là 7 {word}.")
    assert (figure.quantity.unit or "").casefold() == counted(entry, word).casefold()
    assert figure.quantity.exact


def cues() -> Mapping[str, Entry]:
    return dict(source.entries(DATA["cues"], "cues"))


@pytest.mark.parametrize(
    ("name", "example"), [(name, example) for name, entry in cues().items() for example in entry.examples()]
)
def test_cue_of_the_example(name: str, example: str) -> None:
    assert set(one_cut(example).codes) & set(WORDS.classes[name]), f"no {name} in {example!r}"


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, entry in cues().items() for word in entry.words()])
def test_every_cue_word(name: str, word: str) -> None:
    assert one_cut(f"{word}").codes[0] in WORDS.classes[name]


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["claims"], "claims")))
def test_claim_of_the_example(entry: Entry, example: str) -> None:
    found = {WORDS.claims.get(one_cut(example).phrase(at)) for at in range(len(one_cut(example).codes))}
    assert entry.values["claim"] in found


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["indicators"], "indicators")))
def test_indicator_of_the_example(entry: Entry, example: str) -> None:
    assert holds(example, entry)
    assert set(one_cut(example).codes) & set(WORDS.classes["indicator"])
    assert entry.values["dimension"] in [one.quantity.dimension for one in read(example)]


@pytest.mark.parametrize("word", DATA["abbreviations"]["before_stop"])
def test_abbreviation_ends_no_sentence(word: str) -> None:
    assert len(segment(f"Đoàn đến {word}. Kim Sa làm việc", WORDS)) == 1


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["synonyms"], "synonyms")))
def test_synonym_of_the_example(entry: Entry, example: str) -> None:
    words = one_cut(example).tokens.words
    named = {key for at, word in enumerate(words) for name, key in WORDS.synonyms.get(word, ())
             if tuple(words[at : at + len(name)]) == name}  # fmt: skip
    assert f"={entry.words()[0]}" in named


def test_no_word_stands_for_two_things() -> None:
    every = [word for _, word in words(DATA["synonyms"], "synonyms")]
    assert len(every) == len(set(every))


ROWS = [(Entry("ordinals.yaml", 1, entry.values), example) for entry, example in unmarked(DATA["ordinals"], "ordinals")]


@pytest.mark.parametrize(("entry", "example"), named(ROWS))
def test_ordinals_tell_off_the_items_of_a_list(entry: Entry, example: str) -> None:
    checks = auditor.audit(text=f"Xã giao 2 nhiệm vụ: {example}", strict=False).checks
    assert [check.verdict for check in checks if check.relation.kind == "count-of-list"] == ["consistent"]


@pytest.mark.parametrize(("entry", "example"), named(unmarked(DATA["kinds"], "kinds")))
def test_kinds_lie_within_their_wholes(entry: Entry, example: str) -> None:
    audit = auditor.audit(text=example, strict=False)
    levels = [figure for figure in audit.readings[0].figures if figure.quantity.dimension != "percent"]
    bound = [check for check in audit.checks if check.relation.kind == "part-within-total"]
    assert [(check.verdict, {figure.start for figure in check.relation.figures()}) for check in bound] == [
        ("consistent", {levels[0].start, levels[-1].start})
    ]
