"""What changed from one version of a list to another, item by item and field by field. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspect_app.checklists.definition import Checklist, Item
from inspect_app.checklists.wording import FIELD_LABELS, HEAD_LABELS, Words, head_words, item_words


@dataclass(frozen=True)
class Change:
    """A field that reads differently; `item` is empty for the head of the list, `label` names the field."""

    item: str
    field: str
    label: str
    before: Words
    after: Words


@dataclass(frozen=True)
class Comparison:
    """Everything that differs; `moved` tells whether items that both have stand in another order or section."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Change, ...]
    moved: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed or self.moved)


def compare(before: Checklist, after: Checklist) -> Comparison:
    """Compare two versions of a list; items are the same when their codes are."""
    old, new = ({item.code: item for item in each.items} for each in (before, after))
    changed = _changes("", head_words(before), head_words(after), HEAD_LABELS)
    for code in new:
        if code in old and old[code] != new[code]:
            changed += _changes(code, item_words(old[code], before), item_words(new[code], after), FIELD_LABELS)
    return Comparison(
        added=tuple(item for code, item in new.items() if code not in old),
        removed=tuple(item for code, item in old.items() if code not in new),
        changed=tuple(changed),
        moved=_order(before, new) != _order(after, old),
    )


def _changes(code: str, old: dict[str, Words], new: dict[str, Words], labels: Mapping[str, str]) -> list[Change]:
    return [
        Change(code, field, labels[field], old[field], new[field])
        for field in labels
        if [str(each) for each in old[field]] != [str(each) for each in new[field]]
    ]


def _order(checklist: Checklist, other: dict[str, Item]) -> list[tuple[str, str]]:
    return [
        (section.title, item.code) for section in checklist.sections for item in section.items if item.code in other
    ]
