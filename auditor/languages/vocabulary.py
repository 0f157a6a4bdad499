"""What words mean: the vocabulary files of a language, compiled once into look-ups and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from auditor.languages import source
from auditor.languages.contexts import ContextPattern, ContextPatterns
from auditor.languages.extension import extend
from auditor.languages.kinds import Kinds, kinds
from auditor.languages.number_words import NumberWords, number_words
from auditor.languages.pattern import PatternError, leading_classes, openings, quoted_words, translate
from auditor.languages.source import Entry
from auditor.model.exact import Fraction, rational
from auditor.model.quantity import Bound

Phrase = tuple[tuple[str, ...], str]  # its words and its code
WORD = re.compile(r"[^\W\d_]+[²³23]?|\S")
# Codes of phrases start in a private plane; numerals, figures and unknown words have letters.
FIRST_CODE = 0xF0000
# Classes that are told by what they are not, or by a range of codes.
OPEN = frozenset({"_", "INNER", "WORD", "NAME"})
NUMERAL_CLASSES = {
    "ONE": "o", "MONTH": "oa", "DAY": "oab", "SMALL": "oab", "INT": "oabc", "ROUND": "c5", "YEAR": "Y",
    "GROUPED": "g", "DAYMONTH": "q", "MONTHYEAR": "r", "DEC": "fq", "NUM": "oabc5eYgfqr", "DATE": "D", "DOC": "C",
}  # fmt: skip
FIGURE_CLASSES = {"PCT": "P", "QTY": "Q", "CNT": "N", "TIMES": "M", "AMT": "QN", "FIG": "PQNM", "TIME": "t"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word: ``unit`` is the base unit, ``factor`` what one of the word is in it."""

    unit: str
    factor: Fraction
    dimension: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun and the nouns that it is a kind of."""

    unit: str
    kind_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that makes a number a bound; ``after`` hedges stand behind the number."""

    bound: Bound
    band: tuple[Fraction | None, Fraction | None]
    after: bool
    not_after_noun: bool


