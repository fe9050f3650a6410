"""A year of 聊城市 with its eight counties and three zones, planned, carried out and told alike everywhere."""

import io
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.campaigns import draw_visits, draws, planning, queries, service
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Aim
from inspect_app.checklists.definition import Evidence
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.demo.replies import reply
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach, prepare_photo
from inspect_app.inspections import queries as visits
from inspect_app.inspections import service as inspecting
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code, counties_of, townships_of
from inspect_app.sites.models import Site
from tests.accounts.factories import PASSWORD, actor_of, make_user
from tests.inspections.factories import picture
from tests.sites.factories import make_site

LIAOCHENG = "3715"
PAPERS = {Evidence.ATTACHMENT, Evidence.RECEIPT, Evidence.LOG}


@pytest.fixture
def begun() -> Iterator[datetime]:
    """Begin on the first working Monday of March."""
    instant = datetime(2026, 3, 2, 9, 0, tzinfo=clock.LOCAL)
    with clock.set_to(instant):
        yield instant


@pytest.fixture
def office(session: Session, begun: datetime) -> dict[str, Actor]:
    """People of the prefecture, and in each county its government and a school in two townships."""
    assert begun.year == 2026
    with transaction():
        prefecture = by_code(session, LIAOCHENG)
        for county in counties_of(session, prefecture.id):
            make_site(session, county.code, name=f"{county.name}人民政府", category="C18")
            townships = [each for each in townships_of(session, county.id) if each.kind == "civil"][:2]
            for place in townships or [county]:
                make_site(session, place.code, name=f"{place.name}中心小学")
        people = {
            "officer": make_user(session, Role.PREFECTURE_OFFICER, prefecture, login="lc-officer"),
            "leader": make_user(session, Role.PREFECTURE_LEADER, prefecture),
        }
        for number in range(6):
            people[f"inspector{number}"] = make_user(session, Role.INSPECTOR, prefecture)
        return {name: actor_of(user) for name, user in people.items()}


def issued(session: Session, office: dict[str, Actor], kind: str, number: int, aim: Aim) -> Campaign:
    with transaction():
        prefecture = by_code(session, LIAOCHENG)
        campaign = service.create(
            session,
            office["officer"],
            prefecture,
            title=f"聊城市{number}号方案",
            kind=kind,
            document_number=f"聊震指办[2026]{number}号",
            starts_on=date(2026, 3, 2),
            ends_on=date(2026, 6, 30),
            lead_unit="聊城市应急管理局",
            cooperating_units=["聊城市地震监测中心"],
            region_ids=[prefecture.id],
            categories=["C03"] if kind == "whole_area" else [],
            checklist_codes=[],
            key_counties=False,
            key_objects=False,
            aim=aim,
            requirements="",
        )
        teams = [[office[f"inspector{each}"].id or 0, office[f"inspector{each + 1}"].id or 0] for each in (0, 2, 4)]
        service.set_teams(session, office["officer"], campaign, campaign.version, teams)
        service.take_step(session, office["leader"], campaign, "issue")
    return campaign


def planned(session: Session, office: dict[str, Actor], campaign: Campaign) -> list[Inspection]:
    shown = planning.preview(session, campaign)
    assert shown.unplaced == ()
    with transaction():
        return planning.confirm(session, office["officer"], campaign, shown.fingerprint)


def carried_out(session: Session, found: Sequence[Inspection]) -> None:
    for visit in sorted(found, key=lambda each: each.planned_on):
        morning = datetime.combine(visit.planned_on, time(9, 30), clock.LOCAL)
        with clock.set_to(morning), transaction():
            carry_out(session, visit)


def carry_out(session: Session, visit: Inspection) -> None:
    actor, rng = actor_of(visit.inspectors[0].user), random.Random(visit.id)  # noqa: S311 - answers of a test
    inspecting.start(session, actor, visit)
    for checklist in visits.checklists_of(visit):
        for item in checklist.items:
            inspecting.answer(session, actor, visit, item.code, reply(item, visit.planned_on, rng, good=True))
            for purpose in purposes(item.evidence):
                photo = prepare_photo(io.BytesIO(picture(visit.id % 200)), "现场.jpg")
                hang(session, actor, visit, photo, purpose, item.code)
    inspecting.submit(session, actor, visit, site_person="现场负责人")


def hang(session: Session, actor: Actor, visit: Inspection, photo: Prepared, purpose: Purpose, item: str) -> None:
    attach(
        session,
        actor,
        photo,
        kind="inspection",
        id=visit.id,
        purpose=purpose,
        county_id=visit.county_id,
        region_id=visit.region_id,
        item=item,
    )


def purposes(wanted: Sequence[Evidence]) -> list[Purpose]:
    photo = [Purpose.ANSWER] if Evidence.PHOTO in wanted else []
    return photo + ([Purpose.PROOF] if PAPERS & set(wanted) else [])


