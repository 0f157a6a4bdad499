"""How a check is shown: its equation in printed numbers, and the side that was computed.

Numbers that were computed have a decimal point and no groups; whoever shows them in a language localises them.
"""

from __future__ import annotations

from math import ceil, floor

from auditor.judge.expression import Atom, Expression, Node, Number, Operation
from auditor.judge.sides import Sides
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation

SYMBOLS = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "*": "×", "-": "−", "+": "+", "/": "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
MORE_DIGITS = 1  # a computed number shows one digit more than the printed one it is held against


def printed(member: Member) -> str:
    """The printed text of a member, with its unit where that is known; a period as its number of years."""
    filler = member.filler
    if isinstance(filler, Evidence):
        return filler.value if filler.kind == "period" else filler.raw
    return filler.raw if filler.raw.endswith(filler.unit_text) else filler.raw + unit(filler)


def unit(figure: Figure) -> str:
    """What follows the digits: a percent sign stands close, other units behind a space."""
    if figure.raw.endswith("%") or figure.unit_text == "%":
        return "%"
    return f" {figure.unit_text}" if figure.unit_text else ""


def equation(expression: Expression, relation: Relation) -> str:
    """The comparison with every role replaced by what is printed."""
    left, right = _text(expression.left, relation), _text(expression.right, relation)
    return f"{left} {SYMBOLS[expression.comparison]} {right}"


def computed(expression: Expression, relation: Relation, sides: Sides) -> str:
    """The computed side, comparable with the number that is printed for the other one, rounded outward; empty when
    it is not known or when nothing was computed."""
    alone = stated(expression)
    answer = sides.left if alone is expression.right else sides.right
    figures = _comparable(alone, expression, relation)
    if answer is None or not figures or (_single(expression.left) and _single(expression.right)):
        return ""
    return _in_print(answer, *figures[0])


def stated(expression: Expression) -> Node | None:
    """The side that is a single printed or literal number, if there is one."""
    return next((side for side in (expression.left, expression.right) if _single(side)), None)


def decimal(value: Fraction, digits: int, towards: int = 0) -> str:
    """A decimal text with at most ``digits`` decimals: rounded down (-1), up (1) or to the nearest (0)."""
    scaled = value * 10**digits
    whole = round(scaled) if not towards else floor(scaled) if towards < 0 else ceil(scaled)
    text = f"{abs(whole):0{digits + 1}d}"
    number = f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".") if digits else text
    return f"-{number}" if whole < 0 else number


def between(interval: Interval, digits: int) -> str:
    """An interval as text: one number, or both ends around an ellipsis."""
    if interval.lo is not None and interval.lo == interval.hi:
        return decimal(interval.lo, digits)
    lo = "" if interval.lo is None else decimal(interval.lo, digits, -1)
    hi = "" if interval.hi is None else decimal(interval.hi, digits, 1)
    return lo if lo == hi else f"{lo}…{hi}"


def _single(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Atom) and node.function is None)


def _comparable(alone: Node | None, expression: Expression, relation: Relation) -> list[tuple[Member, Figure]]:
    # A literal side has no unit of its own: the figures of the other side lend theirs.
    roles = [alone.role] if isinstance(alone, Atom) else [atom.role for atom in expression.atoms()]
    members = [member for role in roles for member in relation.role(role)]
    return [(member, member.filler) for member in members if isinstance(member.filler, Figure)]


def _in_print(answer: Interval, member: Member, figure: Figure) -> str:
    # The way back from the value in the equation to the printed number: offset, sign, scale.
    scale = figure.quantity.scale
    ends = [None if x is None else (x - member.offset) * member.sign / scale for x in (answer.lo, answer.hi)]
    if member.sign < 0:
        ends.reverse()
    return between(Interval(*ends), _decimals(figure.quantity.step / scale) + MORE_DIGITS) + unit(figure)


def _decimals(step: Fraction) -> int:
    digits = 0
    while step and step * 10**digits < 1:
        digits += 1
    return digits


def _text(node: Node, relation: Relation, rank: int = 0) -> str:
    match node:
        case Number(value):
            return decimal(value, 12)
        case Atom():
            return _atom(node, relation.role(node.role), rank)
        case Operation(operator, left, right):
            own = _RANK[operator]
            zero = isinstance(left, Number) and not left.value and operator == "-"
            before = "" if zero else f"{_text(left, relation, own)} "
            # One more on the right: a - (b - c) keeps its brackets.
            text = f"{before}{SYMBOLS[operator]} {_text(right, relation, own + 1)}"
            return f"({text})" if own < rank else text


def _atom(atom: Atom, members: list[Member], rank: int) -> str:
    if atom.function == "count":
        return str(len(members))
    texts = [_signed(member) for member in members]
    if atom.function in ("min", "max"):
        return f"{atom.function}({'; '.join(texts)})"
    # A sum, a sign or an offset needs brackets behind another operator.
    plain = len(texts) == 1 and texts[0] == printed(members[0])
    return " + ".join(texts) if plain or rank < 2 else f"({' + '.join(texts)})"


def _signed(member: Member) -> str:
    minus = SYMBOLS["-"]
    text = printed(member)
    if member.offset:
        return f"{decimal(member.offset, 12)} {minus if member.sign < 0 else '+'} {text}"
    return f"{minus}{text}" if member.sign < 0 else text
