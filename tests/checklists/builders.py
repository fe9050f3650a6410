"""Small lists to try rules on."""

from decimal import Decimal

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
from inspect_app.checklists.questions import Question, YesNo

PROOF = YesNo("no")


def an_item(
    number: int, *parts: Part | Question, weight: int = 10, relevant: tuple[Relevance, ...] = (), required: bool = True
) -> Item:
    """Build item C99-NN; a question stands for a part without code, nothing at all for a yes/no question."""
    whole = tuple(each if isinstance(each, Part) else Part(each) for each in parts or (PROOF,))
    deadline = Deadline(DeadlineKind.DAYS, 15)
    return Item(
        f"C99-{number:02}",
        f"第 {number} 问？",
        "看。",
        whole,
        Severity.GENERAL,
        veto=False,
        weight=Decimal(weight),
        deadline=deadline,
        relevant=relevant,
        required=required,
    )


def a_list(*items: Item, pass_mark: int = 60) -> Checklist:
    """Build list C99 with one section."""
    return Checklist("C99", 1, "样表", "甲", "乙", Decimal(pass_mark), (Section("one", "一", items),))
