"""What is sent beyond the fields of a form, or names things of another county, has no effect and tells nothing."""

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.campaigns.models import Campaign
from inspect_app.core.database import Base, transaction
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.returns.models import ReturnBatch
from inspect_app.sites.models import Site
from tests.accounts.factories import PASSWORD
from tests.campaigns.factories import PREFECTURE
from tests.inspections.factories import picture
from tests.returns.ledgers import ledger_row, write_ledger
from tests.scene import COUNTY, OTHER_COUNTY, County, Crowd, Neighbour, enter, furnish, gather, ledger_rows, settle

TEXT, NUMBER, DAY, SCORE = "走私", "98765432", "1999-09-09", "77.77"
SMUGGLED: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "reference", "uuid", "origin", "origin_reference", "closed_by", "rechecked_by", "recheck_result",
            "found_by", "accepted_by_unit", "fingerprint", "conclusion", "outcome", "applied_key",
            "applied_content_key", "sha256", "content_digest", "password_hash", "original_name", "media_type",
            "listed_level", "treatment_plan", "found_unit", "item_code", "actor_name", "event_class",
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            "id", "county_id", "found_by_id", "created_by_id", "done_by_id", "done_by_unit_id", "batch_id", "urgency",
            "merged_into_id", "reopened_from_id", "recheck_failures", "extension_count", "responsible_unit_id",
            "site_id", "severity", "received_by_id", "applied_by_id", "answered_by_id", "uploaded_by_id", "actor_id",
            "subject_id", "unit_id", "view_region_id", "capture_region_id", "computed_by_id", "full", "width",
        ),
        NUMBER,
    ),
    **dict.fromkeys(
        (
            "closed_on", "done_on", "rechecked_on", "looked_back_on", "review_on", "original_due_on", "submitted_on",
            "submitted_at", "started_at", "created_at", "updated_at", "applied_at", "received_at", "answered_at",
            "withdrawn_at", "uploaded_at", "computed_at", "password_changed_at", "taken_at",
        ),
        DAY,
    ),
    "state": "closed", "status": "销号", "score": SCORE, "published": "false", "vetoed": "y", "rebounded": "yes",
    "counts": '{"create": 98765432}', "plan": TEXT, "rows": TEXT, "events": TEXT, "must_change_password": "",
}  # fmt: skip
REGIONS = {"region", "region_path", "region_alias"}
SIGN_IN = {"sign_in", "failed_sign_in", "audit_entry", "audit_seal", "sealed_entry"}
MARKS = (TEXT, NUMBER, "1999, 9, 9", DAY, SCORE)


@dataclass
class Post:
    """What a person sends; `expects` is the answer to the same body without anything smuggled in."""

    role: Role
    address: str
    data: Mapping[str, Any] = field(default_factory=dict)
    file: tuple[bytes, str] | None = None
    expects: int = 302
    method: str = "POST"
    body: str = "data"

    def send(self, client: FlaskClient, people: Mapping[Role, str]) -> TestResponse:
        enter(client, people[self.role])
        sent: dict[str, Any] = {**{k: v for k, v in SMUGGLED.items() if k not in self.data}, **self.data}
        if self.file:
            sent["file"] = (io.BytesIO(self.file[0]), self.file[1])
        if self.body == "json":
            return client.open(self.address, method=self.method, json=sent)
        return client.open(self.address, method=self.method, data=sent)


@dataclass(frozen=True)
class Office:
    client: FlaskClient
    session: Session
    crowd: Crowd
    neighbour: Neighbour
    county: County
    folder: Path

    def version(self, model: Any, reference: str) -> str:  # noqa: ANN401 - any model with a reference
        found = self.session.scalars(select(model.version).where(model.reference == reference)).one()
        self.session.rollback()
        return str(found)

    def state(self, model: Any, reference: str) -> str:  # noqa: ANN401 - any model with a state
        self.session.rollback()
        return str(self.session.scalars(select(model.state).where(model.reference == reference)).one())

    def region(self, code: str) -> str:
        found = str(by_code(self.session, code).id)
        self.session.rollback()
        return found

    def township(self, code: str = COUNTY) -> Any:  # noqa: ANN401 - code and key
        region = townships_of(self.session, by_code(self.session, code).id)[0]
        found = region.code, str(region.id)
        self.session.rollback()
        return found

    def users(self, code: str, role: Role) -> list[str]:
        found = select(User.id).where(User.role == role, User.view_region_id == by_code(self.session, code).id)
        keys = [str(key) for key in self.session.scalars(found.order_by(User.id))]
        self.session.rollback()
        return keys


@pytest.fixture
def office(app: Flask, client: FlaskClient, session: Session, clock: datetime, tmp_path: Path) -> Office:
    assert (app.testing, clock.year) == (True, 2026)
    with transaction():
        crowd = gather(session)
        neighbour = settle(session, crowd)
    county = furnish(session, crowd, tmp_path)
    return Office(client, session, crowd, neighbour, county, tmp_path)


