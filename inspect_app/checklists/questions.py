"""The seven kinds of question, and the rule that turns a measure into a share of the points."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from inspect_app.core.labels import mark


class AnswerType(StrEnum):
    """How a question is answered; the JSON of each is described in `checklists.definition`."""

    YES_NO = "yes_no"
    NUMBER = "number"
    RATE = "rate"
    DATE = "date"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    TEXT = "text"


ANSWER_TYPE_LABELS = {
    AnswerType.YES_NO: mark("是否"),
    AnswerType.NUMBER: mark("数值"),
    AnswerType.RATE: mark("比率"),
    AnswerType.DATE: mark("日期"),
    AnswerType.ONE_OF: mark("单选"),
    AnswerType.SOME_OF: mark("多选"),
    AnswerType.TEXT: mark("文字"),
}


class DateUnit(StrEnum):
    """What the age of a date is counted in, up to the day of the visit; a month begun counts as one."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Rule:
    """What a measure must reach: a number, a rate (0.95 for 95 %), the age of a date, or how many options are ticked.

    A missed `at_least` earns its part of the way from `zero_at` (0 when None) to `at_least`. A missed `at_most` earns
    its part of the way back from `zero_at`, and nothing when `zero_at` is None. Without `partial` a miss earns nothing.
    A question with several rules lets the answer name one by `code` (the first when it names none).
    """

    code: str = ""
    label: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    zero_at: Decimal | None = None
    partial: bool = True

    def met(self, measure: Decimal) -> bool:
        """Whether the measure lies within the bounds, which belong to them."""
        too_small = self.at_least is not None and measure < self.at_least
        return not too_small and (self.at_most is None or measure <= self.at_most)

    def credit(self, measure: Decimal) -> Decimal:
        """Return the share of the points earned, 0 to 1, unrounded."""
        if self.met(measure):
            return Decimal(1)
        if not self.partial:
            return Decimal(0)
        if self.at_least is not None and measure < self.at_least:
            floor = self.zero_at or Decimal(0)
            return max(Decimal(0), (measure - floor) / (self.at_least - floor))
        if self.at_most is None or self.zero_at is None:
            return Decimal(0)
        return max(Decimal(0), (self.zero_at - measure) / (self.zero_at - self.at_most))


@dataclass(frozen=True)
class Option:
    """A thing to tick."""

    code: str
    label: str


@dataclass(frozen=True)
class YesNo:
    """是/否. `bad_answer` ("yes" or "no") is the one that fails, since many questions ask for a fault."""

    kind: ClassVar[AnswerType] = AnswerType.YES_NO

    bad_answer: str


@dataclass(frozen=True)
class Number:
    """A count or measurement of at most `decimals` places, not below `minimum` (None: 0) and not above `maximum`.

    It is judged by `rules`, or against the number of another part of the item (`at_least_part`, `equals_part`); with
    neither it is only recorded.
    """

    kind: ClassVar[AnswerType] = AnswerType.NUMBER

    unit: str
    decimals: int = 0
    maximum: Decimal | None = None
    rules: tuple[Rule, ...] = ()
    at_least_part: str | None = None
    equals_part: str | None = None
    minimum: Decimal | None = None


@dataclass(frozen=True)
class Rate:
    """Two labelled numbers of at most `decimals` places; the first is part of the second unless it `may_exceed` it."""

    kind: ClassVar[AnswerType] = AnswerType.RATE

    numerator: str
    denominator: str
    may_exceed: bool = False
    decimals: int = 0
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Day:
    """The date of the last time something was done, not after the visit; its age in `unit` is judged."""

    kind: ClassVar[AnswerType] = AnswerType.DATE

    unit: DateUnit
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class OneOf:
    """One of the options; those in `passing` are good (all of them when it is empty: then it is only recorded)."""

    kind: ClassVar[AnswerType] = AnswerType.ONE_OF

    options: tuple[Option, ...]
    passing: tuple[str, ...] = ()


@dataclass(frozen=True)
class SomeOf:
    """Any of the options; how many are ticked is judged."""

    kind: ClassVar[AnswerType] = AnswerType.SOME_OF

    options: tuple[Option, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Text:
    """Words of at most `max_length` characters, which are only recorded."""

    kind: ClassVar[AnswerType] = AnswerType.TEXT

    max_length: int = 500


Question = YesNo | Number | Rate | Day | OneOf | SomeOf | Text
