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


def tokenise(text: str, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[Tokens]:
    """The tokens of each sentence, in order; offsets are into ``text``. Gaps between tokens are white space only."""
    return [_tokens(text, sentence, vocabulary) for sentence in sentences]


def _tokens(text: str, sentence: Sentence, vocabulary: Vocabulary) -> Tokens:
    head = (sentence.start, sentence.end, sentence.block)
    if not DIGIT.search(text, sentence.start, sentence.end):
        return Tokens(*head)
    starts, ends, kinds, words = [], [], [], []
    what: dict[int, str] = {}
    for match in vocabulary.token.finditer(text, sentence.start, sentence.end):
        group = match.lastgroup or ""
        kind = WORDS.get(group, "x")
        if kind == "x":
            what[len(kinds)] = vocabulary.shapes[int(group[1:])]
        start, end = match.span(group)
        starts.append(start)
        ends.append(end)
        kinds.append(kind)
        words.append(text[start:end].lower())
    return Tokens(*head, tuple(starts), tuple(ends), "".join(kinds), tuple(words), what)