def test_a_year_is_planned_carried_out_and_told_alike_on_page_in_workbook_and_by_command(
    app: Flask, client: FlaskClient, session: Session, office: dict[str, Actor]
) -> None:
    special = issued(session, office, "whole_area", 1, Aim(per_county=1))
    first = planned(session, office, special)
    assert len({visit.county_id for visit in first}) == 11
    carried_out(session, first)
    joint = issued(session, office, "joint_supervision", 2, Aim(objects=1))
    journeys = planned(session, office, joint)
    assert len({visit.trip for visit in journeys}) == 11
    seats = [visit for visit in journeys if visit.site.category == "C18"]
    assert {code for visit in seats for code in codes(visit)} == {"C18", "C12", "C13", "C16"}
    carried_out(session, journeys[:2])
    dual = issued(session, office, "dual_random", 3, Aim())
    tenth = drawn(session, office, dual)
    assert len(tenth) == -(-len(session.scalars(select(Site)).all()) // 10)
    carried_out(session, tenth)

    with clock.set_to(datetime(2026, 5, 28, 9, 0, tzinfo=clock.LOCAL)):
        told = json.loads(run(app, "--region", LIAOCHENG, "--year", "2026", "--json"))
        assert told["counties"] == {"covered": 11, "all": 11, "rate": "1"}
        assert told["special_inspections"] == 1
        assert told["townships"]["all"] > told["townships"]["covered"] > 0
        assert told["uncovered"]["counties"] == []
        page, book = seen(client, app)
    for name in ("counties", "townships", "sites"):
        figure = told[name]
        assert f"{figure['covered']} / {figure['all']}" in page
    total = next(row for row in book if "合计" in str(row[1]))
    assert total[2:5] == (1, 11, 11)
    assert total[6:8] == (told["townships"]["covered"], told["townships"]["all"])
    assert total[9:11] == (told["sites"]["covered"], told["sites"]["all"])
    months = [sum(numbers) for numbers in zip(*(each["months"] for each in told["by_county"]), strict=True)]
    assert list(total[-12:]) == months
    assert sum(months) == len(first) + 2 + len(tenth)


def drawn(session: Session, office: dict[str, Actor], campaign: Campaign) -> list[Inspection]:
    rules = draw_limits().rules(clock.today(), Decimal("0.1"), per_county=0)
    with transaction():
        kept = draws.make_draw(session, office["officer"], campaign, rules, seed="2026")
    with transaction():
        return draw_visits.confirm(session, office["officer"], kept, draw_visits.preview(session, kept).fingerprint)


def codes(visit: Inspection) -> list[str]:
    return [sheet.checklist_version.code for sheet in visit.sheets]


def run(app: Flask, *args: str) -> str:
    answer = app.test_cli_runner().invoke(args=["campaigns", "coverage", *args])
    assert answer.exit_code == 0, answer.output
    return str(answer.output)


def seen(client: FlaskClient, app: Flask) -> tuple[str, list[tuple[object, ...]]]:
    del app
    client.post("/sign-in", data={"login": "lc-officer", "password": PASSWORD})
    query = f"region={LIAOCHENG}&year=2026"
    page = client.get(f"/campaigns/coverage?{query}").get_data(as_text=True)
    sheet = load_workbook(io.BytesIO(client.get(f"/campaigns/coverage.xlsx?{query}").data)).active
    assert sheet is not None
    return page, [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_an_empty_region_has_no_rate_and_another_region_is_not_found(
    client: FlaskClient, session: Session, office: dict[str, Actor]
) -> None:
    assert office
    client.post("/sign-in", data={"login": "lc-officer", "password": PASSWORD})
    zone = next(each for each in counties_of(session, by_code(session, LIAOCHENG).id) if "K" in each.code)
    page = client.get(f"/campaigns/coverage?region={zone.code}").get_data(as_text=True)
    assert "覆盖率无从计算" in page
    assert client.get("/campaigns/coverage?region=654202").status_code == 404
    assert client.get("/campaigns/coverage?year=1").status_code == 422
    assert client.get("/campaigns/coverage?year=x").status_code == 422


def test_the_rows_behind_a_figure_are_listed(client: FlaskClient, session: Session, office: dict[str, Actor]) -> None:
    special = issued(session, office, "whole_area", 1, Aim(per_county=1))
    visit = planned(session, office, special)[0]
    carried_out(session, [visit])
    reference, county = visit.reference, visit.county.code
    with clock.set_to(datetime(2026, 5, 28, 9, 0, tzinfo=clock.LOCAL)):
        client.post("/sign-in", data={"login": "lc-officer", "password": PASSWORD})
        for query in (f"figure=counties&region={county}", "month=3"):
            figure = "/campaigns/coverage/visits/counties"
            assert reference in client.get(f"{figure}?{query}").get_data(as_text=True)
        assert reference not in client.get("/campaigns/coverage/visits/counties?month=1").get_data(as_text=True)
        assert client.get("/campaigns/coverage/visits/nonsense").status_code == 404
    assert queries.visits_of(session, SYSTEM, special)
