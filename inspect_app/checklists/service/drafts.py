"""Writing a list: a new draft, the next version, a list derived from a higher body's, and changes to a draft."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.checklists import queries
from inspect_app.checklists.checking.lists import OFFICE_CODE, SHIPPED_CODE
from inspect_app.checklists.checking.origin import locked_flaws
from inspect_app.checklists.comparing import Comparison, compare
from inspect_app.checklists.definition import Checklist, to_json
from inspect_app.checklists.deriving import derived, following, parent_code
from inspect_app.checklists.lifecycle import CHANGE, PUBLISHED, UNPUBLISHED, VERSION_LIFE
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.ownership import standing
from inspect_app.checklists.service.definitions import keep
from inspect_app.checklists.service.steps import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import Conflict, Forbidden, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region

OFFICES = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
PASS_MARK = Decimal(60)
LONGEST_IN_TRAIL = 200


def new_draft(  # noqa: PLR0913 - the head of a list
    session: Session,
    actor: Actor,
    *,
    owner: Region | None,
    code: str,
    title: str,
    checked: str = "",
    checkers: str = "",
    objects: tuple[str, ...] = (),
    pass_mark: Decimal = PASS_MARK,
) -> ChecklistVersion:
    """Begin a list without items; raises Invalid for a code that is taken or not an office's, Forbidden, Conflict."""
    code = code.strip().upper()
    if owner is not None and SHIPPED_CODE.fullmatch(code):
        raise Invalid({"code": [mark("C 加两位数字的编号留给系统自带的检查表，请换一个，例如 WS-01。")]})
    empty = Checklist(code, 1, title.strip(), checked.strip(), checkers.strip(), pass_mark, (), objects)
    if _latest(session, code) is not None:
        raise Invalid({"code": [mark("这个编号已经用过，请换一个。")]})
    return add_draft(session, actor, owner=owner, checklist=empty)


def add_draft(
    session: Session, actor: Actor, *, owner: Region | None, checklist: Checklist, parent: str = ""
) -> ChecklistVersion:
    """Keep a whole list, which may hold mistakes, as a draft: of a new code, or the next version of the owner's own.

    The number follows the versions that are there; the one in `checklist` does not matter. `parent` names the version
    that a new list derives from, as "C03-2". Raises Forbidden, Invalid (the code) or Conflict (a draft is open).
    """
    _may_author(session, actor, owner)
    latest = _latest(session, checklist.code)
    if latest is not None and latest.owner_id != (owner.id if owner else None):
        raise Invalid({"code": [mark("这个编号已经用过，请换一个。")]})
    if not OFFICE_CODE.fullmatch(checklist.code):
        raise Invalid({"code": [mark("检查表编号只能用字母、数字和短横线，最多 20 个。")]})
    _none_open(session, checklist.code)
    version = keep(session, replace(checklist, version=latest.number + 1 if latest else 1))
    version.owner, version.parent = owner, parent or (latest.parent if latest else "")
    version.created_at, version.created_by_id = clock.now(), actor.id
    session.flush()
    record(session, actor, "create", version, {"title": [None, version.title], "parent": [None, version.parent]})
    return version


def copy_as_draft(session: Session, actor: Actor, version: ChecklistVersion) -> ChecklistVersion:
    """Begin the next version of a list from any version of it.

    A derived list follows its parent: locked items are those of the parent's published version.
    """
    lock(session, version)
    checklist, parent = queries.content(version), version.parent
    newest = queries.newest_published(session, parent_code(parent)) if parent else None
    if newest is not None:
        checklist, parent = following(checklist, queries.content(newest)), _name(newest)
    return add_draft(session, actor, owner=version.owner, checklist=checklist, parent=parent)


