"""Mistakes in the conditions under which an item is asked."""

from collections.abc import Iterator

from inspect_app.checklists.checking.flaw import Flaw
from inspect_app.checklists.definition import Checklist, Item, Part, Relevance
from inspect_app.checklists.relevance import measured, part_of, words_for
from inspect_app.core.labels import Sentence, mark, say


def relevance_flaws(checklist: Checklist, item: Item) -> Iterator[Flaw]:
    """Yield conditions that can never be judged: of an item that is not before this one, of options unheard of."""
    codes = [each.code for each in checklist.items]
    before = {each.code: each for each in checklist.items[: codes.index(item.code)]}
    for relevance in item.relevant:
        if relevance.item not in before:
            yield Flaw(item.code, "relevant", _misplaced(relevance, codes))
        else:
            part = part_of(relevance, before)
            sentences = _part_flaws(relevance, part) if part else _without_part(relevance, before[relevance.item])
            yield from (Flaw(item.code, "relevant", each) for each in sentences)


def _misplaced(relevance: Relevance, codes: list[str]) -> Sentence:
    if relevance.item in codes:
        return say(mark("条件只能取自排在前面的检查项，%(code)s 不在本项之前。"), code=relevance.item)
    return say(mark("条件引用的检查项“%(code)s”不存在。"), code=relevance.item)


def _without_part(relevance: Relevance, item: Item) -> Iterator[Sentence]:
    if relevance.part:
        yield say(mark("检查项 %(code)s 没有“%(part)s”这一问。"), code=item.code, part=relevance.part)
    else:
        yield say(mark("检查项 %(code)s 有几问，请写明按哪一问判断。"), code=item.code)


def _part_flaws(relevance: Relevance, part: Part) -> Iterator[Sentence]:
    low, high = relevance.at_least, relevance.at_most
    if not relevance.any_of and low is None and high is None:
        yield say(mark("条件 %(code)s 没有写明哪个回答或范围。"), code=relevance.item)
    for word in relevance.any_of:
        if word not in words_for(part):
            yield say(mark("检查项 %(code)s 没有“%(word)s”这个回答。"), code=relevance.item, word=word)
    if (low is not None or high is not None) and not measured(part):
        yield say(mark("检查项 %(code)s 没有数值，不能写范围。"), code=relevance.item)
    if low is not None and high is not None and low > high:
        yield say(mark("条件 %(code)s 的下限大于上限。"), code=relevance.item)
