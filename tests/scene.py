"""Two neighbouring counties with something of everything, and a person of every role on either side.

乌苏市 holds hazards in many states, visits, objects, files and returns, all of whose texts say 松涛: a word that nobody
outside may ever read. Its neighbour 额敏县 holds a little of its own, which says 白桦.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.assessments.course.gathering import gather_for
from inspect_app.assessments.course.opening import Dates, open_assessment
from inspect_app.assessments.course.steps import take_step as assessment_step
from inspect_app.bulletins.service import Wish as BulletinWish
from inspect_app.bulletins.service import begin as begin_bulletin
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.draws import make_draw
from inspect_app.campaigns.service import set_teams, take_step
from inspect_app.chasing.listings import Wish, list_hazard
from inspect_app.chasing.models import LookBackTask
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.checklists import service as lists
from inspect_app.checklists.editing import with_item, with_section
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.queries import content as content_of
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.documents.beginning import begin
from inspect_app.documents.service import draw_up
from inspect_app.doubts.kinds import Kind as DoubtKind
from inspect_app.doubts.queries import found
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import attach, prepare_file, prepare_photo
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections import service as visits
from inspect_app.opinions.kinds import Kind as OpinionKind
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.returns.jobs.service import Kind, ask
from inspect_app.returns.receiving import Sending
from inspect_app.sites.importing.reading import read_register
from inspect_app.sites.importing.service import receive as receive_register
from inspect_app.workbooks.write import Cell
from tests.accounts.factories import PASSWORD, actor_of, make_user
from tests.assessments.course import small_scheme
from tests.campaigns.factories import generate, make_campaign
from tests.emergencies.scenes import make_emergency, quake_of
from tests.hazards.stories import Story, stage
from tests.inspections.factories import fill, lead_of, make_team, make_visit, picture, submitted
from tests.opinions.factories import make_opinion
from tests.quakes.factories import furnish as shake
from tests.registers.factories import add_shelter, plain_file
from tests.registers.factories import send as send_ledger
from tests.returns.issuing.round import issue_to
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import apply, receive
from tests.sites.factories import make_site
from tests.sites.importing.registers import write_register
from tests.workplans.feedback.scenes import publish_works, send_works
from tests.workplans.scenes import make_plan

WORD, OTHER_WORD = "松涛", "白桦"
COUNTY, PREFECTURE, OTHER_COUNTY, OTHER_PREFECTURE = "654202", "6542", "654221", "6543"
COUNTY_ROLES = (Role.INSPECTOR, Role.COUNTY_CLERK, Role.COUNTY_HEAD)
PREFECTURE_ROLES = (Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER, Role.ASSESSOR)
ADMINISTRATORS = (Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR)
MAJOR = (State.PLAN_SUBMITTED, State.ACCEPTANCE)
STATES = (
    State.DRAFT, State.REGISTERED, State.ASSIGNED, State.ACCEPTED, *MAJOR, State.RECTIFYING, State.EXTENSION_PENDING,
    State.DONE, State.RECHECKING, State.CLOSURE_PENDING, State.CLOSED, State.SUSPENDED, State.MERGED,
)  # fmt: skip
BEGUN = State.RECTIFYING
_shades = count(1)


@dataclass(frozen=True)
class Photographer(Story):
    """A story whose photos can be looked at."""

    def photograph(self, hazard: Hazard, purpose: Purpose, digest: str = "") -> Evidence:
        del digest
        image = io.BytesIO(picture(next(_shades) % 256, (64, 40 + next(_shades))))
        prepared = prepare_photo(image, f"{WORD}现场.jpg")
        county, region = hazard.county_id, hazard.region_id
        return attach(
            self.session, SYSTEM, prepared, kind="hazard", id=hazard.id, purpose=purpose, county_id=county,
            region_id=region,
        )  # fmt: skip


@dataclass(frozen=True)
class County:
    """What 乌苏市 holds, by reference: hazards, visits ("ready" has every answer) and returns by state.

    `campaigns` are a draft, one that was issued, the visit made for it, one of dual random and its draw;
    `chasing` holds the keys of a listing and of a look back, and the sample that this came from;
    `bulletin` is a draft of its prefecture, `opinion` a restricted paper of it, whose texts have a word of their own;
    `quakes` are an earthquake that the county reported once, and an anomaly; `emergency` is open for it;
    `checklist` is a list of its own in draft, `register` a register of sites that waits to be imported, `doubt` the key
    of a doubt about a visit, `document` that of a draft about a hazard; `ledger` is a shelter and a file about shelters
    that waits; `works` are a work plan of its own, the draft of the next one, two things owed and a workbook that
    reports on the second; `assessment` is the assessment of the county alone, in which it reports for itself.
    """

    hazards: Mapping[str, str]
    visits: Mapping[str, str]
    returns: Mapping[str, str]
    site: str
    photo: str
    proof: str
    original: str
    people: tuple[str, ...]
    campaigns: Mapping[str, str]
    checklist: str
    register: str
    doubt: str
    chasing: Mapping[str, object]
    document: str
    ledger: Mapping[str, str]
    assessment: str
    bulletin: str
    opinion: str
    quakes: Mapping[str, str]
    emergency: str
    works: Mapping[str, str]

    @property
    def references(self) -> tuple[str, ...]:
        held = (self.hazards, self.visits, self.returns, self.campaigns, self.ledger, self.quakes)
        own = (
            self.site, self.checklist, self.register, self.assessment, str(self.chasing["sample"]), self.bulletin,
            self.opinion, self.emergency,
        )  # fmt: skip
        return (*(reference for kind in held for reference in kind.values()), *own)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a person of another county never reads: references, texts, file keys, names of the county's people."""
        return (*self.references, WORD, self.photo, self.proof, self.original, self.document, *self.people)


