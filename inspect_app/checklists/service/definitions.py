"""Bringing the definition files into the database. A published version never changes: a change is a new version."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.checklists.definition import Checklist, to_json
from inspect_app.checklists.lifecycle import DRAFT, PUBLISHED, RETIRED, UNPUBLISHED
from inspect_app.checklists.loading import FOLDER, load_library
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.service.steps import advance_version
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import DefinitionProblems


def publish_definitions(session: Session, actor: Actor, folder: Path = FOLDER) -> list[ChecklistVersion]:
    """Publish every list of the folder whose version is not published yet, and return those; twice changes nothing.

    All mistakes are raised together as DefinitionProblems, and nothing is published then: mistakes in the files, a
    published version whose content differs now, a version older than the published one.
    """
    lists = load_library(folder).checklists.values()
    known = _known(session, [each.code for each in lists])
    if problems := conflicts(lists, known):
        raise DefinitionProblems(problems)
    fresh = [each for each in lists if _unpublished(known.get((each.code, each.version)))]
    return [_publish(session, actor, each, known.get((each.code, each.version))) for each in fresh]


def conflicts(lists: Iterable[Checklist], known: Mapping[tuple[str, int], ChecklistVersion]) -> list[str]:
    """Return the sentences against files that contradict the versions kept; `known` is by code and number."""
    found = []
    newest = {code: number for code, number in sorted(known) if known[code, number].state in (PUBLISHED, RETIRED)}
    for checklist in lists:
        kept, number = known.get((checklist.code, checklist.version)), checklist.version
        place = f"{checklist.code}.toml: 整个文件: "
        if kept is not None and kept.state != DRAFT and kept.content_hash != content_hash(checklist):
            found.append(
                f"{place}第 {number} 版已经试用或发布，内容不能再改；请恢复原文，或把 version 改为 {number + 1}"
            )
        elif kept is not None and kept.state == DRAFT and kept.created_by_id is not None:
            found.append(f"{place}第 {number} 版正在页面上编写，请先发布或另用版本号 {number + 1}")
        elif _unpublished(kept) and number < newest.get(checklist.code, 0):
            found.append(f"{place}已发布到第 {newest[checklist.code]} 版，不能再发布第 {number} 版")
    return found


def keep(session: Session, checklist: Checklist) -> ChecklistVersion:
    """Store a definition as a draft."""
    version = ChecklistVersion(
        code=checklist.code,
        number=checklist.version,
        title=checklist.title,
        content=to_json(checklist),
        content_hash=content_hash(checklist),
        state=DRAFT,
    )
    session.add(version)
    session.flush()
    return version


def replace_draft(session: Session, version: ChecklistVersion, checklist: Checklist) -> None:
    """Put another content into a draft; raises DefinitionProblems for a version that has been tried or published."""
    if version.state != DRAFT or (version.code, version.number) != (checklist.code, checklist.version):
        raise DefinitionProblems([f"{version.code}: 第 {version.number} 版: 只有草稿可以修改，请另建新版本"])
    version.title, version.content = checklist.title, to_json(checklist)
    version.content_hash = content_hash(checklist)
    session.flush()


def _publish(session: Session, actor: Actor, checklist: Checklist, kept: ChecklistVersion | None) -> ChecklistVersion:
    version = kept or keep(session, checklist)
    if version.state == DRAFT:
        replace_draft(session, version, checklist)
        advance_version(session, actor, version, "try_out")
    return advance_version(session, actor, version, "publish")


def _unpublished(kept: ChecklistVersion | None) -> bool:
    return kept is None or kept.state in UNPUBLISHED


def _known(session: Session, codes: list[str]) -> dict[tuple[str, int], ChecklistVersion]:
    kept = session.scalars(select(ChecklistVersion).where(ChecklistVersion.code.in_(codes)))
    return {(each.code, each.number): each for each in kept}
