"""A workbook read back as a checklist: every problem at its cell, all at once, and no checklist while there is one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from inspect_app.checklists.checking import problems_of
from inspect_app.checklists.definition import (
    Checklist,
    Deadline,
    DeadlineKind,
    Evidence,
    Item,
    Relevance,
    Section,
    Severity,
)
from inspect_app.checklists.relevance import part_of, words_for
from inspect_app.checklists.workbook import phrases
from inspect_app.checklists.workbook.asking import read_part
from inspect_app.checklists.workbook.basics import read_basics
from inspect_app.checklists.workbook.columns import BASICS, ITEMS, Key
from inspect_app.checklists.workbook.grouping import Block, Group, groups_of, rows_of
from inspect_app.checklists.workbook.placing import place_flaws
from inspect_app.checklists.workbook.rows import CellProblem, Notes, Row
from inspect_app.checklists.workbook.words import CONDITION_WORDS, DEADLINES, EVIDENCES, FIRSTS, SEVERITIES, folded
from inspect_app.core.labels import mark, say
from inspect_app.law.definitions import Register
from inspect_app.workbooks.model import Sheet

Sheets = Mapping[str, Sheet]
ParentOf = Callable[[str], Checklist | None]
KEPT_WORDS = {folded(word): kept for kept, word in CONDITION_WORDS.items()}


@dataclass(frozen=True)
class Imported:
    """What a workbook says: `problems` keep it out, `remarks` do not. The checklist is whole only without problems."""

    checklist: Checklist
    problems: tuple[CellProblem, ...]
    remarks: tuple[CellProblem, ...]


def read_checklist(sheets: Sheets, register: Register, parent_of: ParentOf = lambda _code: None) -> Imported:
    """Read the sheets of a workbook; `parent_of` gives the list of a higher body that a code derives from."""
    notes = Notes()
    for name in (BASICS, ITEMS):
        if name not in sheets:
            notes.note(name, say(mark("缺少“%(name)s”工作表，请用系统导出的表格填写。"), name=name))
    basics = read_basics(sheets.get(BASICS), notes)
    groups = groups_of(rows_of(sheets[ITEMS], notes)) if ITEMS in sheets else []
    checklist = Checklist(
        code=basics.code,
        version=basics.version,
        title=basics.title,
        checked=basics.checked,
        checkers=basics.checkers,
        pass_mark=basics.pass_mark,
        sections=_conditioned(tuple(_section(group, register) for group in groups), groups),
        objects=basics.objects,
    )
    place_flaws(problems_of(checklist, register, parent_of(checklist.code)), groups, basics, notes)
    problems = sorted(notes.problems, key=lambda problem: problem.order)
    return Imported(checklist, tuple(problems), tuple(notes.remarks))


def _section(group: Group, register: Register) -> Section:
    return Section(group.code, group.title, tuple(_item(block, register) for block in group.blocks))


def _item(block: Block, register: Register) -> Item:
    head = block.head
    severity = head.word(Key.SEVERITY, SEVERITIES, needed=True)
    weight = head.decimal(Key.WEIGHT)
    if not head.text(Key.WEIGHT):
        head.note(Key.WEIGHT, mark("请填写分值。"))
    return Item(
        code=block.key,
        text=head.text(Key.TEXT),
        guidance=head.text(Key.GUIDANCE),
        parts=tuple(read_part(row, composite=len(block.rows) > 1) for row in block.rows),
        severity=severity or Severity.GENERAL,
        veto=head.flag(Key.VETO),
        weight=Decimal(0) if weight is None else weight,
        deadline=_deadline(head),
        evidence=_evidence(head),
        citations=head.phrase(Key.BASES, lambda text: phrases.read_citations(text, register)) or (),
        required=head.flag(Key.REQUIRED, default=True),
        locked=head.flag(Key.LOCKED),
    )


def _deadline(head: Row) -> Deadline:
    kind = head.word(Key.DEADLINE, DEADLINES, needed=True)
    days = head.whole(Key.DAYS)
    if kind is None:
        return Deadline(DeadlineKind.NONE)
    return Deadline(kind, days, head.word(Key.FIRST, FIRSTS))


def _evidence(head: Row) -> tuple[Evidence, ...]:
    found = []
    for word in phrases.words_of(head.text(Key.EVIDENCE)):
        kind = EVIDENCES.value(word)
        if kind is None:
            listed = "、".join(EVIDENCES.choices)
            head.note(Key.EVIDENCE, mark("没有“%(value)s”这种证据，可填：%(choices)s。"), value=word, choices=listed)
        else:
            found.append(kind)
    return tuple(dict.fromkeys(found))


def _conditioned(sections: tuple[Section, ...], groups: Sequence[Group]) -> tuple[Section, ...]:
    """Give the items their conditions, now that the questions they speak of are read."""
    items = {item.code: item for section in sections for item in section.items}
    blocks = {block.key: block for group in groups for block in group.blocks}
    return tuple(
        replace(section, items=tuple(_with_conditions(item, blocks[item.code].head, items) for item in section.items))
        for section in sections
    )


def _with_conditions(item: Item, head: Row, items: Mapping[str, Item]) -> Item:
    def read(text: str) -> tuple[Relevance, ...]:
        return tuple(
            phrases.read_condition(line, lambda *named: _resolved(items, *named)) for line in phrases.lines_of(text)
        )

    return replace(item, relevant=head.phrase(Key.RELEVANT, read) or ())


def _resolved(items: Mapping[str, Item], code: str, part_code: str, word: str) -> str:
    """Return what is kept for a word: the code of an option, or of one with that label, or yes, no, na, never."""
    part = part_of(Relevance(code, part_code), items)
    known = words_for(part) if part else {}
    if word in known:
        return word
    labelled = {folded(label): each for each, label in known.items()}
    return labelled.get(folded(word)) or KEPT_WORDS.get(folded(word), word)
