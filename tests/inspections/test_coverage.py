"""Figures of coverage, each with its own denominator, and the rows behind them."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.campaigns.models import Campaign
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.definitions import Problems
from inspect_app.inspections import facts
from inspect_app.inspections.coverage import Share, coverage, months
from inspect_app.inspections.coverage_definition import load_counting, read_counting
from inspect_app.inspections.coverage_lists import (
    Figure,
    excluded_townships,
    uncovered_counties,
    uncovered_sites,
    uncovered_townships,
    visits_behind,
)
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Kind, Region
from inspect_app.regions.queries import counties_of, townships_of
from inspect_app.sites import service as sites
from inspect_app.sites.models import Site
from tests.accounts.factories import make_user
from tests.inspections.factories import make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, WUSU, make_site, region

START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)
TACHENG, LIAOCHENG = "654200", "371500"

pytestmark = pytest.mark.usefixtures("clock")


def done(session: Session, code: str = "654202100", *, site: Site | None = None, **over: object) -> Inspection:
    place = site or make_site(session, code, name=f"{code} 小学")
    team = make_team(session, code[:6])
    if over.get("kind") == "self_check":
        team = [make_user(session, Role.COUNTY_CLERK, region(session, code[:6]))]
    return submitted(session, make_visit(session, team=team, site=place, **over))


def ids(session: Session, *codes: str) -> list[int]:
    return [region(session, code).id for code in codes]


def campaign(session: Session, number: int) -> int:
    made = Campaign(
        reference=f"FA-{number}", title="全域专项检查", kind="special", state="issued", region_id=region(session).id,
        starts_on=START, ends_on=END, created_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def test_a_campaign_is_one_special_inspection_however_many_places_it_reaches(session: Session) -> None:
    first, second = campaign(session, 1), campaign(session, 2)
    for code, key in (("654202100", first), ("654203101", first), ("654202101", second)):
        done(session, code, campaign_id=key)
    done(session, "654202102")
    done(session, "654203102")
    done(session, "654202103", kind="joint", campaign_id=campaign(session, 3))
    tacheng, wusu, shawan = ids(session, TACHENG, WUSU, SHAWAN)
    found = coverage(session, [tacheng, wusu, shawan], START, END)
    assert {key: found[key].special_inspections for key in found} == {tacheng: 3, wusu: 3, shawan: 2}
    assert facts.special_inspections(session, [wusu], START, END) == {wusu: 3}
    assert len(visits_behind(session, Figure.SPECIAL, tacheng, START, END)) == 5


def test_counties_townships_and_sites_each_have_their_own_denominator(session: Session) -> None:
    school = done(session).site
    done(session, site=school)
    done(session, WUSU)
    make_site(session, name="没有去过的小学")
    tacheng, wusu = ids(session, TACHENG, WUSU)
    found = coverage(session, [tacheng, wusu], START, END)
    assert found[tacheng].counties == Share(1, len(counties_of(session, tacheng))) == Share(1, 7)
    assert found[wusu].counties == Share(1, 1)
    civil = [each for each in townships_of(session, wusu) if each.kind is Kind.CIVIL]
    assert found[wusu].townships == Share(1, len(civil))
    assert found[wusu].sites.all == Share(2, 3)
    assert found[tacheng].townships.done == 1
    assert facts.coverage(session, [wusu], START, END) == {wusu: (1, len(civil))}


def test_development_zones_are_counties_to_be_visited(session: Session) -> None:
    (liaocheng,) = ids(session, LIAOCHENG)
    assert coverage(session, [liaocheng], START, END)[liaocheng].counties == Share(0, 11)
    assert len(uncovered_counties(session, liaocheng, START, END)) == 11


def test_a_self_check_is_no_being_inspected(session: Session) -> None:
    done(session, kind="self_check")
    (wusu,) = ids(session, WUSU)
    found = coverage(session, [wusu], START, END)[wusu]
    assert (found.counties.done, found.townships.done, found.sites.all.done) == (0, 0, 0)
    assert [visits_behind(session, each, wusu, START, END) for each in Figure] == [[], [], [], []]


def test_a_call_by_video_reaches_the_county_alone(session: Session) -> None:
    visit = done(session, kind="video")
    (wusu,) = ids(session, WUSU)
    found = coverage(session, [wusu], START, END)[wusu]
    assert (found.counties.done, found.townships.done, found.sites.all.done) == (1, 0, 0)
    assert visits_behind(session, Figure.COUNTIES, wusu, START, END) == [visit.reference]


def test_farms_and_corps_are_listed_as_left_out(session: Session) -> None:
    (wusu,) = ids(session, WUSU)
    left_out = excluded_townships(session, wusu, END)
    assert len(left_out) == 11
    assert Kind.CIVIL not in {each.kind for each in left_out}
    before = coverage(session, [wusu], START, END)[wusu].townships
    done(session, left_out[0].code)
    assert coverage(session, [wusu], START, END)[wusu].townships == before


def test_the_visit_of_a_retired_site_counts_for_its_places_only(session: Session) -> None:
    visit = done(session)
    sites.update(session, SYSTEM, visit.site, visit.site.version, active=False)
    (wusu,) = ids(session, WUSU)
    found = coverage(session, [wusu], START, END)[wusu]
    assert (found.counties.done, found.townships.done) == (1, 1)
    assert found.sites.all == Share(0, 0)
    assert found.sites.all.rate is None
    assert visits_behind(session, Figure.SITES, wusu, START, END) == []


def test_sites_are_told_by_category_and_key_objects_apart(session: Session) -> None:
    done(session, site=make_site(session, name="重点小学", key_object=True))
    hospital = make_site(session, name="政府", category="C18", key_object=True)
    (wusu,) = ids(session, WUSU)
    found = coverage(session, [wusu], START, END)[wusu].sites
    assert found.key_objects == Share(1, 2)
    assert found.by_category == {"C03": Share(1, 1), "C18": Share(0, 1)}
    assert list(uncovered_sites(session, wusu, START, END)) == [hospital]
    assert uncovered_sites(session, wusu, START, END, category="C03") == []


def test_what_is_not_submitted_or_lies_outside_the_year_counts_nowhere(session: Session) -> None:
    make_visit(session)
    with clock.set_to(datetime(2025, 12, 31, 10, 0, tzinfo=clock.LOCAL)):
        done(session, planned_on=date(2025, 12, 31))
    (wusu,) = ids(session, WUSU)
    found = coverage(session, [wusu], START, END)[wusu]
    assert (found.special_inspections, found.counties.done, found.sites.all.done) == (0, 0, 0)


def test_a_region_without_anything_to_visit_is_unknown(session: Session) -> None:
    (township,) = ids(session, "654202100")
    found = coverage(session, [township], START, END)[township]
    assert found.counties.rate is None
    assert found.sites.all.rate is None
    assert found.townships == Share(0, 1)


def test_a_county_dissolved_before_the_end_is_not_to_be_visited(session: Session) -> None:
    (tacheng,) = ids(session, TACHENG)
    region(session, SHAWAN).valid_until = date(2026, 3, 1)
    session.flush()
    assert coverage(session, [tacheng], START, END)[tacheng].counties.whole == 6
    assert coverage(session, [tacheng], START, date(2026, 2, 1))[tacheng].counties.whole == 7


def test_the_matrix_counts_visits_by_county_and_month(session: Session) -> None:
    done(session)
    done(session, "654202101")
    done(session, kind="self_check")
    with clock.set_to(datetime(2026, 11, 2, 10, 0, tzinfo=clock.LOCAL)):
        done(session, "654203101", planned_on=date(2026, 11, 2))
    tacheng, wusu, shawan = ids(session, TACHENG, WUSU, SHAWAN)
    found = months(session, tacheng, 2026)
    assert list(found) == [each.id for each in counties_of(session, tacheng)]
    assert found[wusu] == (0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0)
    assert found[shawan][10] == 1
    assert sum(map(sum, found.values())) == len(visits_behind(session, Figure.COUNTIES, tacheng, START, END))


def test_what_is_covered_and_what_is_not_add_up(session: Session) -> None:
    done(session)
    done(session, "654203101")
    make_site(session, name="没有去过的小学")
    (tacheng,) = ids(session, TACHENG)
    found = coverage(session, [tacheng], START, END)[tacheng]
    assert len(uncovered_counties(session, tacheng, START, END)) == found.counties.whole - found.counties.done
    assert len(uncovered_townships(session, tacheng, START, END)) == found.townships.whole - found.townships.done
    assert len(uncovered_sites(session, tacheng, START, END)) == found.sites.all.whole - found.sites.all.done


def test_what_counts_is_data(tmp_path: Path) -> None:
    shipped = load_counting()
    assert "self_check" not in {*shipped.counties, *shipped.townships, *shipped.sites}
    assert set(shipped.counties) - set(shipped.sites) == {"video"}
    assert set(shipped.counties) == set(KINDS) - {"self_check"}
    file, problems = tmp_path / "coverage.toml", Problems()
    file.write_text(
        'special = ["speciel"]\ncounties = []\ntownships = ["joint"]\nsites = ["joint"]\nsite = 1\n', "utf-8"
    )
    read_counting(file, problems)
    assert [line.split(": ", 2)[2][:12] for line in problems.found] == [
        "special 中没有检",
        "counties 至少要",
        "不认识的字段 site",
    ]


def test_many_regions_take_as_many_queries_as_one(session: Session) -> None:
    counties = [each.id for each in session.scalars(select(Region).where(Region.level == "county"))]
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    coverage(session, counties[:1], START, END)
    alone = len(asked)
    coverage(session, counties, START, END)
    assert (alone, len(asked)) == (7, 14)
