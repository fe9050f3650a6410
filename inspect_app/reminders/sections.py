"""The sorts of things a person is reminded of, in the order of a digest, and how they are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.waiting import told

OVERDUE, DUE, REVIEW, RUNGS, LOOK_BACKS, DOCUMENTS = "overdue", "due", "review", "rungs", "look_backs", "documents"
WORK_RETURNED, WORK_LATE, WORK_DUE, WORK_TO_REVIEW = "work_returned", "work_late", "work_due", "work_to_review"
SPANNED = (DUE, RUNGS, WORK_DUE)
LABELS: Mapping[str, str] = {
    OVERDUE: mark("已逾期的隐患"),
    RUNGS: mark("应采取“%(span)s”的隐患"),
    DUE: mark("%(span)s 日内到期的隐患"),
    "closure": mark("等待批准销号"),
    "extension": mark("等待决定延期"),
    "plan": mark("等待批准治理方案"),
    "acceptance": mark("等待验收"),
    "recheck": mark("等待复查"),
    "assign": mark("等待交办"),
    "accept": mark("等待签收"),
    "start": mark("等待开始整改"),
    "complete": mark("等待补全"),
    REVIEW: mark("长期管控待复核"),
    LOOK_BACKS: mark("应当回头看的隐患"),
    "visits_today": mark("今天的检查"),
    "visits_unfinished": mark("未完成的检查"),
    "visits_to_review": mark("等待审核的检查"),
    DOCUMENTS: mark("等待签发的文书"),
    WORK_RETURNED: mark("被退回的应报事项"),
    WORK_LATE: mark("逾期未报的应报事项"),
    WORK_DUE: mark("%(span)s 日内到期的应报事项"),
    WORK_TO_REVIEW: mark("等待审核的报送"),
}
TONES: Mapping[str, tuple[str, str]] = {
    OVERDUE: ("▲", "late"),
    RUNGS: ("▲", "late"),
    DUE: ("◕", "work"),
    "visits_unfinished": ("▲", "late"),
    WORK_RETURNED: ("↺", "late"),
    WORK_LATE: ("▲", "late"),
    WORK_DUE: ("◕", "work"),
}
ORDER = tuple(LABELS)


@dataclass(frozen=True)
class Line:
    """One thing by its number; `on` is the day it is due or planned for, `about` the object, shown on pages only.

    `order` sorts lines, the most urgent first; `key` tells things of one sort apart.
    """

    reference: str
    on: date | None
    endpoint: str
    order: int
    key: int
    about: str = ""


@dataclass(frozen=True)
class Section:
    """How many things of a sort wait for a person, the first of them, and the address of them all.

    `span` says which degree of nearness a section of due hazards is for ("2–3"), or which rung of the ladder.
    """

    code: str
    number: int
    lines: tuple[Line, ...]
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    span: str = ""

    @property
    def label(self) -> Sentence:
        """Name what the section counts."""
        return label_of(self.code, self.span)


def label_of(code: str, span: str) -> Sentence:
    """Name a sort; a code of a past digest that is no longer known stands for itself."""
    other = told().get(code)
    message = LABELS.get(code) or (other.label if other else code)
    return say(message, span=span) if code in SPANNED else say(message)


def in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Leave out what is empty and sort the rest by sort; sections of one sort stay as they come."""
    return tuple(sorted((section for section in sections if section.number), key=lambda each: _rank(each.code)))


def _rank(code: str) -> int:
    return ORDER.index(code) if code in ORDER else len(ORDER)


def total(sections: Iterable[Section]) -> int:
    """Count the things; one that is overdue and waits for a decision counts in both places."""
    return sum(section.number for section in sections)
