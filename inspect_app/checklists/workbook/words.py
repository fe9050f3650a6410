"""The Chinese words of the workbook for the values of a definition, and what people write instead of them."""

import unicodedata
from collections.abc import Mapping
from typing import Generic, TypeVar

from inspect_app.checklists.definition import (
    EVIDENCE_LABELS,
    FIRST_MEASURE_LABELS,
    SEVERITY_LABELS,
    DeadlineKind,
    Evidence,
    FirstMeasure,
    Severity,
)
from inspect_app.checklists.questions import ANSWER_TYPE_LABELS, AnswerType, DateUnit

T = TypeVar("T")
YES, NO = "是", "否"


def folded(text: str) -> str:
    """Return the text without blanks, full-width forms and capitals, so that it can be compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


class Words(Generic[T]):
    """A closed set of values with one word each; `others` are further words that are understood."""

    def __init__(self, labels: Mapping[T, str], others: Mapping[str, T] | None = None) -> None:
        self.labels = dict(labels)
        known = {**(others or {}), **{label: value for value, label in labels.items()}}
        self._values = {folded(word): value for word, value in known.items()}

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of a drop-down."""
        return tuple(self.labels.values())

    def word(self, value: T) -> str:
        """Return the word for a value."""
        return self.labels[value]

    def value(self, text: str) -> T | None:
        """Return the value that a word stands for, None when it is not understood."""
        return self._values.get(folded(text))


FLAGS = Words(
    {True: YES, False: NO},
    {**dict.fromkeys(("√", "✓", "✔", "对", "有", "y", "yes", "true", "1"), True)}
    | dict.fromkeys(("×", "✗", "x", "错", "无", "n", "no", "false", "0"), False),
)
BAD_ANSWERS = Words({"no": NO, "yes": YES}, {"√": "yes", "×": "no", "yes": "yes", "no": "no"})
TYPES = Words(
    ANSWER_TYPE_LABELS,
    {
        **{label + "题": kind for kind, label in ANSWER_TYPE_LABELS.items()},
        "是/否": AnswerType.YES_NO,
        "数字": AnswerType.NUMBER,
        "比例": AnswerType.RATE,
        "单项选择": AnswerType.ONE_OF,
        "多项选择": AnswerType.SOME_OF,
        "文本": AnswerType.TEXT,
    },
)
UNITS = Words({DateUnit.DAYS: "天", DateUnit.MONTHS: "月"}, {"日": DateUnit.DAYS, "个月": DateUnit.MONTHS})
SEVERITIES = Words(
    SEVERITY_LABELS,
    {
        "重大": Severity.MAJOR,
        "一般": Severity.GENERAL,
        "提示": Severity.ADVICE,
        "改进": Severity.ADVICE,
    },
)
DEADLINES = Words(
    {
        DeadlineKind.IMMEDIATE: "立即",
        DeadlineKind.DAYS: "按天数",
        DeadlineKind.PLAN: "按治理方案",
        DeadlineKind.NONE: "不设期限",
    },
    {
        "立即整改": DeadlineKind.IMMEDIATE,
        "24小时": DeadlineKind.IMMEDIATE,
        "天数": DeadlineKind.DAYS,
        "限期": DeadlineKind.DAYS,
        "治理方案": DeadlineKind.PLAN,
        "无": DeadlineKind.NONE,
    },
)
FIRSTS: Words[FirstMeasure] = Words(
    FIRST_MEASURE_LABELS, {"停工": FirstMeasure.STOP_WORK, "停用": FirstMeasure.STOP_USE}
)
EVIDENCES: Words[Evidence] = Words(EVIDENCE_LABELS, {"照片": Evidence.PHOTO, "拍照": Evidence.PHOTO})
CONDITION_WORDS = {"yes": YES, "no": NO, "na": "不涉及", "never": "从未"}
