"""What becomes of each hazard of the sample, step by step through the same service that people use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from inspect_app.core import clock
from inspect_app.core.errors import StepRefused
from inspect_app.demo.cast import COUNTIES, Temper
from inspect_app.demo.papers import delist_before_closing
from inspect_app.demo.stage import Stage
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import attach
from inspect_app.hazards.elements import needs_acceptance, needs_plan, says_something
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import standing_of, take_step, update
from inspect_app.hazards.words import Grade, MeasureType
from inspect_app.regions.queries import by_code

RECHECKERS = ("inspector", "inspector3")
SIDE_PATHS = ("extend", "suspend", "transfer", "merge", "stuck", "unfounded")
SIDE_EVERY = 11
SIX_PARTS = {
    "plan_goal": "消除承重构件隐患，达到设计承载力",
    "plan_methods": "先封闭，再补砌补强，最后检测",
    "plan_funds": "由县财政安排，型钢和水泥由施工单位备齐",
    "plan_people": "行业主管部门牵头，施工、监理各一人驻场",
    "plan_schedule": "一个月内完成补砌，两个月内完成补强和检测",
    "plan_safety": "施工区封闭停用，专人值守，险情立即撤人上报",
}
SECOND_RECHECK, LOOKED_BACK = 0.12, 0.3
LATEST_SHARE = 0.93
BUSY = 0.1
LONG_AGO, MOSTLY = 110, 0.75


@dataclass(frozen=True)
class Walk:
    """One hazard on its way: who works on it, and how much time it is given."""

    stage: Stage
    temper: Temper
    hazard_id: int
    begun: datetime
    ends: datetime

    def at(self, share: float, act: Callable[[Hazard], None]) -> None:
        """Let an act happen after a share of the time given."""
        instant = self.begun + (self.ends - self.begun) * share
        self.stage.then(max(instant, self.stage.in_hours(instant)), lambda: act(self.hazard))

    @property
    def hazard(self) -> Hazard:
        """The hazard as it stands."""
        return self.stage.session.get_one(Hazard, self.hazard_id)

    def person(self, role: str) -> str:
        """Return the login of the county's clerk or head."""
        return role if self.temper.code == "654202" else f"{role}-{self.temper.code}"

    def step(self, login: str, action: str, **facts: Any) -> None:  # noqa: ANN401 - facts of any kind
        """Take a step as a person."""
        take_step(self.stage.session, self.stage.actor(login), self.hazard, action, facts)


def follow(stage: Stage, temper: Temper, hazard: Hazard) -> None:
    """Choose what becomes of a hazard and put it on stage."""
    rng = stage.rng
    due = hazard.due_on or clock.today() + timedelta(days=30)
    given = max(stage.at(due, 0.9) - clock.now(), timedelta(hours=8))
    luck = rng.random()
    if luck < temper.prompt:
        ends = clock.now() + given * rng.uniform(0.55, LATEST_SHARE)
    elif luck < temper.prompt + temper.late:
        ends = clock.now() + given + timedelta(days=rng.randint(3, 25))
    elif clock.now() < stage.present - timedelta(days=LONG_AGO) and rng.random() < MOSTLY:
        ends = clock.now() + given + timedelta(days=rng.randint(25, 70))
    else:
        ends = stage.present + timedelta(days=rng.randint(20, 90))
    walk = Walk(stage, temper, hazard.id, clock.now(), ends)
    turn, off = divmod(hazard.id, SIDE_EVERY)
    _begin(walk, "" if off else SIDE_PATHS[turn % len(SIDE_PATHS)])


def leave_open(stage: Stage, temper: Temper) -> None:
    """Leave decisions open at the end: an extension that waits for its answer, and a hazard just assigned."""
    asking = select(Hazard).where(Hazard.state == "rectifying", Hazard.due_on > stage.today + timedelta(days=4))
    for hazard in _of(stage, temper, asking):
        _extend(_walk_now(stage, temper, hazard), hazard)
        if hazard.state == "extension_pending":
            break
    fresh = select(Hazard).where(Hazard.state == "registered")
    for hazard in _of(stage, temper, fresh)[: int(temper.late < BUSY)]:
        _assign(_walk_now(stage, temper, hazard), hazard)


