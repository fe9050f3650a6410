"""The register of devices: taken in by whoever is signed in on them, revoked for good, heard of with their clocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.guard import SignInNeeded
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.accounts.tokens import digest, new_token
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import RegionPath
from inspect_app.tablet.models import Device, DeviceKey

SUBJECT = "device"
NAME_LENGTH, AGENT_LENGTH = 60, 300
CLOCK_TOLERANCE_SECONDS = 300
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


class TokenUnknown(SignInNeeded):
    """The token of a device is not, or no longer, good: the person signs in once more on the device."""

    code = "token_unknown"
    sentence: ClassVar[str] = mark("本机的登记已失效，请重新登录并登记本机；未发送的内容仍保存在本机。")

    def __init__(self) -> None:
        super().__init__()
        self.message = self.sentence


class DeviceRevoked(TokenUnknown):
    """The device was revoked: what it holds is to be wiped."""

    code = "device_revoked"
    sentence = mark("本机已被管理员注销，不能再发送；本机保存的内容将被清除。")


class AccountDisabled(TokenUnknown):
    """The account was disabled: what it left on the device stays there, encrypted, until it is enabled again."""

    code = "account_disabled"
    sentence = mark("您的账号已停用，不能发送；内容加密保存在本机，账号恢复后可继续发送。")


@dataclass(frozen=True)
class Registered:
    """A device as its registration answers it; the token is told this once."""

    device: Device
    token: str


def register(session: Session, actor: Actor, name: str, agent: str = "", uuid: str = "") -> Registered:
    """Give the person a key to a device: a new one, or that with this uuid, whose earlier key of theirs then ends.

    Raises Forbidden for people who carry out no inspections, Invalid without a name, DeviceRevoked.
    """
    if actor.id is None or not actor.can(Permission.CARRY_OUT_INSPECTION):
        raise Forbidden(mark("只有检查人员才能登记平板。"))
    name = UNSEEN.sub("", name).strip()[:NAME_LENGTH]
    if not name:
        raise Invalid({"name": [mark("请给这台设备起个名字，例如“平板 3 号”。")]})
    device = _device(session, actor, name, UNSEEN.sub("", agent)[:AGENT_LENGTH], uuid)
    for key in device.keys:
        if key.user_id == actor.id and key.ended_at is None:
            key.ended_at = clock.now()
    token = new_token()
    device.keys.append(DeviceKey(user_id=actor.id, token_hash=digest(token), made_at=clock.now()))
    session.flush()
    _record(session, actor, "device.register", device, {"name": [None, device.name]})
    return Registered(device, token)


def key_of(session: Session, token: str) -> DeviceKey:
    """Return the key that a token opens with; raises TokenUnknown, DeviceRevoked or AccountDisabled."""
    query = select(DeviceKey).where(DeviceKey.token_hash == digest(token))
    found = session.scalar(query.options(joinedload(DeviceKey.device), joinedload(DeviceKey.user)))
    if found is None:
        raise TokenUnknown
    if found.device.revoked_at is not None:
        raise DeviceRevoked
    if not found.user.active:
        raise AccountDisabled
    if found.ended_at is not None:
        raise TokenUnknown
    return found


def hear_of(device: Device, offset_seconds: int | None) -> None:
    """Note that a device was in touch, and how far its clock is ahead."""
    device.heard_of_at = clock.now()
    if offset_seconds is not None:
        device.offset_seconds = offset_seconds


def is_off(offset_seconds: int | None) -> bool:
    """Tell whether a clock is so far off that it is pointed out."""
    return offset_seconds is not None and abs(offset_seconds) > CLOCK_TOLERANCE_SECONDS


def offset_of(told: datetime | None) -> int | None:
    """Return by how many seconds a clock that told this instant just now is ahead of the server's."""
    return None if told is None else round((told - clock.now()).total_seconds())


def managed_by(session: Session, actor: Actor) -> Sequence[Device]:
    """List the devices that the person may revoke, the last heard of first: those of people of their region."""
    rows = _with_people(select(Device)).order_by(Device.heard_of_at.desc().nulls_last(), Device.id.desc())
    return session.scalars(_managed(rows, actor)).all()


def by_uuid(session: Session, actor: Actor, uuid: str) -> Device:
    """Find a device that the person may revoke; others are not found."""
    found = session.scalar(_managed(_with_people(select(Device)), actor).where(Device.uuid == uuid))
    if found is None:
        raise NotFound
    return found


def own_keys(session: Session, actor: Actor) -> Sequence[DeviceKey]:
    """List the devices on which the person may send, newest first."""
    query = select(DeviceKey).join(DeviceKey.device).where(DeviceKey.user_id == actor.id, DeviceKey.ended_at.is_(None))
    return session.scalars(query.options(joinedload(DeviceKey.device)).order_by(DeviceKey.id.desc())).all()


def revoke(session: Session, actor: Actor, device: Device) -> None:
    """Revoke a device for everybody, for good; doing it again changes nothing."""
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by_id = clock.now(), actor.id
        session.flush()
        _record(session, actor, "device.revoke", device, {"revoked_at": [None, device.revoked_at.isoformat()]})


def end_own(session: Session, actor: Actor, uuid: str) -> None:
    """End the person's own right to send from a device; raises NotFound where they have none."""
    keys = [key for key in own_keys(session, actor) if key.device.uuid == uuid]
    if not keys:
        raise NotFound
    for key in keys:
        key.ended_at = clock.now()
    session.flush()
    _record(session, actor, "device.end_key", keys[0].device, {"user": [actor.name, None]})


def _device(session: Session, actor: Actor, name: str, agent: str, uuid: str) -> Device:
    found = session.scalar(select(Device).where(Device.uuid == uuid)) if uuid else None
    if found is not None and found.revoked_at is not None:
        raise Conflict(mark("这台设备已被注销，不能再登记。请联系地市业务员或系统管理员。"))
    if found is None:
        found = Device(uuid=uuid or str(uuid4()), registered_at=clock.now(), registered_by_id=actor.id, keys=[])
        session.add(found)
    found.name, found.agent = name, agent
    session.flush()
    return found


def _with_people(query: Select[tuple[Device]]) -> Select[tuple[Device]]:
    return query.options(selectinload(Device.keys).joinedload(DeviceKey.user))


def _managed(query: Select[tuple[Device]], actor: Actor) -> Select[tuple[Device]]:
    """Leave the devices in reach: the system administrator, who sees no region, keeps the machines of them all."""
    if actor.role is None or actor.view_region_id is None:
        return query
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    people = select(DeviceKey.device_id).join(User, User.id == DeviceKey.user_id).where(User.view_region_id.in_(below))
    return query.where(Device.id.in_(people))


def _record(session: Session, actor: Actor, action: str, device: Device, changes: dict[str, list[object]]) -> None:
    audit.record(session, actor, action, kind=SUBJECT, id=device.id, reference=device.uuid, changes=changes)
