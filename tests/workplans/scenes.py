"""A plan of 乌苏市 itself, in force or waiting for its review."""

from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.regions.queries import by_code
from inspect_app.workplans.intake import service
from inspect_app.workplans.intake.heads import Day
from inspect_app.workplans.models import WorkPlan
from tests.workplans.intake.settled import settle_everything

NOTICE = """乌苏市抗震救灾指挥部文件
乌抗震指〔{year}〕1号
关于印发《乌苏市{year}年{word}防震减灾工作要点》的通知
各乡镇人民政府，各成员单位：
现将工作要点印发你们，请抓好落实。
一、{word}准备
（一）开展{word}演练。每年至少组织2次演练，全面检验预案。（牵头单位：市{word}局；责任单位：各县（市）人民政府）
（二）储备{word}物资。完善装备清单，确保随时可用。（牵头单位：市{word}局；责任单位：各县（市）人民政府）
"""


def make_plan(session: Session, word: str = "松涛", year: int = 2026, *days: date) -> WorkPlan:
    """Take a notice of 乌苏市 in, and publish it for the given days; a draft without any."""
    text = NOTICE.format(word=word, year=year)
    plan = service.receive(session, SYSTEM, by_code(session, "654202"), year, text, None)
    if not days:
        return plan
    settle_everything(session, SYSTEM, plan, *(Day(0, "", day) for day in days))
    return service.publish(session, SYSTEM, plan, plan.version)
