"""The small written forms inside one cell: options, rules, citations, conditions. Written and read by the same page.

Reading raises PhraseError with the sentence for the cell.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation

from inspect_app.checklists.definition import Citation, Relevance
from inspect_app.checklists.questions import Option, Rule
from inspect_app.checklists.workbook.words import folded
from inspect_app.core.frozen import plain
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.law.definitions import Register

SEPARATORS = re.compile(r"[、,，;；/\n]+")
LINES = re.compile(r"[\n;；]+")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BOUND = re.compile(r"^(>=|<=|≥|≤|不低于|不高于|零分点)(.+)$")
LOW, HIGH, ZERO, EQUAL = "不低于", "不高于", "零分点", "等于"
SIGNS = {">=": LOW, "≥": LOW, "<=": HIGH, "≤": HIGH}
CONDITION = re.compile(r"^([^\s=<>≥≤/]+?)(?:/([^\s=<>≥≤]+?))?\s*((?:>=|<=|=|≥|≤).+)$")
CITED = re.compile(r"^(\S*?)\s*(?:《(.+?)》)?\s*((?:第|附录|表).*)?$")
BOTH, EITHER, NO_SHARE = " 且 ", " 或 ", "不折算"


class PhraseError(Exception):
    """A cell that cannot be understood, with the sentence that says why."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.sentence: Sentence = say(message, **params)


def lines_of(text: str) -> list[str]:
    """Return the entries of a cell that holds one a line; semicolons part them too when it has a single line."""
    parts = text.split("\n") if "\n" in text else LINES.split(text)
    return [part.strip() for part in parts if part.strip()]


def words_of(text: str) -> list[str]:
    """Return the words of an enumeration, however its author parted them."""
    return [word.strip() for word in SEPARATORS.split(text) if word.strip()]


def number(text: str) -> Decimal:
    """Read a number, with full-width digits and thousands apart; "95%" is 0.95."""
    digits = folded(text).replace(",", "")
    share = digits.endswith("%")
    try:
        value = Decimal(digits.removesuffix("%"))
    except InvalidOperation:
        raise PhraseError(mark("“%(value)s”不是数字。"), value=text) from None
    if not value.is_finite():
        raise PhraseError(mark("“%(value)s”不是数字。"), value=text)
    return value / 100 if share else value


def write_options(options: Iterable[Option]) -> str:
    """Return one option a line."""
    return "\n".join(f"{option.code}={option.label}" for option in options)


def read_options(text: str) -> tuple[Option, ...]:
    """Read options; one without a code gets a letter by its place."""
    return tuple(Option(*_named(line, place)) for place, line in enumerate(lines_of(text)))


def _named(line: str, place: int) -> tuple[str, str]:
    code, parted, label = line.replace("＝", "=", 1).partition("=")
    if not parted:
        return (LETTERS[place] if place < len(LETTERS) else f"o{place + 1}"), line
    if not code.strip() or not label.strip():
        raise PhraseError(mark("“%(value)s”应写成“代码=名称”。"), value=line)
    return unicodedata.normalize("NFKC", code).strip(), label.strip()


def write_rules(rules: Iterable[Rule]) -> str:
    """Return one rule a line, for a question with rules to choose from."""
    return "\n".join(" | ".join([f"{rule.code}={rule.label}", *_bounds(rule)]) for rule in rules)


def _bounds(rule: Rule) -> list[str]:
    named = {LOW: rule.at_least, HIGH: rule.at_most, ZERO: rule.zero_at}
    bounds = [f"{name} {plain(value)}" for name, value in named.items() if value is not None]
    return bounds if rule.partial else [*bounds, NO_SHARE]


def read_rules(text: str) -> tuple[Rule, ...]:
    """Read the rules to choose from."""
    return tuple(_rule(line) for line in lines_of(text))


