"""The page docs/rules.md, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.rule import Rule
from auditor.rules.explain import LANGUAGES, facts

HEAD = """# Rules

Generated from `expectations/` by `make docs`; change the rule files, not this page.

"""


def page(rules: Iterable[Rule], appendix: str = "") -> str:
    """The page in Markdown, with an appendix: the same rules give the same bytes."""
    chosen = sorted(rules, key=lambda rule: rule.id)
    index = "".join(f"- [`{rule.id}`](#{rule.id}): {rule.title['en']}\n" for rule in chosen)
    return HEAD + index + "".join(section(rule) for rule in chosen) + appendix


def section(rule: Rule) -> str:
    """One rule: title, why, what decides, message, and examples."""
    words = "".join(f"**{rule.title[language]}.** {rule.why[language]}\n\n" for language in LANGUAGES)
    messages = "".join(f"> {rule.message[language]}\n>\n" for language in LANGUAGES).removesuffix(">\n")
    keys = "".join(f"{fact}\n" for fact in facts(rule))
    rows = "".join(f"| {example.verdict} | {_cell(example.text)} |\n" for example in rule.examples)
    return f"\n## {rule.id}\n\n{words}```\n{keys}```\n\n{messages}\n| verdict | text |\n|---|---|\n{rows}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
