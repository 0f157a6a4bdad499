"""Abbreviations that a text defines in brackets, and counts with: `709 local farm unions (LFU) … 439 LFU`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.mentions import Sentence

# A shorter abbreviation has the initials of too many phrases.
SHORTEST = 3
IN_BRACKETS = re.compile(r"\([wW]\)")


def name_in_full(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> None:
    """Counts of what a text abbreviates count the noun that the full name begins with."""
    nouns = {short: noun for sentence in sentences for short, noun in _defined(sentence, vocabulary)}
    for sentence in sentences if nouns else ():
        for mention in sentence.mentions:
            noun = nouns.get((mention.unit or "").lower().partition(" ")[0])
            if noun is not None and mention.dimension == "count":
                full = vocabulary.nouns[noun]
                mention.draft = replace(mention.draft, unit=full.unit, noun=noun, kinds=full.kind_of)


def _defined(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Each abbreviation alone in brackets behind words with its initials, with the known noun that these begin with."""
    for found in IN_BRACKETS.finditer(sentence.codes):
        at = found.start()
        short = "".join(sentence.words(at + 1))
        before = [word for item in range(max(0, at - len(short)), at) for word in sentence.words(item)]
        words = before[-len(short) :]
        if len(short) >= SHORTEST and "".join(word[0] for word in words) == short:
            known = (" ".join(words[:stop]) for stop in range(len(words), 0, -1))
            yield from ((short, noun) for noun in list(filter(vocabulary.nouns.get, known))[:1])
