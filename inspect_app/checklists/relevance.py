"""Which items of a list are asked at all, as earlier answers decide. Pure; the tablet page follows the same rules."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from inspect_app.checklists import answers
from inspect_app.checklists.answers import NEVER, Reading, State
from inspect_app.checklists.definition import Answer, Checklist, Item, Part, Relevance
from inspect_app.checklists.questions import Day, OneOf, Question, Rate, SomeOf, Text, YesNo
from inspect_app.core.frozen import plain
from inspect_app.core.labels import Sentence, mark, say

NA = "na"
WORDS = {"yes": mark("是"), "no": mark("否"), NA: mark("不涉及"), NEVER: mark("从未进行，或没有")}
Given = Mapping[str, Answer | None]


def not_asked(checklist: Checklist, given: Given, on: date) -> dict[str, Sentence]:
    """Return the condition by code of every item that is not asked, given the answers by code on that day.

    An earlier item that is not asked itself decides nothing, so what hangs on it is not asked either.
    """
    silent: dict[str, Sentence] = {}
    items = {item.code: item for item in checklist.items}
    for item in checklist.items:
        heard = {code: answer for code, answer in given.items() if code not in silent} if item.relevant else {}
        failing = next((each for each in item.relevant if not holds(each, items, heard, on)), None)
        if failing is not None:
            silent[item.code] = describe(failing, items)
    return silent


def holds(relevance: Relevance, items: Mapping[str, Item], given: Given, on: date) -> bool:
    """Whether the earlier answer is there and is what the condition asks for."""
    item = items.get(relevance.item)
    part = part_of(relevance, items)
    if item is None or part is None:
        return False
    reading = answers.read(part, item.part_answer(part, given.get(item.code)), on)
    chosen = (NA,) if reading.state is State.NOT_APPLICABLE else reading.chosen
    return not set(chosen).isdisjoint(relevance.any_of) or _within(relevance, reading)


def part_of(relevance: Relevance, items: Mapping[str, Item]) -> Part | None:
    """Return the part that the condition looks at, None when there is no such item or part."""
    item = items.get(relevance.item)
    return next((each for each in item.parts if each.code == relevance.part), None) if item else None


def words_for(part: Part) -> dict[str, str]:
    """Return every word that an answer to this part may choose, with its label, in the order of the question."""
    codes: list[str] = []
    match part.question:
        case YesNo():
            codes = ["yes", "no"]
        case Day():
            codes = [NEVER]
        case OneOf() | SomeOf():
            return _options(part.question) | ({NA: WORDS[NA]} if part.na_allowed else {})
    if part.na_allowed or isinstance(part.question, Rate):
        codes.append(NA)
    return {code: WORDS[code] for code in codes}


def measured(part: Part) -> bool:
    """Whether an answer to this part has a measure, so that bounds can be set for it."""
    return not isinstance(part.question, YesNo | OneOf | Text)


def describe(relevance: Relevance, items: Mapping[str, Item]) -> Sentence:
    """Say when the item is asked."""
    part = part_of(relevance, items)
    name = f"{relevance.item}“{part.label}”" if part and part.label else relevance.item
    labels = words_for(part) if part else {}
    words = "、".join(labels.get(word, word) for word in relevance.any_of)
    low, high = (_shown(bound, part) for bound in (relevance.at_least, relevance.at_most))
    facts = {"item": name, "words": words, "low": low, "high": high}
    return say(_template(words, low, high), **{key: value for key, value in facts.items() if value})


def _template(words: str, low: str, high: str) -> str:
    if words and (low or high):
        return mark("仅在 %(item)s 选“%(words)s”或数值符合条件时填写。")
    if low and high:
        return mark("仅在 %(item)s 在 %(low)s 至 %(high)s 之间时填写。")
    if low:
        return mark("仅在 %(item)s 不低于 %(low)s 时填写。")
    return mark("仅在 %(item)s 不超过 %(high)s 时填写。") if high else mark("仅在 %(item)s 选“%(words)s”时填写。")


def _within(relevance: Relevance, reading: Reading) -> bool:
    low, high = relevance.at_least, relevance.at_most
    if reading.measure is None or (low is None and high is None):
        return False
    return (low is None or reading.measure >= low) and (high is None or reading.measure <= high)


def _options(question: Question) -> dict[str, str]:
    options = question.options if isinstance(question, OneOf | SomeOf) else ()
    return {option.code: option.label for option in options}


def _shown(bound: Decimal | None, part: Part | None) -> str:
    if bound is None:
        return ""
    return f"{plain(bound * 100)}%" if part and isinstance(part.question, Rate) else plain(bound)
