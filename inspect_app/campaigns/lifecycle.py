"""The life of a campaign (方案): drawn up, issued, closed; recalled or voided while nothing was submitted.

The facts of `issue` and `close` are figured out by the service: `missing_areas` (must-look areas that no list looks at
although the region demands them), `lists` (codes of the lists in use), `team_problems`, `left` (references of visits
that are still open). `issue_at_once` also needs the reference of the emergency that it is issued in (`emergency`).
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.rules import numbered, own_people
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

DRAFT, ISSUED, CLOSED, VOIDED = "draft", "issued", "closed", "voided"
STATES = {DRAFT: mark("拟制中"), ISSUED: mark("已印发"), CLOSED: mark("已办结"), VOIDED: mark("已作废")}
LOOKS = {DRAFT: ("○", "none"), ISSUED: ("◕", "work"), CLOSED: ("●", "done"), VOIDED: ("✕", "none")}


def in_charge(campaign: Any, actor: Any) -> bool:  # noqa: ANN401 - a campaign, which this pure module cannot import
    """Tell whether the person enters data for the region that organises, or one above it."""
    return actor.id is None or _stands_above(campaign.region, actor.capture_region_id)


def may_issue(campaign: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person oversees the region that organises, and did not draw the campaign up."""
    return actor.id is None or (
        _stands_above(campaign.region, actor.view_region_id) and campaign.created_by_id != actor.id
    )


def _stands_above(region: Any, place_id: int | None) -> bool:  # noqa: ANN401 - the same
    while region is not None and region.id != place_id:
        region = region.parent
    return region is not None


def _overseen(campaign: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    return actor.id is None or _stands_above(campaign.region, actor.view_region_id)


def _left_explained(attempt: Attempt) -> bool:
    return not attempt.facts["left"] or bool(str(attempt.facts.get("reason", "")).strip())


def _nothing_submitted(attempt: Attempt) -> bool:
    return not attempt.facts["submitted"]


def _has_teams(attempt: Attempt) -> bool:
    return own_people(attempt.subject.kind) or bool(attempt.subject.teams)


def _at_once(campaign: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    return KINDS[campaign.kind].at_once and in_charge(campaign, actor)


ABLE = (
    Condition(mark("检查期限已过，请修改起止日期。"), lambda a: a.subject.ends_on >= a.on),
    Condition(mark("请选择检查范围内的地区。"), lambda a: bool(a.subject.regions)),
    Condition(mark("范围内没有可用的检查表，请选择检查表或先发布检查表。"), lambda a: bool(a.facts["lists"])),
    Condition(mark("请编好检查组。"), _has_teams),
    Condition(
        mark("检查组还不合要求：每组不少于两人，都有检查证号，一人只在一组。"), lambda a: not a.facts["team_problems"]
    ),
)
READY = (
    Condition(
        mark("请填写文号，年份用六角括号，如“塔地震指办〔2026〕12号”。"), lambda a: numbered(a.subject.document_number)
    ),
    Condition(mark("请填写牵头单位。"), lambda a: any(unit.position == 0 for unit in a.subject.units)),
    *ABLE,
    Condition(
        mark("本地区要求的五项必查内容没有查全，请补选检查表（见“必查内容”）。"),
        lambda a: not a.facts["missing_areas"],
    ),
)
IN_EMERGENCY = Condition(
    mark("只有在震后应急中才能不经签发直接下达。"), lambda a: bool(a.facts.get("emergency")), from_facts=True
)
UNSUBMITTED = Condition(mark("已有检查提交了结果，不能撤回或作废；请办结时说明情况。"), _nothing_submitted)
EXPLAINED = Condition(mark("还有检查没有完成，请写明未完成的原因再办结。"), _left_explained, from_facts=True)
REASON = {"reason": mark("原因")}

CAMPAIGN_LIFE = Lifecycle(
    "campaign",
    STATES,
    DRAFT,
    [CLOSED, VOIDED],
    [
        Step(
            "issue",
            DRAFT,
            ISSUED,
            Permission.ISSUE_CAMPAIGN,
            mark("印发方案"),
            conditions=READY,
            position=may_issue,
            primary=True,
        ),
        Step(
            "issue_at_once",
            DRAFT,
            ISSUED,
            Permission.LEAD_EMERGENCY,
            mark("应急下达"),
            conditions=(*ABLE, IN_EMERGENCY),
            position=_at_once,
        ),
        Step(
            "close",
            ISSUED,
            CLOSED,
            Permission.PLAN_CAMPAIGN,
            mark("办结"),
            conditions=[EXPLAINED],
            position=in_charge,
            primary=True,
        ),
        Step(
            "recall",
            ISSUED,
            DRAFT,
            Permission.ISSUE_CAMPAIGN,
            mark("撤回修改"),
            needs=REASON,
            conditions=[UNSUBMITTED],
            position=_overseen,
        ),
        Step(
            "void",
            DRAFT,
            VOIDED,
            Permission.PLAN_CAMPAIGN,
            mark("作废"),
            needs=REASON,
            conditions=[UNSUBMITTED],
            position=in_charge,
        ),
        Step(
            "void",
            ISSUED,
            VOIDED,
            Permission.PLAN_CAMPAIGN,
            mark("作废"),
            needs=REASON,
            conditions=[UNSUBMITTED],
            position=in_charge,
        ),
    ],
)