def fill_gaps(stage: Stage) -> None:
    """Let every state of a hazard on its way be met at least once: move one on where nobody stands."""
    tempers = {by_code(stage.session, temper.code).id: temper for temper in COUNTIES}
    for state, (source, act) in STEP_INTO.items():
        here = select(Hazard.id).where(Hazard.state == state).limit(1)
        waiting = select(Hazard).where(Hazard.state == source).order_by(Hazard.id)
        for hazard in () if stage.session.scalar(here) else stage.session.scalars(waiting).all()[1:]:
            act(_walk_now(stage, tempers[hazard.county_id], hazard), hazard)
            if hazard.state == state:
                break


def _of(stage: Stage, temper: Temper, rows: "Select[tuple[Hazard]]") -> list[Hazard]:
    county = by_code(stage.session, temper.code)
    return list(stage.session.scalars(rows.where(Hazard.county_id == county.id).order_by(Hazard.id)))


def _walk_now(stage: Stage, temper: Temper, hazard: Hazard) -> Walk:
    return Walk(stage, temper, hazard.id, clock.now(), stage.present)


def _begin(walk: Walk, side: str) -> None:
    walk.at(0.02, lambda hazard: _complete(walk, hazard))
    if side in {"transfer", "unfounded", "merge"}:
        walk.at(0.06, lambda hazard: _leave(walk, hazard, side))
        return
    walk.at(0.06, lambda hazard: _assign(walk, hazard))
    walk.at(0.10, lambda _: walk.step(walk.person("clerk"), "accept"))
    walk.at(0.16, lambda hazard: _start(walk, hazard))
    walk.at(0.20, lambda hazard: _approve(walk, hazard))
    if side == "stuck":
        return
    if side == "suspend":
        walk.at(0.3, lambda _: _suspend(walk))
        return
    if side == "extend":
        walk.at(0.4, lambda hazard: _extend(walk, hazard))
        walk.at(0.45, lambda _: _decide_extension(walk))
    walk.at(0.7, lambda hazard: _report(walk, hazard))
    walk.at(0.78, lambda _: walk.step(RECHECKERS[0], "start_recheck"))
    walk.at(0.82, lambda hazard: _recheck(walk, hazard))


def _complete(walk: Walk, hazard: Hazard) -> None:
    if hazard.origin == "return":
        _photo(walk, hazard, walk.person("clerk"), Purpose.BEFORE)
    if hazard.state != "draft":
        return
    clerk = walk.stage.actor(walk.person("clerk"))
    extra = {
        "fund_amount": Decimal(walk.stage.rng.randint(0, 400)) / 10,
        "interim_control": hazard.interim_control or "设置警戒，安排专人每日巡查并记录",
        "measures": hazard.measures or "委托有资质单位编制方案，按鉴定结论加固并复核",
        "responsible_leader": "分管副县长",
    }
    update(walk.stage.session, clerk, hazard, extra, hazard.version)
    walk.step(walk.person("clerk"), "register")


def _assign(walk: Walk, hazard: Hazard) -> None:
    due = max(hazard.due_on or clock.today(), clock.today())
    walk.step(walk.person("head"), "assign", due_on=due, supervising_unit_name="塔城地区抗震救灾指挥部办公室")


def _start(walk: Walk, hazard: Hazard) -> None:
    clerk = walk.person("clerk")
    limits = standing_of(walk.stage.session, walk.stage.actor(clerk), hazard).limits
    if not needs_plan(hazard, limits):
        walk.step(clerk, "start")
        return
    walk.step(
        clerk,
        "submit_plan",
        measures=hazard.measures
        if says_something(hazard.measures, limits)
        else "制定专项方案，分步落实到岗到人并组织验收",
        fund_amount=hazard.fund_amount if hazard.fund_amount is not None else Decimal(walk.stage.rng.randint(0, 80)),
        responsible_leader=hazard.responsible_leader or "分管副县长",
        interim_control=hazard.interim_control or "整改期间安排专人值守，每日报告",
        treatment_plan="分封闭、施工、检测三步，施工方案见附件。",
        **SIX_PARTS,
    )


