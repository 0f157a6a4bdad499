"""Numbers in words: what a sequence of number words is worth.

A sequence is matched as a string with one letter a word (``d`` a digit, ``T`` tens, ``H`` hundreds, ``s`` a scale …,
see `auditor.languages.number_words`) and read whole or not at all: half a number would be another number. The scale
words at its end are left to the reader of scales and units, as those behind digits are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.languages.number_words import COMMA, ONE, NumberWords
from auditor.model.exact import Fraction
from auditor.parse.numerals import Numeral

TENS = "(?:[dn]T[deq]?|t[deq]?)"
HUNDREDS = f"(?:[dnz]H(?:l[dneq]|{TENS}|[dn][deq]|[eqh])?)"
GROUP = f"(?:{HUNDREDS}|{TENS}|[dn]e)"
# A digit right behind a scale is a tenth of it when nothing follows ("3 million 2"); the word for 5 is then years.
WHOLE = f"(?:{GROUP}|[zdnq])(?:s+{COMMA}?(?:{GROUP}|l[dneq]|[dn](?=s)))*(?:s+[deq])?"
DECIMALS = f"(?P<digits>{GROUP}(?![zdneq])|[zdneq]+)"
# The end must not cut a number in two.
END = "(?![dtTHeqlszp])"
NUMBER = re.compile(f"(?P<whole>{WHOLE})(?:(?P<scale>s*)p{DECIMALS})?(?P<behind>s*){END}")
FRACTION = re.compile(f"(?P<over>{WHOLE})f(?P<under>{GROUP}|[dnq]){END}")
SHORT = re.compile(r"[Hs][deqh]\Z")


@dataclass(frozen=True, slots=True)
class Spelt:
    """A number over ``length`` words, in units of the ``scales`` words behind it."""

    length: int
    number: Numeral
    scales: int = 0
    fraction: bool = False


def spelt(words: Sequence[str], letters: str, known: NumberWords) -> Spelt | None:
    """The number that words begin with; ``letters`` are those of their number words."""
    fraction = FRACTION.match(letters)
    if fraction is not None:
        over, under = (value(words[slice(*fraction.span(name))], known) for name in ("over", "under"))
        return Spelt(fraction.end(), Numeral(over / under, Fraction(0)), fraction=True) if over and under else None
    match = NUMBER.match(letters)
    if match is None:
        return None
    end, start = match.end("behind"), match.start("behind")
    # Only what is one scale in the vocabulary stays behind (a thousand billion, but not a billion billion).
    while start < end and " ".join(words[start:end]) not in known.scales:
        start += 1
    if match["digits"] is not None:
        whole = value(words[: match.start("digits") - 1], known)
        digits = _decimals(words[slice(*match.span("digits"))], match["digits"], known)
        step = Fraction(1, 10 ** len(digits))
        return Spelt(start, Numeral(whole + int(digits) * step, step), end - start) if whole is not None else None
    whole = value(words[:end], known)
    if whole is None:
        return None
    behind = known.scales[" ".join(words[start:end])] if start < end else 1
    return Spelt(start, Numeral(whole / behind, _step(words, match["whole"], known)), end - start)


def value(words: Sequence[str], known: NumberWords) -> Fraction | None:
    """What number words are worth; ``None`` when a last digit may mean two things."""
    parts: list[tuple[Fraction, Fraction]] = []  # sums with the scale they are counted in
    group, digit, unit, before = Fraction(0), 0, Fraction(1), ""
    last = len(words) - 1
    for at, word in enumerate(words):
        letter = known.letters.get(word, COMMA)
        if letter in "TH":
            group += digit * ((10 if letter == "T" else 100) - 1)
            unit = Fraction(100)
        elif letter == "t":
            group += 10
        elif letter == "s":
            unit = known.scales[word]
            while parts and (parts[-1][1] < unit or before == "s"):
                group += parts.pop()[0]
                before = ""
            parts.append((group * unit, unit))
            group = Fraction(0)
        elif letter == "h":
            group += unit / 2
        elif letter in "zdneq":
            short = at == last and (before == "s" or (before == "H" and letter != "d"))
            if short and known.values[word] == ONE and letter == "d":
                return None
            # Two digits side by side are tens and ones.
            group += known.values[word] * (unit / 10 if short else 1) + (9 * digit if before in ("d", "n") else 0)
            digit = known.values[word]
        before = letter if letter != COMMA else before
    return sum((part for part, _ in parts), group)


def _step(words: Sequence[str], letters: str, known: NumberWords) -> Fraction:
    """One, or the tenth or half of a scale that the number ends in."""
    short = SHORT.search(letters)
    if short is None:
        return Fraction(1)
    unit = known.scales.get(words[short.start()], Fraction(100))
    return unit / (2 if short[0][1] == "h" else 10)


def _decimals(words: Sequence[str], letters: str, known: NumberWords) -> str:
    """The digits behind the point: one by one, or as a number ("point seventy-five")."""
    if set(letters) <= set("zdneq"):
        return "".join(str(known.values[word]) for word in words)
    return str(value(words, known))
