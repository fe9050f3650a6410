"""A checklist as it is defined, published and stored: frozen data that explain themselves without their file.

The answer to an item is a JSON object. By answer type of its question:

    yes_no    {"value": "yes"} | {"value": "no"} | {"value": "na"}
    number    {"value": "12"}
    rate      {"numerator": "3", "denominator": "4"}
    date      {"value": "2026-03-01"} | {"value": "never"}       never: not once done, there is no such thing
    one_of    {"value": "brick"}                                 the code of the option
    some_of   {"value": ["organisation", "response"]}            codes of options; [] says that none is there
    text      {"value": "有裂缝，已拍照"}

Numbers are text, or JSON numbers. Not applicable, for every type: {"na": true}. A question with several rules takes
"rule" beside the value, the code of the rule to judge by. An item of several parts has one such object for each:

    {"parts": {"held": {"value": "3"}, "entered": {"numerator": "45", "denominator": "50"}}}

An item that asks for a document number takes "document_number" at the top. {} or null is unanswered. An item that an
earlier answer leaves out (`Relevance`) may hold an answer all the same; it is kept and ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from inspect_app.checklists.questions import Question
from inspect_app.core.frozen import freeze, thaw
from inspect_app.core.labels import mark

Answer = Mapping[str, Any]


class Severity(StrEnum):
    """What a failed item becomes: a major hazard, a general hazard, or advice without a hazard."""

    MAJOR = "major"
    GENERAL = "general"
    ADVICE = "advice"


SEVERITY_LABELS = {
    Severity.MAJOR: mark("重大隐患"),
    Severity.GENERAL: mark("一般隐患"),
    Severity.ADVICE: mark("改进提示"),
}


class Evidence(StrEnum):
    """What must be attached to an answer."""

    ATTACHMENT = "attachment"
    RECEIPT = "receipt"
    DOCUMENT_NUMBER = "document_number"
    PHOTO = "photo"
    LOG = "log"


EVIDENCE_LABELS = {
    Evidence.ATTACHMENT: mark("附件"),
    Evidence.RECEIPT: mark("备案回执"),
    Evidence.DOCUMENT_NUMBER: mark("文号"),
    Evidence.PHOTO: mark("现场照片"),
    Evidence.LOG: mark("运行记录"),
}


class DeadlineKind(StrEnum):
    """How the time to mend is set: at once, in natural days, by a treatment plan, or not at all."""

    IMMEDIATE = "immediate"
    DAYS = "days"
    PLAN = "plan"
    NONE = "none"


class FirstMeasure(StrEnum):
    """What must be done before anything is mended."""

    STOP_WORK = "stop_work"
    STOP_USE = "stop_use"
    STOP_ACT = "stop_act"
    STOP_PRODUCTION = "stop_production"
    EVACUATE = "evacuate"
    RESTRICT_TRAFFIC = "restrict_traffic"
    RESTRICT_OPERATION = "restrict_operation"


FIRST_MEASURE_LABELS = {
    FirstMeasure.STOP_WORK: mark("先停工"),
    FirstMeasure.STOP_USE: mark("先停用"),
    FirstMeasure.STOP_ACT: mark("立即停止违规行为"),
    FirstMeasure.STOP_PRODUCTION: mark("先停产"),
    FirstMeasure.EVACUATE: mark("立即撤离人员"),
    FirstMeasure.RESTRICT_TRAFFIC: mark("立即限行"),
    FirstMeasure.RESTRICT_OPERATION: mark("立即限制运用"),
}


@dataclass(frozen=True)
class Deadline:
    """The proposed time to mend; `days` is the number of days, or for a plan the longest it may run."""

    kind: DeadlineKind
    days: int | None = None
    first: FirstMeasure | None = None


@dataclass(frozen=True)
class Citation:
    """A legal basis by its code in the register of package law, and the article in Chinese writing."""

    basis: str
    article: str | None = None


@dataclass(frozen=True)
class Relevance:
    """When an item is asked: the earlier `item` (its `part`, when it has several) was answered so.

    `any_of` holds words and codes of options: yes, no, na (not applicable), never; one of them must be chosen. With
    bounds the measure must lie within them, which belong to them: the number, the rate (0.95 for 95 %), the age of the
    date, how many are ticked. With both, either will do. An answer that is not there yet does not hold.
    """

    item: str
    part: str = ""
    any_of: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True)
class Part:
    """One question of an item. Most items have a single part without code and label.

    `share` is its part of the points; a part with share 0 is only recorded, so that another can be compared with it.
    A `gate` (yes_no) that fails fails the item at once: the other parts need no answer.
    `veto`: the failure of this part alone fails the whole sheet.
    """

    question: Question
    code: str = ""
    label: str = ""
    share: Decimal = Decimal(1)
    na_allowed: bool = False
    gate: bool = False
    veto: bool = False


@dataclass(frozen=True)
class Item:
    """A numbered question of the list with everything that follows from a bad answer.

    It is asked when all of `relevant` hold. One that is not `required` may stay unanswered. A list that a lower body
    derives keeps a `locked` item as it is.
    """

    code: str
    text: str
    guidance: str
    parts: tuple[Part, ...]
    severity: Severity
    veto: bool
    weight: Decimal
    deadline: Deadline
    evidence: tuple[Evidence, ...] = ()
    citations: tuple[Citation, ...] = ()
    relevant: tuple[Relevance, ...] = ()
    required: bool = True
    locked: bool = False

    @property
    def composite(self) -> bool:
        """Whether the answer has one object a part."""
        return len(self.parts) > 1

    @property
    def may_veto(self) -> bool:
        """Whether a bad answer to the item, or to one of its parts alone, fails the whole sheet."""
        return self.veto or any(part.veto for part in self.parts)

    @property
    def na_allowed(self) -> bool:
        """Whether the whole item may be answered not applicable."""
        return all(part.na_allowed for part in self.parts)

    def part_answer(self, part: Part, answer: Answer | None) -> Answer:
        """Return the answer object of one part, empty when there is none."""
        given: Any = answer or {}
        if self.composite and not given.get("na"):
            parts = given.get("parts")
            given = parts.get(part.code) if isinstance(parts, Mapping) else None
        return given if isinstance(given, Mapping) else {}


@dataclass(frozen=True)
class Section:
    """Items shown on one page of the tablet."""

    code: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """A list for one kind of object. `checked` is who is checked, `checkers` who checks; weights sum to 100.

    `objects` are the categories of sites it is offered for (`sites.rules.CATEGORIES`); empty: the one of its own code.
    """

    code: str
    version: int
    title: str
    checked: str
    checkers: str
    pass_mark: Decimal
    sections: tuple[Section, ...]
    objects: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item:
        """Return the item with this code; KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)


def to_json(checklist: Checklist) -> dict[str, Any]:
    """Return the whole definition as JSON values, the form in which a published version is kept."""
    return cast("dict[str, Any]", freeze(checklist))


def from_json(data: Mapping[str, Any]) -> Checklist:
    """Rebuild a kept version; data of another shape raises KeyError, TypeError or ValueError."""
    return thaw(Checklist, data)
