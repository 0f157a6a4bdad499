"""Values of a contract file as they are written, each with its place."""

from __future__ import annotations

import yaml

from auditor.model.exact import Fraction, rational
from auditor.rules.source import Entry

YES, NO = ("yes", "true"), ("no", "false")


def scalar(entry: Entry) -> str:
    """The characters of a value that is neither a list nor a mapping; YAML's own reading of them does not count."""
    if not isinstance(entry.node, yaml.ScalarNode):
        raise entry.fault("one value is expected here")
    if not entry.node.value.strip():
        raise entry.fault("this is empty")
    return str(entry.node.value)


def flag(entry: Entry) -> bool:
    text = scalar(entry).lower()
    if text not in YES + NO:
        raise entry.fault(f"{text!r} is neither yes nor no")
    return text in YES


def whole(entry: Entry, least: int, most: int) -> int:
    text = scalar(entry)
    try:
        value = int(text)
    except ValueError:
        raise entry.fault(f"{text!r} is no whole number") from None
    if not least <= value <= most:
        raise entry.fault(f"{value} is not between {least} and {most}")
    return value


def decimal(entry: Entry) -> Fraction:
    text = scalar(entry)
    try:
        return rational(text)
    except (ValueError, ZeroDivisionError):
        raise entry.fault(f"{text!r} is no number: digits with a decimal point are expected") from None


def names(entry: Entry) -> list[str]:
    """A list of texts; a blank one is allowed, so that `missing` may name it."""
    found = entry.items()
    for item in found:
        if not isinstance(item.node, yaml.ScalarNode):
            raise item.fault("one value is expected here")
    return [str(item.node.value) for item in found]


def mapping(entry: Entry) -> dict[str, Entry]:
    """The values by key, whatever the keys are; each stands there once."""
    if not isinstance(entry.node, yaml.MappingNode):
        raise entry.fault("keys with values are expected here")
    known = {str(key.value) for key, _ in entry.node.value if isinstance(key, yaml.ScalarNode)}
    if not known:
        raise entry.fault("this is empty")
    found: dict[str, Entry] = {}
    for key_node, value in entry.node.value:
        key = Entry(entry.path, key_node)
        name = scalar(key)
        if name in found:
            raise key.fault(f"key {name!r} stands here twice")
        found[name] = Entry(entry.path, value)
    return found
