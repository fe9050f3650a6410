"""Hazards brought to any state through the services, by invented people of 乌苏市 and 塔城地区."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register, take_step
from inspect_app.hazards.withdrawing import withdraw_many
from inspect_app.hazards.words import Grade, MeasureType
from inspect_app.hazards.words import State as S  # noqa: N817 - columns of the paths below
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from tests.accounts.factories import actor_of, make_user

SIX_PARTS = {
    "plan_goal": "外廊抗震墙恢复原设计承载力",
    "plan_methods": "拆除后补砌，洞口四周用型钢补强",
    "plan_funds": "18.6万元，市财政安排，型钢2吨",
    "plan_people": "市教育局负责，施工和监理各一人驻场",
    "plan_schedule": "七月中旬前补砌，八月上旬前补强并检测",
    "plan_safety": "外廊停用设围挡，落石时立即撤人报告",
}
SHOWN_WITH: Mapping[str, tuple[Purpose, ...]] = {
    "request_extension": (Purpose.CONTROL,),
    "report_done": (Purpose.BEFORE, Purpose.AFTER),
    "pass_recheck": (Purpose.RECHECK,),
    "pass_to_acceptance": (Purpose.RECHECK,),
    "pass_acceptance": (Purpose.PROOF,),
}
PATHS: Mapping[str, tuple[str, ...]] = {
    S.REGISTERED: (),
    S.ASSIGNED: ("assign",),
    S.ACCEPTED: ("assign", "accept"),
    S.RECTIFYING: ("assign", "accept", "start"),
    S.EXTENSION_PENDING: ("assign", "accept", "start", "request_extension"),
    S.DONE: ("assign", "accept", "start", "report_done"),
    S.RECHECKING: ("assign", "accept", "start", "report_done", "start_recheck"),
    S.CLOSURE_PENDING: ("assign", "accept", "start", "report_done", "start_recheck", "pass_recheck"),
    S.CLOSED: ("assign", "accept", "start", "report_done", "start_recheck", "pass_recheck", "close"),
    S.SUSPENDED: ("assign", "accept", "start", "suspend"),
    S.TRANSFERRED: ("transfer",),
    S.MERGED: ("merge",),
    S.UNFOUNDED: ("unfounded",),
}
PLANNED = ("assign", "accept", "submit_plan", "approve_plan")
MAJOR_PATHS: Mapping[str, tuple[str, ...]] = {
    S.PLAN_SUBMITTED: PLANNED[:3],
    S.RECTIFYING: PLANNED,
    S.ACCEPTANCE: (*PLANNED, "report_done", "start_recheck", "pass_to_acceptance"),
    S.CLOSURE_PENDING: (*PLANNED, "report_done", "start_recheck", "pass_to_acceptance", "pass_acceptance"),
    S.CLOSED: (*PLANNED, "report_done", "start_recheck", "pass_to_acceptance", "pass_acceptance", "close"),
}


@dataclass(frozen=True)
class Cast:
    """Who acts; `other_*` belong to 额敏县."""

    clerk: Actor
    head: Actor
    inspector: Actor
    officer: Actor
    second: Actor
    leader: Actor
    other_clerk: Actor

    def plays(self, action: str) -> Actor:
        """Return who takes a step in the ordinary course."""
        if action in {"assign", "transfer", "merge"}:
            return self.head
        if action in {"register", "accept", "start", "submit_plan", "request_extension", "report_done", "split"}:
            return self.clerk
        if action in {"close", "return_closure"}:
            return self.leader
        return self.officer


@dataclass(frozen=True)
class Story:
    """Makes hazards and lets the cast act on them; every method needs a transaction around it."""

    session: Session
    cast: Cast
    county: Region
    township: Region

    def draft(self, **over: Any) -> HazardDraft:  # noqa: ANN401 - any column
        """Return a complete general finding due in twenty days."""
        today = clock.today()
        values = HazardDraft(
            county_id=self.county.id,
            region_id=self.township.id,
            origin="manual",
            description="教学楼二层外廊抗震墙开洞未加固",
            category="C03",
            site_name="晨光小学",
            found_on=today,
            grade=Grade.GENERAL,
            responsible_unit_name="晨光小学",
            responsible_person="万山",
            measures="封闭外廊，用型钢补强洞口四周",
            due_on=today + timedelta(days=20),
        )
        return values._replace(**over)

    def major(self, **over: Any) -> HazardDraft:  # noqa: ANN401 - any column
        """Return a complete major finding."""
        funded = {"fund_amount": Decimal("18.60"), "interim_control": "外廊停用，设置围挡"}
        return self.draft(grade=Grade.MAJOR, responsible_leader="江河", **{**funded, **over})

    def register(self, draft: HazardDraft | None = None, actor: Actor | None = None) -> Hazard:
        return register(self.session, actor or self.cast.clerk, draft or self.draft())

    def facts(self, action: str) -> dict[str, Any]:
        """Return what a step needs."""
        today = clock.today()
        people = [self.cast.officer.id, self.cast.second.id]
        checked = {"recheckers": people, "finding": "洞口已补强"}
        known: dict[str, dict[str, Any]] = {
            "assign": {"due_on": today + timedelta(days=20)},
            "submit_plan": {
                "measures": "拆除后砌隔墙，用型钢补强洞口",
                "fund_amount": Decimal("18.60"),
                "responsible_leader": "江河",
                "interim_control": "外廊停用，设置围挡",
                "treatment_plan": "先封闭外廊，再分两段补砌和补强，开学前完成",
                **SIX_PARTS,
            },
            "return_plan": {"reason": "经费来源不明"},
            "request_extension": {
                "extend_to": today + timedelta(days=40),
                "reason": "冬季不能施工",
                "interim_control": "外廊停用，设置围挡",
            },
            "refuse_extension": {"reason": "在用校舍不得延期"},
            "report_done": {"progress": "洞口已用型钢补强", "measure_type": MeasureType.REMOVAL},
            "pass_recheck": checked,
            "pass_to_acceptance": checked,
            "fail_recheck": checked,
            "pass_acceptance": {
                "accepted_by_unit": "塔城建筑检测站",
                "acceptance_paper": "test",
                "acceptance": "检测合格",
            },
            "fail_acceptance": {"reason": "焊缝不合格"},
            "close": {"consent": "同意销号"},
            "return_closure": {"reason": "照片角度不同"},
            **self.facts_beside(),
        }
        return known.get(action, {})

    def facts_beside(self) -> dict[str, dict[str, Any]]:
        """Return what the steps beside the main way need."""
        today = clock.today()
        return {
            "suspend": {
                "reason": "须随片区改造",
                "interim_control": "停用并监测",
                "standby_forces": "乌苏市民兵应急连20人，挖掘机2台，帐篷30顶",
                "review_on": today + timedelta(days=90),
            },
            "review": {"finding": "裂缝没有发展，监测点完好", "review_on": today + timedelta(days=90)},
            "pause_clock": {"reason": "停工令期间不能施工", "pause_until": today + timedelta(days=30)},
            "run_clock": {"reason": "停工令已撤销"},
            "split": {"parts": "外廊抗震墙开洞\n楼梯间填充墙开裂"},
            "correct": {"corrections": {"remark": "照片编号更正为2号楼"}, "reason": "录入笔误"},
            "resume": {"reason": "改造启动", "due_on": today + timedelta(days=30)},
            "transfer": {"reason": "属住建部门职责", "to_unit": "乌苏市住房和城乡建设局"},
            "merge": {"reason": "与另一条重复"},
            "unfounded": {"reason": "现场核实并无开洞", "second_signer": self.cast.second.id},
            "look_back": {"rebounded": False, "finding": "没有反弹"},
        }

    def take(self, hazard: Hazard, action: str, actor: Actor | None = None, **over: Any) -> Hazard:  # noqa: ANN401 - facts
        facts = {**self.facts(action), **over}
        if action == "merge" and "merged_into" not in facts:
            facts["merged_into"] = self.register().reference
        for purpose in SHOWN_WITH.get(action, ()):
            self.photograph(hazard, purpose)
        return take_step(self.session, actor or self.cast.plays(action), hazard, action, facts)

    def reach(self, state: str, *, major: bool = False, **over: Any) -> Hazard:  # noqa: ANN401 - any column
        """Make a hazard and bring it to a state."""
        if state == S.DRAFT:
            return self.register(self.draft(measures="", **over))
        if state == S.WITHDRAWN:
            return self.withdrawn(**over)
        paths = MAJOR_PATHS if state in MAJOR_PATHS and (major or state not in PATHS) else PATHS
        hazard = self.register(self.major(**over) if paths is MAJOR_PATHS else self.draft(**over))
        for action in paths[state]:
            self.take(hazard, action)
        return hazard

    def withdrawn(self, **over: Any) -> Hazard:  # noqa: ANN401 - any column
        """Make a hazard whose return is undone."""
        hazard = self.register(self.draft(**over))
        withdraw_many(self.session, SYSTEM, [hazard.id], "报错了文件", batch_id=None)
        self.session.refresh(hazard)
        return hazard

    def photograph(self, hazard: Hazard, purpose: Purpose, digest: str = "") -> Evidence:
        """Store the row of a photo whose bytes nobody will ask for."""
        key = str(uuid4())
        made = Evidence(
            uuid=key, subject_kind="hazard", subject_id=hazard.id, purpose=purpose, county_id=hazard.county_id,
            region_id=hazard.region_id, sha256=digest or hashlib.sha256(key.encode()).hexdigest(), size=1,
            media_type="image/jpeg", original_name="photo.jpg", uploaded_at=clock.now(),
        )  # fmt: skip
        self.session.add(made)
        self.session.flush()
        return made


def day(text: str) -> date:
    return date.fromisoformat(text)


def stage(session: Session) -> Story:
    """Make the cast in 乌苏市, its prefecture and a neighbouring county; needs a transaction around it."""
    county, prefecture, other = (by_code(session, code) for code in ("654202", "6542", "654221"))

    def person(role: Role, region: Region) -> Actor:
        return actor_of(make_user(session, role, region))

    cast = Cast(
        clerk=person(Role.COUNTY_CLERK, county),
        head=person(Role.COUNTY_HEAD, county),
        inspector=person(Role.INSPECTOR, county),
        officer=person(Role.PREFECTURE_OFFICER, prefecture),
        second=person(Role.PREFECTURE_OFFICER, prefecture),
        leader=person(Role.PREFECTURE_LEADER, prefecture),
        other_clerk=person(Role.COUNTY_CLERK, other),
    )
    return Story(session, cast, county, townships_of(session, county.id)[0])
