"""Who may do what, on one page. A role is all a person has; nobody has two, so the administrators stay apart."""

from enum import StrEnum

from inspect_app.core.labels import mark


class Role(StrEnum):
    """What a person is in this system."""

    INSPECTOR = "inspector"
    COUNTY_CLERK = "county_clerk"
    COUNTY_HEAD = "county_head"
    MEMBER_CLERK = "member_clerk"
    PREFECTURE_OFFICER = "prefecture_officer"
    PREFECTURE_LEADER = "prefecture_leader"
    ASSESSOR = "assessor"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"


ROLE_LABELS: dict[str, str] = {
    Role.INSPECTOR: mark("检查员"),
    Role.COUNTY_CLERK: mark("县级填报员"),
    Role.COUNTY_HEAD: mark("县级负责人"),
    Role.MEMBER_CLERK: mark("成员单位填报员"),
    Role.PREFECTURE_OFFICER: mark("地市业务员"),
    Role.PREFECTURE_LEADER: mark("地市领导"),
    Role.ASSESSOR: mark("考核员"),
    Role.SECURITY_ADMINISTRATOR: mark("安全管理员"),
    Role.AUDITOR: mark("审计员"),
    Role.SYSTEM_ADMINISTRATOR: mark("系统管理员"),
}


class Permission(StrEnum):
    """One thing that may be allowed."""

    VIEW_HAZARDS = "view_hazards"
    REGISTER_HAZARD = "register_hazard"
    ASSIGN_HAZARD = "assign_hazard"
    RECTIFY_HAZARD = "rectify_hazard"
    DECIDE_HAZARD = "decide_hazard"
    RECHECK_HAZARD = "recheck_hazard"
    CLOSE_HAZARD = "close_hazard"
    EXPORT_LEDGER = "export_ledger"
    URGE_HAZARD = "urge_hazard"
    LIST_HAZARD = "list_hazard"
    LOOK_BACK = "look_back"
    VIEW_DOCUMENTS = "view_documents"
    DRAW_UP_DOCUMENT = "draw_up_document"
    ISSUE_DOCUMENT = "issue_document"
    WRITE_BULLETIN = "write_bulletin"
    VIEW_SITES = "view_sites"
    EDIT_SITES = "edit_sites"
    VIEW_INSPECTIONS = "view_inspections"
    PLAN_INSPECTION = "plan_inspection"
    CARRY_OUT_INSPECTION = "carry_out_inspection"
    REVIEW_INSPECTION = "review_inspection"
    VIEW_CHECKLISTS = "view_checklists"
    AUTHOR_CHECKLIST = "author_checklist"
    PUBLISH_CHECKLIST = "publish_checklist"
    VIEW_CAMPAIGNS = "view_campaigns"
    PLAN_CAMPAIGN = "plan_campaign"
    ISSUE_CAMPAIGN = "issue_campaign"
    DECLARE_AVOIDANCE = "declare_avoidance"
    VIEW_DOUBTS = "view_doubts"
    SETTLE_DOUBT = "settle_doubt"
    VIEW_RETURNS = "view_returns"
    SEND_RETURN = "send_return"
    APPLY_RETURN = "apply_return"
    UNDO_RETURN = "undo_return"
    ISSUE_WORKBOOK = "issue_workbook"
    VIEW_REGISTERS = "view_registers"
    EDIT_REGISTERS = "edit_registers"
    VIEW_ASSESSMENTS = "view_assessments"
    RUN_ASSESSMENT = "run_assessment"
    REPORT_ASSESSMENT = "report_assessment"
    PUBLISH_ASSESSMENT = "publish_assessment"
    VIEW_WORKPLANS = "view_workplans"
    EDIT_WORKPLAN = "edit_workplan"
    PUBLISH_WORKPLAN = "publish_workplan"
    REPORT_WORK = "report_work"
    ACCEPT_WORK = "accept_work"
    WAIVE_WORK = "waive_work"
    VIEW_QUAKES = "view_quakes"
    RECORD_QUAKE = "record_quake"
    REPORT_QUAKE = "report_quake"
    VERIFY_ANOMALY = "verify_anomaly"
    LEAD_EMERGENCY = "lead_emergency"
    VIEW_RESTRICTED = "view_restricted"
    WRITE_RESTRICTED = "write_restricted"
    VIEW_OVERVIEW = "view_overview"
    MANAGE_USERS = "manage_users"
    VIEW_AUDIT = "view_audit"
    MANAGE_SYSTEM = "manage_system"
    MANAGE_DEVICES = "manage_devices"


P = Permission

