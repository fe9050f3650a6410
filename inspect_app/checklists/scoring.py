"""Judging answers and scoring a sheet: 100 x points earned / weights that apply. Pure, and it explains itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from inspect_app.checklists import answers
from inspect_app.checklists.answers import Reading, State
from inspect_app.checklists.definition import Answer, Checklist, Item, Part
from inspect_app.checklists.explaining import Reason, explain
from inspect_app.checklists.questions import Number, OneOf, YesNo
from inspect_app.checklists.relevance import not_asked
from inspect_app.core.labels import mark, say

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
EXACT_PLACES = 12  # thirds never end: without this three of them fall short of the whole, and of a pass mark


class Result(StrEnum):
    """How an item came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


RESULT_LABELS = {
    Result.PASSED: mark("合格"),
    Result.FAILED: mark("不合格"),
    Result.NOT_APPLICABLE: mark("不涉及"),
    Result.UNANSWERED: mark("未作答"),
}


class Conclusion(StrEnum):
    """What a visit says of the object; a veto decides at once, a sheet with gaps is open, and so is one all NA."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    OPEN = "open"


CONCLUSION_LABELS = {
    Conclusion.QUALIFIED: mark("合格"),
    Conclusion.UNQUALIFIED: mark("不合格"),
    Conclusion.OPEN: mark("未定"),
}


@dataclass(frozen=True)
class Judgement:
    """One item judged: `credit` is 0 to 1, None when not applicable or unanswered; `why` gives its facts."""

    result: Result
    credit: Decimal | None
    why: tuple[Reason, ...]
    veto: bool = False

    @property
    def passed(self) -> bool | None:
        """True, False, or None when there is nothing to judge."""
        return None if self.credit is None else self.result is Result.PASSED


@dataclass(frozen=True)
class Line:
    """One row of a scored sheet; `points` is None when the item does not count."""

    code: str
    weight: Decimal
    points: Decimal | None
    result: Result
    why: tuple[Reason, ...]


@dataclass(frozen=True)
class SheetScore:
    """A sheet scored from what is answered so far, not rounded for display; a tablet shows it while it is filled."""

    score: Decimal | None
    conclusion: Conclusion
    vetoed_by: tuple[str, ...]
    lines: tuple[Line, ...]
    unanswered: tuple[str, ...]

    @property
    def veto(self) -> bool:
        """Whether a failed item decides the whole sheet."""
        return bool(self.vetoed_by)


@dataclass(frozen=True)
class _Judged:
    part: Part
    reading: Reading
    credit: Decimal | None

    @property
    def failed(self) -> bool:
        return self.credit is not None and self.credit < ONE


def judge(item: Item, answer: Answer | None, on: date) -> Judgement:
    """Judge one answer given on that day, as if the item were asked (see `judge_all`).

    An answer that contradicts its question counts as unanswered; an item that is not required and has none does not
    apply.
    """
    readings = {part.code: answers.read(part, item.part_answer(part, answer), on) for part in item.parts}
    if not item.required and all(reading.state is State.EMPTY for reading in readings.values()):
        return _left_out(Reason("", say(mark("选填项，未填写。"))))
    judged = [_Judged(part, readings[part.code], _credit(part, readings)) for part in item.parts]
    closed = next((each for each in judged if each.part.gate and each.failed), None)
    if closed:
        return Judgement(Result.FAILED, ZERO, (explain(closed.part, item, readings),), item.veto or closed.part.veto)
    why = tuple(explain(part, item, readings) for part in item.parts)
    if any(each.reading.state in (State.EMPTY, State.WRONG) for each in judged):
        return Judgement(Result.UNANSWERED, None, why)
    return _sum_up(item, judged, why)


def judge_all(checklist: Checklist, given: Mapping[str, Answer | None], on: date) -> dict[str, Judgement]:
    """Judge every item by code; one that earlier answers leave out does not apply, whatever answer is kept for it."""
    silent = not_asked(checklist, given, on)
    return {
        item.code: _left_out(Reason("", silent[item.code]))
        if item.code in silent
        else judge(item, given.get(item.code), on)
        for item in checklist.items
    }


def score(checklist: Checklist, given: Mapping[str, Answer | None], on: date) -> SheetScore:
    """Score the answers by item code; codes the list does not have are ignored."""
    judgements = judge_all(checklist, given, on)
    judged = [(item, judgements[item.code]) for item in checklist.items]
    lines = tuple(_line(item, judgement) for item, judgement in judged)
    total = _total(lines)
    vetoed_by = tuple(item.code for item, judgement in judged if judgement.veto)
    unanswered = tuple(line.code for line in lines if line.result is Result.UNANSWERED)
    conclusion = _conclude(checklist, total, vetoed=bool(vetoed_by), complete=not unanswered)
    return SheetScore(total, conclusion, vetoed_by, lines, unanswered)


def _left_out(why: Reason) -> Judgement:
    return Judgement(Result.NOT_APPLICABLE, None, (why,))


def _sum_up(item: Item, judged: list[_Judged], why: tuple[Reason, ...]) -> Judgement:
    counting = [(each.part.share, each.credit) for each in judged if each.credit is not None and each.part.share]
    if not counting:
        return Judgement(Result.NOT_APPLICABLE, None, why)
    credit = sum((share * earned for share, earned in counting), ZERO) / sum(share for share, _ in counting)
    failed = any(each.failed for each in judged)
    veto = (failed and item.veto) or any(each.failed and each.part.veto for each in judged)
    return Judgement(Result.FAILED if failed else Result.PASSED, credit, why, veto)


def _credit(part: Part, readings: Mapping[str, Reading]) -> Decimal | None:
    reading = readings[part.code]
    if reading.state is not State.GIVEN:
        return None
    match part.question:
        case YesNo(bad_answer=bad):
            return ZERO if bad in reading.chosen else ONE
        case OneOf(passing=passing):
            return ONE if not passing or reading.chosen[0] in passing else ZERO
        case Number() as number if number.at_least_part or number.equals_part:
            return _compared(number, reading, readings)
    if reading.rule is None:
        return ONE
    return ZERO if reading.measure is None else reading.rule.credit(reading.measure)


def _compared(number: Number, reading: Reading, readings: Mapping[str, Reading]) -> Decimal | None:
    other = readings[number.at_least_part or number.equals_part or ""].measure
    if other is None or reading.measure is None:
        return None
    met = reading.measure >= other if number.at_least_part else reading.measure == other
    return ONE if met else ZERO


def _line(item: Item, judgement: Judgement) -> Line:
    points = None if judgement.credit is None else item.weight * judgement.credit
    return Line(item.code, item.weight, points, judgement.result, judgement.why)


def _total(lines: tuple[Line, ...]) -> Decimal | None:
    counting = [(line.points, line.weight) for line in lines if line.points is not None]
    weights = sum((weight for _, weight in counting), ZERO)
    if not weights:
        return None
    return round(HUNDRED * sum((points for points, _ in counting), ZERO) / weights, EXACT_PLACES)


def _conclude(checklist: Checklist, total: Decimal | None, *, vetoed: bool, complete: bool) -> Conclusion:
    if vetoed:
        return Conclusion.UNQUALIFIED
    if total is None or not complete:
        return Conclusion.OPEN
    return Conclusion.QUALIFIED if total >= checklist.pass_mark else Conclusion.UNQUALIFIED
