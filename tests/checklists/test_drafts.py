"""Lists that offices write: whose they are, how a draft changes, what a lower body may change of a higher one's."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.checklists import editing, queries, service
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.lifecycle import VERSION_LIFE
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, StepRefused
from tests.accounts.factories import actor_of, make_user
from tests.checklists.builders import an_item
from tests.sites.factories import SHAWAN, WUSU, region

PREFECTURE, OTHER_PREFECTURE = "6542", "6543"


def head(session: Session, code: str = WUSU) -> Actor:
    return actor_of(make_user(session, Role.COUNTY_HEAD, region(session, code)))


def officer(session: Session, code: str = PREFECTURE) -> Actor:
    return actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, code)))


def leader(session: Session, code: str = PREFECTURE) -> Actor:
    return actor_of(make_user(session, Role.PREFECTURE_LEADER, region(session, code)))


def begin(session: Session, actor: Actor, owner: str = WUSU, code: str = "WS-1") -> ChecklistVersion:
    return service.new_draft(
        session,
        actor,
        owner=region(session, owner),
        code=code,
        title="本地检查表",
        checked="甲",
        checkers="乙",
        objects=("C03",),
    )


def with_one_item(checklist: Checklist, *, weight: int = 100, locked: bool = False) -> Checklist:
    item = replace(an_item(1, weight=weight), code=editing.next_item_code(checklist), locked=locked)
    checklist = checklist if checklist.sections else editing.with_section(checklist, "一")
    return editing.with_item(checklist, checklist.sections[-1].code, item)


def publish(session: Session, version: ChecklistVersion, publisher: Actor = SYSTEM) -> ChecklistVersion:
    service.take_step(session, SYSTEM, version, "try_out")
    return service.take_step(session, publisher, version, "publish")


def published_list(session: Session, owner: str, code: str, *, locked: bool = False) -> ChecklistVersion:
    version = begin(session, SYSTEM, owner, code)
    service.edit(session, SYSTEM, version, None, lambda each: with_one_item(each, weight=60, locked=locked))
    service.edit(session, SYSTEM, version, None, lambda each: with_one_item(each, weight=40))
    return publish(session, version)


def derived_list(session: Session, code: str, owner: str) -> ChecklistVersion:
    return service.derive(session, SYSTEM, queries.current(session, code), region(session, owner))


def test_a_draft_is_begun_with_its_author_and_traced(session: Session) -> None:
    author = head(session)
    version = begin(session, author, code="ws-1")
    assert (version.code, version.number, version.state, version.created_by_id) == ("WS-1", 1, "draft", author.id)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.subject_reference) == ("checklist.create", "WS-1-1")


@pytest.mark.parametrize("code", ["C19", "学校", "A" * 21, "", "A B"])
def test_a_code_that_offices_may_not_use_is_refused(session: Session, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        begin(session, head(session), code=code)
    assert list(refused.value.problems) == ["code"]


def test_a_code_in_use_is_refused_whoever_uses_it(session: Session) -> None:
    begin(session, head(session, SHAWAN), SHAWAN, "WS-1")
    with pytest.raises(Invalid, match="已经用过"):
        begin(session, head(session), code="ws-1")


def test_a_list_is_written_in_the_own_region_only(session: Session) -> None:
    with pytest.raises(Forbidden):
        begin(session, head(session), SHAWAN)
    with pytest.raises(Forbidden):
        begin(session, leader(session), PREFECTURE)
    with pytest.raises(Forbidden):
        service.copy_as_draft(session, officer(session), queries.current(session, "C03"))
    with pytest.raises(Invalid, match="三级"):
        begin(session, officer(session), "654202100")


def test_a_draft_may_hold_mistakes_but_is_not_tried_out_with_them(session: Session) -> None:
    author = head(session)
    version = begin(session, author)
    service.edit(session, author, version, version.version, lambda each: with_one_item(each, weight=70))
    assert [flaw.field for flaw in service.problems(session, version)] == ["weight"]
    with pytest.raises(StepRefused, match="实际是 70"):
        service.take_step(session, author, version, "try_out")
    item = queries.content(version).items[0]
    service.edit(
        session, author, version, None, lambda each: editing.changed_item(each, replace(item, weight=Decimal(100)))
    )
    assert service.take_step(session, author, version, "try_out").state == "tried"


def test_every_change_is_an_event_and_an_entry_that_says_what(session: Session) -> None:
    author = head(session)
    version = begin(session, author)
    service.edit(session, author, version, version.version, with_one_item)
    assert VERSION_LIFE.replay(version.events) == "draft"
    assert version.events[-1].facts == {"items": ["WS-1-01"]}
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.changes) == ("checklist.change", {"WS-1-01": [None, "第 1 问？"]})


def test_saving_what_is_there_changes_nothing(session: Session) -> None:
    version = begin(session, head(session))
    before = version.version
    changes = service.save_draft(session, SYSTEM, version, queries.content(version), version.version)
    assert changes.same
    assert version.version == before


def test_a_page_drawn_before_another_change_is_refused(session: Session) -> None:
    author = head(session)
    version = begin(session, author)
    seen = version.version
    service.edit(session, author, version, seen, with_one_item)
    with pytest.raises(Stale):
        service.edit(session, author, version, seen, with_one_item)


def test_who_wrote_a_list_does_not_publish_it(session: Session) -> None:
    version = begin(session, SYSTEM, PREFECTURE)
    publisher = leader(session)
    version.created_by_id = publisher.id
    service.edit(session, SYSTEM, version, None, with_one_item)
    service.take_step(session, SYSTEM, version, "try_out")
    with pytest.raises(Forbidden):
        service.take_step(session, publisher, version, "publish")
    with pytest.raises(Forbidden):
        service.take_step(session, leader(session, OTHER_PREFECTURE), version, "publish")
    with pytest.raises(Forbidden):
        service.take_step(session, officer(session), version, "publish")
    assert service.take_step(session, leader(session), version, "publish").state == "published"


def test_the_leader_sends_a_version_on_trial_back_with_a_reason(session: Session) -> None:
    version = begin(session, SYSTEM)
    service.edit(session, SYSTEM, version, None, with_one_item)
    service.take_step(session, SYSTEM, version, "try_out")
    with pytest.raises(StepRefused):
        service.take_step(session, leader(session), version, "send_back")
    service.take_step(session, leader(session), version, "send_back", {"reason": "第一项太含糊"})
    assert version.state == "draft"


def test_the_system_administrator_writes_and_publishes_what_the_system_came_with(session: Session) -> None:
    system = actor_of(make_user(session, Role.SYSTEM_ADMINISTRATOR))
    version = service.copy_as_draft(session, system, queries.current(session, "C03"))
    assert (version.code, version.number) == ("C03", 2)
    item = replace(queries.content(version).items[0], text="换了问法？")
    service.edit(session, system, version, version.version, lambda each: editing.changed_item(each, item))
    assert publish(session, version, system).state == "published"
    assert queries.content(queries.version_of(session, "C03", 1)).items[0].text != "换了问法？"


def test_a_published_version_never_changes_and_the_next_one_is_another(session: Session) -> None:
    version = published_list(session, WUSU, "WS-1")
    digest = version.content_hash
    with pytest.raises(StepRefused):
        service.edit(session, head(session), version, None, with_one_item)
    copy = service.copy_as_draft(session, head(session), version)
    assert (copy.number, copy.content_hash == digest) == (2, False)
    with pytest.raises(Conflict, match="第 2 版"):
        service.copy_as_draft(session, head(session), version)
    publish(session, copy)
    assert (version.state, version.content_hash) == ("retired", digest)


def test_a_derived_list_keeps_locked_items_and_may_change_open_ones(session: Session) -> None:
    published_list(session, PREFECTURE, "WS-1", locked=True)
    author = head(session)
    version = service.derive(session, author, queries.current(session, "WS-1"), region(session, WUSU))
    assert (version.code, version.parent) == ("WS-1-654202", "WS-1-1")
    locked, open_ = queries.content(version).items
    with pytest.raises(Invalid, match="WS-1-01 不能修改"):
        service.edit(
            session, author, version, None, lambda each: editing.changed_item(each, replace(locked, text="？"))
        )
    with pytest.raises(Invalid, match="WS-1-01 不能删除"):
        service.edit(session, author, version, None, lambda each: editing.without_item(each, locked.code))
    service.edit(session, author, version, None, lambda each: editing.without_item(each, open_.code))
    service.edit(session, author, version, None, lambda each: with_one_item(each, weight=40))
    assert [item.code for item in queries.content(version).items] == ["WS-1-01", "WS-1-654202-01"]
    assert service.problems(session, version) == ()


def test_a_list_is_derived_once_and_from_a_higher_body_only(session: Session) -> None:
    version = derived_list(session, "C03", WUSU)
    with pytest.raises(Conflict, match="C03-654202"):
        derived_list(session, "C03", WUSU)
    with pytest.raises(StepRefused, match="已发布"):
        service.derive(session, SYSTEM, version, region(session, SHAWAN))
    published_list(session, SHAWAN, "WS-2")
    with pytest.raises(StepRefused, match="上级"):
        derived_list(session, "WS-2", WUSU)


def test_the_next_version_of_a_derived_list_follows_what_its_parent_locks(session: Session) -> None:
    first = published_list(session, PREFECTURE, "WS-1", locked=True)
    mine = publish(session, derived_list(session, "WS-1", WUSU))
    second = service.copy_as_draft(session, SYSTEM, first)
    item = replace(queries.content(second).items[0], text="新的问法？")
    service.edit(session, SYSTEM, second, None, lambda each: editing.changed_item(each, item))
    publish(session, second)
    assert queries.content(mine).items[0].text == "第 1 问？"
    following = service.copy_as_draft(session, SYSTEM, mine)
    assert (following.parent, queries.content(following).items[0].text) == ("WS-1-2", "新的问法？")


def codes_for(session: Session, code: str) -> set[str]:
    return {version.code for version in queries.published_for(session, region(session, code).id)} - {
        version.code for version in queries.published(session) if version.owner_id is None and version.code != "C03"
    }


def test_a_visit_uses_the_nearest_version_of_a_list(session: Session) -> None:
    published_list(session, OTHER_PREFECTURE, "WS-9")
    assert codes_for(session, WUSU) == {"C03"}
    publish(session, derived_list(session, "C03", PREFECTURE))
    assert codes_for(session, WUSU) == {"C03-6542"}
    publish(session, derived_list(session, "C03", WUSU))
    assert codes_for(session, WUSU) == {"C03-654202"}
    assert codes_for(session, "654202100") == {"C03-654202"}
    assert codes_for(session, SHAWAN) == {"C03-6542"}
    assert codes_for(session, OTHER_PREFECTURE) == {"C03", "WS-9"}


def test_a_list_derived_from_a_derived_one_replaces_both(session: Session) -> None:
    publish(session, derived_list(session, "C03", PREFECTURE))
    publish(session, derived_list(session, "C03-6542", WUSU))
    assert codes_for(session, WUSU) == {"C03-6542-654202"}


def test_lists_are_offered_for_the_sites_they_name(session: Session) -> None:
    published_list(session, WUSU, "WS-1")
    publish(session, derived_list(session, "C12", WUSU))
    key = region(session, WUSU).id
    assert [each.code for each in queries.lists_for(session, "C03", key)] == ["C03", "WS-1"]
    assert [each.code for each in queries.lists_for(session, "C12", key)] == ["C12-654202"]


def test_drafts_are_seen_by_who_works_on_lists_of_the_region(session: Session) -> None:
    begin(session, SYSTEM)
    for actor in (head(session), officer(session), leader(session)):
        assert queries.seen(session, actor, "WS-1").number == 1
    inspector = actor_of(make_user(session, Role.INSPECTOR, region(session, WUSU)))
    for actor in (inspector, head(session, SHAWAN), leader(session, OTHER_PREFECTURE)):
        with pytest.raises(NotFound):
            queries.seen(session, actor, "WS-1")


def test_what_a_county_published_is_not_seen_next_door(session: Session) -> None:
    published_list(session, WUSU, "WS-1")
    published_list(session, PREFECTURE, "WS-2")
    assert queries.seen(session, officer(session), "WS-1").state == "published"
    assert queries.seen(session, head(session), "WS-2").state == "published"
    with pytest.raises(NotFound):
        queries.seen(session, head(session, SHAWAN), "WS-1")


def test_a_file_does_not_overwrite_what_somebody_writes_on_the_pages(session: Session) -> None:
    draft = service.copy_as_draft(session, SYSTEM, queries.current(session, "C03"))
    draft.created_by_id = make_user(session, Role.SYSTEM_ADMINISTRATOR).id
    newer = replace(queries.content(draft), title="另一个名称")
    assert service.conflicts([newer], {("C03", 2): draft}) == [
        "C03.toml: 整个文件: 第 2 版正在页面上编写，请先发布或另用版本号 3"
    ]
