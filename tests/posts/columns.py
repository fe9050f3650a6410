"""What people send about the columns and pictures of returns."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.returns.models import ColumnChoice, ReturnBatch
from tests.posts.sending import Office, Post

REMARKS = "column-0-19"


def column_posts(office: Office) -> list[Post]:
    """Say what a column means that is otherwise left alone, and bring the pictures of a return to its hazards."""
    batch = office.county.returns["validated"]
    said = {"version": office.version(ReturnBatch, batch), REMARKS: "reference"}
    imported = office.county.returns["applied"]
    return [
        Post(Role.COUNTY_CLERK, f"/returns/{batch}/columns", said),
        Post(Role.COUNTY_CLERK, f"/returns/{imported}/pictures"),
    ]


def column_revoked(office: Office) -> list[Post]:
    """Take back what was said."""
    keys = office.session.scalars(select(ColumnChoice.id)).all()
    office.session.rollback()
    return [Post(Role.COUNTY_CLERK, f"/returns/columns/{key}/revoke") for key in keys]
