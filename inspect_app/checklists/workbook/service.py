"""What importing a list would do, and doing it: a new list, the next version of one's own, or another draft."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.checklists import queries
from inspect_app.checklists.checking.lists import SHIPPED_CODE
from inspect_app.checklists.comparing import Comparison, compare
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.lifecycle import DRAFT, TRIED
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.ownership import standing
from inspect_app.checklists.service import add_draft, save_draft
from inspect_app.checklists.workbook.sending import Kept, Sent
from inspect_app.core.errors import Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region


class Way(StrEnum):
    """What a list becomes."""

    NEW = "new"
    NEXT = "next"
    DRAFT = "draft"


WAY_LABELS = {
    Way.NEW: mark("新建检查表"),
    Way.NEXT: mark("另建新版本"),
    Way.DRAFT: mark("更新草稿"),
}


@dataclass(frozen=True)
class Aim:
    """What importing would do: to which version (the newest, None for a new list), whose it is, and what changes."""

    way: Way
    version: ChecklistVersion | None
    owner: Region | None
    changes: Comparison | None


def parent_content(session: Session, actor: Actor, code: str) -> Checklist | None:
    """Return the list of a higher body that the list with this code was derived from, None when there is none."""
    known = queries.versions(session, actor, code)
    return queries.parent_of(session, known[0]) if known else None


def aim_of(session: Session, actor: Actor, checklist: Checklist) -> Aim:
    """Tell what importing this list would do for this person; raises Invalid (code) when it cannot be done."""
    known = queries.versions(session, actor, checklist.code)
    if not known:
        return Aim(Way.NEW, None, _own(session, actor, checklist.code), None)
    newest = known[0]
    if not standing(session, actor, newest.owner_id).author:
        raise _refused(
            mark("这是上级或系统自带的检查表，不能直接修改。请先建立本地版，导出它的草稿再改，或换一个编号。")
        )
    if newest.state == TRIED:
        raise _refused(mark("这张检查表正在试用，不能修改。请先把它退回草稿。"))
    way = Way.DRAFT if newest.state == DRAFT else Way.NEXT
    return Aim(way, newest, newest.owner, compare(queries.content(newest), checklist))


def import_list(
    session: Session, actor: Actor, sent: Sent, kept: Kept, version_seen: int | None = None
) -> ChecklistVersion:
    """Make a draft of what was sent; `version_seen` is that of the draft on the page, None when it showed none.

    Raises Invalid while a cell is wrong, Stale, and what else `add_draft` and `save_draft` raise.
    """
    if sent.problems:
        raise Invalid({"": [str(each) for each in sent.problems]})
    aim = aim_of(session, actor, sent.checklist)
    if aim.way is Way.DRAFT and aim.version is not None:
        if version_seen is None:
            raise Stale
        save_draft(session, actor, aim.version, sent.checklist, version_seen)
        version = aim.version
    else:
        version = add_draft(session, actor, owner=aim.owner, checklist=sent.checklist)
    audit.record(
        session,
        actor,
        "checklist.import",
        kind="checklist_version",
        id=version.id,
        reference=f"{version.code}-{version.number}",
        changes={"file": [None, kept.name], "sha256": [None, kept.sha256], "form": [None, sent.form.value]},
    )
    return version


def _own(session: Session, actor: Actor, code: str) -> Region | None:
    """Return for whom a new list would be: the region where the person enters data, nobody for the system."""
    if standing(session, actor, None).author:
        return None
    if SHIPPED_CODE.fullmatch(code):
        raise _refused(mark("C 加两位数字的编号留给系统自带的检查表，请换一个，例如 WS-01。"))
    return session.get(Region, actor.capture_region_id) if actor.capture_region_id else None


def _refused(sentence: str) -> Invalid:
    return Invalid({"code": [sentence]})
