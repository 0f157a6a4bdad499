"""The language of ``holds``: one comparison between arithmetic expressions over roles.

    total == sum(part)        share == 100 * part / total        cited <= event

Names are roles, numbers are exact decimals, and ``sum``, ``count``, ``min``, ``max`` take one role that binds a list.
Python's own parser reads the text; whatever is not on the list below is refused with its column.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.model.exact import Fraction, rational

FUNCTIONS = ("sum", "count", "min", "max")
MAX_LENGTH, MAX_NODES, MAX_DEPTH = 400, 64, 12

_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.cmpop], str] = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">"}
_FOREIGN = re.compile(r"[^a-z_0-9.\s()+\-*/<>=]|[a-z_]\d|\d[a-z_]")
_NAME = re.compile(r"[a-z_]+")


class ExpressionError(ValueError):
    """A text that is no such expression; ``offset`` counts characters from its start."""

    def __init__(self, message: str, offset: int = 0) -> None:
        self.offset = offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal of the rule's own."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Atom:
    """A role by itself, or a function of a list role; whatever the members say reaches the arithmetic here."""

    role: str
    function: str | None = None
    offset: int = 0

    @property
    def key(self) -> tuple[str, str | None]:
        return self.role, self.function


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts joined by ``+``, ``-``, ``*`` or ``/``; a sign is a subtraction from zero."""

    operator: str
    left: Node
    right: Node


Node = Number | Atom | Operation


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled ``holds``."""

    text: str
    left: Node
    comparison: str
    right: Node
    _atoms: tuple[Atom, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_atoms", (*atoms(self.left), *atoms(self.right)))

    def atoms(self) -> tuple[Atom, ...]:
        """Every occurrence of a role, from left to right."""
        return self._atoms

    def difference(self) -> Operation:
        return Operation("-", self.left, self.right)

    def entangled(self) -> bool:
        """Whether a role stands on both sides."""
        return not _keys(self.left).isdisjoint(_keys(self.right))


@lru_cache(maxsize=1024)
def repeated(node: Node) -> tuple[tuple[str, str | None], ...]:
    """The keys of the atoms that occur more than once."""
    counts = Counter(atom.key for atom in atoms(node))
    return tuple(key for key, times in counts.items() if times > 1)


@lru_cache(maxsize=1024)
def _keys(node: Node) -> frozenset[tuple[str, str | None]]:
    return frozenset(atom.key for atom in atoms(node))


def atoms(node: Node) -> Iterator[Atom]:
    match node:
        case Atom():
            yield node
        case Operation(_, left, right):
            yield from atoms(left)
            yield from atoms(right)


@lru_cache(maxsize=1024)
def parse(text: str) -> Expression:
    """Compile the text of a ``holds``. Raises ``ExpressionError``."""
    tree = _python(text)
    if not isinstance(tree, ast.Compare):
        raise ExpressionError("a comparison is expected, such as total == sum(part)", tree.col_offset)
    if len(tree.ops) != 1:
        raise ExpressionError("one comparison is expected", tree.comparators[1].col_offset)
    comparison = _COMPARISONS.get(type(tree.ops[0]))
    if comparison is None:
        raise ExpressionError("the comparison must be ==, <=, >=, < or >", tree.comparators[0].col_offset)
    return Expression(text, _node(tree.left, text), comparison, _node(tree.comparators[0], text))


def _python(text: str) -> ast.expr:
    foreign = _FOREIGN.search(text)
    if foreign:
        raise ExpressionError(f"{foreign.group()!r} has no place in an expression", foreign.start())
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters", MAX_LENGTH)
    lead = len(text) - len(text.lstrip())
    try:
        # A leading blank would be an indentation to Python, and a line break an end.
        body = ast.parse(" ".join(_without_keywords(text)[lead:].splitlines()), mode="eval").body
    except SyntaxError as error:
        # Python counts from 1, and 0 stands for the end.
        offset = lead + error.offset - 1 if error.offset else len(text)
        raise ExpressionError("not an expression", offset) from None
    except (MemoryError, RecursionError):
        raise ExpressionError("nested too deeply") from None
    for node in ast.walk(body):
        if isinstance(node, ast.expr):
            node.col_offset += lead
            node.end_col_offset = (node.end_col_offset or 0) + lead
    _within_limits(body)
    return body


def _without_keywords(text: str) -> str:
    # `from` is a role here and a keyword there. A digit cannot stand in a name of ours, so it marks the replacement
    # without moving any column.
    return _NAME.sub(lambda m: m.group()[:-1] + "0" if keyword.iskeyword(m.group()) else m.group(), text)


def _within_limits(body: ast.expr) -> None:
    level, depth, count = [body], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise ExpressionError("nested too deeply or too long", level[0].col_offset)
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _node(tree: ast.expr, text: str) -> Node:
    match tree:
        case ast.Name():
            return Atom(_name(tree, text), None, tree.col_offset)
        case ast.Constant():
            return Number(_number(tree, text))
        case ast.UnaryOp(op=ast.USub()):
            return Operation("-", Number(Fraction(0)), _node(tree.operand, text))
        case ast.BinOp() if type(tree.op) in _OPERATORS:
            return Operation(_OPERATORS[type(tree.op)], _node(tree.left, text), _node(tree.right, text))
        case ast.Call(func=ast.Name() as function, args=[ast.Name() as role], keywords=[]):
            return _call(function, role, text)
    raise ExpressionError(
        "only roles, numbers, + - * / and sum, count, min, max of a role are allowed", tree.col_offset
    )


def _call(function: ast.Name, role: ast.Name, text: str) -> Atom:
    if function.id not in FUNCTIONS:
        raise ExpressionError(f"unknown function {function.id!r}: {', '.join(FUNCTIONS)}", function.col_offset)
    return Atom(_name(role, text), function.id, role.col_offset)


def _name(tree: ast.Name, text: str) -> str:
    return text[tree.col_offset : tree.end_col_offset]


def _number(tree: ast.Constant, text: str) -> Fraction:
    # From the text, not from the parser's value: 0.1 is a tenth here.
    try:
        return rational(text[tree.col_offset : tree.end_col_offset])
    except ValueError:
        raise ExpressionError("not a number", tree.col_offset) from None
