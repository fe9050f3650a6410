"""Mistakes in a checklist that no single field shows: sums, repetitions, parts that refer to parts."""

from collections import Counter
from collections.abc import Iterable

from inspect_app.checklists.definition import Checklist, Item, Part, Severity
from inspect_app.checklists.questions import Number, YesNo
from inspect_app.core.definitions import Table

FULL_WEIGHT = 100


def check_list(checklist: Checklist, table: Table) -> None:
    """Note what is wrong with the list as a whole."""
    total = sum(item.weight for item in checklist.items)
    if total != FULL_WEIGHT:
        table.note(f"各项分值合计应为 100，实际是 {total}")
    for code in _repeated(item.code for item in checklist.items):
        table.note(f"检查项编号 {code} 重复")
    for code in _repeated(section.code for section in checklist.sections):
        table.note(f"分节编号 {code} 重复")
    for item in checklist.items:
        suffix = item.code.removeprefix(f"{checklist.code}-")
        if suffix == item.code or not suffix.isdecimal():
            table.problems.note(table.file, item.code, f"检查项编号应形如 {checklist.code}-01")
    if checklist.version < 1:
        table.note("version 应从 1 开始")
    if not 0 <= checklist.pass_mark <= FULL_WEIGHT:
        table.note("合格线 pass_mark 应在 0 至 100 之间")


def check_item(item: Item, table: Table) -> None:
    """Note what is wrong with one item."""
    if item.weight <= 0:
        table.note("分值 weight 应大于 0")
    if item.veto and item.severity is Severity.ADVICE:
        table.note("一票否决的检查项不能只作改进提示")
    if len(item.parts) != 1 or item.parts[0].code:
        _check_parts(item, table)
    for part in item.parts:
        _check_comparison(part, item, table)


def _check_parts(item: Item, table: Table) -> None:
    if not item.composite:
        table.note("parts 至少要有两部分，只有一问时请用 answer")
    for code in _repeated(part.code for part in item.parts):
        table.note(f"部分编号 {code} 重复")
    if sum(part.share for part in item.parts) != 1:
        table.note("各部分的 share 合计应为 1")
    if any(part.share < 0 for part in item.parts):
        table.note("share 不能小于 0")
    for part in item.parts:
        if part.gate and not isinstance(part.question, YesNo):
            table.note(f"前提 gate 只能用于是否题：{part.code}")


def _check_comparison(part: Part, item: Item, table: Table) -> None:
    if not isinstance(part.question, Number):
        return
    wanted = part.question.at_least_part or part.question.equals_part
    others = {each.code for each in item.parts if isinstance(each.question, Number) and each is not part}
    if wanted and wanted not in others:
        table.note(f"{part.code} 要比较的部分 {wanted} 不存在或不是数值题")


def _repeated(codes: Iterable[str]) -> list[str]:
    return [code for code, times in Counter(codes).items() if times > 1]
