"""Names of people on the pages of the office."""

from sqlalchemy import select

from inspect_app.accounts.models import User
from inspect_app.core.database import db


class Names(dict[int, str]):
    """Names of people by key, each read when a page asks for it."""

    def __missing__(self, key: int) -> str:
        self[key] = db.session.scalar(select(User.name).where(User.id == key)) or ""
        return self[key]
