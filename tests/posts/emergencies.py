"""What people send in an emergency, from its opening to its end."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.emergencies.models import Emergency
from tests.emergencies.scenes import make_quake, make_sites
from tests.posts.sending import Office, Post

OFFICER = Role.PREFECTURE_OFFICER
SETTINGS = {"least_intensity": "6", "relation": "", "axis": "", "pause_until": "2026-06-30"}


def opened_emergencies(office: Office) -> list[Post]:
    """Open one for an earthquake of magnitude 6 with sites around."""
    office.session.rollback()
    with transaction():
        make_sites(office.session)
        quake = make_quake(office.session, place="南部山区").reference
    assert quake in office.page(OFFICER, "/emergencies/new")
    return [Post(OFFICER, "/emergencies/new", {**SETTINGS, "quake": quake})]


def led_emergencies(office: Office) -> list[Post]:
    """Adjust it, hold due dates up, and send inspectors out."""
    address, version = _newest(office)
    return [
        Post(OFFICER, f"{address}/adjust", {**SETTINGS, "axis": "30", "version": str(version)}),
        Post(OFFICER, f"{address}/hold", {"version": str(version + 1)}),
        Post(OFFICER, f"{address}/check", {"most": "5", "teams": "county"}),
    ]


def ended_emergencies(office: Office) -> list[Post]:
    """End it."""
    address, version = _newest(office)
    return [Post(OFFICER, f"{address}/finish/end", {"version": str(version), "reason": "核查完毕"})]


def _newest(office: Office) -> tuple[str, int]:
    office.session.rollback()
    newest = select(Emergency.reference, Emergency.version).order_by(Emergency.id.desc())
    reference, version = office.session.execute(newest).tuples().first() or ("", 0)
    return f"/emergencies/{reference}", version


EMERGENCIES = (opened_emergencies, led_emergencies, ended_emergencies)
