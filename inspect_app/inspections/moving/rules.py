"""What a newer version of a list changes, and what becomes of the answers given to the older one. Pure."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_app.checklists.definition import Checklist, Item, Part
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark

DIGEST_LENGTH = 16
_SHAPING = ("kind", "unit", "decimals", "numerator", "denominator", "options", "max_length")
FIELD_LABELS = {
    "text": mark("题目"),
    "parts": mark("答案与标准"),
    "guidance": mark("检查方法"),
    "weight": mark("分值"),
    "severity": mark("等级"),
    "veto": mark("一票否决"),
    "deadline": mark("整改期限"),
    "evidence": mark("应附证据"),
    "citations": mark("依据"),
    "relevant": mark("填写条件"),
    "required": mark("是否必答"),
}


class Fate(StrEnum):
    """What becomes of an answer: kept, or set aside because its question reads otherwise or its item is gone."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"


FATE_LABELS = {
    Fate.KEPT: mark("保留"),
    Fate.CHANGED: mark("题目已改，另存备查"),
    Fate.GONE: mark("检查项已取消，另存备查"),
}


@dataclass(frozen=True)
class Change:
    """An item that both versions have; `fields` are the names of what differs, as in FIELD_LABELS."""

    before: Item
    after: Item
    fields: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What differs, in words."""
        return tuple(FIELD_LABELS[name] for name in self.fields)


@dataclass(frozen=True)
class ListMove:
    """One list from a version to a newer one; `fates` tells by item code what becomes of each answer given."""

    before: Checklist
    after: Checklist
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Change, ...]
    fates: dict[str, Fate]

    def with_fate(self, *fates: Fate) -> list[tuple[Item, Fate]]:
        """Return the answered items, as they were asked, whose answers meet one of these fates."""
        return [(self.before.item(code), fate) for code, fate in self.fates.items() if fate in fates]

    @property
    def set_aside(self) -> list[tuple[Item, Fate]]:
        """The answered items whose answers cannot stay."""
        return self.with_fate(Fate.CHANGED, Fate.GONE)


def asked(item: Item) -> str:
    """Return a digest of the question as an inspector reads and answers it; two alike take the same answers.

    How an answer is judged (limits, points, severity) is no part of it.
    """
    question = [item.text, [_form(part) for part in item.parts]]
    text = json.dumps(question, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def compare(before: Checklist, after: Checklist, answered: Collection[str]) -> ListMove:
    """Compare two versions of a list; `answered` are the codes of the items that have an answer."""
    old, new = ({item.code: item for item in each.items} for each in (before, after))
    both = [(item, new[code]) for code, item in old.items() if code in new]
    changes = (Change(one, other, _differing(one, other)) for one, other in both)
    return ListMove(
        before,
        after,
        added=tuple(item for code, item in new.items() if code not in old),
        removed=tuple(item for code, item in old.items() if code not in new),
        changed=tuple(each for each in changes if each.fields),
        fates={code: _fate(item, new.get(code)) for code, item in old.items() if code in answered},
    )


def _fate(before: Item, after: Item | None) -> Fate:
    if after is None:
        return Fate.GONE
    return Fate.KEPT if asked(before) == asked(after) else Fate.CHANGED


def _differing(one: Item, other: Item) -> tuple[str, ...]:
    return tuple(name for name in FIELD_LABELS if getattr(one, name) != getattr(other, name))


def _form(part: Part) -> dict[str, Any]:
    question = freeze(part.question)
    rules = [[each.get("code", ""), each.get("label", "")] for each in question.get("rules", ())]
    shape = {name: question[name] for name in _SHAPING if name in question}
    return {"code": part.code, "label": part.label, "na": part.na_allowed, "rules": rules[1:] and rules, **shape}
