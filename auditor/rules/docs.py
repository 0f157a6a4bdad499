"""`python -m auditor.rules.docs` writes docs/rules.md from the packaged rules; with `--check` it only says whether
the page is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from auditor.model.rule import Rule
from auditor.rules.explain import LANGUAGES, facts
from auditor.rules.load import load, packaged

HEAD = """# Rules

Generated from `expectations/` by `make docs`; change the rule files, not this page.

"""


def page(rules: Iterable[Rule]) -> str:
    """The page in Markdown: the same rules give the same bytes."""
    chosen = sorted(rules, key=lambda rule: rule.id)
    index = "".join(f"- [`{rule.id}`](#{rule.id}): {rule.title['en']}\n" for rule in chosen)
    return HEAD + index + "".join(section(rule) for rule in chosen)


def section(rule: Rule) -> str:
    """One rule: title, why, what decides, message, and examples."""
    words = "".join(f"**{rule.title[language]}.** {rule.why[language]}\n\n" for language in LANGUAGES)
    messages = "".join(f"> {rule.message[language]}\n>\n" for language in LANGUAGES).removesuffix(">\n")
    keys = "".join(f"{fact}\n" for fact in facts(rule))
    rows = "".join(f"| {example.verdict} | {_cell(example.text)} |\n" for example in rule.examples)
    return f"\n## {rule.id}\n\n{words}```\n{keys}```\n\n{messages}\n| verdict | text |\n|---|---|\n{rows}"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it: 0 when it is up to date, 1 when it is stale."""
    target = packaged().parent / "docs" / "rules.md"
    text = page(load())
    if "--check" in arguments:
        return 0 if _same(target, text) else 1
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _same(target: Path, text: str) -> bool:
    return target.is_file() and target.read_text(encoding="utf-8") == text


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


if __name__ == "__main__":
    status = main(sys.argv[1:])
    if status:
        sys.stderr.write("docs/rules.md is stale: run `make docs`\n")
    raise SystemExit(status)