def _approve(walk: Walk, hazard: Hazard) -> None:
    if hazard.state == "plan_submitted":
        walk.step("officer", "approve_plan")


def _leave(walk: Walk, hazard: Hazard, side: str) -> None:
    if side == "merge":
        _merge(walk, hazard)
    elif side == "transfer":
        walk.step(walk.person("head"), "transfer", to_unit="自然资源主管部门", reason="属地质灾害隐患，按职责移送。")
    else:
        second = walk.stage.user_id("inspector2")
        walk.step("officer", "unfounded", reason="经现场核实，图纸与实物一致，问题不成立。", second_signer=second)


def _merge(walk: Walk, hazard: Hazard) -> None:
    others = select(Hazard.reference).where(
        Hazard.county_id == hazard.county_id, Hazard.id != hazard.id, Hazard.state.in_(("assigned", "rectifying"))
    )
    if other := walk.stage.session.scalar(others.order_by(Hazard.id).limit(1)):
        walk.step(walk.person("head"), "merge", merged_into=other, reason="与已登记的隐患为同一问题。")


def _suspend(walk: Walk) -> None:
    review = clock.today() + timedelta(days=90)
    control = "布设监测点，预置抢险人员6名和器材，汛期加密巡查"
    walk.step(
        "officer",
        "suspend",
        reason="治理工程须列入下一年度投资计划。",
        interim_control=control,
        standby_forces="民兵应急分队20人，挖掘机2台，帐篷30顶，存放于镇综合应急物资库",
        review_on=review,
    )
    walk.stage.then(clock.now() + timedelta(days=88), lambda: _review(walk))


def _review(walk: Walk) -> None:
    if walk.hazard.state == "suspended":
        finding = "监测点位移在允许范围内，抢险队伍和设备在位，继续管控。"
        walk.step("inspector2", "review", finding=finding, review_on=clock.today() + timedelta(days=90))


def _extend(walk: Walk, hazard: Hazard) -> None:
    if hazard.due_on is None:
        return
    later = hazard.due_on + timedelta(days=30)
    facts = {"extend_to": later, "reason": "冬季施工条件受限，材料已订购。", "interim_control": "停用并封闭，专人看守"}
    _photo(walk, hazard, walk.person("clerk"), Purpose.CONTROL)
    try:
        walk.step(walk.person("clerk"), "request_extension", **facts)
    except StepRefused:
        return


def _decide_extension(walk: Walk) -> None:
    if walk.hazard.state == "extension_pending":
        walk.step("officer", "approve_extension")


def _report(walk: Walk, hazard: Hazard) -> None:
    _photo(walk, hazard, walk.person("clerk"), Purpose.AFTER)
    _photo(walk, hazard, walk.person("clerk"), Purpose.PROOF)
    kind = MeasureType.ENGINEERING if hazard.grade is Grade.MAJOR else MeasureType.MANAGEMENT
    walk.step(walk.person("clerk"), "report_done", progress="已按要求完成整改，自查合格。", measure_type=kind)


def _recheck(walk: Walk, hazard: Hazard) -> None:
    people = [walk.stage.user_id(login) for login in RECHECKERS]
    if walk.stage.rng.random() < SECOND_RECHECK and not hazard.recheck_failures:
        walk.step(RECHECKERS[0], "fail_recheck", recheckers=people, finding="现场仍有一处未按要求处理，继续整改。")
        walk.at(0.86, lambda again: _report(walk, again))
        walk.at(0.89, lambda _: walk.step(RECHECKERS[0], "start_recheck"))
        walk.at(0.92, lambda again: _recheck(walk, again))
        return
    _photo(walk, hazard, RECHECKERS[0], Purpose.RECHECK)
    action = "pass_to_acceptance" if needs_acceptance(hazard) else "pass_recheck"
    walk.step(RECHECKERS[0], action, recheckers=people, finding="现场核验，问题已消除。")
    walk.at(0.96, lambda again: _accept(walk, again))
    walk.at(1.0, lambda again: _close(walk, again))


