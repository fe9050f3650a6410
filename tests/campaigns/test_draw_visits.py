"""What was drawn becomes visits: by the people drawn, on days when both have room, once."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.campaigns import draw_visits, draws, service
from inspect_app.campaigns.models import Campaign, CampaignVisit, Draw
from inspect_app.campaigns.pool import user_key
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Stale, StepRefused
from inspect_app.regions.queries import by_code
from inspect_app.sites import service as sites
from inspect_app.sites.queries import by_reference
from tests.accounts.factories import actor_of, make_user
from tests.campaigns.test_draws import campaign, drawn, officer

__all__ = ["campaign", "officer"]


@pytest.fixture
def kept(session: Session, campaign: Campaign, officer: Actor) -> Draw:
    """A draw of an issued campaign."""
    made = drawn(session, campaign, officer)
    with transaction():
        team = [user_key(each.key) for each in draws.pool_in(made).people[:2]]
        campaign.document_number = "塔地震指办〔2026〕12号"
        service.set_teams(session, officer, campaign, campaign.version, [team])
        leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542")))
        service.take_step(session, leader, campaign, "issue")
    return made


def test_each_object_is_visited_by_those_drawn_for_it_on_a_working_day_of_the_period(
    session: Session,
    kept: Draw,
    officer: Actor,
) -> None:
    planned = draw_visits.preview(session, kept)
    with transaction():
        made = draw_visits.confirm(session, officer, kept, planned.fingerprint)
    result = {each.reference: {user_key(key) for key in each.team} for each in draws.result_of(kept).drawn}
    assert {visit.site.reference: {each.user_id for each in visit.inspectors} for visit in made} == result
    assert all(date(2026, 6, 20) <= visit.planned_on <= date(2026, 8, 31) for visit in made)
    assert all(visit.planned_on.weekday() < 5 for visit in made)
    links = session.query(CampaignVisit).all()
    assert {(link.draw_id, link.why) for link in links} == {(kept.id, "drawn,backlog")}


def test_visits_are_made_once(session: Session, kept: Draw, officer: Actor) -> None:
    fingerprint = draw_visits.preview(session, kept).fingerprint
    with transaction():
        draw_visits.confirm(session, officer, kept, fingerprint)
    with pytest.raises(Conflict, match="已经安排过"), transaction():
        draw_visits.confirm(session, officer, kept, fingerprint)


def test_a_preview_that_went_stale_makes_nothing(session: Session, kept: Draw, officer: Actor) -> None:
    fingerprint = draw_visits.preview(session, kept).fingerprint
    with transaction():
        site = by_reference(session, officer, draws.result_of(kept).drawn[0].reference)
        sites.update(session, officer, site, site.version, **{**sites.card_of(site), "active": False})
    with pytest.raises(Stale), transaction():
        draw_visits.confirm(session, officer, kept, fingerprint)
    told = draw_visits.preview(session, kept)
    assert [(site.reference, str(why)) for site, why in told.unplaced] == [
        (draws.result_of(kept).drawn[0].reference, "抽取以后这个对象已停用。")
    ]


def test_nothing_is_made_before_the_campaign_is_issued(
    session: Session,
    campaign: Campaign,
    officer: Actor,
) -> None:
    made = drawn(session, campaign, officer)
    with pytest.raises(StepRefused, match="印发"), transaction():
        draw_visits.confirm(session, officer, made, draw_visits.preview(session, made).fingerprint)
