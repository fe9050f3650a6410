"""A year of inspections: planned, filled with photographs, submitted, reviewed; some of today are still open."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists.definition import Evidence, Item
from inspect_app.core import clock
from inspect_app.demo.campaigns import campaign_of, join
from inspect_app.demo.cast import Temper, people
from inspect_app.demo.findings import FINDINGS
from inspect_app.demo.replies import plain_measure, reply
from inspect_app.demo.stage import Stage
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import attach
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import queries, service
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site

TEAMS = (
    ("inspector", "inspector2"),
    ("inspector3", "inspector4"),
    ("inspector", "inspector4"),
    ("inspector3", "inspector2"),
)
KIND_BY_CATEGORY = {"C01": "joint", "C03": "special", "C12": "spot_check", "C18": "comprehensive"}
PAPERS = {Evidence.ATTACHMENT, Evidence.RECEIPT, Evidence.LOG}
FIRST_DAYS_AGO, LAST_DAYS_AGO = 318, 6
HURRIED = 0.03
Found = Callable[[Stage, Temper, Hazard], None]


def stage_visits(stage: Stage, temper: Temper, sites: Sequence[Site], found: Found) -> None:
    """Put the visits of a county on stage; `found` is told of every hazard they register."""
    schools = [site for site in sites if site.category == "C03"]
    covered = schools[: max(3, round(len(schools) * temper.coverage))]
    others = [site for site in sites if site.category != "C03" and site.category in KIND_BY_CATEGORY]
    for site in [*covered, *others]:
        day = stage.today - timedelta(days=stage.rng.randint(LAST_DAYS_AGO, FIRST_DAYS_AGO))
        _stage_visit(stage, temper, site, KIND_BY_CATEGORY[site.category], _weekday(day), found)
    _stage_self_checks(stage, temper, schools, found)
    _stage_visit(stage, temper, schools[2], "special", _weekday(stage.today - timedelta(days=1)), found)
    _stage_present(stage, temper, schools)


def stage_works(stage: Stage, temper: Temper, sites: Sequence[Site], found: Found) -> None:
    """Put the visits of departments to projects, houses and shelters on stage."""
    for site in sites:
        day = stage.today - timedelta(days=stage.rng.randint(LAST_DAYS_AGO, FIRST_DAYS_AGO - 100))
        _stage_visit(stage, temper, site, "spot_check", _weekday(day), found)


def _stage_self_checks(stage: Stage, temper: Temper, schools: Sequence[Site], found: Found) -> None:
    for number in range(4):
        due = _weekday(stage.today - timedelta(days=70 * number + 20))
        late = 0 if number < temper.self_checks * 4 else stage.rng.randint(4, 12)
        site = schools[(number * 3 + 1) % len(schools)]
        _stage_visit(stage, temper, site, "self_check", due, found, late=late, own=(_clerk_of(temper),))


def _stage_present(stage: Stage, temper: Temper, schools: Sequence[Site]) -> None:
    """Leave something to do: a visit under way today, two planned ones, one waiting for review."""
    team = TEAMS[0] if temper.code == "654202" else TEAMS[stage.rng.randrange(len(TEAMS))]
    plan_day = _weekday(stage.today - timedelta(days=2))
    for number, days in enumerate((0, 3, 9)):
        site = schools[-1 - number % len(schools)]
        act = partial(_open_visit, stage, temper, site, stage.today + timedelta(days=days), team, days == 0)
        stage.then(stage.at(plan_day, 0.1 + number / 10), act)


def _open_visit(stage: Stage, temper: Temper, site: Site, on: date, team: tuple[str, str], under_way: bool) -> None:  # noqa: FBT001 - the parts of one visit
    inspection = _plan(stage, site, "special", on, team)
    if under_way:
        service.start(stage.session, stage.actor(team[0]), inspection)
        for item in _items(inspection)[:7]:
            _answer(stage, temper, inspection, item, team[0])


def _clerk_of(temper: Temper) -> str:
    return next(each.login for each in people() if each.role is Role.COUNTY_CLERK and each.county == temper.code)


def _stage_visit(  # noqa: PLR0913 - the parts of one visit
    stage: Stage,
    temper: Temper,
    site: Site,
    kind: str,
    on: date,
    found: Found,
    *,
    late: int = 0,
    own: Sequence[str] = (),
) -> None:
    drawn = TEAMS[stage.rng.randrange(len(TEAMS))]
    team = own or drawn
    hold: list[Inspection] = []
    share = stage.rng.uniform(0.1, 0.6)

    def planned() -> None:
        hold.append(_plan(stage, site, kind, on, team))

    def visited() -> None:
        for hazard in _visit(stage, temper, hold[0], team[0]):
            found(stage, temper, hazard)

    def reviewed() -> None:
        service.review(stage.session, stage.actor("officer"), hold[0], "记录完整，同意。")

    done = on + timedelta(days=late)
    stage.then(stage.at(on - timedelta(days=5), share), planned)
    stage.then(stage.at(done, share), visited)
    stage.then(stage.at(_weekday(done + timedelta(days=3)), share), reviewed)


def _plan(stage: Stage, site: Site, kind: str, on: date, team: Sequence[str]) -> Inspection:
    campaign = campaign_of(stage, kind, on)
    visit = service.plan(
        stage.session,
        SYSTEM,
        site=stage.session.get_one(Site, site.id),
        kind=kind,
        planned_on=on,
        inspector_ids=[stage.user_id(login) for login in team],
        checklist_codes=[site.category],
        campaign_id=campaign.id if campaign else None,
    )
    if campaign:
        join(stage, campaign, visit, team)
    return visit


def _items(inspection: Inspection) -> list[Item]:
    return [item for checklist in queries.checklists_of(inspection) for item in checklist.items]


def _visit(stage: Stage, temper: Temper, inspection: Inspection, leader: str) -> list[Hazard]:
    actor = stage.actor(leader)
    hurried = stage.rng.random() < HURRIED
    with clock.set_to(
        clock.now() - timedelta(minutes=stage.rng.randint(1, 3) if hurried else stage.rng.randint(45, 170))
    ):
        service.start(stage.session, actor, inspection)
    for item in _items(inspection):
        _answer(stage, temper, inspection, item, leader)
    service.submit(stage.session, actor, inspection, site_person="现场负责人", summary="已当场反馈问题清单。")
    return list(queries.hazards_of(stage.session, inspection).values())


def _answer(stage: Stage, temper: Temper, inspection: Inspection, item: Item, leader: str) -> None:
    bad = stage.rng.random() < temper.fails * (0.35 if item.severity == "major" else 1)
    value = reply(item, inspection.planned_on, stage.rng, good=not bad)
    note = FINDINGS.get(item.code, f"现场核查，“{item.text}”达不到要求") if bad else ""
    measure = plain_measure(item)["immediate_measure"] if bad and item.deadline.first else ""
    service.answer(stage.session, stage.actor(leader), inspection, item.code, value, note, measure)
    if bad or Evidence.PHOTO in item.evidence:
        _attach(stage, inspection, item, leader, Purpose.ANSWER)
    if PAPERS & set(item.evidence):
        _attach(stage, inspection, item, leader, Purpose.PROOF)


def _attach(stage: Stage, inspection: Inspection, item: Item, leader: str, purpose: Purpose) -> None:
    prepared = stage.paper("佐证材料") if purpose is Purpose.PROOF else stage.picture(mended=False)
    attach(
        stage.session,
        stage.actor(leader),
        prepared,
        kind=queries.SUBJECT,
        id=inspection.id,
        purpose=purpose,
        county_id=inspection.county_id,
        region_id=inspection.region_id,
        item=item.code,
    )


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
