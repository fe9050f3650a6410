"""The kinds of documents, the families they belong to, and who signs. What each needs stands in TOML."""

from enum import StrEnum

from inspect_app.core.labels import mark

KINDS = {
    "inspection_plan": mark("现场检查方案"),
    "inspection_record": mark("现场检查记录"),
    "measure_decision": mark("现场处理措施决定书"),
    "rectification_order": mark("责令限期整改指令书"),
    "recheck_opinion": mark("整改复查意见书"),
    "listing_notice": mark("挂牌督办通知书"),
    "delisting_notice": mark("摘牌通知书"),
    "feedback_letter": mark("问题反馈函"),
    "urging_letter": mark("督办函"),
    "interview_notice": mark("约谈通知书"),
    "extension_form": mark("延期审批表"),
    "closure_form": mark("销号审批表"),
    "circular": mark("通报"),
    "bulletin": mark("工作通报"),
    "work_urging": mark("报送督办函"),
    "work_summary": mark("工作要点汇总"),
}
SUBJECTS = {
    "hazard": mark("隐患"),
    "inspection": mark("检查"),
    "campaign": mark("督导方案"),
    "region": mark("地区"),
    "bulletin": mark("通报"),
    "work_plan": mark("工作要点"),
}
SIGNERS = {
    "inspector": mark("检查人员"),
    "site": mark("被检查单位现场负责人"),
    "approver": mark("审批人"),
    "applicant": mark("整改责任单位"),
    "overseer": mark("督办单位"),
    "rectifier": mark("整改责任人"),
    "rechecker": mark("复查人员"),
    "leader": mark("分管领导"),
    "interviewer": mark("约谈方"),
    "interviewed": mark("被约谈方"),
}


class Family(StrEnum):
    """Whether a document acts with the power of enforcement or is a letter of supervision; EITHER follows the body."""

    ENFORCEMENT = "enforcement"
    LETTER = "letter"
    EITHER = "either"


FAMILY_LABELS = {
    Family.ENFORCEMENT: mark("执法文书"),
    Family.LETTER: mark("督导函件"),
    Family.EITHER: mark("通用文书"),
}
