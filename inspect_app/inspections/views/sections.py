"""The lists of a visit as they are filled: what their templates ask for, and the texts of their script."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from inspect_app.checklists.definition import FIRST_MEASURE_LABELS, SEVERITY_LABELS, Checklist, Evidence
from inspect_app.checklists.queries import cited
from inspect_app.checklists.rules import describe
from inspect_app.core import clock
from inspect_app.inspections.moving.rules import asked

PAPERS = (Evidence.ATTACHMENT, Evidence.RECEIPT, Evidence.LOG)


def sections_context() -> dict[str, Any]:
    """Return what `inspections/sections.html` asks for besides the list and where its items stand."""
    texts = {"describe": describe, "cited": cited, "papers": PAPERS, "photo": Evidence.PHOTO, "asked": asked}
    texts |= {"severities": SEVERITY_LABELS, "firsts": FIRST_MEASURE_LABELS, "number": Evidence.DOCUMENT_NUMBER}
    return {**texts, "today": clock.today()}


def blank_sections(checklist: Checklist) -> str:
    """Draw the sections of a list without an answer, so that any visit with this version can be filled on them."""
    return render_template(
        "inspections/sections.html", checklist=checklist, standing={}, takes_files=True, **sections_context()
    )


def fill_texts() -> dict[str, str]:
    """Return the texts of `static/fill` by their names there."""
    return {
        "saved": _("已保存"),
        "saving": _("正在保存…"),
        "retrying": _("未保存，正在重试"),
        "allSaved": _("全部已保存"),
        "offline": _("无网络，已存本机"),
        "signIn": _("登录已过期，答案已存本机。请在新标签页登录后，本页会继续保存。"),
        "refused": _("没有保存："),
        "yours": _("您的答案"),
        "theirs": _("另一台设备的答案"),
        "useTheirs": _("采用对方的"),
        "keepMine": _("采用我的"),
        "score": _("实时得分"),
        "veto": _("否决"),
        "waiting": _("等待上传"),
        "sending": _("上传"),
        "stored": _("已存"),
        "failed": _("上传失败，点此重试"),
        "remove": _("删除"),
        "yes": _("是"),
        "no": _("否"),
        "na": _("不涉及"),
        "never": _("从未"),
        "empty": _("未作答"),
        "note": _("备注"),
        "measure": _("现场措施"),
        "unsent": _("还有答案或照片没有保存到服务器，保存完会自动继续；标出问题的请先处理。"),
        "confirmRemove": _("删除这个文件？"),
        "wrongServer": _("没有连接到服务器，答案已存本机"),
        "conflict": _("这一项已由另一台设备作答，两份答案都在，请选择采用哪一份。"),
        "tooBig": _("超过 25 MB，请压缩后再传"),
        "appearing": _("现在需要填写："),
        "vanishing": _("不再需要填写："),
        "leftOut": _("不需填写"),
        "open": _("未完成"),
        "done": _("已答"),
        "failing": _("不合格"),
        "optional": _("选填"),
        "gone": _("检查表已改用新版，以下检查项已取消，本机保存的答案没有上传："),
        "understood": _("知道了"),
        "nothingYet": _("还没有不合格项。"),
        "due": _("期限"),
        "advice": _("不列入隐患清单"),
    }
