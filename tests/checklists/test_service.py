"""Publishing definitions: once, as a whole, and never changing what was published."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists import queries, service
from inspect_app.checklists.definition import from_json
from inspect_app.checklists.lifecycle import VERSION_LIFE
from inspect_app.checklists.loading import FOLDER, load_library
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import DefinitionProblems, Forbidden, NotFound, StepRefused
from tests.accounts.factories import actor_of, make_user


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def rewrite(folder: Path, code: str, old: str, new: str) -> None:
    file = folder / f"{code}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def all_versions(session: Session) -> list[tuple[str, int, str]]:
    rows = session.scalars(select(ChecklistVersion).order_by(ChecklistVersion.code, ChecklistVersion.number))
    return [(row.code, row.number, row.state) for row in rows]


def test_the_seeded_lists_are_published_with_their_events(session: Session) -> None:
    version = queries.current(session, "C03")
    assert version.state == "published"
    assert version.published_at is not None
    assert [event.action for event in version.events] == ["try_out", "publish"]
    assert VERSION_LIFE.replay(version.events) == "published"


def test_publishing_the_same_files_again_changes_nothing(session: Session) -> None:
    before = all_versions(session)
    assert service.publish_definitions(session, SYSTEM) == []
    assert all_versions(session) == before


def test_what_is_kept_is_the_whole_definition(session: Session) -> None:
    version = queries.current(session, "C03")
    checklist = load_library().checklists["C03"]
    assert queries.content(version) == checklist
    assert from_json(version.content) == checklist
    assert content_hash(version.content) == version.content_hash


def test_a_published_version_with_another_content_is_refused_and_nothing_is_published(
    session: Session, folder: Path
) -> None:
    rewrite(folder, "C03", "房屋抗震", "房屋安全")
    rewrite(folder, "C12", "version = 1", "version = 2")
    before = all_versions(session)
    with pytest.raises(DefinitionProblems) as refused:
        service.publish_definitions(session, SYSTEM, folder)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("C03.toml: 整个文件: 第 1 版已经")
    assert all_versions(session) == before


def test_a_new_version_retires_the_one_before_and_leaves_its_content(session: Session, folder: Path) -> None:
    old = queries.current(session, "C03")
    kept = old.content_hash
    rewrite(folder, "C03", "version = 1", "version = 2")
    rewrite(folder, "C03", "房屋抗震", "房屋安全")
    fresh = service.publish_definitions(session, SYSTEM, folder)
    assert [(each.code, each.number) for each in fresh] == [("C03", 2)]
    assert queries.current(session, "C03") is fresh[0]
    assert (old.state, old.content_hash) == ("retired", kept)
    assert queries.content(old).sections[0].title == "房屋抗震"
    assert queries.content(fresh[0]).sections[0].title == "房屋安全"


def test_an_older_version_is_not_published_after_a_newer_one(session: Session, folder: Path) -> None:
    rewrite(folder, "C03", "version = 1", "version = 5")
    service.publish_definitions(session, SYSTEM, folder)
    rewrite(folder, "C03", "version = 5", "version = 4")
    with pytest.raises(DefinitionProblems, match="不能再发布第 4 版"):
        service.publish_definitions(session, SYSTEM, folder)


def test_a_draft_may_change_and_a_tried_version_may_not(session: Session, folder: Path) -> None:
    rewrite(folder, "C03", "version = 1", "version = 2")
    checklist = load_library(folder).checklists["C03"]
    draft = service.keep(session, checklist)
    service.replace_draft(session, draft, checklist)
    service.take_step(session, SYSTEM, draft, "try_out")
    with pytest.raises(DefinitionProblems, match="只有草稿可以修改"):
        service.replace_draft(session, draft, checklist)
    assert service.publish_definitions(session, SYSTEM, folder) == [draft]


def test_a_draft_is_not_published_untried(session: Session, folder: Path) -> None:
    rewrite(folder, "C03", "version = 1", "version = 2")
    draft = service.keep(session, load_library(folder).checklists["C03"])
    with pytest.raises(StepRefused):
        service.take_step(session, SYSTEM, draft, "publish")


def test_only_the_system_administrator_publishes(session: Session, folder: Path) -> None:
    rewrite(folder, "C03", "version = 1", "version = 2")
    security = actor_of(make_user(session, Role.SECURITY_ADMINISTRATOR))
    with pytest.raises(Forbidden):
        service.publish_definitions(session, security, folder)


def test_an_unknown_list_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.current(session, "C99")
    with pytest.raises(NotFound):
        queries.version_of(session, "C03", 9)