@dataclass(frozen=True)
class Neighbour:
    """What 额敏县 holds, by reference."""

    hazard: str
    draft: str
    visit: str
    site: str


@dataclass(frozen=True)
class Crowd:
    """Logins by role: `insiders` of 乌苏市 and its prefecture, `strangers` of 额敏县 and of another prefecture."""

    story: Story
    insiders: Mapping[Role, str]
    strangers: Mapping[Role, str]


def enter(client: FlaskClient, login: str) -> FlaskClient:
    """Sign somebody in, whoever sat here before."""
    client.delete_cookie("session")
    assert client.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 302
    return client


def gather(session: Session) -> Crowd:
    """Make the people; needs a transaction around it."""
    told = stage(session)
    here = {role: by_code(session, COUNTY) for role in COUNTY_ROLES}
    here |= {role: by_code(session, PREFECTURE) for role in (*PREFECTURE_ROLES, Role.MEMBER_CLERK)}
    there = {role: by_code(session, OTHER_COUNTY) for role in COUNTY_ROLES}
    there |= {role: by_code(session, OTHER_PREFECTURE) for role in (*PREFECTURE_ROLES, Role.MEMBER_CLERK)}
    insiders = {role: make_user(session, role, place) for role, place in here.items()}
    insiders |= {role: make_user(session, role) for role in ADMINISTRATORS}
    strangers = {role: make_user(session, role, place) for role, place in there.items()}
    story = Photographer(session, told.cast, told.county, told.township)
    return Crowd(story, _logins(insiders), _logins(strangers))


def settle(session: Session, crowd: Crowd) -> Neighbour:
    """Give 额敏县 its own; needs a transaction around it."""
    township = townships_of(session, by_code(session, OTHER_COUNTY).id)[0]
    site = make_site(session, township.code, name=f"{OTHER_WORD}小学", responsible_unit=f"{OTHER_WORD}小学")
    story = Photographer(session, crowd.story.cast, by_code(session, OTHER_COUNTY), township)
    texts = {"site_name": site.name, "description": f"{OTHER_WORD}小学围墙倾斜", "responsible_unit_name": site.name}
    hazard = story.register(story.draft(**texts), SYSTEM)
    draft = story.register(story.draft(**texts | {"measures": ""}), SYSTEM)
    team = [_user(session, crowd.strangers[Role.INSPECTOR]), make_team(session, OTHER_COUNTY, 1)[0]]
    visit = make_visit(session, site=site, team=team)
    visits.start(session, lead_of(visit), visit)
    publish_works(session, OTHER_WORD, OTHER_COUNTY)
    return Neighbour(hazard.reference, draft.reference, visit.reference, site.reference)