FINDING = {
    "category": "C03", "description": "女儿墙松动", "grade": "general", "responsible_unit_name": "晨光小学",
    "responsible_person": "万山", "measures": "拆除后重新砌筑", "due_on": "2026-07-01", "found_on": "2026-06-15",
}  # fmt: skip
JOURNEY = "/inspections/journeys/county_supervision"
CARD = {"name": "晨曦小学", "category": "C03", "coordinate_system": "CGCS2000", "active": "y"}


def hazard_posts(office: Office) -> list[Post]:
    held, clerk = office.county.hazards, Role.COUNTY_CLERK

    def known(state: str) -> dict[str, str]:
        return {"version": office.version(Hazard, held[state])}

    return [
        Post(clerk, "/hazards/new", {**FINDING, "region": office.township()[0]}),
        Post(clerk, f"/hazards/{held['draft']}/edit", {**FINDING, **known("draft")}),
        Post(clerk, f"/hazards/{held['registered']}/files", {"purpose": "before"}, (picture(201), "x.jpg")),
        Post(
            Role.COUNTY_HEAD, f"/hazards/{held['registered']}/steps/assign",
            {"due_on": "2026-07-01", **known("registered")},
        ),
        Post(clerk, f"/hazards/{held['assigned']}/steps/accept", known("assigned")),
    ]  # fmt: skip


