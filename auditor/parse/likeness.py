"""How much two mentions of a value say of the same thing, held against how easily they would agree by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from auditor.languages.vocabulary import Vocabulary
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import Page

# What a word is worth that stands in two sentences only; in more, it is worth less.
WORD = 840
# Two figures out of so many agree by chance once: what is printed decides how many shared words are needed beyond that.
SURE, LIKELY, OPEN = 100, 20, 4
# Words needed, in words that stand nowhere else: fewer for a rare number, more where one of few digits stands often.
NEEDED = {"sure": 0, "likely": WORD // 2, "open": 2 * WORD, "weak": 3 * WORD, "none": 5 * WORD}
# More of them when a rounding tells it again: there are more numbers that round to it than just one.
ROUNDED = 2 * WORD
# One part in so many of them is not needed where the first mention is of the headline or lead.
HEADLINE = 4
RATES = frozenset({"percent", "points", "permille", "times"})
# A headline of fewer words says too little to tell that it is told again.
FEW = 4
# What is counted goes on behind its noun for so many words: health centres, poor households.
PHRASE = 3
# A word or two put in names another kind; more tell the same at length.
KIND = 2
# Labels of fewer words are too short to differ in one.
SHORTEST = 2


class Likeness:
    """The words of a page's sentences, counted once: what two mentions share weighs by how rare it is on the page."""

    def __init__(self, page: Page) -> None:
        self._words = [frozenset(_words(sentence, page.vocabulary)) for sentence in page.sentences]
        self._sentences = Counter(word for words in self._words for word in words)
        self._partners = Counter((mention.dimension, mention.unit) for mention in page.mentions)
        self._place = {id(sentence): at for at, sentence in enumerate(page.sentences)}

    def same(self, one: Mention, other: Mention, headline: bool = False) -> bool:
        """Whether the words that two sentences share outweigh the chance that two values agree; fewer of them where one
        figure is of the headline, as most of those are told again. Percentages and factors agree too easily."""
        if one.dimension in RATES or one.unit is None or contrast(one, other):
            return False
        needed = self._needed(one, other)
        needed -= needed // HEADLINE if headline else 0
        if closeness(one, other):
            needed = max(needed, NEEDED["open"])
        elif one.value != other.value:
            needed += ROUNDED
        return self.shared(one, other) >= needed

    def shared(self, one: Mention, other: Mention) -> int:
        """The weight of the words that both sentences hold, and of other figures that both state; without the nouns
        that the two mentions count, which every figure of their kind has."""
        both = (self._of(one) & self._of(other)) - _counted(one, other) - {_told(one), _told(other)}
        return sum(2 * WORD // self._sentences[word] for word in both)

    def retold(self, headline: Mention, other: Mention) -> float:
        """Share of a headline's words that the sentence of another mention repeats, 0 to 1."""
        words = {word for word in self._of(headline) if not word[0].isdigit()}
        return len(words & self._of(other)) / len(words) if len(words) >= FEW else 0.0

    def _of(self, mention: Mention) -> frozenset[str]:
        return self._words[self._place[id(mention.sentence)]]

    def _needed(self, one: Mention, other: Mention) -> int:
        partners = max(self._partners[mention.dimension, mention.unit] for mention in (one, other))
        values = 9 * 10 ** (max(digits(one, other), closeness(one, other)) - 1)
        if partners * SURE <= values:
            return NEEDED["sure"]
        if partners * LIKELY <= values:
            return NEEDED["likely"]
        if partners * OPEN <= values:
            return NEEDED["open"]
        return NEEDED["weak"] if partners <= values else NEEDED["none"]


def digits(one: Mention, other: Mention) -> int:
    """Significant digits of the coarser mention: what the two agree on."""
    return min(one.digits, other.digits)


def closeness(one: Mention, other: Mention) -> int:
    """How many digits a hedged figure and another say alike beyond those of the coarser: `nearly 700` and 697 are
    within a hundredth, and so say two. 0 where they say no more, where neither is hedged, or both are one value."""
    apart = abs(one.value - other.value)
    if not apart or (one.draft.hedge is None and other.draft.hedge is None):
        return 0
    alike = len(str(int(max(one.value, other.value) / apart))) - 1
    return alike if alike > digits(one, other) else 0


def likeness(one: Mention, other: Mention) -> float:
    """Share of the smaller context that stands in the other as well, 0 to 1. For a number of one digit the noun that it
    counts is not enough."""
    nouns = _counted(one, other) if digits(one, other) == 1 else set()
    mine, theirs = one.context - nouns, other.context - nouns
    smaller = min(len(mine), len(theirs))
    return len(mine & theirs) / smaller if smaller else 0.0


def contrast(one: Mention, other: Mention) -> bool:
    """Whether two labels are built alike and differ in one stretch: revenue in 2016 against spending in 2016, poor
    households against nearly poor ones."""
    short, long = sorted((one.label, other.label), key=len)
    if short == long or len(short) < SHORTEST:
        return False
    begin, end = _same(short, long), _same(short[::-1], long[::-1])
    if len(short) < len(long):
        return begin > 0 and end > 0 and begin + end >= len(short) and len(long) - len(short) <= KIND
    return begin + end < len(short) <= 2 * (begin + end)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words two labels have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _counted(one: Mention, other: Mention) -> set[str]:
    """The words of what two mentions count: the noun of each, and what follows the number in both."""
    nouns = {*one.draft.noun.split(), *other.draft.noun.split()}
    return nouns | set(_behind(one)[: _same(_behind(one), _behind(other))])


def _behind(mention: Mention) -> tuple[str, ...]:
    """The next words behind a figure."""
    sentence, at = mention.sentence, mention.at + 1
    return tuple(word for item in range(at, min(at + PHRASE, len(sentence.codes))) for word in sentence.words(item))


def _words(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[str]:
    """What a sentence speaks of: its words, names that stand for one thing by one key, and its figures as printed."""
    yield from sentence.content
    yield from (word for mention in sentence.mentions for word in mention.draft.noun.split())
    yield from (_told(mention) for mention in sentence.mentions if mention.dimension not in RATES)
    words = sentence.items.tokens.words
    for at, word in enumerate(words):
        for phrase, key in vocabulary.synonyms.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield key


def _told(mention: Mention) -> str:
    return f"{mention.value} {mention.unit}"