def furnish(session: Session, crowd: Crowd, folder: Path) -> County:
    """Give 乌苏市 hazards in many states, visits, an object and returns; commits."""
    with transaction():
        hazards = _hazards(crowd.story)
        site = make_site(session, name=f"{WORD}小学", responsible_unit=f"{WORD}集团", address=f"{WORD}路 1 号")
        team = [_user(session, crowd.insiders[Role.INSPECTOR]), make_team(session, size=1)[0]]
        held = {state: make_visit(session, site=site, team=team) for state in ("planned", "under_way", "ready")}
        held["submitted"] = submitted(session, make_visit(session, site=site, team=team), C03_05={"value": "yes"})
        visits.start(session, lead_of(held["under_way"]), held["under_way"])
        fill(session, held["ready"])
        references = {state: visit.reference for state, visit in held.items()}
        site_reference = site.reference
        campaigns = _campaigns(session)
        checklist = _checklist(session)
        chasing = _chasing(session, hazards)
        document = _document(session, hazards["registered"])
        wish = BulletinWish("monthly", by_code(session, PREFECTURE), clock.today().replace(day=1))
        bulletin = begin_bulletin(session, SYSTEM, wish).reference
        assessment = _assessment(session)
        opinion = make_opinion(session, kind=OpinionKind.FORECAST).reference
        quakes = shake(session, WORD)
        emergency = make_emergency(session, quake=quake_of(session, quakes["quake"])).reference
        works: Mapping[str, str] = {**publish_works(session, WORD), "draft": make_plan(session, WORD, 2027).reference}
        shelter = add_shelter(session, f"{WORD}广场", manager=f"{WORD}集团").reference
    returns = _returns(folder)
    register = _register(session, crowd, folder)
    ledger = {"entry": shelter, "import": _ledger(session, crowd, folder)}
    works = send_works(session, _user(session, crowd.insiders[Role.COUNTY_CLERK]), works, folder, WORD)
    session.rollback()
    inspectors = session.scalars(select(User.name).where(User.view_region_id == by_code(session, COUNTY).id))
    files = {kind: _file(session, kind) for kind in ("hazard", "inspection", "return")}
    return County(
        hazards, references, returns, site_reference, files["hazard"], files["inspection"], files["return"],
        tuple(inspectors), campaigns, checklist, register, _doubt(session, crowd), chasing,
        document, ledger, assessment, bulletin, opinion, quakes, emergency, works,
    )  # fmt: skip


def _checklist(session: Session) -> str:
    owner = by_code(session, COUNTY)
    version = lists.new_draft(session, SYSTEM, owner=owner, code="SONGTAO-1", title=f"{WORD}检查表", objects=("C03",))
    item = replace(load_library().checklists["C03"].items[0], code="SONGTAO-1-01", text=f"{WORD}楼有裂缝吗？")
    content = with_item(with_section(content_of(version), WORD), "s1", item)
    lists.save_draft(session, SYSTEM, version, content, version.version)
    return version.code


def ledger_rows(*numbers: int, **over: Cell) -> list[list[Cell]]:
    """Rows of a ledger about schools of 松涛."""
    texts = {"整改责任单位": f"{WORD}集团", "整改责任人": f"{WORD}校长", **over}
    return [
        ledger_row(number, 被检查单位=f"{WORD}第{number}小学", 隐患描述=f"{WORD}楼第{number}号构造柱钢筋外露", **texts)
        for number in numbers
    ]


def _hazards(story: Story) -> dict[str, str]:
    found = {}
    for state in STATES:
        with clock.set_to(clock.now() - timedelta(days=30 if state == BEGUN else 3)):
            description = f"{WORD}楼外廊抗震墙开洞（{state}）"
            unit = f"{WORD}集团"
            hazard = story.reach(state, description=description, site_name=f"{WORD}小学", responsible_unit_name=unit)
            story.photograph(hazard, Purpose.BEFORE)
            found[state.value] = hazard.reference
    return found


def _returns(folder: Path) -> dict[str, str]:
    """Apply one return, and leave a later one with a refused row, a doubled and a changed one waiting."""
    first = receive(write_ledger(folder / f"{WORD}一.xlsx", ledger_rows(1, 2)), report_on=date(2026, 6, 10))
    applied = apply(first).reference
    rows = [
        *ledger_rows(1, 整改情况="已整改"),
        *ledger_rows(3, 4),
        *ledger_rows(4),
        *ledger_rows(5, 整改时限="2026-02-30"),
    ]
    waiting = receive(write_ledger(folder / f"{WORD}二.xlsx", rows)).reference
    issued = issue_to(folder / "issued.xlsx").code
    return {"applied": applied, "validated": waiting, "issued": issued, "job": _job(issued)}


def _job(uuid: str) -> str:
    """Leave a large file waiting to be read, by a process that never began."""
    county = by_code(db.session(), COUNTY)
    with transaction():
        options = Sending(county.id, date(2026, 6, 10), "", f"{WORD}三.xlsx").as_json()
        return ask(db.session(), SYSTEM, Kind.RECEIVE, f"job-{uuid}", county, options).uuid


def _chasing(session: Session, hazards: Mapping[str, str]) -> dict[str, object]:
    """List a hazard, and draw a sample of what was closed in the county."""
    today, county = clock.today(), by_code(session, COUNTY)
    hazard = session.scalars(select(Hazard).where(Hazard.reference == hazards["rectifying"])).one()
    listing = list_hazard(session, SYSTEM, hazard, Wish("county", f"{WORD}楼长期失修", today + timedelta(days=90)))
    sample = draw_sample(session, SYSTEM, county, Period(today - timedelta(days=30), today), WORD)
    task = session.scalars(select(LookBackTask).where(LookBackTask.sample_id == sample.id)).first()
    return {"listing": listing.id, "task": task.id if task else 0, "sample": sample.reference}


