"""What people send about conflicts, undoing and jobs of returns."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.returns.models import ReturnBatch, ReturnJob
from tests.posts.sending import Office, Post


def conflict_posts(office: Office) -> list[Post]:
    """Decide nothing new of a return that waits."""
    waiting = office.county.returns["validated"]
    given = {"version": office.version(ReturnBatch, waiting)}
    return [Post(Role.COUNTY_CLERK, f"/returns/{waiting}/conflicts", given)]


def settling_posts(office: Office) -> list[Post]:
    """Undo a return that a later one speaks of, begin a job from a page that is old, and cancel it."""
    clerk, applied, job = Role.COUNTY_CLERK, office.county.returns["applied"], office.county.returns["job"]
    given = {"version": office.version(ReturnBatch, applied), "reason": "报错了文件"}
    version = office.session.scalars(select(ReturnJob.version).where(ReturnJob.uuid == job)).one()
    office.session.rollback()
    return [
        Post(clerk, f"/returns/{applied}/undo", given, expects=409),
        Post(clerk, f"/returns/jobs/{job}/restart", {"version": "0"}, expects=409),
        Post(clerk, f"/returns/jobs/{job}/cancel", {"version": str(version)}),
    ]