def derive(
    session: Session, actor: Actor, version: ChecklistVersion, owner: Region, title: str = ""
) -> ChecklistVersion:
    """Begin a region's own version of a published list of a higher body, under the code <its code>-<region code>."""
    if version.state != PUBLISHED:
        raise StepRefused([mark("只能以已发布的检查表为底本。")])
    if version.owner_id is not None and version.owner_id not in queries.regions_above(session, owner.id):
        raise StepRefused([mark("只能以上级或系统自带的检查表为底本；本级的检查表请直接另建新版本。")])
    name = title.strip() or f"{version.title}（{owner.name}）"
    checklist = derived(queries.content(version), owner.code, name)
    if _latest(session, checklist.code) is not None:
        message = mark("%(region)s已有这张表的本地版 %(code)s，请在它的基础上另建新版本。")
        raise Conflict(message, region=owner.name, code=checklist.code)
    return add_draft(session, actor, owner=owner, checklist=checklist, parent=_name(version))


def save_draft(
    session: Session, actor: Actor, version: ChecklistVersion, checklist: Checklist, version_seen: int | None
) -> Comparison:
    """Put another content into a draft, mistakes and all, and return what changed; nothing changes when nothing does.

    Raises Stale, Forbidden, StepRefused (no draft any more) or Invalid (an item that the higher body locked).
    """
    lock(session, version)
    before = queries.content(version)
    checklist = replace(checklist, code=version.code, version=version.number)
    changes = compare(before, checklist)
    if checklist == before:
        return changes
    if flaws := tuple(locked_flaws(checklist, queries.parent_of(session, version))):
        raise Invalid({"": [str(flaw.sentence) for flaw in flaws]})
    _may_author(session, actor, version.owner)
    attempt = Attempt(version, {"items": _touched(changes)}, actor, clock.now(), clock.today())
    advance(VERSION_LIFE, CHANGE, attempt, version=version_seen)
    version.title, version.content = checklist.title, to_json(checklist)
    version.content_hash = content_hash(checklist)
    session.flush()
    record(session, actor, CHANGE, version, _told(changes))
    return changes


def edit(
    session: Session,
    actor: Actor,
    version: ChecklistVersion,
    version_seen: int | None,
    change: Callable[[Checklist], Checklist],
) -> Comparison:
    """Change a draft by a function of its content (see `checklists.editing`)."""
    return save_draft(session, actor, version, change(queries.content(version)), version_seen)


def _may_author(session: Session, actor: Actor, owner: Region | None) -> None:
    if not standing(session, actor, owner.id if owner else None).author:
        raise Forbidden(mark("您只能编写本地区的检查表。"))
    if owner is not None and owner.level not in OFFICES:
        raise Invalid({"owner": [mark("检查表归省、市、县三级，请选择其中一级。")]})


def _none_open(session: Session, code: str) -> None:
    open_versions = select(ChecklistVersion.number).where(
        ChecklistVersion.code == code, ChecklistVersion.state.in_(UNPUBLISHED)
    )
    number = session.scalar(open_versions.limit(1))
    if number is not None:
        raise Conflict("检查表 %(code)s 的第 %(number)s 版还在编写或试用，请先完成它。", code=code, number=number)


def _latest(session: Session, code: str) -> ChecklistVersion | None:
    rows = select(ChecklistVersion).where(func.lower(ChecklistVersion.code) == code.lower())
    return session.scalar(rows.order_by(ChecklistVersion.number.desc()).limit(1))


def _name(version: ChecklistVersion) -> str:
    return f"{version.code}-{version.number}"


def _touched(changes: Comparison) -> list[str]:
    codes = [each.item for each in changes.changed] + [item.code for item in (*changes.added, *changes.removed)]
    return sorted({code for code in codes if code})


def _told(changes: Comparison) -> dict[str, list[str | None]]:
    told: dict[str, list[str | None]] = {item.code: [None, _cut(item.text)] for item in changes.added}
    told |= {item.code: [_cut(item.text), None] for item in changes.removed}
    for each in changes.changed:
        before, after = (_cut("；".join(map(str, words))) for words in (each.before, each.after))
        told[f"{each.item}.{each.field}".strip(".")] = [before, after]
    return told | ({"order": [None, mark("顺序有变")]} if changes.moved else {})


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_IN_TRAIL else text[:LONGEST_IN_TRAIL] + "…"
