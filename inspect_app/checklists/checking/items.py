"""Mistakes of one item: its text, weight, deadline, parts and bases."""

from collections.abc import Container, Iterator
from decimal import Decimal

from inspect_app.checklists.checking.flaw import Flaw
from inspect_app.checklists.checking.lists import repeated
from inspect_app.checklists.checking.questions import question_flaws, recorded
from inspect_app.checklists.definition import Deadline, DeadlineKind, Item, Part, Severity
from inspect_app.checklists.questions import Number, YesNo
from inspect_app.core.labels import Sentence, mark, say


def item_flaws(item: Item, register: Container[str]) -> Iterator[Flaw]:
    """Yield what is wrong with one item; `register` holds the codes of bases."""
    if not item.text.strip():
        yield Flaw(item.code, "text", say(mark("请填写检查内容。")), gap=True)
    if item.weight < 0 or (not item.weight and not all(recorded(part.question) for part in item.parts)):
        yield Flaw(item.code, "weight", say(mark("分值应大于 0；只作记录、不评分的检查项可以为 0。")))
    if item.veto and item.severity is Severity.ADVICE:
        yield Flaw(item.code, "veto", say(mark("一票否决的检查项不能只作改进提示。")))
    for sentence in _deadline_flaws(item.deadline):
        yield Flaw(item.code, "deadline", sentence)
    for citation in item.citations:
        if citation.basis not in register:
            yield Flaw(item.code, "bases", say(mark("依据 %(code)s 不在依据登记册中。"), code=citation.basis))
    yield from _parts_flaws(item)


def _deadline_flaws(deadline: Deadline) -> Iterator[Sentence]:
    counted = deadline.kind in (DeadlineKind.DAYS, DeadlineKind.PLAN)
    if counted and deadline.days is None:
        yield say(mark("这种期限必须写天数。"))
    if not counted and deadline.days is not None:
        yield say(mark("这种期限不能写天数。"))
    if deadline.days is not None and deadline.days <= 0:
        yield say(mark("期限的天数应大于 0。"))


def _parts_flaws(item: Item) -> Iterator[Flaw]:
    if not item.parts:
        yield Flaw(item.code, "answer", say(mark("请选择答案类型。")), gap=True)
    elif len(item.parts) > 1 or item.parts[0].code:
        yield from _composite_flaws(item)
    for part in item.parts:
        for field, sentence, gap in question_flaws(part.question):
            yield Flaw(item.code, field, sentence, part.code, gap)
        yield from _comparison_flaws(part, item)


def _composite_flaws(item: Item) -> Iterator[Flaw]:
    if not item.composite:
        yield Flaw(item.code, "parts", say(mark("分问至少要有两问；只有一问时不要分问。")))
    for code in repeated(part.code for part in item.parts):
        yield Flaw(item.code, "parts", say(mark("分问编号“%(code)s”重复。"), code=code))
    if sum(part.share for part in item.parts) != 1:
        yield Flaw(item.code, "share", say(mark("各分问的比重合计应为 1。")))
    for part in item.parts:
        yield from _part_flaws(item.code, part)


def _part_flaws(code: str, part: Part) -> Iterator[Flaw]:
    if not part.code.strip() or not part.label.strip():
        yield Flaw(code, "parts", say(mark("每一分问都要有编号和名称。")), part.code, gap=True)
    if part.share < Decimal(0):
        yield Flaw(code, "share", say(mark("比重不能小于 0。")), part.code)
    if part.gate and not isinstance(part.question, YesNo):
        yield Flaw(code, "gate", say(mark("前提只能用于是否题：%(code)s。"), code=part.code), part.code)


def _comparison_flaws(part: Part, item: Item) -> Iterator[Flaw]:
    if not isinstance(part.question, Number):
        return
    wanted = part.question.at_least_part or part.question.equals_part
    others = {each.code for each in item.parts if isinstance(each.question, Number) and each is not part}
    if wanted and wanted not in others:
        sentence = say(mark("“%(part)s”要比较的分问“%(wanted)s”不存在，或不是数值题。"), part=part.code, wanted=wanted)
        field = "at_least_part" if part.question.at_least_part else "equals_part"
        yield Flaw(item.code, field, sentence, part.code)
