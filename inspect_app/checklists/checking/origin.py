"""Mistakes in the codes of items, and in what a derived list made of the items of its parent."""

from collections.abc import Iterator
from dataclasses import replace

from inspect_app.checklists.checking.flaw import Flaw
from inspect_app.checklists.definition import Checklist, Item
from inspect_app.checklists.deriving import locked_by
from inspect_app.core.labels import mark, say


def origin_flaws(checklist: Checklist, parent: Checklist | None) -> Iterator[Flaw]:
    """Yield items with a foreign code, and locked items of the parent that were changed or left out."""
    inherited = {item.code: item for item in parent.items} if parent else {}
    for item in checklist.items:
        if item.code not in inherited and not _own(item.code, checklist.code):
            wanted = f"{checklist.code}-01"
            yield Flaw(item.code, "code", say(mark("检查项编号应形如 %(code)s。"), code=wanted))
    yield from locked_flaws(checklist, parent)


def locked_flaws(checklist: Checklist, parent: Checklist | None) -> Iterator[Flaw]:
    """Yield the locked items of the parent that were changed or left out."""
    present = {item.code: item for item in checklist.items}
    for code, item in locked_by(parent).items():
        if code not in present:
            yield Flaw(code, "locked", say(mark("上级锁定的检查项 %(code)s 不能删除。"), code=code))
        elif not same_question(present[code], item):
            yield Flaw(code, "locked", say(mark("上级锁定的检查项 %(code)s 不能修改。"), code=code))


def same_question(mine: Item, theirs: Item) -> bool:
    """Whether two items are alike in everything but the lock that the higher body put on."""
    return replace(mine, locked=theirs.locked) == theirs


def _own(code: str, list_code: str) -> bool:
    number = code.removeprefix(f"{list_code}-")
    return number != code and number.isdecimal()
