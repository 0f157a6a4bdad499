"""A rule in words, for the command line and for the documentation."""

from __future__ import annotations

from textwrap import fill

from auditor.model.rule import Rule

LANGUAGES = ("vi", "en")


def explain(rule: Rule) -> str:
    """What a rule demands, why, how severe a breach is, and its examples, as plain text in both languages."""
    parts = [rule.id, *_wrapped(rule.title), "", *_wrapped(rule.why), "", *facts(rule), "", "examples:"]
    parts += [f"  {example.verdict}: {example.text}" for example in rule.examples]
    return "\n".join(parts) + "\n"


def facts(rule: Rule) -> list[str]:
    """The keys that decide, as `key: value` lines."""
    found = [f"relation: {rule.relation}", f"kind: {rule.kind}", f"severity: {rule.severity}", f"breach: {rule.breach}"]
    found += [f"holds: {f'{claim}: ' if claim else ''}{text}" for claim, text in rule.holds.items()]
    for other in rule.otherwise:
        condition = f", when all figures are {other.when}" if other.when else ""
        found.append(f"otherwise: {other.holds} -> {other.verdict} ({other.reason}{condition})")
    found += [f"holds: {form.holds}, of {', '.join(sorted(form.roles))}" for form in rule.forms]
    if rule.floor:
        found.append(f"floor: {rule.floor}")
    return found + [f"{name}: {float(value):g}" for name, value in rule.parameters.items()]


def _wrapped(texts: dict[str, str]) -> list[str]:
    return [fill(texts[language], 100) for language in LANGUAGES]
