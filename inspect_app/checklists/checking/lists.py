"""Mistakes of a list as a whole: its head, sums, repetitions, codes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from inspect_app.checklists.checking.flaw import Flaw
from inspect_app.checklists.definition import Checklist
from inspect_app.core.frozen import plain
from inspect_app.core.labels import mark, say
from inspect_app.sites.rules import CATEGORIES

FULL_WEIGHT = 100
SHIPPED_CODE = re.compile(r"C\d\d[a-z]?")
OFFICE_CODE = re.compile(r"[A-Za-z0-9-]{1,20}")
HEAD = {"title": mark("请填写名称。"), "checked": mark("请填写查谁。"), "checkers": mark("请填写由谁主检。")}


def list_flaws(checklist: Checklist) -> Iterator[Flaw]:
    """Yield what is wrong with the list as a whole, and codes that are there twice."""
    yield from _head_flaws(checklist)
    yield from _section_flaws(checklist)
    if not checklist.items:
        yield Flaw("", "sections", say(mark("还没有检查项，请先添加。")), gap=True)
        return
    total = sum((item.weight for item in checklist.items), Decimal(0))
    if total != FULL_WEIGHT:
        yield Flaw("", "weight", say(mark("各项分值合计应为 100，实际是 %(total)s。"), total=plain(total)))
    for code in repeated(item.code for item in checklist.items):
        yield Flaw(code, "code", say(mark("检查项编号 %(code)s 重复。"), code=code))


def repeated(codes: Iterable[str]) -> list[str]:
    """Return the codes that are there more than once."""
    return [code for code, times in Counter(codes).items() if times > 1]


def _head_flaws(checklist: Checklist) -> Iterator[Flaw]:
    for field, sentence in HEAD.items():
        if not getattr(checklist, field).strip():
            yield Flaw("", field, say(sentence), gap=True)
    if not OFFICE_CODE.fullmatch(checklist.code):
        yield Flaw("", "code", say(mark("检查表编号只能用字母、数字和短横线，最多 20 个。")))
    if checklist.version < 1:
        yield Flaw("", "version", say(mark("版本号应从 1 开始。")))
    if not 0 <= checklist.pass_mark <= FULL_WEIGHT:
        yield Flaw("", "pass_mark", say(mark("合格线应在 0 至 100 之间。")))
    for code in sorted(set(checklist.objects) - CATEGORIES.keys()):
        yield Flaw("", "objects", say(mark("没有检查对象类别“%(code)s”。"), code=code))
    if not checklist.objects and not SHIPPED_CODE.fullmatch(checklist.code):
        yield Flaw("", "objects", say(mark("请选择适用的检查对象类别。")), gap=True)


def _section_flaws(checklist: Checklist) -> Iterator[Flaw]:
    for code in repeated(section.code for section in checklist.sections):
        yield Flaw("", "sections", say(mark("分节编号 %(code)s 重复。"), code=code))
    for section in checklist.sections:
        if not section.title.strip():
            yield Flaw("", "sections", say(mark("分节 %(code)s 没有标题。"), code=section.code), gap=True)
        if not section.items and checklist.items:
            yield Flaw("", "sections", say(mark("分节“%(title)s”没有检查项。"), title=section.title))
