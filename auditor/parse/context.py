"""Mentions -> figures with context: indicator, place, period and role, from the words around each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise

from auditor.languages.vocabulary import FIRST_CODE, Vocabulary
from auditor.model.document import NormalText
from auditor.model.figure import Figure, Role
from auditor.model.quantity import Quantity
from auditor.parse.mentions import SATELLITES, Mention, Sentence
from auditor.parse.periods import Period, periods

BOUNDARY = frozenset(";.…:()?!")
FIGURES = frozenset("PQNM")
AFTER = 8
# A time this near behind a figure, in its clause, is the time of the figure.
BEHIND = 3
APART = frozenset(";.…:?!,PQNM")
# A word that no phrase holds is one token.
PLAIN, FIRST_PHRASE = "wW", chr(FIRST_CODE)


def find_context(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Fills in what each mention of a sentence measures, where, when, and in which role."""
    contents = sentence.contents = _contents(sentence, vocabulary)
    sentence.content = frozenset(chain.from_iterable(contents))
    places = _places(sentence, vocabulary) if sentence.mentions else []
    told = periods(sentence, vocabulary) if sentence.mentions else []
    for mention in sentence.mentions:
        begin = label_begin(sentence, mention)
        mention.label = tuple(chain.from_iterable(contents[begin : mention.at]))
        end = _after(sentence, mention.at + 1)
        after = chain.from_iterable(contents[mention.at + 1 : end])
        mention.sides = _sides(sentence.codes[begin:end], vocabulary)
        noun = mention.draft.noun.split()
        mention.context = frozenset([*mention.label, *noun, *after])
        mention.period = _period(sentence, mention, told)
        mention.place = _place(sentence, mention, places)
        mention.role = _role(sentence, mention, vocabulary)
    for one, other in pairwise(sentence.mentions):
        # From a to b: both are levels of one thing, named before the first.
        if one.function == "level-before" and other.function == "level-after" and not other.label:
            other.label, other.sides = one.label, other.sides or one.sides
            other.context = other.context | one.context
    for mention in sentence.mentions:
        # A satellite measures what its head does.
        if mention.head is not None and mention.function in SATELLITES:
            mention.label = mention.head.label
            mention.context = mention.context | mention.head.context
            mention.place = mention.place or mention.head.place


def label_begin(sentence: Sentence, mention: Mention) -> int:
    """Where the words that name an indicator begin: behind the last boundary or figure, and behind a comma if there
    is something between the two."""
    at, codes, something = mention.at, sentence.codes, False
    while at and codes[at - 1] not in BOUNDARY and codes[at - 1] not in FIGURES:
        at -= 1
        if codes[at] == "," and something:
            return at + 1
        something = something or bool(sentence.contents[at])
    return at


def _sides(codes: str, vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    """The sides of contrasts (killed or injured, exports or imports) that words take."""
    taken = [vocabulary.sides[code] for code in codes if code in vocabulary.sides]
    return frozenset().union(*taken)


def _after(sentence: Sentence, at: int) -> int:
    end = at
    while end < len(sentence.codes) and end - at < AFTER:
        if sentence.codes[end] in BOUNDARY or sentence.codes[end] in FIGURES or sentence.codes[end] == ",":
            break
        end += 1
    return end


def _contents(sentence: Sentence, vocabulary: Vocabulary) -> list[Sequence[str]]:
    """The words at each place that say what is measured: no cues, times, hedges, punctuation or stop words."""
    words, first, stops, idle = sentence.items.tokens.words, sentence.items.first, vocabulary.stops, vocabulary.idle
    found: list[Sequence[str]] = []
    for at, code in enumerate(sentence.codes):
        if code in PLAIN:
            word = words[first[sentence.spans[at][0]]]
            found.append(() if word in stops else (word,))
        elif code < FIRST_PHRASE or code in idle:
            found.append(())
        else:
            found.append([word for word in sentence.words(at) if word not in stops])
    return found


def _period(sentence: Sentence, mention: Mention, periods: Sequence[Period]) -> str | None:
    """The time right behind a figure in its clause, else the last before it. A time that something is compared with,
    or the date of a document, is told of no figure behind it."""
    behind = [one for one in periods if mention.at < one.begin <= mention.at + BEHIND and not one.compared]
    if behind and APART.isdisjoint(sentence.codes[mention.at + 1 : behind[0].begin]):
        return behind[0].text
    before = [one for one in periods if one.end <= mention.at and not one.compared]
    return before[-1].text if before else None


def _places(sentence: Sentence, vocabulary: Vocabulary) -> list[int]:
    """Where a kind of place stands before a name in capitals."""
    codes, kinds = sentence.codes, vocabulary.set_of("place_kind")
    return [at for at, following in enumerate(codes[1:]) if following == "W" and codes[at] in kinds]


def _place(sentence: Sentence, mention: Mention, places: Sequence[int]) -> str | None:
    """The last place named before the figure in its sentence: its kind and its name."""
    before = bisect_left(places, mention.at)
    if not before:
        return None
    at = places[before - 1]
    end = at + 1
    while sentence.codes[end : end + 1] == "W" and end - at < 5:
        end += 1
    return " ".join(sentence.phrase(item) for item in range(at, end))


def _role(sentence: Sentence, mention: Mention, vocabulary: Vocabulary) -> Role:
    if mention.function == "plan":
        return "plan"
    if mention.function in ("previous", "level-before"):
        return "previous"
    left = sentence.codes[max(0, mention.at - 12) : mention.at]
    if mention.function == "head" and not vocabulary.set_of("plan").isdisjoint(left):
        begin = max(left.rfind(mark) for mark in ",;.:(PQNM") + 1
        if not left[:begin].endswith("P") and not vocabulary.set_of("plan").isdisjoint(left[begin:]):
            return "plan"
    if not vocabulary.set_of("target_word").isdisjoint(left):
        return "target"
    return "actual" if vocabulary.set_of("estimate_word").isdisjoint(left[-5:]) else "estimate"


def figure(mention: Mention, document: str, text: NormalText, own_text: str) -> Figure:
    """The figure of a mention, at its place in the document's own text."""
    draft = mention.draft
    start, end = text.source(draft.start), text.source(draft.stop)
    hedge = draft.hedge
    quantity = Quantity(draft.value, draft.step, draft.unit, draft.dimension, draft.exact,
                        hedge.bound if hedge else None, hedge.band if hedge else None, draft.scale)  # fmt: skip
    unit_text = own_text[end : text.source(draft.unit_stop)].strip() if draft.unit_stop > draft.stop else ""
    indicator = " ".join(mention.label) or draft.noun or None
    return Figure(f"{document}:{start}", document, start, end, own_text[start:end], quantity, indicator,
                  mention.place, mention.period, mention.role, unit_text=unit_text)  # fmt: skip
