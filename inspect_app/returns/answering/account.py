"""The first sheet of an answer: how many rows became what, who sent the file and when, and what to do next."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from inspect_app.core.labels import Sentence
from inspect_app.returns.codes import PROBLEMS
from inspect_app.returns.plan import GROUP_LABELS, Group
from inspect_app.workbooks.own import OWN

SHEET = "核对结果"
MOST_LINES = 500
WITHOUT_LOOK = "文件较大或格式特殊，本回执保留全部内容，没有保留原来的样式。"
SHAPES_LOST = "原件中的形状、文本框、印章或控件没有带入本回执。需要保留它们的，请按上面的说明在原件中改正后上传原件。"
GOOD = (Group.CREATE, Group.UPDATE, Group.UNCHANGED)
Lines = tuple[tuple[str, ...], ...]


class About(NamedTuple):
    """Whose file it was."""

    county: str
    reference: str
    report_on: str
    period: str
    file: str
    received: str
    sender: str
    state: str
    drawn: str


def account_of(about: About, counts: Mapping[str, int], refused: Sequence[Mapping[str, Any]]) -> Lines:
    """Return the rows of the account."""
    taken = sum(counts.get(group, 0) for group in GOOD)
    shown = [(label, f"{counts.get(group, 0)} 行") for group, label in GROUP_LABELS.items()]
    return (
        (f"{OWN}{SHEET}",),
        ("县（市、区）", about.county),
        ("报表编号", about.reference),
        ("报送日期", about.report_on),
        ("所属期", about.period),
        ("文件", about.file),
        ("接收", f"{about.received}　{about.sender}"),
        ("状态", about.state),
        ("回执时间", about.drawn),
        ("",),
        ("接受", f"{taken} 行（新增、更新、不变）"),
        *shown,
        ("合计", f"{sum(counts.values())} 行，每行只在其中一组"),
        ("",),
        ("下一步", _next(counts)),
        *_listed(refused),
    )


def _next(counts: Mapping[str, int]) -> str:
    if not counts.get(Group.REFUSED):
        return "没有不合格的行，不需要改正。"
    return (
        "请在原来的工作表里改正红色的格子（批注写明原因和改法），然后把本文件直接上传。"
        "本表和“错误说明”一栏不会被读取，不必删除。"
    )


def _listed(refused: Sequence[Mapping[str, Any]]) -> Lines:
    lines = [
        (entry["sheet"] or "", f"第 {entry['row']} 行", problem["column"], problem["value"],
         str(Sentence(PROBLEMS[problem["code"]], problem)))
        for entry in refused
        for problem in entry["problems"]
    ]  # fmt: skip
    if not lines:
        return ()
    rest = len(lines) - MOST_LINES
    more = ((f"其余 {rest} 处见各工作表的“错误说明”一栏。",),) if rest > 0 else ()
    return (("",), ("工作表", "行", "栏目", "填写的内容", "原因和改法"), *islice(lines, MOST_LINES), *more)
