"""What is sent beyond the fields of a form, or names things of another county, has no effect and tells nothing."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import Base, transaction
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.returns.models import ReturnBatch
from inspect_app.sites.models import Site
from tests.posts.assessing import ASSESSING, is_published
from tests.posts.bulletins import (
    begun_bulletins,
    corrected_bulletins,
    issued_bulletins,
    sent_bulletins,
    worded_bulletins,
)
from tests.posts.chasing import (
    chasing_posts,
    closing_posts,
    document_posts,
    drawn_documents,
    ended_documents,
    issued_documents,
    listing_posts,
)
from tests.posts.columns import column_posts, column_revoked
from tests.posts.emergencies import EMERGENCIES
from tests.posts.ledgers import ledger_posts, ledger_undone
from tests.posts.lists import list_import, list_posts, newer_list
from tests.posts.notices import NOTICES
from tests.posts.opinions import OPINIONS
from tests.posts.quakes import QUAKES
from tests.posts.registers import register_posts, register_put_aside
from tests.posts.rounds import CAMPAIGN, campaign_plan, campaign_posts, draw_posts, drawn_visits
from tests.posts.sending import MARKS, Office, Post
from tests.posts.settling import conflict_posts, settling_posts
from tests.posts.tablets import tablet_posts
from tests.posts.work import CARD, FINDING, hazard_posts, late_posts, other_posts, visit_posts
from tests.posts.works import WORKS
from tests.returns.ledgers import ledger_row, write_ledger
from tests.scene import COUNTY, OTHER_COUNTY, enter, furnish, gather, ledger_rows, settle

ROUNDS = (
    hazard_posts, visit_posts, campaign_posts, campaign_plan, draw_posts, drawn_visits, register_posts,
    register_put_aside, list_posts, list_import, newer_list, chasing_posts, listing_posts, closing_posts,
    document_posts, drawn_documents, ended_documents, issued_documents, ledger_posts, ledger_undone, column_posts,
    column_revoked, other_posts, conflict_posts, late_posts, tablet_posts, settling_posts,
    *ASSESSING,
    begun_bulletins, worded_bulletins, sent_bulletins, issued_bulletins, corrected_bulletins,
    *OPINIONS,
    *NOTICES,
    *QUAKES,
    *EMERGENCIES,
    *WORKS,
)  # fmt: skip
REGIONS = {"region", "region_path", "region_alias"}
SIGN_IN = {"sign_in", "failed_sign_in", "audit_entry", "audit_seal", "sealed_entry"}


@pytest.fixture
def office(app: Flask, client: FlaskClient, session: Session, clock: datetime, tmp_path: Path) -> Office:
    assert (app.testing, clock.year) == (True, 2026)
    with transaction():
        crowd = gather(session)
        neighbour = settle(session, crowd)
    county = furnish(session, crowd, tmp_path)
    return Office(client, session, crowd, neighbour, county, tmp_path)


def test_fields_beyond_the_form_have_no_effect_at_any_write_endpoint(office: Office) -> None:
    wrong = []
    posted: set[str] = set()
    for posts in ROUNDS:
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
    assert is_published(office)


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
