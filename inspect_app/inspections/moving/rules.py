"""What a newer version of a list changes, and what becomes of the answers given to the older one. Pure."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_app.checklists.comparing import Comparison
from inspect_app.checklists.comparing import compare as differences
from inspect_app.checklists.definition import Checklist, Item, Part
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark

DIGEST_LENGTH = 16
_SHAPING = ("kind", "unit", "decimals", "numerator", "denominator", "options", "max_length")


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
class ListMove:
    """One list from a version to a newer one; `fates` tells by item code what becomes of each answer given."""

    before: Checklist
    after: Checklist
    differences: Comparison
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
    new = {item.code: item for item in after.items}
    fates = {item.code: _fate(item, new.get(item.code)) for item in before.items if item.code in answered}
    return ListMove(before, after, differences(before, after), fates)


def _fate(before: Item, after: Item | None) -> Fate:
    if after is None:
        return Fate.GONE
    return Fate.KEPT if asked(before) == asked(after) else Fate.CHANGED


def _form(part: Part) -> dict[str, Any]:
    question = freeze(part.question)
    rules = [[each.get("code", ""), each.get("label", "")] for each in question.get("rules", ())]
    shape = {name: question[name] for name in _SHAPING if name in question}
    return {"code": part.code, "label": part.label, "na": part.na_allowed, "rules": rules[1:] and rules, **shape}
