"""From the mistakes of a checklist to the cells in which they were made."""

from collections.abc import Iterable, Mapping, Sequence

from inspect_app.checklists.checking import Flaw
from inspect_app.checklists.workbook.basics import Basics
from inspect_app.checklists.workbook.columns import BASICS, ITEMS, Basic, Key
from inspect_app.checklists.workbook.grouping import Block, Group
from inspect_app.checklists.workbook.rows import Notes, Row, address

OTHER_NAMES = {
    "answer": Key.TYPE,
    "parts": Key.PART,
    "deadline": Key.DAYS,
    "at_least_part": Key.COMPARED,
    "equals_part": Key.COMPARED,
    "sections": Key.SECTION,
}
FOLLOWS_TYPE = frozenset(
    (
        Key.BAD_ANSWER,
        Key.OPTIONS,
        Key.PASSING,
        Key.RULES,
        Key.AT_LEAST,
        Key.AT_MOST,
        Key.ZERO_AT,
        Key.NUMERATOR,
        Key.DENOMINATOR,
    )
)


def place_flaws(flaws: Iterable[Flaw], groups: Sequence[Group], basics: Basics, notes: Notes) -> None:
    """Note each flaw at its cell, but for cells of which a mistake is known already."""
    blocks = {block.key: block for group in groups for block in group.blocks}
    first = next((block.head for block in blocks.values()), None)
    for flaw in flaws:
        block = blocks.get(flaw.item)
        if _follows_from_a_gap(flaw, basics):
            continue
        if block:
            _place_in(block, flaw)
        elif first:
            notes.note(_head_place(flaw, first, basics.places), flaw.sentence)
        else:
            notes.note(_basic_place(flaw.field, basics.places) or ITEMS, flaw.sentence)


def _follows_from_a_gap(flaw: Flaw, basics: Basics) -> bool:
    """Without the sheet of basic data, or the code in it, the rest of it is no mistake of its own."""
    if flaw.item:
        return flaw.field == "code" and not basics.code
    return not basics.places and flaw.field in set(Basic)


def _place_in(block: Block, flaw: Flaw) -> None:
    row = next((row for row in block.rows if flaw.part and row.text(Key.PART) == flaw.part), block.head)
    key = key_of(flaw.field)
    if key not in row.bad and not (key in FOLLOWS_TYPE and Key.TYPE in row.bad):
        row.note(key, flaw.sentence.message, **flaw.sentence.params)


def key_of(field: str) -> Key:
    """Return the column that holds a field of the definition."""
    return OTHER_NAMES.get(field) or Key(field)


def _head_place(flaw: Flaw, first: Row, places: Mapping[Basic, str]) -> str:
    """Return the cell of a datum of the whole list; for sums and sections the heading of the column."""
    basic = _basic_place(flaw.field, places)
    if basic:
        return basic
    return address(ITEMS, first.columns.get(key_of(flaw.field)), first.top)


def _basic_place(field: str, places: Mapping[Basic, str]) -> str:
    return places.get(Basic(field), BASICS) if field in set(Basic) else ""