def _rule(line: str) -> Rule:
    name, *rest = (piece.strip() for piece in line.replace("｜", "|").split("|"))
    if "=" not in name.replace("＝", "="):
        raise PhraseError(mark("“%(value)s”应写成“代码=名称 | 不低于 9”。"), value=line)
    code, label = _named(name, 0)
    bounds: dict[str, Decimal] = {}
    for piece in rest:
        if folded(piece) != NO_SHARE:
            found = BOUND.match(folded(piece))
            if found is None:
                raise PhraseError(mark("“%(value)s”看不懂，应写不低于、不高于、零分点或不折算。"), value=piece)
            bounds[SIGNS.get(found[1], found[1])] = number(found[2])
    partial = NO_SHARE not in map(folded, rest)
    return Rule(code, label, bounds.get(LOW), bounds.get(HIGH), bounds.get(ZERO), partial)


def write_citations(citations: Iterable[Citation]) -> str:
    """Return one citation a line."""
    return "\n".join(f"{each.basis} {each.article or ''}".strip() for each in citations)


def read_citations(text: str, register: Register) -> tuple[Citation, ...]:
    """Read citations; a basis may be named by its title. One that the register does not know is kept as it is."""
    titles = {folded(basis.title): basis.code for basis in register.values()}
    return tuple(_citation(line, register, titles) for line in lines_of(text))


def _citation(line: str, register: Register, titles: Mapping[str, str]) -> Citation:
    written, _, article = line.partition(" ")
    if written in register:
        return Citation(written, article.strip() or None)
    found = CITED.match(unicodedata.normalize("NFKC", line).strip())
    code, title, article = (found[1], found[2] or "", found[3] or "") if found else (line, "", "")
    known = code if code in register else titles.get(folded(title or code), line)
    return Citation(known, article.strip() or None)


def write_condition(condition: Relevance, words: Mapping[str, str]) -> str:
    """Return one condition; `words` gives the word for yes, no, na and never where they are no codes of options."""
    place = f"{condition.item}/{condition.part}" if condition.part else condition.item
    bounds = {">=": condition.at_least, "<=": condition.at_most}
    measure = BOTH.join(f"{sign}{plain(value)}" for sign, value in bounds.items() if value is not None)
    chosen = "=" + "、".join(words.get(word, word) for word in condition.any_of) if condition.any_of else ""
    return place + EITHER.join(each for each in (chosen, measure) if each)


def read_condition(line: str, resolve: Callable[[str, str, str], str]) -> Relevance:
    """Read one condition; `resolve` turns the word written for an item and a part into what is kept."""
    text = unicodedata.normalize("NFKC", line).strip()
    found = CONDITION.match(text)
    if found is None:
        raise PhraseError(mark("“%(value)s”应写成“编号=是”“编号=选项代码”或“编号>=3”。"), value=line)
    item, part = found[1].strip(), (found[2] or "").strip()
    any_of: tuple[str, ...] = ()
    bounds: dict[str, Decimal] = {}
    for piece in re.split(r"\s*或\s*(?=[=<>≥≤])|\s*且\s*(?=[=<>≥≤])", found[3]):
        if piece.startswith("="):
            any_of += tuple(resolve(item, part, word) for word in words_of(piece[1:]))
        else:
            sign = piece[0] if piece[0] in SIGNS else piece[:2]
            bounds[SIGNS[sign]] = number(piece.removeprefix(sign))
    return Relevance(item, part, any_of, bounds.get(LOW), bounds.get(HIGH))


def read_comparison(text: str) -> tuple[str | None, str | None]:
    """Read which part a number is compared with: the part it must reach, or the part it must equal."""
    written = unicodedata.normalize("NFKC", text).strip()
    for sign in (LOW, ">=", "≥"):
        if written.startswith(sign):
            return written.removeprefix(sign).strip(), None
    for sign in (EQUAL, "="):
        if written.startswith(sign):
            return None, written.removeprefix(sign).strip()
    raise PhraseError(mark("“%(value)s”应写成“不低于 部分编号”或“等于 部分编号”。"), value=text)
