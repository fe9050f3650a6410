"""What subjects and actions of the trail are called on its page; packages name the steps of their lives themselves."""

from collections.abc import Mapping

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Lifecycle

SUBJECTS = {
    "anomaly": mark("异常"),
    "assessment": mark("考核"),
    "avoidance": mark("回避"),
    "bulletin": mark("通报"),
    "campaign": mark("督导方案"),
    "checklist_version": mark("检查表"),
    "device": mark("平板"),
    "document": mark("文书"),
    "emergency": mark("震后应急"),
    "hazard": mark("隐患"),
    "inspection": mark("检查"),
    "issued_workbook": mark("核对表"),
    "look_back": mark("回头看"),
    "quake": mark("地震"),
    "quake_token": mark("震情接口令牌"),
    "opinion": mark("会商与预测意见"),
    "region": mark("行政区划"),
    "register_entry": mark("底数台账"),
    "register_import": mark("底数台账导入"),
    "return": mark("报表"),
    "return_job": mark("报表处理"),
    "saved_filter": mark("常用筛选"),
    "site": mark("检查对象"),
    "site_import": mark("检查对象名册"),
    "tls": mark("HTTPS 证书"),
    "upload": mark("平板上传的文件"),
    "user": mark("账号"),
    "work_due": mark("应报事项"),
    "work_plan": mark("工作要点"),
    "work_return": mark("工作要点报送表"),
}
VERBS = {
    "change": mark("修改"),
    "change_password": mark("修改密码"),
    "create": mark("新建"),
    "export": mark("导出"),
    "import": mark("导入"),
    "publish": mark("发布"),
    "register": mark("登记"),
    "reset_password": mark("重置密码"),
    "sign_in": mark("登录"),
    "sign_in_failed": mark("登录失败"),
    "sign_out": mark("退出"),
    "unlock": mark("解锁"),
    "update": mark("修改"),
}
_steps: dict[str, str] = {}


def name_actions(kind: str, labels: Mapping[str, str]) -> None:
    """Let a package name its actions on the page: {"assign": "交办"} for "hazard" (called from its `init_app`)."""
    _steps.update({f"{kind}.{action}": label for action, label in labels.items()})


def name_steps(kind: str, life: Lifecycle) -> None:
    """Name the actions of a kind of subject as the steps of its life are labelled."""
    name_actions(kind, {step.action: step.label for step in reversed(life.steps)})


def action_label(action: str) -> str:
    """Return the marked Chinese label of an action, or its code when nobody has named it."""
    return _steps.get(action) or VERBS.get(action.partition(".")[2]) or action


def subject_label(kind: str) -> str:
    """Return the marked Chinese label of a kind of subject, or the kind."""
    return SUBJECTS.get(kind, kind)