SEE = {
    P.VIEW_HAZARDS,
    P.VIEW_SITES,
    P.VIEW_REGISTERS,
    P.VIEW_INSPECTIONS,
    P.VIEW_CHECKLISTS,
    P.VIEW_CAMPAIGNS,
    P.VIEW_ASSESSMENTS,
    P.VIEW_WORKPLANS,
    P.VIEW_QUAKES,
    P.VIEW_OVERVIEW,
    P.VIEW_DOCUMENTS,
    P.EXPORT_LEDGER,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: frozenset(
        SEE | {P.CARRY_OUT_INSPECTION, P.REGISTER_HAZARD, P.RECHECK_HAZARD, P.DECLARE_AVOIDANCE, P.DRAW_UP_DOCUMENT}
    ),
    Role.COUNTY_CLERK: frozenset(
        SEE
        | {
            P.REGISTER_HAZARD,
            P.RECTIFY_HAZARD,
            P.EDIT_SITES,
            P.CARRY_OUT_INSPECTION,
            P.VIEW_RETURNS,
            P.SEND_RETURN,
            P.APPLY_RETURN,
            P.UNDO_RETURN,
            P.EDIT_REGISTERS,
            P.REPORT_ASSESSMENT,
            P.REPORT_WORK,
            P.REPORT_QUAKE,
            P.VERIFY_ANOMALY,
        }
    ),
    Role.COUNTY_HEAD: frozenset(
        SEE
        | {
            P.ASSIGN_HAZARD,
            P.RECHECK_HAZARD,
            P.VIEW_RETURNS,
            P.REVIEW_INSPECTION,
            P.PLAN_INSPECTION,
            P.AUTHOR_CHECKLIST,
            P.VIEW_DOUBTS,
            P.URGE_HAZARD,
            P.DRAW_UP_DOCUMENT,
            P.REPORT_ASSESSMENT,
            P.REPORT_WORK,
            P.REPORT_QUAKE,
        }
    ),
    Role.MEMBER_CLERK: frozenset({P.VIEW_WORKPLANS, P.REPORT_WORK}),
    Role.PREFECTURE_OFFICER: frozenset(
        SEE
        | {
            P.REGISTER_HAZARD,
            P.ASSIGN_HAZARD,
            P.DECIDE_HAZARD,
            P.RECHECK_HAZARD,
            P.EDIT_SITES,
            P.PLAN_INSPECTION,
            P.CARRY_OUT_INSPECTION,
            P.REVIEW_INSPECTION,
            P.AUTHOR_CHECKLIST,
            P.URGE_HAZARD,
            P.LOOK_BACK,
            P.DRAW_UP_DOCUMENT,
            P.ISSUE_DOCUMENT,
            P.WRITE_BULLETIN,
            P.PLAN_CAMPAIGN,
            P.DECLARE_AVOIDANCE,
            P.VIEW_DOUBTS,
            P.SETTLE_DOUBT,
            P.VIEW_RETURNS,
            P.SEND_RETURN,
            P.APPLY_RETURN,
            P.UNDO_RETURN,
            P.ISSUE_WORKBOOK,
            P.MANAGE_DEVICES,
            P.EDIT_REGISTERS,
            P.EDIT_WORKPLAN,
            P.PUBLISH_WORKPLAN,
            P.ACCEPT_WORK,
            P.RECORD_QUAKE,
            P.REPORT_QUAKE,
            P.VERIFY_ANOMALY,
            P.LEAD_EMERGENCY,
            P.VIEW_RESTRICTED,
            P.WRITE_RESTRICTED,
        }
    ),
    Role.PREFECTURE_LEADER: frozenset(
        SEE
        | {
            P.VIEW_RETURNS,
            P.DECIDE_HAZARD,
            P.CLOSE_HAZARD,
            P.PUBLISH_CHECKLIST,
            P.LIST_HAZARD,
            P.ISSUE_DOCUMENT,
            P.ISSUE_CAMPAIGN,
            P.VIEW_DOUBTS,
            P.PUBLISH_ASSESSMENT,
            P.PUBLISH_WORKPLAN,
            P.WAIVE_WORK,
            P.LEAD_EMERGENCY,
            P.VIEW_RESTRICTED,
        }
    ),
    Role.ASSESSOR: frozenset(SEE | {P.VIEW_RETURNS, P.VIEW_DOUBTS, P.SETTLE_DOUBT, P.RUN_ASSESSMENT}),
    Role.SECURITY_ADMINISTRATOR: frozenset({P.MANAGE_USERS}),
    Role.AUDITOR: frozenset({P.VIEW_AUDIT}),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {P.MANAGE_SYSTEM, P.MANAGE_DEVICES, P.VIEW_CHECKLISTS, P.AUTHOR_CHECKLIST, P.PUBLISH_CHECKLIST}
    ),
}


def allowed(role: Role, permission: str) -> bool:
    """Tell whether a role grants a permission."""
    return permission in GRANTS[role]
