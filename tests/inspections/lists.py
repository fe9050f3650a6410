"""Lists for tests: small ones made here, and later versions of those that the system came with."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.checklists import service
from inspect_app.checklists.definition import (
    Checklist,
    Deadline,
    DeadlineKind,
    Item,
    Part,
    Relevance,
    Section,
    Severity,
)
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.questions import (
    DateUnit,
    Day,
    Number,
    OneOf,
    Option,
    Question,
    Rate,
    Rule,
    SomeOf,
    Text,
    YesNo,
)

CODE = "T01"
BRICK, FRAME = Option("brick", "砖混"), Option("frame", "框架")


def make_item(number: int, question: Question, *relevant: Relevance, **over: Any) -> Item:  # noqa: ANN401 - fields
    """Make an item; `over` replaces its fields, `na` and `parts` those of its question."""
    part = Part(question, na_allowed=bool(over.pop("na", False)))
    values: dict[str, Any] = {
        "code": f"{CODE}-{number:02d}",
        "text": f"第 {number} 问怎么样？",
        "guidance": f"现场看第 {number} 处。",
        "parts": (part,),
        "severity": Severity.GENERAL,
        "veto": False,
        "weight": Decimal(5),
        "deadline": Deadline(DeadlineKind.DAYS, 30),
        "relevant": relevant,
    }
    return Item(**{**values, **over})


def make_list(*items: Item, code: str = CODE, version: int = 1) -> Checklist:
    """Make a list in one section; the weight of the last item that counts makes the sum 100."""
    rest = Decimal(100) - sum(item.weight for item in items)
    last = max(index for index, item in enumerate(items) if item.weight)
    weighed = tuple(
        replace(item, weight=item.weight + rest) if index == last else item for index, item in enumerate(items)
    )
    return Checklist(
        code, version, "试验检查表", "学校", "督导组", Decimal(80), (Section("all", "全部", weighed),), ("C03",)
    )


def hangs_on(number: int, *words: str, **bounds: str) -> Relevance:
    """Ask only when an earlier item was answered with one of these words, or within these bounds."""
    low, high = (Decimal(bounds[name]) if name in bounds else None for name in ("at_least", "at_most"))
    return Relevance(f"{CODE}-{number:02d}", "", words, low, high)


def skipping_list() -> Checklist:
    """Make a list whose items hang on every type of question, some of them in a chain."""
    least = (Rule(at_least=Decimal(3)),)
    parted = (
        Part(YesNo("no"), "made", "是否编制", Decimal("0.5")),
        Part(Rate("演练", "应演练"), "drilled", "演练", Decimal("0.5")),
    )
    return make_list(
        make_item(1, YesNo("yes"), na=True, veto=True, severity=Severity.MAJOR),
        make_item(2, Number("栋", 1, Decimal(50), minimum=Decimal(-5))),
        make_item(3, Rate("已加固", "应加固", decimals=1)),
        make_item(4, Day(DateUnit.MONTHS, (Rule(at_most=Decimal(36)),))),
        make_item(5, OneOf((BRICK, FRAME), ("frame",))),
        make_item(6, SomeOf((BRICK, FRAME, Option("steel", "钢")), least)),
        make_item(7, YesNo("no"), hangs_on(1, "yes"), parts=parted),
        make_item(8, Text(40), hangs_on(1, "na"), weight=Decimal(0), required=False),
        make_item(9, YesNo("no"), hangs_on(2, at_least="0.5", at_most="12")),
        make_item(10, YesNo("no"), hangs_on(3, "na", at_least="0.95")),
        make_item(11, YesNo("no"), hangs_on(4, "never", at_least="13")),
        make_item(12, YesNo("no"), hangs_on(5, "brick"), hangs_on(6, "steel", "brick")),
        make_item(13, YesNo("no"), hangs_on(6, at_most="1")),
        make_item(14, YesNo("no"), Relevance(f"{CODE}-07", "made", ("yes",))),
        make_item(15, Number("人", 0), Relevance(f"{CODE}-07", "drilled", (), None, Decimal("0.5"))),
        make_item(16, YesNo("no"), hangs_on(15, at_least="1")),
    )


def publish(session: Session, checklist: Checklist, parent: str = "") -> ChecklistVersion:
    """Publish a version, perhaps derived from a `parent` such as "C03-1"; needs a transaction around it."""
    version = service.keep(session, checklist)
    version.parent = parent
    for step in ("try_out", "publish"):
        service.take_step(session, SYSTEM, version, step)
    return version


def altered(
    checklist: Checklist, changes: Mapping[str, Mapping[str, Any]], leave_out: tuple[str, ...] = ()
) -> Checklist:
    """Make the next version: `changes` by item code; the first item left takes up the weights that are gone."""
    items = [replace(item, **changes.get(item.code, {})) for item in checklist.items if item.code not in leave_out]
    rest = Decimal(100) - sum(item.weight for item in items)
    items[0] = replace(items[0], weight=items[0].weight + rest)
    known = {item.code: item for item in items}
    sections = tuple(
        replace(each, items=tuple(known[item.code] for item in each.items if item.code in known))
        for each in checklist.sections
    )
    kept = tuple(each for each in sections if each.items)
    return replace(checklist, version=checklist.version + 1, sections=kept)
