"""Who has which part in a task: in brackets at its end, on lines of their own, or in the sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inspect_app.core.labels import mark
from inspect_app.workplans.notices.brackets import Bracket, brackets_of
from inspect_app.workplans.notices.model import Named, Role
from inspect_app.workplans.notices.names import Name, is_group, is_unit, names_in, pieces, trimmed, veiled

NO_WORD_LEAD = mark("原文没有写这一组的角色；因为后面写有配合或责任单位，读作牵头单位，请核对。")
NO_WORD_ALONE = mark("原文没有写角色，读作责任单位，请核对。")
NO_WORD = mark("原文没有写这一组的角色，请指定。")

WORDS = {
    Role.LEAD: "牵头责任|牵头|主办|主责|主要责任|第一责任",
    Role.COOPERATING: "配合|协同|协办|协助|参与|参加|支持",
    Role.RESPONSIBLE: "具体责任|责任|承办|落实|实施|执行|承担",
}
NEUTRAL = (
    r"(?:完成|办结|办理|整改|推进|时间|进度)(?:时限|时间|期限|节点|要求|安排)|时限(?:要求)?|"
    r"[\u4e00-\u9fff]{0,6}(?:责任人|负责人|联系人|领导)|(?:责任|牵头|配合)(?:处室|科室)|联系电话|联系方式|备注"
)
LABEL = re.compile(
    "|".join(f"(?P<{role.value}>{words})" for role, words in WORDS.items()).join(["(?:", ")"])
    + r"\s*(?:单位和部门|单位|部门|主体|机构)?(?:\s*[：:]|(?<=单位)为|(?<=部门)为|(?<=单位)\s)|(?P<neutral>(?:"
    + NEUTRAL
    + r")\s*[：:])"
)
VERBS = {
    Role.LEAD: r"牵头(?:负责|组织实施|组织落实|抓好落实|组织|落实|实施)?",
    Role.COOPERATING: r"(?:配合落实|配合做好|参与配合|配合|协同配合|参与|参加|协助|协同|协办)",
    Role.RESPONSIBLE: r"(?:依?按照?(?:各自)?(?:职责|职能|任务)(?:分工)?(?:分别|各自)?(?:抓好|做好)?(?:负责|落实|配合)?|"
    r"(?:分工|分别|分头|具体|各自)(?:负责|落实)|负责落实|负责实施|组织实施|具体实施|抓好落实|负责|承办|落实|实施)",
}
VERB = re.compile("|".join(f"(?P<{role.value}>{verb})" for role, verb in VERBS.items()).join(["(?:", ")$"]))
PERSON = re.compile(r"[：:]|领导(?!小组|机构|机关)|负责人|责任人|同志")
OWN_WORD = re.compile(r"[（(](?:(?P<lead>牵头|主办|主责)|(?P<cooperating>配合|协办))(?:单位|部门)?[）)]$")
RUN = "；;。\n"


@dataclass(frozen=True, slots=True)
class Found:
    """The units of a stretch of text, and the stretches that hold them."""

    named: tuple[Named, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def roles_in_brackets(text: str, start: int = 0) -> Found:
    """Read what stands in brackets with a word for a role, and a closing bracket that holds nothing but units."""
    named: list[Named] = []
    spans = []
    for bracket in brackets_of(text, LABEL):
        units = _of_bracket(bracket, start)
        if units:
            named += units
            spans.append((start + bracket.start, start + bracket.end))
    return Found(_proposed(_once(named)), tuple(spans))


def has_roles(text: str) -> bool:
    """Tell whether a stretch of text holds roles in brackets or on a line."""
    return bool(roles_in_brackets(text).spans)


def roles_of_cell(cell: Name, role: Role) -> tuple[Named, ...]:
    """Read the units of a table cell whose column says their part; words in the cell (牵头) say it better."""
    named = [each for run in pieces(cell.text, cell.start, RUN) for each in _run(run, role)]
    return tuple(_once(named))


def _of_bracket(bracket: Bracket, start: int) -> list[Named]:
    if bracket.labelled:
        return list(_labelled(bracket.inner, start + bracket.inner_start))
    return _closing(Name(bracket.inner, start + bracket.inner_start)) if bracket.closing else []


def _labelled(text: str, start: int) -> Iterator[Named]:
    labels = list(LABEL.finditer(veiled(text)))
    if head := trimmed(text[: labels[0].start()], start):
        yield from _run(head, Role.UNASSIGNED)
    for label, end in zip(labels, [*(each.start() for each in labels[1:]), len(text)], strict=True):
        role = next((each for each in WORDS if label[each.value]), None)
        runs = list(pieces(text[label.end() : end], start + label.end(), RUN)) if role else []
        for number, run in enumerate(runs):
            yield from _run(run, role if role and not number else Role.UNASSIGNED)


def _run(run: Name, role: Role) -> Iterator[Named]:
    """Give the names of a run their role; those of a clause that ends with a word for a role (…分工负责) have that."""
    for clause in pieces(run.text, run.start, "，,"):
        waiting: list[Name] = []
        for piece in pieces(clause.text, clause.start, "、"):
            bare, own = _verb_cut(piece)
            waiting += names_in(bare) if bare else []
            if own:
                yield from _named(waiting, own)
                waiting = []
        yield from _named(waiting, role)


def _closing(inner: Name) -> list[Named]:
    """Read (甲局牵头，乙局、丙局配合) and (甲局、乙局); anything that is no list of units gives nothing."""
    found: list[Named] = []
    for run in pieces(inner.text, inner.start, RUN):
        waiting: list[Name] = []
        for piece in pieces(run.text, run.start, "，,、"):
            bare, own = _verb_cut(piece)
            waiting += names_in(bare) if bare else []
            if own:
                found += _named(waiting, own)
                waiting = []
        found += _named(waiting, Role.UNASSIGNED)
    return found if found and all(is_unit(each.text) for each in found) else []


def _verb_cut(piece: Name) -> tuple[Name | None, Role | None]:
    verb = VERB.search(piece.text)
    if not verb:
        return piece, None
    role = next(each for each in VERBS if verb[each.value])
    return trimmed(piece.text[: verb.start()], piece.start), role


def _named(names: Iterable[Name], role: Role, doubt: str = "") -> Iterator[Named]:
    for name in names:
        if PERSON.search(name.text):
            continue
        own = OWN_WORD.search(name.text)
        text = name.text[: own.start()] if own else name.text
        part = (Role.LEAD if own["lead"] else Role.COOPERATING) if own else role
        yield Named(text, name.start, part, is_group(text), doubt)


def _once(named: Iterable[Named]) -> list[Named]:
    seen: dict[tuple[str, Role], Named] = {}
    for each in named:
        seen.setdefault((each.text, each.role), each)
    return list(seen.values())


def _proposed(named: list[Named]) -> tuple[Named, ...]:
    """Propose a part for units without one where the place says it, always with the doubt; otherwise leave them so."""
    roles = {each.role for each in named}
    first = next((each.start for each in named if each.role is not Role.UNASSIGNED), None)
    return tuple(_propose(each, roles, first) if each.role is Role.UNASSIGNED else each for each in named)


def _propose(each: Named, roles: set[Role], first: int | None) -> Named:
    if roles == {Role.UNASSIGNED}:
        role, doubt = Role.RESPONSIBLE, NO_WORD_ALONE
    elif Role.LEAD not in roles and first is not None and each.start < first:
        role, doubt = Role.LEAD, NO_WORD_LEAD
    else:
        role, doubt = Role.UNASSIGNED, NO_WORD
    return Named(each.text, each.start, role, each.group, doubt)
