"""Words of the HTML report in both languages: one is in the page, the other waits beside it for the switch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from auditor.report.hidden import marked, one_line
from auditor.report.messages import LANGUAGES, Messages, messages

Words = Callable[[Messages], str]


class Bilingual:
    """Looks up every text twice. In the page stands the text of ``ui``, numbered where the other differs;
    ``others`` gives those in the order of the numbers, once each, when all the page is made."""

    def __init__(self, ui: str) -> None:
        self.words = messages(ui)
        self.other = messages(next(language for language in LANGUAGES if language != ui))
        self.language = ui
        self._numbers: dict[tuple[Markup, Markup], int] = {}

    def __call__(self, key: str, **values: object) -> Markup:
        return self.made(lambda words: words(key, **values))

    def name(self, section: str, identifier: str) -> Markup:
        return self.made(lambda words: words.name(section, identifier))

    def count(self, number: int) -> Markup:
        return self.made(lambda words: words.count(number))

    def of(self, texts: dict[str, str]) -> Markup:
        return self.made(lambda words: words.of(texts))

    def made(self, make: Words) -> Markup:
        return self.both(make(self.words), make(self.other))

    def both(self, one: str, other: str) -> Markup:
        """Two texts, escaped, as what stands in the page."""
        here, there = marked(one), marked(other)
        if here == there:
            return here
        return Markup(f'<span data-t="{self._number(here, there)}">{here}</span>')

    def option(self, value: str, make: Words, n: int) -> Markup:
        """A choice with its number of findings; inside it nothing but text may stand."""
        here, there = (escape(f"{one_line(make(words))} ({words.count(n)})") for words in (self.words, self.other))
        return Markup(f'<option value="{escape(value)}" data-t="{self._number(here, there)}">{here}</option>')

    def choice(self, key: str) -> Markup:
        """The choice that filters nothing."""
        here, there = escape(self.words(key)), escape(self.other(key))
        return Markup(f'<option value="" data-t="{self._number(here, there)}">{here}</option>')

    def attribute(self, name: str, key: str, **values: object) -> Markup:
        """An attribute with its name; a text for screen readers and tool tips."""
        here, there = escape(self.words(key, **values)), escape(self.other(key, **values))
        return Markup(f'{name}="{here}" data-t-{name}="{self._number(here, there)}"')

    def others(self) -> Iterator[Markup]:
        return (there for _, there in self._numbers)

    def _number(self, here: Markup, there: Markup) -> int:
        return self._numbers.setdefault((here, there), len(self._numbers))


class Table:
    """Short numbers for texts that a page repeats. Number 0 is the empty text."""

    def __init__(self, texts: Bilingual) -> None:
        self.texts = texts
        self._numbers: dict[tuple[str, str], int] = {("", ""): 0}

    def text(self, text: str | None) -> int:
        return self._of(text or "", text or "")

    def made(self, make: Words) -> int:
        return self._of(make(self.texts.words), make(self.texts.other))

    def all(self) -> list[list[str]]:
        """Every text in the language of the page, and in the other where it differs."""
        return [[one] if one == other else [one, other] for one, other in self._numbers]

    def _of(self, one: str, other: str) -> int:
        return self._numbers.setdefault((one, other), len(self._numbers))
