"""Text -> tokens: sentences with a numeral are cut by one pattern that covers every character; the rest stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.languages.vocabulary import Vocabulary
from auditor.model.document import Sentence
from auditor.model.token import Tokens

DIGIT = re.compile("[0-9]")
# Groups of the token pattern that are plain words, whatever way they were found.
WORDS = {"w": "w", "u": "w", "v": "w", "n": "n", "p": "p"}


def tokenise(text: str, sentences: Sequence[Sentence], vocabulary: Vocabulary, every: bool = False) -> list[Tokens]:
    """The tokens of each sentence, in order; offsets are into ``text``. Gaps between tokens are white space only.

    ``every`` cuts the sentences without a numeral as well.
    """
    return [_tokens(text, sentence, vocabulary, every) for sentence in sentences]


def _tokens(text: str, sentence: Sentence, vocabulary: Vocabulary, every: bool) -> Tokens:
    head = (sentence.start, sentence.end, sentence.block)
    if not every and not _has_numeral(text, sentence, vocabulary):
        return Tokens(*head)
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[str] = []
    words: list[str] = []
    what: dict[int, str] = {}
    for match in vocabulary.token.finditer(text, sentence.start, sentence.end):
        group = match.lastgroup or ""
        kind = WORDS.get(group, "x")
        if kind == "x":
            what[len(kinds)] = vocabulary.shapes[int(group[1:])]
        starts.append(match.start(group))
        ends.append(match.end())
        kinds.append(kind)
        words.append(match[group].lower())
    return Tokens(*head, tuple(starts), tuple(ends), "".join(kinds), tuple(words), what)


def _has_numeral(text: str, sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a sentence holds a digit, or words that may be a number."""
    span = sentence.start, sentence.end
    if DIGIT.search(text, *span):
        return True
    # A heading in capitals is the same words.
    capital = text[slice(*span)].isupper()
    begins = vocabulary.number_words.begins
    return bool(begins.search(text[slice(*span)].lower()) if capital else begins.search(text, *span))
