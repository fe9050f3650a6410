"""Campaigns for tests, made through the services: 塔城地区 organises, 乌苏市 and 沙湾市 are visited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.campaigns import planning, service
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Aim
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import townships_of
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import SHAWAN, WUSU, make_site, region

PREFECTURE = "6542"


@dataclass(frozen=True)
class Office:
    """The people of the prefecture: who draws up, who issues, who goes."""

    officer: User
    leader: User
    inspectors: Sequence[User]

    @property
    def planner(self) -> Actor:
        return actor_of(self.officer)

    @property
    def head(self) -> Actor:
        return actor_of(self.leader)

    def teams(self, size: int = 2) -> list[list[int]]:
        keys = [user.id for user in self.inspectors]
        return [keys[start : start + size] for start in range(0, len(keys), size)]


def make_office(session: Session, inspectors: int = 4) -> Office:
    place = region(session, PREFECTURE)
    return Office(
        make_user(session, Role.PREFECTURE_OFFICER, place),
        make_user(session, Role.PREFECTURE_LEADER, place),
        [make_user(session, Role.INSPECTOR, place) for _ in range(inspectors)],
    )


def make_sites(session: Session, count: int = 4, county: str = WUSU, **over: Any) -> list[Site]:  # noqa: ANN401
    """Register schools in the first township of a county."""
    place = region(session, county)
    name, township = place.name, townships_of(session, place.id)[0].code
    return [
        make_site(session, township, **{"name": f"{name}第{n}小学", "responsible_unit": f"{name}第{n}小学", **over})
        for n in range(1, count + 1)
    ]


def fields(session: Session, **over: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of any kind
    """What a planner fills in for a special inspection of schools in the next two weeks."""
    values: dict[str, Any] = {
        "title": "2026 年全域专项检查",
        "kind": "whole_area",
        "document_number": "塔地震指办〔2026〕12号",
        "starts_on": date(2026, 6, 15),
        "ends_on": date(2026, 6, 28),
        "region_ids": [region(session, code).id for code in (WUSU, SHAWAN)],
        "lead_unit": "塔城地区抗震救灾指挥部办公室",
        "cooperating_units": ["地区应急管理局"],
        "categories": ["C03"],
        "checklist_codes": [],
        "key_counties": False,
        "key_objects": False,
        "aim": Aim(per_county=2),
        "requirements": "",
    }
    return {**values, **over}


def make_campaign(session: Session, office: Office | None = None, **over: Any) -> Campaign:  # noqa: ANN401
    """Draw up a campaign, with its teams when there is an office."""
    actor = office.planner if office else SYSTEM
    campaign = service.create(session, actor, region(session, PREFECTURE), **fields(session, **over))
    if office and campaign.kind != "self_check":
        service.set_teams(session, actor, campaign, campaign.version, office.teams())
    return campaign


def issue(session: Session, office: Office, campaign: Campaign) -> Campaign:
    return service.take_step(session, office.head, campaign, "issue", version=campaign.version)


def generate(session: Session, campaign: Campaign) -> list[Inspection]:
    """Make the visits that the preview shows."""
    return planning.confirm(session, SYSTEM, campaign, planning.preview(session, campaign).fingerprint)


def running(session: Session, office: Office, **over: Any) -> tuple[Campaign, list[Inspection]]:  # noqa: ANN401
    """Bring a campaign to its visits: four schools in two counties."""
    for county in (WUSU, SHAWAN):
        make_sites(session, 2, county)
    campaign = issue(session, office, make_campaign(session, office, **over))
    return campaign, generate(session, campaign)
