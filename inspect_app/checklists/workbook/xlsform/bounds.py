"""From expressions to what a checklist holds: conditions on earlier items, and the bounds of a number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from inspect_app.checklists.definition import Relevance
from inspect_app.checklists.questions import Number, Question
from inspect_app.checklists.workbook.xlsform.expressions import ITSELF, Atom, Clauses, Today, UnsupportedError
from inspect_app.core.frozen import plain
from inspect_app.core.labels import mark


@dataclass(frozen=True)
class Known:
    """A question that was carried over: its item, and what is kept for each name of a choice."""

    item: str
    question: Question
    words: Mapping[str, str]


def conditions(clauses: Clauses, known: Mapping[str, Known]) -> tuple[Relevance, ...]:
    """Return clauses as conditions that must all hold; raises UnsupportedError."""
    made: dict[Relevance, Relevance] = {}
    for clause in clauses:
        condition = _condition(clause, known)
        key = Relevance(condition.item) if not condition.any_of else condition
        made[key] = _narrowed(made[key], condition) if key in made else condition
    return tuple(made.values())


def _narrowed(one: Relevance, other: Relevance) -> Relevance:
    lows = [each for each in (one.at_least, other.at_least) if each is not None]
    highs = [each for each in (one.at_most, other.at_most) if each is not None]
    return replace(one, at_least=max(lows, default=None), at_most=min(highs, default=None))


def _condition(clause: tuple[Atom, ...], known: Mapping[str, Known]) -> Relevance:
    names = {atom.name for atom in clause}
    if len(names) > 1:
        raise UnsupportedError(mark("“或”连接了不同的题，检查表不能这样写。"))
    (name,) = names
    if name not in known:
        raise UnsupportedError(mark("“%(name)s”不在前面，或没有导入。"), name=name)
    about = known[name]
    if about.words:
        return Relevance(about.item, any_of=tuple(_word(atom, about.words) for atom in clause))
    if len(clause) > 1 or not isinstance(about.question, Number):
        raise UnsupportedError(mark("对“%(name)s”的这种条件，检查表不能这样写。"), name=name)
    low, high = _bounds(clause[0], about.question)
    return Relevance(about.item, at_least=low, at_most=high)


def _word(atom: Atom, words: Mapping[str, str]) -> str:
    value = plain(atom.value) if isinstance(atom.value, Decimal) else atom.value
    if atom.sign != "=" or not isinstance(value, str):
        raise UnsupportedError(mark("对选择题只能写等于某个选项。"))
    if value not in words:
        raise UnsupportedError(mark("“%(name)s”没有选项“%(value)s”。"), name=atom.name, value=value)
    return words[value]


def bounded(question: Number, clauses: Clauses) -> Number:
    """Return a number within the bounds that a constraint sets; raises UnsupportedError."""
    low, high = question.minimum, question.maximum
    for clause in clauses:
        if len(clause) > 1 or clause[0].name != ITSELF:
            raise UnsupportedError(mark("数值题只能写上下限，用 and 连接。"))
        floor, ceiling = _bounds(clause[0], question)
        low = floor if low is None or (floor is not None and floor > low) else low
        high = ceiling if high is None or (ceiling is not None and ceiling < high) else high
    return replace(question, minimum=low, maximum=high)


def only_past(clauses: Clauses) -> bool:
    """Whether a constraint says no more than that a date does not lie in the future, which holds for every date."""
    return all(len(clause) == 1 and clause[0] in _PAST for clause in clauses)


_PAST = (Atom(ITSELF, "<=", Today()), Atom(ITSELF, "<", Today()))


def _bounds(atom: Atom, question: Question) -> tuple[Decimal | None, Decimal | None]:
    value = atom.value
    if not isinstance(value, Decimal) or not isinstance(question, Number):
        raise UnsupportedError(mark("数值只能与数字比较。"))
    step = Decimal(1).scaleb(-question.decimals)
    match atom.sign:
        case ">=":
            return value, None
        case ">":
            return value + step, None
        case "<=":
            return None, value
        case "<":
            return None, value - step
        case "=":
            return value, value
    raise UnsupportedError(mark("检查表不能写“不等于”。"))