@dataclass(slots=True, eq=False)
class Vocabulary:
    """A language's words and patterns."""

    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    code_of: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    scales: dict[str, Fraction] = field(default_factory=dict)
    halves: set[str] = field(default_factory=set)
    hedges: dict[str, Hedge] = field(default_factory=dict)
    nouns: dict[str, Noun] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    money: tuple[frozenset[str], Unit] | None = None
    stops: set[str] = field(default_factory=set)
    generic: frozenset[str] = frozenset()
    # Names of indicators without the words that say nothing, and the words for a year that say not which part of it.
    listed: frozenset[str] = frozenset()
    year_words: frozenset[str] = frozenset()
    # The words that the name of a kind of place begins with.
    place_words: frozenset[str] = frozenset()
    typos: dict[str, str] = field(default_factory=dict)
    # By the code that they begin at, in the order of the file.
    not_figures: dict[str, ContextPatterns] = field(default_factory=dict)
    functions: dict[str, ContextPatterns] = field(default_factory=dict)
    token: re.Pattern[str] = field(default=re.compile(""))
    shapes: list[str] = field(default_factory=list)
    idle: frozenset[str] = frozenset()
    claims: dict[str, str] = field(default_factory=dict)
    # The single words that make a phrase a total.
    heads: dict[str, list[str]] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    # By code: the contrasts that a word takes a side in.
    sides: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    # Names of one thing by their first word, each with the key that all of them share.
    synonyms: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    # Rows of words that open the items of a list, in order.
    ordinals: list[list[str]] = field(default_factory=list)
    before_stop: re.Pattern[str] = field(default=re.compile(""))
    kinds: Kinds = field(init=False)
    number_words: NumberWords = field(init=False)
    _sets: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    # Phrases by their first word and by their second one; under "" those that have none.
    _by_words: dict[str, dict[str, list[Phrase]]] = field(default_factory=dict)

    def beginning(self, words: Sequence[str], at: int) -> Sequence[Phrase]:
        """The phrases that may begin at a word, with their codes, longest first."""
        known = self._by_words.get(words[at])
        if known is None:
            return ()
        return known.get(words[at + 1], known[""]) if at + 1 < len(words) else known[""]

    def set_of(self, *names: str) -> frozenset[str]:
        """The codes of classes, once all are known; a single character stands for itself."""
        if names not in self._sets:
            self._sets[names] = frozenset("".join(name if len(name) == 1 else self.classes[name] for name in names))
        return self._sets[names]

    def index(self) -> None:
        """Sorts the phrases for `beginning`, once all are known."""
        for first, phrases in self.phrases.items():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
            alone = [phrase for phrase in phrases if len(phrase[0]) == 1]
            second = {phrase[0][1] for phrase in phrases if len(phrase[0]) > 1}
            self._by_words[first] = {"": alone} | {
                word: [phrase for phrase in phrases if phrase[0][1:2] in ((), (word,))] for word in second
            }

    def code(self, phrase: str) -> str:
        """The code of a phrase, given it when first named."""
        phrase = phrase.lower()
        if phrase not in self.code_of:
            words: tuple[str, ...] = tuple(WORD.findall(phrase))
            if len(words) == 1 and not words[0][0].isalnum():
                return words[0]
            self.code_of[phrase] = chr(FIRST_CODE + len(self.code_of))
            self.phrases.setdefault(words[0], []).append((words, self.code_of[phrase]))
        return self.code_of[phrase]

    def add(self, name: str, words: Iterable[str]) -> None:
        """Puts words into a class."""
        new = "".join(self.code(word) for word in words)
        self.classes[name] = "".join(dict.fromkeys(self.classes.get(name, "") + new))

    def one_of(self, name: str) -> str:
        """The regular expression of a class. Raises KeyError for an unknown one."""
        if name == "_":
            return r"[^;.…:()PQNM]"
        if name == "INNER":
            return r"[^,;.…:()PQNM]"
        if name in ("WORD", "NAME"):
            return "W" if name == "NAME" else rf"[wW\U{FIRST_CODE:08x}-\U0010ffff]"
        return f"[{re.escape(self.codes_of(name))}]"

    def codes_of(self, name: str) -> str:
        """The codes of a class. Raises KeyError for an unknown one."""
        return NUMERAL_CLASSES.get(name) or FIGURE_CLASSES.get(name) or self.classes[name]

    def expression(self, entry: Entry, key: str) -> str | None:
        """The regular expression under a key of an entry. Raises ConfigError naming the entry."""
        text = entry.values.get(key)
        if text is None:
            return None
        try:
            return f"(?:{translate(text, self.one_of, self.code)})"
        except PatternError as error:
            raise entry.fault(f"{key}: {error}") from error

    def context(self, entry: Entry, name: str) -> ContextPattern:
        """The compiled patterns of an entry. Raises ConfigError naming it."""
        left, at, right = (self.expression(entry, key) for key in ("left", "at", "right"))
        if at is None:
            raise entry.fault("the key 'at' is missing")
        before = _compiled(entry, "left", rf"{left}\Z") if left else None
        # What is named does not depend on what stands right of it.
        here = _compiled(entry, "right", f"(?>{at})(?={right})") if right else _compiled(entry, "at", at)
        sign, offset = int(entry.values.get("sign", 1)), rational(entry.values.get("offset", "0"))
        return ContextPattern(str(entry.values[name]), before, here, entry, sign, offset, self.begins(entry))

    def begins(self, entry: Entry) -> frozenset[str] | None:
        """The codes that what is left of an entry must begin with; ``None`` where it may begin with anything."""
        atoms = openings(entry.values.get("left", ""))
        if atoms is None or any(atom["name"] in OPEN for atom in atoms):
            return None
        named = (self.codes_of(atom["name"]) if atom["name"] else self.code(atom["quoted"][1:-1]) for atom in atoms)
        return frozenset("".join(named))

    def by_code(self, entries: Iterable[Entry], name: str) -> dict[str, ContextPatterns]:
        """The context patterns of entries under each code that they can begin at."""
        found: dict[str, list[ContextPattern]] = {}
        for entry in entries:
            pattern = self.context(entry, name)
            classes = NUMERAL_CLASSES | FIGURE_CLASSES
            for code in {code for leading in leading_classes(entry.values["at"]) for code in classes.get(leading, "")}:
                found.setdefault(code, []).append(pattern)
        return {code: ContextPatterns(patterns) for code, patterns in found.items()}


@cache
def vocabulary(language: str = "vi", folders: tuple[Path, ...] = ()) -> Vocabulary:
    """The vocabulary of a language with that of a user's folders. Raises ConfigError for a faulty file."""
    here = source.folder(language)
    words = Vocabulary()
    data = {name: source.read(here / f"{name}.yaml") for name in
            ("shapes", "numbers", "units", "hedges", "nouns", "cues", "notfigures", "functions", "abbreviations",
             "claims", "indicators", "contrasts", "synonyms", "ordinals", "kinds", "number_words")}  # fmt: skip
    extend(data, folders)
    _numbers(words, data["numbers"], data["units"], data["hedges"])
    _nouns(words, data["nouns"])
    words.number_words = number_words(data["number_words"], words.scales, [*words.nouns, *words.units])
    for name, entry in source.entries(data["cues"], "cues.yaml"):
        words.add(name, entry.words())
        words.typos.update(dict.fromkeys(entry.values.get("typos", ()), name))
    for entry in data["claims"]:
        words.claims.update(dict.fromkeys(map(spaced, entry.words()), entry.values["claim"]))
    for entry in data["indicators"]:
        words.indicators.update(dict.fromkeys(entry.words(), entry.values["dimension"]))
    for entry in data["synonyms"]:
        for one in entry.words():
            parts = tuple(spaced(one).split())
            words.synonyms.setdefault(parts[0], []).append((parts, f"={entry.words()[0]}"))
    words.kinds = kinds(data["kinds"], words.stops)
    words.ordinals = [entry.words() for entry in data["ordinals"]]
    words.add("claim", words.claims)
    words.add("indicator", words.indicators)
    for entry in data["contrasts"]:
        for word in entry.words():
            words.sides.setdefault(words.code(word), set()).add((entry.values["contrast"], entry.values["side"]))
    for entry in [*data["notfigures"], *data["functions"]]:
        for key in ("left", "at", "right"):
            for phrase in quoted_words(entry.values.get(key, "")):
                words.code(phrase)
    words.heads["whole"] = [spaced(phrase) for phrase in data["cues"]["whole"]["words"]]
    for total in ("total", "grand_total"):
        # "Total credit" is a total as "total" is.
        words.heads[total] = [spaced(phrase) for phrase in data["cues"][total]["words"] if " " not in phrase]
        heads = tuple(f"{spaced(phrase)} " for phrase in data["cues"][total]["words"])
        words.add(total, [phrase for phrase in words.code_of if phrase.startswith(heads)])
    words.not_figures = words.by_code(data["notfigures"], "what")
    words.functions = words.by_code(data["functions"], "function")
    contents = ((word for word in phrase.split() if word not in words.stops) for phrase in words.indicators)
    words.listed = frozenset(map(" ".join, contents))
    words.year_words = frozenset(word for phrase in data["cues"]["plain_year"]["words"] for word in phrase.split())
    words.place_words = frozenset(
        phrase.split()[0] for phrase in words.code_of if words.code_of[phrase] in words.classes["place_kind"]
    )
    words.idle = frozenset("".join(words.classes[name] for name in data["nouns"]["idle_cues"]))
    words.index()
    _tokens(words, data["shapes"])
    stops = "|".join(map(re.escape, data["abbreviations"]["before_stop"]))
    words.before_stop = re.compile(rf"(?:^|[\s(.])(?:[A-HJ-UWYZĐ]|{stops})$")
    return words


