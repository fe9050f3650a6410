"""Notices received in tests: the two real ones and two written for the reader, in the places that issued them."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.regions.queries import by_code
from inspect_app.workplans.intake.service import receive
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.notices.bytes import text_of_bytes, text_of_file
from tests.accounts.factories import actor_of, make_user
from tests.workplans.notices.scoring_notices import FIXTURES, SENT_IN

PLACES = {"tacheng-2024": "6542", "liaocheng-2023": "3715", "wusu-2024": "654202", "gaotai-2025": "620724"}


def text_of(name: str) -> str:
    path = next(path for path in FIXTURES.glob(f"{name}.*") if path.suffix != ".json")
    return text_of_bytes(path.read_text("utf-8").encode(SENT_IN[name])) if name in SENT_IN else text_of_file(path)


def received(session: Session, name: str = "tacheng-2024", actor: Actor = SYSTEM, year: int | None = None) -> WorkPlan:
    """Take a notice in for the place that issued it; needs a transaction around it."""
    region = by_code(session, PLACES[name])
    return receive(session, actor, region, year or int(name[-4:]), text_of(name), None)


def officer(session: Session, code: str = "6542") -> Actor:
    """Make somebody who prepares plans for a region."""
    return actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, code)))
