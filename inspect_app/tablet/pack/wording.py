"""The words of the record that the inspected person reads on the tablet before signing (`static/tablet/account.js`)."""

from inspect_app.checklists.definition import SEVERITY_LABELS
from inspect_app.checklists.scoring import CONCLUSION_LABELS
from inspect_app.core.labels import mark
from inspect_app.web.language import said

_TEXTS = {
    "site": mark("被检查单位"),
    "address": mark("地址"),
    "kind": mark("检查方式"),
    "on": mark("检查日期"),
    "team": mark("检查人员"),
    "credential": mark("检查证号"),
    "reference": mark("检查编号"),
    "lists": mark("检查表"),
    "score": mark("得分"),
    "vetoed": mark("一票否决"),
    "found": mark("发现的问题"),
    "nothing_found": mark("没有发现不合格项。"),
    "facts": mark("查到的情况"),
    "nature": mark("性质"),
    "demand": mark("整改要求"),
    "basis": mark("依据"),
    "measure": mark("现场已采取的措施"),
    "photos": mark("照片和材料"),
    "pieces": mark("%(n)s 件"),
    "good": mark("合格的项目"),
    "left_out": mark("不涉及的项目"),
    "unfinished": mark("尚未完成的项目"),
    "note": mark("备注"),
    "read": mark("请逐项核对。与现场不一致的，请当场向检查人员提出；核对无误后签名。"),
}


def record_texts() -> dict[str, str]:
    """Return the words by name; severities and conclusions stand under their own names."""
    severities = {str(code): said(label) for code, label in SEVERITY_LABELS.items()}
    conclusions = {str(code): said(label) for code, label in CONCLUSION_LABELS.items()}
    return {**{name: said(text) for name, text in _TEXTS.items()}, **severities, **conclusions}