def _compiled(entry: Entry, key: str, expression: str) -> re.Pattern[str]:
    try:
        return re.compile(expression)
    except re.error as error:
        raise entry.fault(f"{key}: {error}") from error


def spaced(phrase: str) -> str:
    """A phrase as items print it: lower case, its tokens with one space between them."""
    return " ".join(WORD.findall(phrase.lower()))


def _numbers(words: Vocabulary, numbers: dict[str, list[Entry]], units: list[Entry], hedges: list[Entry]) -> None:
    for entry in numbers["scales"]:
        words.scales.update(dict.fromkeys(map(spaced, entry.words()), rational(entry.values["factor"])))
    words.halves.update(numbers["half"]["words"])  # type: ignore[call-overload]
    for entry in units:
        values = entry.values
        unit = Unit(values["unit"], rational(values.get("factor", "1")), values["dimension"])
        words.units.update({spaced(word): unit for word in entry.words()})
    for entry in hedges:
        low, high = (rational(end) if end else None for end in entry.values["band"])
        hedge = Hedge(entry.values["bound"], (low, high), entry.values.get("after") == "true",
                      entry.values.get("not_after_noun") == "true")  # fmt: skip
        words.hedges.update(dict.fromkeys(map(spaced, entry.words()), hedge))
    words.money = (frozenset(numbers["money_scales"]), words.units[numbers["money"]])  # type: ignore[arg-type, index]
    words.add("per", numbers["per"])  # type: ignore[arg-type]
    words.add("join", numbers["joins"])  # type: ignore[arg-type]
    words.add("scale", words.scales)
    words.add("half", words.halves)
    words.add("unit", words.units)
    words.add("hedge", (word for word, hedge in words.hedges.items() if not hedge.after))
    words.add("hedge_after", (word for word, hedge in words.hedges.items() if hedge.after))


def _nouns(words: Vocabulary, data: dict[str, list[Entry]]) -> None:
    words.skipped.update(str(word) for word in data["skip"])
    words.stops.update(str(word) for word in data["stops"])
    words.generic = frozenset(str(phrase) for phrase in data["generic"])
    for entry in data["nouns"]:
        names = entry.words()
        kinds = frozenset(entry.values.get("kind_of", ()))
        for name in names:
            own = name if entry.values.get("own") == "true" else entry.values.get("unit", names[0])
            words.nouns[spaced(name)] = Noun(own, kinds)
    words.add("noun", words.nouns)


def _tokens(words: Vocabulary, shapes: list[Entry]) -> None:
    """One pattern that covers every character: plain words first, as most tokens are, then what holds digits."""
    with_digits = sorted((unit for unit in words.units if re.search(r"[\d²³]", unit)), key=len, reverse=True)
    parts = [r"(?P<w>[^\W\d_]+(?![\w@]|-\d|://|\.\w))"]
    words.shapes = [entry.values["what"] for entry in shapes]
    parts += [f"(?P<x{number}>{entry.values['pattern']})" for number, entry in enumerate(shapes)]
    parts += [
        r"(?P<n>[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,12}(?:,[0-9]+)?(?=\s?[^\W\d_]|\s?[%;)/.,])"
        r"|[0-9]+(?:[.,][0-9]+)*)",
        rf"(?P<u>(?:{'|'.join(map(re.escape, with_digits))})(?!\w))",
        r"(?P<v>[^\W\d_]+)",
        r"(?P<p>\S)",
    ]
    words.token = re.compile(r"\s*(?:" + "|".join(parts) + ")")
