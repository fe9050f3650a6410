"""Keys with which another system posts earthquakes to a desk; told once, kept as a digest."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.guard import SignInNeeded
from inspect_app.access.permissions import Role
from inspect_app.accounts.tokens import digest, new_token
from inspect_app.audit import service as audit
from inspect_app.core import clock as time
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.quakes.models import QuakeToken
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region

SUBJECT = "quake_token"


class TokenRefused(SignInNeeded):
    """The key is not, or no longer, good."""

    code = "token_unknown"

    def __init__(self) -> None:
        super().__init__()
        self.message = mark("令牌无效或已停用，请用 flask quakes token 重新发放。")


def make(session: Session, actor: Actor, region: Region, name: str) -> str:
    """Make a key for the desk of a region and return it, this once; Invalid for other levels or without a name."""
    if region.level != Level.PREFECTURE:
        raise Invalid({"region": [mark("令牌发给地级。")]})
    if not name.strip():
        raise Invalid({"name": [mark("请写明给哪个系统用。")]})
    token = new_token()
    made = QuakeToken(region=region, name=name.strip(), token_hash=digest(token), made_at=time.now())
    session.add(made)
    session.flush()
    _note(session, actor, "make", made)
    return token


def end(session: Session, actor: Actor, key: int) -> QuakeToken:
    """End a key for good; NotFound when there is none in force."""
    found = session.get(QuakeToken, key)
    if found is None or found.ended_at is not None:
        raise NotFound(mark("没有这个令牌，或已经停用；请用 flask quakes tokens 核对编号。"))
    found.ended_at = time.now()
    session.flush()
    _note(session, actor, "end", found)
    return found


def listed(session: Session) -> Sequence[QuakeToken]:
    """List all keys, ended ones too."""
    return session.scalars(select(QuakeToken).options(joinedload(QuakeToken.region)).order_by(QuakeToken.id)).all()


def sender(session: Session, token: str) -> tuple[Actor, Region]:
    """Return on whose behalf a key posts, and the desk; raises TokenRefused."""
    query = select(QuakeToken).where(QuakeToken.token_hash == digest(token), QuakeToken.ended_at.is_(None))
    found = session.scalar(query.options(joinedload(QuakeToken.region)))
    if found is None:
        raise TokenRefused
    place = found.region_id
    return Actor(None, found.name, Role.PREFECTURE_OFFICER, place, place), found.region


def _note(session: Session, actor: Actor, action: str, token: QuakeToken) -> None:
    audit.record(
        session, actor, f"quake_token.{action}", kind=SUBJECT, id=token.id, reference=token.name,
        region_id=token.region_id,
    )  # fmt: skip
