"""From the entries of a rule file to a rule, each checked against the closed vocabulary where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import cast

from auditor.judge.expression import Atom, ExpressionError, parse
from auditor.judge.verdict import KINDS, PARAMETERS
from auditor.model.exact import Fraction, rational
from auditor.model.rule import SEVERITIES, Alternative, Example, Form, Rule, RuleKind, Severity
from auditor.rules.relations import RELATIONS, STAND_INS, Arity
from auditor.rules.source import Entry

LANGUAGES = ("vi", "en")
CLAIMS = ("exceeds", "meets", "misses")
VERDICTS = ("consistent", "contradiction", "suspicious")
EXAMPLE_VERDICTS = (*VERDICTS, "not-checkable", "none")
WITHOUT_HOLDS = ("repeat", "integer", "unary")  # their kind says what must hold
COMPUTED = "computed"  # what a message may name besides the roles

FIGURES = ("floor", *sorted({name for names in PARAMETERS.values() for name in names}))
REQUIRED = ("relation", "severity", "title", "why", "message", "examples")
KEYS = (*REQUIRED, "kind", "holds", "breach", "otherwise", "forms", *FIGURES)

_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DECIMAL = re.compile(r"\d+(\.\d+)?")

Roles = Mapping[str, Arity]


def build(name: str, top: Entry, entries: Mapping[str, Entry]) -> Rule:
    """The rule of some entries; ``top`` is where a missing key is reported. Raises ConfigError."""
    for key in REQUIRED:
        if key not in entries:
            raise top.fault(f"missing key {key!r}")
    relation = entries["relation"].choice(RELATIONS, "relation")
    kind = entries["kind"].choice(KINDS, "kind") if "kind" in entries else "equation"
    roles = RELATIONS[relation]
    figures = _figures(kind, entries)
    return Rule(
        id=name,
        relation=relation,
        kind=cast(RuleKind, kind),
        holds=_holds(kind, top, entries, roles),
        severity=cast(Severity, entries["severity"].choice(SEVERITIES, "severity")),
        title=_texts(entries["title"]),
        why=_texts(entries["why"]),
        message={language: _message(entry, roles) for language, entry in _languages(entries["message"]).items()},
        examples=_examples(entries["examples"]),
        otherwise=tuple(_alternative(item, roles) for item in _list(entries.get("otherwise"))),
        forms=tuple(_form(item, {**roles, **STAND_INS.get(relation, {})}) for item in _list(entries.get("forms"))),
        breach=entries["breach"].choice(VERDICTS[1:], "verdict") if "breach" in entries else "contradiction",
        floor=float(figures.pop("floor", Fraction(0))),
        parameters=figures,
        source=top.path,
    )


def _holds(kind: str, top: Entry, entries: Mapping[str, Entry], roles: Roles) -> dict[str, str]:
    entry = entries.get("holds")
    if kind in WITHOUT_HOLDS:
        if entry:
            raise entry.fault(f"a rule of kind {kind!r} has no 'holds'")
        return {}
    if entry is None:
        raise top.fault("missing key 'holds'")
    if kind == "claim":
        return {claim: _expression(text, roles) for claim, text in entry.fields(CLAIMS).items()}
    return {"": _expression(entry, roles)}


def _expression(entry: Entry, roles: Roles) -> str:
    text = entry.text()
    try:
        atoms = parse(text).atoms()
    except ExpressionError as error:
        raise entry.fault(f"{error} in {text!r}", error.offset) from None
    for atom in atoms:
        _fits(atom, entry, roles)
    return text


def _fits(atom: Atom, entry: Entry, roles: Roles) -> None:
    arity = roles.get(atom.role)
    if arity is None:
        raise entry.fault(f"unknown role {atom.role!r}; known: {', '.join(roles)}", atom.offset)
    if arity == "many" and atom.function is None:
        raise entry.fault(f"{atom.role!r} is a list: write sum({atom.role}), count, min or max", atom.offset)
    if arity != "many" and atom.function is not None:
        raise entry.fault(f"{atom.role!r} is one figure, so {atom.function}() says nothing", atom.offset)


def _alternative(entry: Entry, roles: Roles) -> Alternative:
    fields = entry.fields(("holds", "verdict", "reason", "when"), ("holds", "verdict", "reason"))
    verdict = fields["verdict"].choice(VERDICTS, "verdict")
    when = fields["when"].text() if "when" in fields else None
    return Alternative(_expression(fields["holds"], roles), verdict, _identifier(fields["reason"]), when)


def _form(entry: Entry, roles: Roles) -> Form:
    fields = entry.fields(("roles", "holds", "message"), ("roles", "holds", "message"))
    chosen = {name: roles[name] for item in fields["roles"].items() if (name := item.choice(roles, "role"))}
    message = {language: _message(text, chosen) for language, text in _languages(fields["message"]).items()}
    return Form(frozenset(chosen), _expression(fields["holds"], chosen), message)


def _examples(entry: Entry) -> tuple[Example, ...]:
    found = tuple(_example(item) for item in entry.items())
    if not found:
        raise entry.fault("a rule needs examples")
    return found


def _example(entry: Entry) -> Example:
    fields = entry.fields(("text", "verdict"), ("text", "verdict"))
    return Example(fields["text"].text(), fields["verdict"].choice(EXAMPLE_VERDICTS, "verdict"), entry.line)


def _message(entry: Entry, roles: Roles) -> str:
    text = entry.text()
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise entry.fault(f"{error} in this message") from None
    for name in names:
        if name not in roles and name != COMPUTED:
            known = ", ".join([*roles, COMPUTED])
            raise entry.fault(f"unknown role {name!r}; known: {known}", text.index("{" + name))
    return text


def _figures(kind: str, entries: Mapping[str, Entry]) -> dict[str, Fraction]:
    known = ("floor", *PARAMETERS.get(kind, ()))
    for key in FIGURES:
        if key in entries and key not in known:
            raise entries[key].fault(f"a rule of kind {kind!r} knows no {key!r}")
    return {key: _figure(entries[key], key) for key in known if key in entries}


def _figure(entry: Entry, key: str) -> Fraction:
    text = entry.text()
    if not _DECIMAL.fullmatch(text):
        raise entry.fault(f"{text!r} is no figure: digits with a decimal point are expected")
    value = rational(text)
    if key == "floor" and value > 1:
        raise entry.fault("the floor is a confidence from 0 to 1")
    return value


def _texts(entry: Entry) -> dict[str, str]:
    return {language: text.text() for language, text in _languages(entry).items()}


def _languages(entry: Entry) -> dict[str, Entry]:
    return entry.fields(LANGUAGES, LANGUAGES)


def _identifier(entry: Entry) -> str:
    text = entry.text()
    if not _IDENTIFIER.fullmatch(text):
        raise entry.fault(f"{text!r} is no id: small letters, digits and hyphens are expected")
    return text


def _list(entry: Entry | None) -> list[Entry]:
    return [] if entry is None else entry.items()


def is_identifier(text: str) -> bool:
    """Whether a text may be the id of a rule, a relation or a reason."""
    return _IDENTIFIER.fullmatch(text) is not None
