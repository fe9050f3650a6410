"""Changing a list under work: items and sections added, changed, removed, moved. Values in, values out. Pure."""

from dataclasses import replace
from typing import TypeVar

from inspect_app.checklists.definition import Checklist, Item, Section
from inspect_app.core.errors import NotFound

Each = TypeVar("Each")
UP, DOWN = -1, 1


def next_item_code(checklist: Checklist) -> str:
    """Return the code of an item to be added: one more than the highest of the list's own."""
    start = f"{checklist.code}-"
    own = [item.code.removeprefix(start) for item in checklist.items if item.code.startswith(start)]
    return f"{start}{max((int(each) for each in own if each.isdecimal()), default=0) + 1:02}"


def next_section_code(checklist: Checklist) -> str:
    """Return a code that no section of the list has."""
    taken, number = {section.code for section in checklist.sections}, len(checklist.sections) + 1
    while f"s{number}" in taken:
        number += 1
    return f"s{number}"


def with_item(checklist: Checklist, section_code: str, item: Item) -> Checklist:
    """Add an item at the end of a section; NotFound when there is no such section."""
    section = find_section(checklist, section_code)
    return _with(checklist, replace(section, items=(*section.items, item)))


def changed_item(checklist: Checklist, item: Item) -> Checklist:
    """Put another content under the code of an item; NotFound when there is none."""
    section = _section_of(checklist, item.code)
    items = tuple(item if each.code == item.code else each for each in section.items)
    return _with(checklist, replace(section, items=items))


def without_item(checklist: Checklist, code: str) -> Checklist:
    """Take an item out; NotFound when there is none."""
    section = _section_of(checklist, code)
    return _with(checklist, replace(section, items=tuple(each for each in section.items if each.code != code)))


def moved_item(checklist: Checklist, code: str, by: int) -> Checklist:
    """Move an item one place up or down, over the border of its section into the next one."""
    section = _section_of(checklist, code)
    codes = [item.code for item in section.items]
    place = codes.index(code) + by
    if 0 <= place < len(codes):
        return _with(checklist, replace(section, items=_swapped(section.items, codes.index(code), place)))
    at = checklist.sections.index(section) + by
    if not 0 <= at < len(checklist.sections):
        return checklist
    item, target = checklist.item(code), checklist.sections[at]
    items = (item, *target.items) if by == DOWN else (*target.items, item)
    return _with(without_item(checklist, code), replace(target, items=items))


def placed_item(checklist: Checklist, code: str, section_code: str) -> Checklist:
    """Put an item at the end of another section; in its own one it stays where it is."""
    if _section_of(checklist, code).code == section_code:
        return checklist
    return with_item(without_item(checklist, code), section_code, find_item(checklist, code))


def with_section(checklist: Checklist, title: str) -> Checklist:
    """Add an empty section at the end."""
    return replace(checklist, sections=(*checklist.sections, Section(next_section_code(checklist), title, ())))


def renamed_section(checklist: Checklist, code: str, title: str) -> Checklist:
    """Give a section another title."""
    return _with(checklist, replace(find_section(checklist, code), title=title))


def without_section(checklist: Checklist, code: str) -> Checklist:
    """Take a section out with its items."""
    gone = find_section(checklist, code)
    return replace(checklist, sections=tuple(each for each in checklist.sections if each is not gone))


def moved_section(checklist: Checklist, code: str, by: int) -> Checklist:
    """Move a section one place up or down; at the border nothing changes."""
    place = checklist.sections.index(find_section(checklist, code))
    if not 0 <= place + by < len(checklist.sections):
        return checklist
    return replace(checklist, sections=_swapped(checklist.sections, place, place + by))


def find_item(checklist: Checklist, code: str) -> Item:
    """Return an item by its code, or raise NotFound."""
    found = next((item for item in checklist.items if item.code == code), None)
    if found is None:
        raise NotFound("没有检查项 %(code)s，可能已被删除，请返回草稿页。", code=code)
    return found


def find_section(checklist: Checklist, code: str) -> Section:
    """Return a section by its code, or raise NotFound."""
    found = next((section for section in checklist.sections if section.code == code), None)
    if found is None:
        raise NotFound("没有分节 %(code)s，可能已被删除，请返回草稿页。", code=code)
    return found


def _section_of(checklist: Checklist, item_code: str) -> Section:
    item = find_item(checklist, item_code)
    return next(section for section in checklist.sections if item in section.items)


def _with(checklist: Checklist, section: Section) -> Checklist:
    sections = tuple(section if each.code == section.code else each for each in checklist.sections)
    return replace(checklist, sections=sections)


def _swapped(row: tuple[Each, ...], one: int, other: int) -> tuple[Each, ...]:
    changed = list(row)
    changed[one], changed[other] = changed[other], changed[one]
    return tuple(changed)