def _assessment(session: Session) -> str:
    """Open the assessment of 乌苏市 alone, and let it begin with its self-report."""
    today, county, scheme = clock.today(), by_code(session, COUNTY), small_scheme()
    days = Dates(today + timedelta(days=3), today + timedelta(days=4), today + timedelta(days=9))
    gathered = gather_for(session, scheme, str(today.year), [county])
    made = open_assessment(session, SYSTEM, county, scheme, str(today.year), days, gathered)
    return assessment_step(session, SYSTEM, made, "begin").reference


def _campaigns(session: Session) -> dict[str, str]:
    """Let the prefecture draw up one campaign, issue another with a visit to 乌苏市, and draw for a third."""
    texts = {"title": f"{WORD}专项检查", "requirements": f"{WORD}", "region_ids": [by_code(session, COUNTY).id]}
    draft, issued = (make_campaign(session, None, **texts, lead_unit=f"{WORD}办公室") for _ in range(2))
    team = [user.id for user in make_team(session, PREFECTURE)]
    for campaign in (draft, issued):
        set_teams(session, SYSTEM, campaign, campaign.version, [team])
    take_step(session, SYSTEM, issued, "issue")
    visit = generate(session, issued)[0]
    dual = make_campaign(session, None, **texts, kind="dual_random", lead_unit=f"{WORD}办公室")
    set_teams(session, SYSTEM, dual, dual.version, [team])
    take_step(session, SYSTEM, dual, "issue")
    draw = make_draw(session, SYSTEM, dual, draw_limits().rules(clock.today()), seed=WORD)
    campaigns = {"draft": draft.reference, "issued": issued.reference, "dual": dual.reference}
    return {**campaigns, "visit": visit.reference, "draw": draw.reference}


def _doubt(session: Session, crowd: Crowd) -> str:
    """Return the key of the doubt about the visit that was over as soon as it began."""
    officer = actor_of(_user(session, crowd.insiders[Role.PREFECTURE_OFFICER]))
    doubts = [each for each in found(session, officer, (DoubtKind.SHORT_VISIT,)) if each.county.code == COUNTY]
    return doubts[0].doubt.subject


def _document(session: Session, hazard: str) -> str:
    """Draft a letter about a hazard; returns its key."""
    region, known = begin(session, SYSTEM, "feedback_letter", ("hazard", hazard))
    drafted = draw_up(
        session, SYSTEM, kind="feedback_letter", subject_kind="hazard", subject_reference=hazard, region=region,
        data=known,
    )  # fmt: skip
    return drafted.uuid


def _register(session: Session, crowd: Crowd, folder: Path) -> str:
    """Leave a register of sites waiting, with a new site, a changed one and a refused row."""
    head = ["名称", "类别", "层数"]
    rows: list[list[object]] = [
        [f"{WORD}医院", "C03", 5],
        [f"{WORD}小学", "C03", "4层"],
        [f"{WORD}养老院", "C03", "多层"],
    ]
    path = write_register(folder / f"{WORD}名册.xlsx", rows, head)
    read = read_register(path, clock.today())
    with path.open("rb") as stream:
        prepared = prepare_file(stream, path.name, WORKBOOKS)
    with transaction():
        clerk = actor_of(_user(session, crowd.insiders[Role.COUNTY_CLERK]))
        return receive_register(session, clerk, prepared, read).reference


def _ledger(session: Session, crowd: Crowd, folder: Path) -> str:
    """Leave a file about shelters waiting, with a new one, a changed one and a refused row."""
    place = townships_of(session, by_code(session, COUNTY).id)[0].name
    rows: list[list[Cell]] = [
        ["场所名称", "乡镇", "可容纳人数"],
        [f"{WORD}公园", place, 800],
        [f"{WORD}广场", place, 3200],
        [f"{WORD}体育场", place, "约500人"],
    ]
    path = plain_file(folder / f"{WORD}避难场所.xlsx", *rows)
    with transaction():
        clerk = actor_of(_user(session, crowd.insiders[Role.COUNTY_CLERK]))
        return send_ledger(session, clerk, "shelters", path).reference


def _file(session: Session, kind: str) -> str:
    return (
        session.scalars(
            select(Evidence.uuid)
            .where(Evidence.subject_kind == kind, Evidence.county_id == by_code(session, COUNTY).id)
            .order_by(Evidence.id)
        ).first()
        or ""
    )


def _user(session: Session, login: str) -> User:
    return session.scalars(select(User).where(User.login == login)).one()


def _logins(people: Mapping[Role, User]) -> dict[Role, str]:
    return {role: user.login for role, user in people.items()}