def visit_posts(office: Office) -> list[Post]:
    held, lead, content = office.county.visits, Role.INSPECTOR, picture(202)
    everybody = office.users(COUNTY, lead)
    team = everybody[-2:]
    plan = {"kind": "special", "planned_on": "2026-06-20", "lead": team[0], "inspector_ids": team}
    told = {"item": "C03-08", "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
    base = f"/inspections/{held['under_way']}"
    answer = {"version": 0, "value": {"value": "no"}, "note": "缺"}
    return [
        Post(Role.COUNTY_HEAD, f"/inspections/plan?site={office.county.site}", {**plan, "checklist_codes": ["C03"]}),
        Post(
            Role.COUNTY_HEAD, f"/inspections/{held['planned']}/team",
            {"lead": everybody[0], "inspector_ids": everybody, "version": "1"},
        ),
        Post(Role.COUNTY_HEAD, f"{JOURNEY}?site={office.county.site}", plan, expects=422),
        Post(lead, f"/inspections/{held['planned']}/steps/start", {"version": "2"}),
        Post(lead, f"{base}/answers/C03-08", answer, method="PUT", body="json", expects=200),
        Post(lead, f"{base}/files", told, (content, "x.jpg"), expects=201),
        Post(
            lead, f"/inspections/{held['ready']}/submit",
            {"version": office.version(Inspection, held["ready"]), "site_person": "杨校长"},
        ),
    ]  # fmt: skip


def other_posts(office: Office) -> list[Post]:
    clerk, batch = Role.COUNTY_CLERK, office.county.returns["validated"]
    sheet = write_ledger(office.folder / "more.xlsx", [ledger_row(8)]).read_bytes()
    county, township = office.region(COUNTY), office.township()[1]
    new = {"old": PASSWORD, "new": "Seven-Quiet-Rivers-9", "again": "Seven-Quiet-Rivers-9"}
    account = {"login": "fresh", "name": "新人", "role": "inspector", "view_region": COUNTY, "active": "y"}
    spare = office.crowd.story.cast.inspector.id
    security = Role.SECURITY_ADMINISTRATOR
    return [
        Post(clerk, "/sites/new", {**CARD, "region_id": township}),
        Post(
            clerk, f"/sites/{office.county.site}/edit",
            {**CARD, "region_id": township, "version": office.version(Site, office.county.site)},
        ),
        Post(clerk, "/returns/new", {"county": county, "report_on": "2026-06-15"}, (sheet, "台账.xlsx")),
        Post(clerk, f"/returns/{batch}/check", {"version": office.version(ReturnBatch, batch)}),
        Post(Role.ASSESSOR, "/assessments/run", {"period": "2026", "region": ""}),
        Post(security, "/users/new", account, expects=200),
        Post(security, f"/users/{spare}", {**account, "login": "kept", "name": "老人"}),
        Post(security, f"/users/{spare}/reset", expects=200),
        Post(security, f"/users/{spare}/unlock"),
        Post(Role.PREFECTURE_LEADER, "/account/sessions/end"),
        Post(Role.AUDITOR, "/account/password", new),
        Post(Role.PREFECTURE_LEADER, "/language", {"language": "en"}),
        Post(Role.PREFECTURE_LEADER, "/sign-out"),
    ]  # fmt: skip


CAMPAIGN = {
    "kind": "whole_area", "title": "专项检查", "document_number": "塔地震指办〔2026〕9号", "starts_on": "2026-06-15",
    "ends_on": "2026-06-30", "lead_unit": "塔城地区应急管理局", "categories": ["C03"], "per_county": "1",
}  # fmt: skip


def campaign_posts(office: Office) -> list[Post]:
    held, officer = office.county.campaigns, Role.PREFECTURE_OFFICER
    scope = {**CAMPAIGN, "region_ids": [office.region(COUNTY)]}
    version = int(office.version(Campaign, held["draft"]))
    team = dict.fromkeys((f"team-{key}" for key in office.users(PREFECTURE, Role.INSPECTOR)), "1")
    move = {"on": "2026-06-17", "reason": "道路施工", "version": office.version(Inspection, held["visit"])}
    away = {"user_id": office.users(COUNTY, Role.INSPECTOR)[0], "unit_id": "0", "region_id": office.region(COUNTY)}
    base = f"/campaigns/{held['draft']}"
    return [
        Post(officer, "/campaigns/new", scope),
        Post(officer, f"{base}/edit", {**scope, "version": version}),
        Post(officer, f"{base}/teams", {**team, "version": version + 1}),
        Post(Role.PREFECTURE_LEADER, f"{base}/steps/issue", {"version": version + 1}),
        Post(officer, f"/campaigns/{held['issued']}/visits/{held['visit']}/move", move),
        Post(officer, "/campaigns/avoidance", {**away, "reason": "亲属任职"}),
        Post(officer, "/campaigns/avoidance/1/end"),
    ]


def campaign_plan(office: Office) -> list[Post]:
    """Return the confirmation of what the preview of the campaign just issued shows."""
    enter(office.client, office.crowd.insiders[Role.PREFECTURE_OFFICER])
    address = f"/campaigns/{office.county.campaigns['draft']}/plan"
    shown = re.search(r'name="fingerprint" value="(\w+)"', office.client.get(address).get_data(as_text=True))
    return [Post(Role.PREFECTURE_OFFICER, address, {"fingerprint": shown[1] if shown else ""})]


def late_posts(office: Office) -> list[Post]:
    """Return what comes after the first posts: the same things one step on."""
    lead, batch = Role.INSPECTOR, office.county.returns["validated"]
    good = {"version": office.version(ReturnBatch, batch), "accept_good_rows": "y"}
    base = f"/inspections/{office.county.visits['under_way']}"
    enter(office.client, office.crowd.insiders[lead])
    file = office.client.get(f"{base}/answers").get_json()["files"][0]["uuid"]
    unfinished = "BB-654202-20260615-02"
    return [
        Post(lead, f"{base}/files/{file}", method="DELETE", expects=200),
        Post(Role.COUNTY_CLERK, f"/returns/{batch}/apply", good),
        Post(Role.COUNTY_CLERK, f"/returns/{unfinished}/discard", {"version": office.version(ReturnBatch, unfinished)}),
    ]


def test_fields_beyond_the_form_have_no_effect_at_any_write_endpoint(office: Office) -> None:
    wrong = []
    posted: set[str] = set()
    for posts in (hazard_posts, visit_posts, campaign_posts, campaign_plan, other_posts, late_posts):
        for post in posts(office):
            answer = post.send(office.client, office.crowd.insiders)
            posted.add(f"{post.method} {endpoint_of(office, post)}")
            if answer.status_code != post.expects:
                wrong.append(f"{post.address}: {answer.status_code} {answer.get_data(as_text=True)[-1500:]}")
    assert not wrong, "\n".join(wrong)
    assert posted | {"POST accounts.sign_in"} == writing(office.client.application)
    assert not smuggled(office.session)
    county = office.county
    assert office.state(Hazard, county.hazards["draft"]) == "draft"
    assert office.state(Hazard, county.hazards["registered"]) == "assigned"
    assert office.state(Hazard, county.hazards["assigned"]) == "accepted"
    assert {office.state(Inspection, county.visits[each]) for each in ("planned", "under_way")} == {"under_way"}
    assert office.state(ReturnBatch, county.returns["validated"]) == "applied"


FOREIGN: Mapping[str, Callable[[Office], Post]] = {
    "a finding in another county": lambda office: Post(
        Role.COUNTY_CLERK, "/hazards/new", {**FINDING, "region": office.township()[0]}, expects=422
    ),
    "a finding at an object of another county": lambda office: Post(
        Role.COUNTY_CLERK, f"/hazards/new?site={office.county.site}",
        {**FINDING, "region": office.township(OTHER_COUNTY)[0]}, expects=404,
    ),
    "a merge into a hazard of another county": lambda office: Post(
        Role.COUNTY_HEAD, f"/hazards/{office.neighbour.hazard}/steps/merge",
        {
            "version": office.version(Hazard, office.neighbour.hazard), "reason": "重复",
            "merged_into": office.county.hazards["registered"],
        },
        expects=409,
    ),
    "a visit to an object of another county": lambda office: Post(
        Role.COUNTY_HEAD, f"/inspections/plan?site={office.county.site}", {}, expects=404
    ),
    "a visit by inspectors of another county": lambda office: Post(
        Role.COUNTY_HEAD, f"/inspections/plan?site={office.neighbour.site}",
        {
            "kind": "special", "planned_on": "2026-06-20", "checklist_codes": ["C03"],
            "lead": office.users(COUNTY, Role.INSPECTOR)[0], "inspector_ids": office.users(COUNTY, Role.INSPECTOR),
        },
        expects=422,
    ),
    "a file of another county's visit": lambda office: Post(
        Role.INSPECTOR, f"/inspections/{office.neighbour.visit}/files/{office.county.proof}",
        method="DELETE", expects=404,
    ),
    "an object moved to another county": lambda office: Post(
        Role.COUNTY_CLERK, f"/sites/{office.neighbour.site}/edit",
        {**CARD, "region_id": office.township()[1], "version": office.version(Site, office.neighbour.site)},
        expects=422,
    ),
    "a return of another county": lambda office: Post(
        Role.COUNTY_CLERK, "/returns/new", {"county": office.region(COUNTY), "report_on": "2026-06-15"},
        (write_ledger(office.folder / "foreign.xlsx", [ledger_row(8)]).read_bytes(), "台账.xlsx"), expects=422,
    ),
    "a campaign that goes to another prefecture": lambda office: Post(
        Role.PREFECTURE_OFFICER, "/campaigns/new", {**CAMPAIGN, "region_ids": [office.region(COUNTY)]}, expects=422
    ),
    "an avoidance for an inspector of another prefecture": lambda office: Post(
        Role.PREFECTURE_OFFICER, "/campaigns/avoidance",
        {
            "user_id": office.users(COUNTY, Role.INSPECTOR)[0], "unit_id": "0", "region_id": office.region(COUNTY),
            "reason": "亲属任职",
        },
        expects=422,
    ),
    "an assessment of another county": lambda _office: Post(
        Role.ASSESSOR, "/assessments/run", {"period": "2026", "region": COUNTY}, expects=404
    ),
}  # fmt: skip


def test_naming_what_belongs_to_another_county_changes_and_tells_nothing(office: Office) -> None:
    wrong = []
    for name, case in FOREIGN.items():
        post, before = case(office), contents(office.session)
        answer = post.send(office.client, office.crowd.strangers)
        said = answer.get_data(as_text=True).replace(post.address, "")
        told = [word for word in office.county.secrets if word in said and word not in post.data.values()]
        if answer.status_code != post.expects or told or contents(office.session) != before:
            wrong.append(f"{name}: {answer.status_code} {told}")
    assert not wrong, "\n".join(wrong)


def test_the_same_words_in_a_neighbours_return_are_no_duplicates(office: Office) -> None:
    township = townships_of(office.session, by_code(office.session, OTHER_COUNTY).id)[0].name
    county = office.region(OTHER_COUNTY)
    rows = ledger_rows(1, 2, **{"乡镇（街道）": township})
    file = write_ledger(office.folder / "same.xlsx", rows, title="额敏县地震风险隐患台账").read_bytes()
    enter(office.client, office.crowd.strangers[Role.COUNTY_CLERK])
    data = {"county": county, "report_on": "2026-06-15", "file": (io.BytesIO(file), "台账.xlsx")}
    sent = office.client.post("/returns/new", data=data)
    assert sent.status_code == 302, sent.get_data(as_text=True)
    plan = office.client.get(f"{sent.location}/plan.json").get_json()
    assert (len(plan["groups"]["create"]), plan["counts"]["duplicates"]) == (2, 0)
    said = "".join(office.client.get(f"{sent.location}{each}").get_data(as_text=True) for each in ("", "/plan.csv"))
    assert not [reference for reference in office.county.references if reference in said]


def contents(session: Session, *, trail: bool = False) -> list[str]:
    """Everything of the business as text, with its trail where that is asked for."""
    session.rollback()
    left_out = REGIONS if trail else REGIONS | SIGN_IN
    tables = [table for table in Base.metadata.sorted_tables if table.name not in left_out]
    return [f"{table.name}: {row}" for table in tables for row in session.execute(select(table))]


def endpoint_of(office: Office, post: Post) -> str:
    adapter = office.client.application.url_map.bind("localhost")
    return str(adapter.match(post.address.partition("?")[0], method=post.method)[0])


def writing(app: Flask) -> set[str]:
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }


def smuggled(session: Session) -> list[str]:
    return [row for row in contents(session, trail=True) if any(mark in row for mark in MARKS)]
