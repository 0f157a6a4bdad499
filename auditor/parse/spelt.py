"""Where a sentence holds a number in words: most number words stand in ordinals, dates, names and set phrases."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.languages.number_words import COMMA, ONE, NumberWords
from auditor.languages.vocabulary import Vocabulary
from auditor.model.token import Tokens
from auditor.parse.number_words import Spelt, spelt

YEARS = range(1900, 2101)
# More number words than this in a row are no number: those of 10^21 are fewer.
LONGEST = 60
# How far before a single `one` the number stands that makes it a count.
BESIDE = 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A number in words and what its place makes of it: a year; or ``idle``, an ordinal, a date or a count of times,
    which is no figure even if nothing sets it aside."""

    spelt: Spelt
    year: bool = False
    idle: bool = False


def spelt_numbers(text: str, tokens: Tokens, vocabulary: Vocabulary, alone: bool = False) -> dict[int, Placed]:
    """The numbers in words of a sentence by their first token; ``alone`` reads single words that count nothing, too."""
    known = vocabulary.number_words
    if known.first.isdisjoint(tokens.words):
        return {}
    found: dict[int, Placed] = {}
    reader = _Reader(text, tokens, vocabulary, known, alone)
    end = 0
    for at, word in enumerate(tokens.words):
        if at >= end and word in known.first:
            placed, length = reader.read(at)
            if placed is not None:
                found[at] = placed
            end = at + length
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    tokens: Tokens
    vocabulary: Vocabulary
    known: NumberWords
    alone: bool

    def read(self, at: int) -> tuple[Placed | None, int]:
        """The number that begins at a token, and how many tokens are done with: what cannot be read is passed whole."""
        letters = self._letters(at)
        if not self._may_begin(at, letters):
            # Behind a year, too, half a number is none.
            return None, len(letters) if letters[1:2] in tuple("Hs") else 1
        found = spelt(self.tokens.words[at : at + LONGEST], letters, self.known) if len(letters) < LONGEST else None
        if found is None:
            return None, 1 if letters[0] == "n" else len(letters)
        return self._placed(at, found), found.length

    def _placed(self, at: int, found: Spelt) -> Placed | None:
        before = self.tokens.words[at - 1] if at else ""
        end = at + found.length + found.scales
        if self._is_name(at, end) or not self._ends_well(at + found.length, found.scales):
            return None
        single, one = end == at + 1 and not self.alone, found.number.value == ONE
        if found.fraction:
            return Placed(found)
        if before in self.known.not_after:
            return None if single else Placed(found, idle=True)
        if self._is_time(end):
            return None if single and one else Placed(found, idle=True)
        if single and not self._counts(at, one):
            return None
        return Placed(found, year=before in self.known.times and end > at + 1 and found.number.value in YEARS)

    def _ends_well(self, at: int, scales: int) -> bool:
        """Whether the words behind a number are the scale they look like, and no other word that begins like one."""
        code = self._phrase(at)[1]
        is_scale = not scales or code in self.vocabulary.classes["scale"] or code in self.vocabulary.classes["noun"]
        return is_scale and " ".join(self.tokens.words[at : at + 2]) not in self.known.not_before

    def _letters(self, at: int) -> str:
        """The letters of the number words from a token on; a comma counts where an amount is spelt out."""
        words, letters = self.tokens.words, self.known.letters
        comma = COMMA if at and words[at - 1] in self.known.spelt_after else ""
        end, out = at, []
        last = min(len(words), at + LONGEST)
        while end < last and (letter := letters.get(words[end]) or (comma if words[end] == "," else "")):
            out.append(letter)
            end += 1
        return "".join(out)

    def _may_begin(self, at: int, letters: str) -> bool:
        if letters[0] == "z":
            return letters[1:2] == "p" or (self.alone and self._is_all(at))
        if letters[0] == "q":
            return self.alone and at > 0 and self.tokens.words[at - 1] in self.known.not_after
        return letters[0] != "n" or letters[1:2] == "T" or not self._is_year(at, letters)

    def _is_all(self, at: int) -> bool:
        """Whether a word is all there is, but for a unit."""
        return at == 0 and len(self.tokens.words) <= 1 + self._phrase(1)[0]

    def _is_year(self, at: int, letters: str) -> bool:
        """Whether the word that is both five and year means years: by the words around it, or in a list of times."""
        words, known = self.tokens.words, self.known
        before = words[at - 1] if at else ""
        if before in known.first or self.tokens.kinds[at - 1 : at] == "n":
            return True
        if before in known.scales and known.letters.get("".join(words[at + 1 : at + 2])) is None:
            return True
        if self.alone:
            return False
        if before in known.year_after or (before in known.year_after_alone and len(letters) == 1):
            # But "two to five".
            return at < 2 or not self._is_number(at - 2)
        listed = at > 1 and words[at - 1] in known.one_beside and words[at - 2] in known.times
        return (
            listed
            or " ".join(words[at + 1 : at + 3]) in known.year_before
            or "".join(words[at + 1 : at + 2]) in known.year_before
        )

    def _is_name(self, at: int, end: int) -> bool:
        """A capital that begins no sentence, as in the names of places and people."""
        starts, kinds = self.tokens.starts, self.tokens.kinds
        opens = at == 0 or kinds[at - 1] == "p"
        return any(self._capital(starts[token]) for token in range(at + opens, end))

    def _capital(self, start: int) -> bool:
        """Whether a word begins with a capital and is not all capitals, as in a heading."""
        return self.text[start].isupper() and not self.text[start + 1 : start + 2].isupper()

    def _is_time(self, at: int) -> bool:
        words, times = self.tokens.words, self.known.times
        return " ".join(words[at : at + 2]) in times or (at < len(words) and words[at] in times)

    def _counts(self, at: int, one: bool) -> bool:
        """Whether a single number word stands right before what is counted or measured."""
        if self._phrase(at)[0] > 1:
            return False
        if "".join(self.tokens.words[at + 1 : at + 2]) in self.known.range:
            return self._other_end(at + 2)
        return self._is_before_counted(at, one)

    def _other_end(self, at: int) -> bool:
        """Whether a number that counts stands at a token, as the other end of a range."""
        if self.tokens.kinds[at : at + 1] == "n":
            return True
        letters = self._letters(at)
        found = (
            spelt(self.tokens.words[at : at + LONGEST], letters, self.known) if letters[:1] in tuple("dnt") else None
        )
        if found is None or found.fraction or self._is_time(at + found.length + found.scales):
            return False
        return found.length + found.scales > 1 or self._is_before_counted(at, False)

    def _is_before_counted(self, at: int, one: bool) -> bool:
        length, code = self._phrase(at + 1)
        classes = self.vocabulary.classes
        if code not in classes["noun"] and code not in classes["unit"]:
            return False
        if self._is_name(at, at + 2):
            return False
        if code in classes["unit"]:
            unit = self.vocabulary.units[" ".join(self.tokens.words[at + 1 : at + 1 + length])]
            return not one or unit.dimension == "percent"
        return not one or self._beside(at, at + 1 + length)

    def _beside(self, at: int, end: int) -> bool:
        """Whether another number that counts is joined to the words from ``at`` to ``end``."""
        words, joins = self.tokens.words, self.known.one_beside
        if at > 1 and words[at - 1] in joins and any(map(self._is_number, range(max(0, at - BESIDE), at - 1))):
            return True
        return end + 1 < len(words) and words[end] in joins and self._is_number(end + 1)

    def _is_number(self, at: int) -> bool:
        if self.tokens.kinds[at] == "n":
            return True
        letter = self.known.letters.get(self.tokens.words[at], "")
        return bool(letter) and letter in "dt" and self.known.values.get(self.tokens.words[at]) != ONE

    def _phrase(self, at: int) -> tuple[int, str]:
        """The longest phrase of the vocabulary from a token on: its length and code."""
        words = self.tokens.words
        if at < len(words):
            for phrase, code in self.vocabulary.beginning(words, at):
                if words[at : at + len(phrase)] == phrase:
                    return len(phrase), code
        return 0, " "