def _accept(walk: Walk, hazard: Hazard) -> None:
    if hazard.state == "acceptance":
        facts = {
            "accepted_by_unit": "塔城地区建设工程质量监督站",
            "acceptance_paper": "test",
            "acceptance": "经检测符合设计和规范要求，同意验收。",
        }
        walk.step("inspector2", "pass_acceptance", **facts)


def _close(walk: Walk, hazard: Hazard) -> None:
    delist_before_closing(walk.stage, hazard)
    is_major = hazard.grade is Grade.MAJOR
    facts = {"consent": "督办单位书面同意（塔地抗震办函）"} if is_major else {}
    walk.step("leader" if is_major else "officer", "close", **facts)
    if walk.stage.rng.random() < (1 if is_major else LOOKED_BACK):
        later = clock.now() + timedelta(days=walk.stage.rng.randint(28, 80))
        walk.stage.then(later, lambda: _look_back(walk))


def _look_back(walk: Walk) -> None:
    rebounded = walk.stage.rng.random() < walk.temper.rebound
    finding = "再次现场查看，问题又出现。" if rebounded else "再次现场查看，整改成果保持良好。"
    walk.step("inspector2", "look_back", rebounded=rebounded, finding=finding)


def _photo(walk: Walk, hazard: Hazard, login: str, purpose: Purpose) -> None:
    attach(
        walk.stage.session,
        walk.stage.actor(login),
        walk.stage.paper("证明材料")
        if purpose is Purpose.PROOF
        else walk.stage.picture(mended=purpose is Purpose.AFTER),
        kind="hazard",
        id=hazard.id,
        purpose=purpose,
        county_id=hazard.county_id,
        region_id=hazard.region_id,
    )


def _accept_order(walk: Walk, _hazard: Hazard) -> None:
    walk.step(walk.person("clerk"), "accept")


def _start_planned(walk: Walk, hazard: Hazard) -> None:
    if needs_plan(hazard, standing_of(walk.stage.session, walk.stage.actor("officer"), hazard).limits):
        _start(walk, hazard)


def _begin_recheck(walk: Walk, _hazard: Hazard) -> None:
    walk.step(RECHECKERS[0], "start_recheck")


def _finish(walk: Walk, hazard: Hazard, kind: MeasureType, action: str) -> None:
    _photo(walk, hazard, walk.person("clerk"), Purpose.AFTER)
    _photo(walk, hazard, walk.person("clerk"), Purpose.PROOF)
    walk.step(walk.person("clerk"), "report_done", progress="已按要求完成整改，自查合格。", measure_type=kind)
    _begin_recheck(walk, hazard)
    _photo(walk, hazard, RECHECKERS[0], Purpose.RECHECK)
    people = [walk.stage.user_id(login) for login in RECHECKERS]
    walk.step(RECHECKERS[0], action, recheckers=people, finding="现场核验，问题已消除。")


def _await_acceptance(walk: Walk, hazard: Hazard) -> None:
    _finish(walk, hazard, MeasureType.ENGINEERING, "pass_to_acceptance")


def _await_closure(walk: Walk, hazard: Hazard) -> None:
    if hazard.grade is not Grade.MAJOR:
        _finish(walk, hazard, MeasureType.MANAGEMENT, "pass_recheck")


STEP_INTO: Mapping[str, tuple[str, Callable[[Walk, Hazard], None]]] = {
    "registered": ("draft", _complete),
    "assigned": ("registered", _assign),
    "accepted": ("assigned", _accept_order),
    "plan_submitted": ("accepted", _start_planned),
    "done": ("rectifying", _report),
    "rechecking": ("done", _begin_recheck),
    "acceptance": ("rectifying", _await_acceptance),
    "closure_pending": ("rectifying", _await_closure),
}
