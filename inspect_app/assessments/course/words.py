"""What the history of a line calls its entries."""

from collections.abc import Mapping
from typing import Any

from inspect_app.assessments.course import figures
from inspect_app.assessments.course.appealing import OUTCOMES
from inspect_app.assessments.course.items import Item
from inspect_app.core.labels import mark

ENTRIES = {
    "report": mark("填报自评"),
    "attach": mark("上传佐证"),
    "withdraw": mark("撤回佐证"),
    "kept": mark("不采纳自评"),
    "accepted": mark("采纳自评"),
    "propose": mark("提出改动"),
    "confirm": mark("复核同意改动"),
    "refuse": mark("复核退回改动"),
    "appeal": mark("申诉"),
    "answer": mark("答复申诉"),
}
ACTIONS = {
    "open": mark("开展考核"),
    "open_correction": mark("提出更正"),
    "compute": mark("重新计算"),
    "freeze": mark("冻结数据"),
    "dates": mark("修改日期"),
    "send": mark("报送自评"),
    "sign": mark("签阅"),
    "seal": mark("留存发布摘要"),
    "run": mark("存档得分"),
    **ENTRIES,
}


def entry_note(action: str, content: Mapping[str, Any], item: Item) -> str:
    """Return what an entry says: figures, change and reason."""
    parts = [figures.told(item, content.get("figures")) or "", change_text(content.get("change"), item)]
    if action == "answer":
        parts.append(OUTCOMES.get(content.get("outcome", ""), ""))
    parts += [str(content.get(name) or "") for name in ("note", "reason", "answer", "file")]
    return "；".join(part for part in parts if part)


def change_text(change: Mapping[str, Any] | None, item: Item) -> str:
    """Return a change as people read it."""
    if change is None:
        return ""
    if "figures" in change:
        return figures.told(item, change["figures"]) or ""
    return "不涉及" if change["points"] is None else f"{change['points']} 分"
