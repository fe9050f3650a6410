"""Whose bag it is: the person and the device it names, as far as the office worker may act for them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.core.errors import Conflict, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.queries import covers
from inspect_app.tablet.models import Device, DeviceKey

UNKNOWN = mark("没有找到存出这个文件的平板和人员：可能登记在另一套系统，或不在您的管辖范围内。")
REVOKED = mark("这台平板已被注销，它存出的文件不能导入。")
DISABLED = mark("这个人员的账号已停用，文件暂时不能导入。账号恢复后可再导入，请保留文件。")
ENDED = mark("这个人员在这台平板上的登记已停用，文件不能导入。请本人在平板上重新登录后再存一次。")


def key_of(session: Session, actor: Actor, device: str, person: int) -> DeviceKey:
    """Return the key under which a bag was made: the worker's own, or that of somebody of the region they see.

    Raises NotFound for anybody else and for what is registered nowhere; Conflict when device or person may not send.
    """
    query = select(DeviceKey).join(DeviceKey.device).where(Device.uuid == device, DeviceKey.user_id == person)
    query = query.options(joinedload(DeviceKey.device), joinedload(DeviceKey.user))
    found = session.scalar(query.order_by(DeviceKey.ended_at.is_(None).desc(), DeviceKey.id.desc()).limit(1))
    if found is None or not _may_act_for(session, actor, found.user):
        raise NotFound(UNKNOWN)
    if found.device.revoked_at is not None:
        raise Conflict(REVOKED)
    if not found.user.active:
        raise Conflict(DISABLED)
    if found.ended_at is not None:
        raise Conflict(ENDED)
    return found


def _may_act_for(session: Session, actor: Actor, user: User) -> bool:
    if actor.id == user.id:
        return True
    top, theirs = actor.view_region_id, user.view_region_id
    return top is not None and theirs is not None and covers(session, top, theirs)
