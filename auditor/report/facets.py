"""What the findings can be filtered by, each with its number of findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from auditor.report.bilingual import Bilingual, Words
from auditor.report.cards import Card
from auditor.report.messages import Messages
from auditor.report.places import Places

Values = Callable[[Card], list[str]]
Label = Callable[[Messages, str], str]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: ``key`` is its name in the address of the page."""

    key: str
    options: list[Markup]


def facets(cards: Iterable[Card], texts: Bilingual, places: Places, indicators: dict[str, int]) -> list[Facet]:
    """Filters with more than one value; of an indicator only what is named."""
    every = list(cards)
    titles = {card.check.rule: card.rule.title for card in every if card.rule}
    names = {str(number): name for name, number in indicators.items()}
    kinds: dict[str, tuple[Values, Label]] = {
        "verdict": (lambda card: [card.check.verdict], lambda words, one: words.name("verdict", one)),
        "rule": (lambda card: [card.check.rule], lambda words, one: words.of(titles.get(one, {})) or one),
        "standing": (lambda card: [card.standing], lambda words, one: words.name("standing", one)),
        "document": (lambda card: documents(card, places), lambda words, one: places.path(int(one))),
        "indicator": (
            lambda card: [str(indicators[one]) for one in card.indicators],
            lambda words, one: names[one],
        ),
    }
    made = [Facet(key, _options(every, texts, *kind)) for key, kind in kinds.items()]
    return [facet for facet in made if len(facet.options) > 1]


def documents(card: Card, places: Places) -> list[str]:
    """The numbers of the documents that a finding is about, its own first."""
    paths = (card.finding.document, *(place.document for place in card.finding.locations))
    numbers = dict.fromkeys(map(places.number, paths))
    return [str(number) for number in numbers if number]


def numbered(cards: Iterable[Card]) -> dict[str, int]:
    """Indicators by number, in the order of the findings."""
    named = dict.fromkeys(one for card in cards for one in card.indicators)
    return {name: number for number, name in enumerate(named, 1)}


def _options(cards: list[Card], texts: Bilingual, values: Values, label: Label) -> list[Markup]:
    counted = Counter(value for card in cards for value in values(card))
    return [texts.option(value, _named(label, value), n) for value, n in counted.most_common()]


def _named(label: Label, value: str) -> Words:
    return lambda words: label(words, value)
