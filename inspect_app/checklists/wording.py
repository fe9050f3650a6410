"""Every field of an item in words, for reading and for comparing two versions. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from inspect_app.checklists.definition import (
    EVIDENCE_LABELS,
    FIRST_MEASURE_LABELS,
    SEVERITY_LABELS,
    Checklist,
    Citation,
    Item,
    Part,
)
from inspect_app.checklists.questions import (
    ANSWER_TYPE_LABELS,
    DateUnit,
    Day,
    Number,
    OneOf,
    Question,
    Rate,
    Rule,
    SomeOf,
    YesNo,
)
from inspect_app.checklists.relevance import describe as describe_relevance
from inspect_app.checklists.rules import describe as describe_deadline
from inspect_app.core.frozen import plain
from inspect_app.core.labels import Sentence, mark, say

Words = tuple[str | Sentence, ...]
YES, NO = mark("是"), mark("否")

FIELD_LABELS: Mapping[str, str] = {
    "text": mark("检查内容"),
    "guidance": mark("检查方法"),
    "answer": mark("答案"),
    "severity": mark("不合格时"),
    "veto": mark("一票否决"),
    "weight": mark("分值"),
    "deadline": mark("期限"),
    "evidence": mark("必传"),
    "bases": mark("依据"),
    "relevant": mark("填写条件"),
    "required": mark("必答"),
    "locked": mark("锁定"),
}
HEAD_LABELS: Mapping[str, str] = {
    "title": mark("名称"),
    "checked": mark("查谁"),
    "checkers": mark("主检"),
    "pass_mark": mark("合格线"),
    "objects": mark("适用对象"),
}


def item_words(item: Item, checklist: Checklist) -> dict[str, Words]:
    """Return each field of FIELD_LABELS as sentences to show one after the other; () where there is nothing."""
    items = {each.code: each for each in checklist.items}
    first = (FIRST_MEASURE_LABELS[item.deadline.first],) if item.deadline.first else ()
    return {
        "text": _some(item.text),
        "guidance": _some(item.guidance),
        "answer": tuple(words for part in item.parts for words in part_words(part)),
        "severity": (SEVERITY_LABELS[item.severity],),
        "veto": (_flag(item.veto),),
        "weight": (plain(item.weight),),
        "deadline": (*first, describe_deadline(item.deadline)),
        "evidence": tuple(EVIDENCE_LABELS[each] for each in item.evidence),
        "bases": tuple(_citation(each) for each in item.citations),
        "relevant": tuple(describe_relevance(each, items) for each in item.relevant),
        "required": (_flag(item.required),),
        "locked": (_flag(item.locked),),
    }


def head_words(checklist: Checklist) -> dict[str, Words]:
    """Return each field of HEAD_LABELS likewise."""
    return {
        "title": _some(checklist.title),
        "checked": _some(checklist.checked),
        "checkers": _some(checklist.checkers),
        "pass_mark": (plain(checklist.pass_mark),),
        "objects": checklist.objects,
    }


def part_words(part: Part) -> Words:
    """Tell one question: its name, its type, what it asks for and when it is good."""
    name = (say(mark("分问“%(label)s”（%(code)s），比重 %(share)s："), **_named(part)),) if part.code else ()
    marks = (
        *((mark("前提题"),) if part.gate else ()),
        *((mark("单独否决"),) if part.veto else ()),
        *((mark("可答不涉及"),) if part.na_allowed else ()),
    )
    return (*name, ANSWER_TYPE_LABELS[part.question.kind], *question_words(part.question), *marks)


def question_words(question: Question) -> Words:
    """Tell what belongs to the type of a question."""
    match question:
        case YesNo(bad_answer=bad):
            return (mark("答“是”不合格") if bad == "yes" else mark("答“否”不合格"),)
        case Number():
            return _number(question)
        case Rate():
            over = (mark("可以超过 100%"),) if question.may_exceed else ()
            return (f"{question.numerator} / {question.denominator}", *over, *_rules(question.rules, question))
        case OneOf(options=options, passing=passing):
            good = say(mark("合格：%(labels)s"), labels="、".join(o.label for o in options if o.code in passing))
            return (_joined(question), *((good,) if passing else ()))
        case SomeOf() | Day():
            choices = (_joined(question),) if isinstance(question, SomeOf) else ()
            return (*choices, *_rules(question.rules, question))
    return (say(mark("最多 %(n)s 字"), n=question.max_length),)


def _number(number: Number) -> Words:
    words: list[str | Sentence] = [say(mark("单位：%(unit)s"), unit=number.unit)] if number.unit else []
    if number.decimals:
        words.append(say(mark("%(n)s 位小数"), n=number.decimals))
    if number.minimum is not None:
        words.append(say(mark("下限 %(bound)s"), bound=plain(number.minimum)))
    if number.maximum is not None:
        words.append(say(mark("上限 %(bound)s"), bound=plain(number.maximum)))
    if number.at_least_part:
        words.append(say(mark("不低于分问“%(code)s”"), code=number.at_least_part))
    if number.equals_part:
        words.append(say(mark("等于分问“%(code)s”"), code=number.equals_part))
    return (*words, *_rules(number.rules, number))


def _rules(rules: tuple[Rule, ...], question: Question) -> Words:
    return tuple(words for rule in rules for words in _rule(rule, question))


def _rule(rule: Rule, question: Question) -> Words:
    words: list[str | Sentence] = [say(mark("口径“%(label)s”（%(code)s）"), label=rule.label, code=rule.code)]
    bounds = ((mark("不低于 %(bound)s"), rule.at_least), (mark("不超过 %(bound)s"), rule.at_most))
    words += [say(message, bound=_bound(bound, question)) for message, bound in bounds if bound is not None]
    if rule.zero_at is not None:
        words.append(say(mark("到 %(bound)s 为零分"), bound=_bound(rule.zero_at, question)))
    if not rule.partial:
        words.append(mark("达不到不得分"))
    return tuple(words if rule.code else words[1:])


def _bound(bound: Decimal, question: Question) -> str:
    match question:
        case Rate():
            return f"{plain(bound * 100)}%"
        case Day(unit=unit):
            return plain(bound) + (" 天" if unit is DateUnit.DAYS else " 个月")
        case Number(unit=unit):
            return f"{plain(bound)} {unit}".strip()
    return plain(bound)


def _joined(question: OneOf | SomeOf) -> str:
    return "；".join(f"{option.code} {option.label}" for option in question.options)


def _citation(citation: Citation) -> str:
    return f"{citation.basis} {citation.article or ''}".strip()


def _named(part: Part) -> dict[str, str]:
    return {"label": part.label, "code": part.code, "share": plain(part.share)}


def _some(text: str) -> Words:
    return (text,) if text else ()


def _flag(given: bool) -> str:  # noqa: FBT001 - a value to tell
    return YES if given else NO
