"""Tokens -> figures with their context, the numerals that are none, and the relations that the text claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from auditor.languages.vocabulary import Vocabulary
from auditor.model.check import Reading
from auditor.model.document import Document, NormalText
from auditor.model.figure import Figure, Ignored
from auditor.model.relation import Relation
from auditor.model.token import Tokens
from auditor.parse import (
    abbreviated,
    additive,
    asides,
    borrowed,
    breakdowns,
    changes,
    conflicts,
    context,
    dates,
    figures,
    heads,
    jointly,
    kinds_within,
    lists,
    mentions,
    now_before,
    oddities,
    outcomes,
    phases,
    plans,
    products,
    projects,
    raised,
    rates,
    ratios,
    ratios_summed,
    repeats,
    rows,
    runs,
    sections,
    shares,
    shares_summed,
    sought,
    spelt_out,
    steps,
    subsets,
    sums,
    sums_moved,
    sums_year,
    targets,
    told_twice,
    told_within,
    worded,
)
from auditor.parse.items import Items, items
from auditor.parse.mentions import Sentence
from auditor.parse.numerals import Mark, decimal_mark
from auditor.parse.page import MOST_FIGURES, NUMBERS, Page
from auditor.parse.tables import Tables
from auditor.parse.tables import find as find_tables
from auditor.parse.tables import read as read_tables

__all__ = ["find_tables", "read", "relations"]

DIGIT = re.compile("[0-9]")


def read(
    document: Document, text: NormalText, tokens: Sequence[Tokens], vocabulary: Vocabulary, tables: Tables | None = None
) -> Reading:
    """Reads one document. Every numeral of its text is in one of the figures or among the ignored."""
    tables = tables or Tables()
    cut = [items(text.text, sentence, vocabulary) for sentence in tokens if not sentence.opaque]
    mark = _mark(cut, tables)
    sentences = _sentences(cut, vocabulary, mark)
    found = [mention for sentence in sentences for mention in sentence.mentions]
    crowded = [sentence for sentence in sentences if len(sentence.mentions) > MOST_FIGURES]
    abbreviated.name_in_full(sentences, vocabulary)
    for sentence in sentences:
        if sentence not in crowded:
            borrowed.borrow_nouns(sentence, vocabulary)
            mentions.find_functions(sentence, vocabulary)
            heads.find_heads(sentence, vocabulary)
            borrowed.borrow_units(sentence, vocabulary)
            context.find_context(sentence, vocabulary)
    for mention in found:
        mention.settle(context.figure(mention, document.path, text, document.text))
    _set_apart(crowded)
    related = [mention for sentence in sentences for mention in sentence.mentions]
    for number, mention in enumerate(related):
        mention.number = number
    ratios_told = ratios.pairs(sentences, vocabulary)
    turns = now_before.turns(ratios_told)
    turned = {turn.now.number for turn in turns}
    pairs = [pair for pair in ratios_told if pair[0].number not in turned]
    for _, other in pairs:
        other.under = True
    page = Page(document.path, document.text, text, sentences, related, pairs, vocabulary, document.about)
    cells, bound = read_tables(tables, document, mark, found) if tables.grids else ([], [])
    guessed = {mention.figure.id for mention in found if mention.draft.odd}
    made, levels = sought.sought(page, _distinct(chain(now_before.turned(page, turns), relations(page), bound)))
    claims = (_unsure(claim, guessed) for claim in made)
    claimed = sorted(claims, key=lambda relation: (relation.position, relation.kind))
    sure = tuple(level for level in levels if level.figure.id not in guessed)
    read_figures = sorted((*(m.figure for m in found), *cells), key=_start) if cells else (m.figure for m in found)
    ignored = sorted((*_ignored(page), *tables.ignored), key=_start) if tables.ignored else _ignored(page)
    return Reading(document, tuple(read_figures), tuple(ignored), tuple(claimed), sure)


def _set_apart(crowded: Sequence[Sentence]) -> None:
    """Figures of an overlong list are read, but related to nothing, and say so."""
    for sentence in crowded:
        for mention in sentence.mentions:
            mention.figure = mention.figure.because("list-too-long")
        sentence.mentions = []


def _start(numeral: Figure | Ignored) -> int:
    return numeral.start


def _mark(cut: Sequence[Items], tables: Tables) -> Mark:
    numerals = (one.phrase(at) for one in cut for at, code in enumerate(one.codes) if code in "gfqr")
    return decimal_mark(chain(numerals, tables.numerals()))


def _sentences(cut: Sequence[Items], vocabulary: Vocabulary, mark: Mark) -> list[Sentence]:
    aside = [asides.set_aside(one, vocabulary) for one in cut]
    return [
        mentions.sentence(one, spans, figures.drafts(one, spans, vocabulary, mark), number)
        for number, (one, spans) in enumerate(zip(cut, aside, strict=True))
    ]


def relations(page: Page) -> Iterator[Relation]:
    """Every relation that a page claims. Pairs first, as they say which percentages are taken."""
    yield from ratios.ratios(page)
    changed = list(changes.changes(page))
    yield from changed
    yield from told_twice.rates_of_changes(page)
    yield from runs.runs(page)
    found = _breakdowns(page, changed)
    yield from subsets.subsets(page, found)
    of_part = {share.head.number: share for share in shares.shares(page) if share.head}
    parts = [*breakdowns.relations(page, found, of_part), *shares.share_relations(page, found)]
    yield from parts
    yield from told_within.told_within(page, parts)
    yield from raised.raised(page)
    yield from ratios_summed.ratios_summed(page)
    yield from kinds_within.kinds_within(page, parts)
    yield from phases.phases(page, parts)
    yield from projects.projects(page, parts)
    yield from steps.steps(page)
    yield from shares_summed.sums(page, found, of_part)
    yield from shares_summed.structures(page)
    yield from outcomes.outcomes(page)
    yield from plans.plans(page)
    yield from targets.target_claims(page)
    yield from jointly.jointly(page)
    yield from products.products(page)
    yield from rates.rates(page)
    yield from lists.counted_lists(page)
    yield from spelt_out.spelt_out(page)
    yield from repeats.repeats(page)
    yield from conflicts.conflicts(page)
    yield from dates.date_orders(page)
    yield from oddities.oddities(page)


def _distinct(found: Iterator[Relation]) -> Iterator[Relation]:
    """Each claim once: the surest of those with the same members."""
    best: dict[tuple[str, frozenset[tuple[str, int]]], Relation] = {}
    for one in found:
        key = one.kind, frozenset((member.role, member.filler.start) for member in one.members)
        if key not in best or one.confidence > best[key].confidence:
            best[key] = one
    return iter(best.values())


def _unsure(claim: Relation, guessed: set[str]) -> Relation:
    """No contradiction may rest on a number whose separators were guessed."""
    if claim.confidence <= NUMBERS or claim.kind == "number-format":
        return claim
    resting = any(figure.id in guessed for figure in claim.figures())
    return replace(claim, confidence=NUMBERS) if resting else claim


def _breakdowns(page: Page, changed: Sequence[Relation]) -> list[breakdowns.Breakdown]:
    """Each total with its parts once: what the words name stands above what only the numbers say."""
    found: list[breakdowns.Breakdown] = []
    seen: set[tuple[int, tuple[int, ...]]] = set()
    named = list(worded.named_breakdowns(page))
    summed = [*sections.sectioned_breakdowns(page), *sums.summed_breakdowns(page)]
    summed += [*sums_year.year_breakdowns(page), *rows.rowed_breakdowns(page)]
    told = *named, *breakdowns.beside_named(named, summed)
    for one in (*told, *sums_moved.moved_breakdowns(page, told, changed)):
        key = one.total.number, tuple(part.number for part in one.parts)
        if key not in seen:
            seen.add(key)
            found.append(one)
    return list(additive.additive_breakdowns(page, found))


def _ignored(page: Page) -> Iterator[Ignored]:
    for sentence in page.sentences:
        for aside in sentence.aside.values():
            start, end = page.text.source(aside.start), page.text.source(aside.stop)
            # A number word is a numeral only where it is a figure.
            if aside.begin not in sentence.items.spelt or DIGIT.search(page.source, start, end):
                yield Ignored(page.path, start, end, page.source[start:end], aside.what)
