"""The rounds of the sample: a special inspection that is over, a joint supervision under way, a draw just made."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from inspect_app.campaigns import draw_visits, draws, planning, service
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.models import Campaign, CampaignVisit
from inspect_app.campaigns.reasons import TOWNSHIP
from inspect_app.campaigns.rules import Aim
from inspect_app.core import clock
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.stage import Stage
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code

TEAMS = (("inspector", "inspector2"), ("inspector3", "inspector4"))
SPRING_STARTS, SPRING_ENDS = 250, 150
SEED = "2026年11月19日 福彩双色球 05 09 13 21 27 30 + 08"


def stage_campaigns(stage: Stage) -> None:
    """Put the three rounds on stage; visits of the first one join it as they are planned (`campaign_of`)."""
    today = stage.today
    spring = (today - timedelta(days=SPRING_STARTS), today - timedelta(days=SPRING_ENDS))
    stage.then(stage.at(today - timedelta(days=SPRING_STARTS + 8), 0), partial(_spring, stage, *spring))
    stage.then(stage.at(today - timedelta(days=SPRING_ENDS - 20), 0.5), partial(_close, stage))
    stage.then(stage.at(today - timedelta(days=5), 0.2), partial(_joint, stage))
    stage.then(stage.at(today - timedelta(days=3), 0.4), partial(_dual_random, stage))


def campaign_of(stage: Stage, kind: str, on: date) -> Campaign | None:
    """Return the round that a visit planned for this day belongs to."""
    return next((each for each in stage.campaigns if kind == "special" and each.starts_on <= on <= each.ends_on), None)


def join(stage: Stage, campaign: Campaign, visit: Inspection, logins: Sequence[str]) -> None:
    """Tie a visit to its round, and to the team when it is one."""
    people = {stage.user_id(login) for login in logins}
    teams = (team for team in campaign.teams if {member.user_id for member in team.members} == people)
    team = next(teams, None)
    link = CampaignVisit(
        inspection_id=visit.id, campaign_id=campaign.id, team_id=team.id if team else None, why=TOWNSHIP
    )
    stage.session.add(link)
    stage.session.flush()


def _spring(stage: Stage, starts: date, ends: date) -> None:
    aim = Aim(per_county=3, per_township=1, key_objects=True)
    stage.campaigns.append(_issue(stage, "全域抗震设防专项检查", "whole_area", 9, (starts, ends), aim))


def _close(stage: Stage) -> None:
    reason = "个别对象停业，转入下半年检查。"
    service.take_step(stage.session, stage.actor("officer"), stage.campaigns[0], "close", reason)


def _joint(stage: Stage) -> None:
    today = clock.today()
    period = (today + timedelta(days=2), today + timedelta(days=40))
    campaign = _issue(stage, "岁末年初联合督查", "joint_supervision", 31, period, Aim(objects=2))
    shown = planning.preview(stage.session, campaign)
    planning.confirm(stage.session, stage.actor("officer"), campaign, shown.fingerprint)


def _dual_random(stage: Stage) -> None:
    today = clock.today()
    period = (today + timedelta(days=6), today + timedelta(days=60))
    campaign = _issue(stage, "双随机、一公开检查", "dual_random", 33, period, Aim())
    officer, rules = stage.actor("officer"), draw_limits().rules(today)
    kept = draws.make_draw(stage.session, officer, campaign, rules, seed=SEED)
    draw_visits.confirm(stage.session, officer, kept, draw_visits.preview(stage.session, kept).fingerprint)


def _issue(stage: Stage, title: str, kind: str, number: int, period: tuple[date, date], aim: Aim) -> Campaign:
    session, officer = stage.session, stage.actor("officer")
    prefecture, year = by_code(session, PREFECTURE), period[0].year
    campaign = service.create(
        session,
        officer,
        prefecture,
        title=f"{prefecture.name}{year}年{title}",
        kind=kind,
        document_number=f"塔地震指办〔{year}〕{number}号",
        starts_on=period[0],
        ends_on=period[1],
        lead_unit="塔城地区应急管理局",
        cooperating_units=["塔城地区地震局", "塔城地区住房和城乡建设局"],
        region_ids=[prefecture.id],
        categories=[],
        checklist_codes=[],
        key_counties=False,
        key_objects=False,
        aim=aim,
        requirements="带齐检查证件，两人以上到场；问题当场反馈，五个工作日内下达整改要求。",
    )
    teams = [[stage.user_id(login) for login in team] for team in TEAMS]
    service.set_teams(session, officer, campaign, campaign.version, teams)
    service.take_step(session, stage.actor("leader"), campaign, "issue")
    return campaign
