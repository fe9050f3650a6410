"""A list that a region makes from a list of a higher body: its code, its content, and following the parent. Pure."""

from dataclasses import replace

from inspect_app.checklists.definition import Checklist, Item, Section


def parent_code(parent: str) -> str:
    """Return the code in the name of a version, as C03 of "C03-2"."""
    return parent.rpartition("-")[0]


def parent_number(parent: str) -> int:
    """Return the number in the name of a version, as 2 of "C03-2"."""
    return int(parent.rpartition("-")[2])


def derived(parent: Checklist, region_code: str, title: str) -> Checklist:
    """Return the first content of a derived list: everything of the parent, offered for the same sites."""
    return replace(
        parent,
        code=f"{parent.code}-{region_code}",
        version=1,
        title=title,
        objects=parent.objects or (parent.code,),
    )


def following(checklist: Checklist, parent: Checklist) -> Checklist:
    """Return a derived list with the locked items as they stand in a newer version of the parent.

    Locked items that it lacks are put into the section of the same code, or a section of their own at the end; what is
    open stays as the region wrote it.
    """
    locked = {item.code: item for item in parent.items if item.locked}
    kept = tuple(
        replace(section, items=tuple(locked.get(item.code, item) for item in section.items))
        for section in checklist.sections
    )
    present = {item.code for item in checklist.items}
    for section in parent.sections:
        missing = tuple(item for item in section.items if item.locked and item.code not in present)
        if missing:
            kept = _with_section(kept, replace(section, items=missing))
    return replace(checklist, sections=kept)


def _with_section(sections: tuple[Section, ...], added: Section) -> tuple[Section, ...]:
    if all(section.code != added.code for section in sections):
        return (*sections, added)
    return tuple(
        replace(section, items=section.items + added.items) if section.code == added.code else section
        for section in sections
    )


def locked_by(parent: Checklist | None) -> dict[str, Item]:
    """Return the items by code that a derived list must keep as they are."""
    return {item.code: item for item in parent.items if item.locked} if parent else {}
