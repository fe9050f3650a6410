"""The few expressions of XLSForm that a checklist can hold, read by a small parser of their own. Nothing is evaluated.

Understood: `${a} = 'x'`, `selected(${a}, 'x')`, comparisons with a number or with today(), joined by `and`, `or` and
brackets, as long as no `and` stands inside an `or`. `.` is the answer itself.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from inspect_app.core.labels import Sentence, mark, say

TOKEN = re.compile(
    r"""\s*(?:(?P<ref>\$\{[^}]*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<sign>>=|<=|!=|=|>|<)|(?P<name>[A-Za-z_][\w:-]*)|(?P<mark>[().,+*/|-]))"""
)
FLIPPED = {"=": "=", "!=": "!=", ">=": "<=", "<=": ">=", ">": "<", "<": ">"}
ITSELF = "."
LONGEST, DEEPEST = 2000, 20
NOT_UNDERSTOOD = mark("表达式“%(text)s”看不懂。")


class Today(NamedTuple):
    """The day of the visit."""


class Reference(NamedTuple):
    """The answer to a question by its name; "." is the answer itself."""

    name: str


Operand = Reference | Today | Decimal | str


class Atom(NamedTuple):
    """A comparison of an answer with a value."""

    name: str
    sign: str
    value: Today | Decimal | str


Clauses = tuple[tuple[Atom, ...], ...]
"""All clauses must hold; of a clause any atom."""


class UnsupportedError(Exception):
    """An expression that a checklist cannot hold, with the sentence that says why."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.sentence: Sentence = say(message, **params)


class _Token(NamedTuple):
    kind: str
    text: str


def parse(text: str) -> Clauses:
    """Read an expression; raises UnsupportedError."""
    if len(text) > LONGEST:
        raise UnsupportedError(mark("表达式太长。"))
    return _Parser(text, list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise UnsupportedError(NOT_UNDERSTOOD, text=text)
        yield _Token(found.lastgroup, found[found.lastgroup])
        at = found.end()


class _Parser:
    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text, self.tokens = text, tokens
        self.at = self.depth = 0

    def whole(self) -> Clauses:
        clauses = self._either()
        if self.at < len(self.tokens):
            raise self._failure()
        return clauses

    def _either(self) -> Clauses:
        sides = [self._both()]
        while self._word("or"):
            sides.append(self._both())
        if len(sides) == 1:
            return sides[0]
        if any(len(side) > 1 for side in sides):
            raise UnsupportedError(mark("“或”里面又有“且”，检查表不能这样写。"))
        return (tuple(atom for side in sides for clause in side for atom in clause),)

    def _both(self) -> Clauses:
        clauses = self._single()
        while self._word("and"):
            clauses += self._single()
        return clauses

    def _single(self) -> Clauses:
        if self._taken("mark", "("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self._failure()
            clauses = self._either()
            self._expect(")")
            self.depth -= 1
            return clauses
        if self._word("selected"):
            return ((self._selected(),),)
        return ((self._comparison(),),)

    def _selected(self) -> Atom:
        self._expect("(")
        subject = self._operand()
        self._expect(",")
        value = self._operand()
        self._expect(")")
        if not isinstance(subject, Reference) or not isinstance(value, str | Decimal):
            raise self._failure()
        return Atom(subject.name, "=", value)

    def _comparison(self) -> Atom:
        left = self._operand()
        sign = self._next("sign")
        right = self._operand()
        if isinstance(left, Reference) and not isinstance(right, Reference):
            return Atom(left.name, sign, right)
        if isinstance(right, Reference) and not isinstance(left, Reference):
            return Atom(right.name, FLIPPED[sign], left)
        raise UnsupportedError(mark("两题答案相比，检查表不能这样写。"))

    def _operand(self) -> Operand:
        token = self.tokens[self.at] if self.at < len(self.tokens) else _Token("", "")
        self.at += 1
        match token.kind:
            case "ref":
                return Reference(token.text[2:-1].strip())
            case "text":
                return token.text[1:-1]
            case "number":
                return Decimal(token.text)
            case "mark" if token.text == ITSELF:
                return Reference(ITSELF)
            case "name":
                return self._call(token.text)
        self.at -= 1
        raise self._failure()

    def _call(self, name: str) -> Operand:
        if name != "today":
            raise UnsupportedError(mark("用了“%(name)s”，检查表没有这种运算。"), name=name)
        self._expect("(")
        self._expect(")")
        return Today()

    def _word(self, name: str) -> bool:
        return self._taken("name", name)

    def _taken(self, kind: str, text: str) -> bool:
        there = self.at < len(self.tokens) and self.tokens[self.at] == (kind, text)
        self.at += there
        return there

    def _expect(self, text: str) -> None:
        if not self._taken("mark", text):
            raise self._failure()

    def _next(self, kind: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at].kind != kind:
            raise self._failure()
        self.at += 1
        return self.tokens[self.at - 1].text

    def _failure(self) -> UnsupportedError:
        return UnsupportedError(NOT_UNDERSTOOD, text=self.text)
