"""A list written, tried and published on the pages, without a script and without a line of code."""

import html
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists import editing, queries, service
from inspect_app.checklists.definition import Checklist, Deadline, DeadlineKind, Evidence, FirstMeasure, Item, Relevance
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import Number, OneOf, Option, Rate, Rule, YesNo
from inspect_app.core.database import transaction
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import SHAWAN, WUSU, region

HEAD: dict[str, Any] = {
    "code": "WS-1",
    "title": "消防站检查表",
    "checked": "消防站",
    "checkers": "应急局",
    "pass_mark": "60",
    "objects": "C03",
}
ITEM: dict[str, Any] = {
    "text": "营房鉴定过吗？",
    "guidance": "看报告。",
    "section": "s1",
    "weight": "60",
    "required": "y",
    "severity": "major",
    "deadline": "days",
    "days": "30",
    "first": "stop_use",
    "evidence": ["photo", "attachment"],
    "citations-0-basis": "REG-744",
    "citations-0-article": "第七条",
    "citations-1-basis": "",
    "parts-0-kind": "yes_no",
    "parts-0-bad_answer": "no",
    "parts-0-na_allowed": "y",
    "parts-0-date_unit": "months",
}


@pytest.fixture
def writer(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, user)
    return client


def enter(client: FlaskClient, session: Session, role: Role, code: str) -> None:
    with transaction():
        user = make_user(session, role, region(session, code))
    client.post("/sign-out")
    sign_in(client, user)


def version_at(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="version"[^>]* value="(\d+)"', client.get(address).get_data(as_text=True))
    assert found
    return found[1]


def send(client: FlaskClient, address: str, drawn: str | None = None, **fields: object) -> tuple[int, str]:
    answer = client.post(address, data={"version": version_at(client, drawn or address), **fields})
    return answer.status_code, answer.get_data(as_text=True)


def kept(session: Session, code: str = "WS-1") -> Checklist:
    session.rollback()
    return queries.content(queries.version_of(session, code))


@pytest.fixture
def draft(writer: FlaskClient, session: Session) -> FlaskClient:
    owner = region(session).id
    assert writer.post("/checklists/new", data={**HEAD, "owner": owner}).status_code == 302
    assert send(writer, "/checklists/WS-1/draft/sections", "/checklists/WS-1/draft", title="营房")[0] == 302
    return writer


def test_a_list_goes_from_nothing_to_published(draft: FlaskClient, session: Session) -> None:
    assert send(draft, "/checklists/WS-1/draft/items/new", **ITEM, do="save-and-next")[0] == 302
    second = {**ITEM, "weight": "40", "relevant": "WS-1-01=否", "parts-0-kind": "number", "parts-0-unit": "次"}
    assert send(draft, "/checklists/WS-1/draft/items/new", **second, **{"parts-0-at_least": "4"})[0] == 302
    assert "定稿前要改正" not in draft.get("/checklists/WS-1/draft").get_data(as_text=True)
    assert send(draft, "/checklists/WS-1/1/steps/try_out", "/checklists/WS-1")[0] == 302
    enter(draft, session, Role.PREFECTURE_LEADER, "6542")
    assert send(draft, "/checklists/WS-1/1/steps/publish", "/checklists/WS-1")[0] == 302
    assert queries.current(session, "WS-1").number == 1


def test_every_field_of_an_item_is_kept_as_written(draft: FlaskClient, session: Session) -> None:
    send(draft, "/checklists/WS-1/draft/items/new", **ITEM, locked="y", veto="y")
    item = kept(session).item("WS-1-01")
    assert (item.text, item.guidance, item.weight, item.veto, item.locked) == (
        "营房鉴定过吗？",
        "看报告。",
        Decimal(60),
        True,
        True,
    )
    assert item.deadline == Deadline(DeadlineKind.DAYS, 30, FirstMeasure.STOP_USE)
    assert set(item.evidence) == {Evidence.PHOTO, Evidence.ATTACHMENT}
    assert [(each.basis, each.article) for each in item.citations] == [("REG-744", "第七条")]
    assert (item.parts[0].question, item.parts[0].na_allowed) == (YesNo("no"), True)


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        (
            {"kind": "rate", "numerator": "已建", "denominator": "总数", "at_least": "95%"},
            Rate("已建", "总数", rules=(Rule(at_least=Decimal("0.95")),)),
        ),
        (
            {"kind": "one_of", "choices": "a=甲\nb=乙", "passing": "乙"},
            OneOf((Option("a", "甲"), Option("b", "乙")), ("b",)),
        ),
        (
            {"kind": "number", "unit": "个", "minimum": "-5", "maximum": "9"},
            Number("个", maximum=Decimal(9), minimum=Decimal(-5)),
        ),
    ],
)
def test_questions_of_other_types_are_written_on_the_same_page(
    draft: FlaskClient, session: Session, fields: dict[str, str], question: object
) -> None:
    asked = {f"parts-0-{name}": value for name, value in fields.items()}
    assert send(draft, "/checklists/WS-1/draft/items/new", **{**ITEM, **asked})[0] == 302
    assert kept(session).item("WS-1-01").parts[0].question == question


def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_kept(draft: FlaskClient, session: Session) -> None:
    wrong: dict[str, Any] = {
        "weight": "六",
        "days": "1.5",
        "relevant": "WS-1-01",
        "parts-0-kind": "some_of",
        "parts-0-choices": "a=",
    }
    status, page = send(draft, "/checklists/WS-1/draft/items/new", **{**ITEM, **wrong, "parts-0-at_least": "多"})
    assert status == 422
    for sentence in ("“六”不是数字", "请填写整数", "“a=”应写成", "“多”不是数字", "应写成“编号=是”"):
        assert sentence in page
    assert kept(session).items == ()


def test_an_item_of_several_questions_is_built_without_a_script(draft: FlaskClient, session: Session) -> None:
    status, page = send(draft, "/checklists/WS-1/draft/items/new", **ITEM, do="add-part")
    assert (status, page.count('name="parts-1-kind"')) == (200, 1)
    parts = {"parts-0-code": "held", "parts-0-label": "开会", "parts-0-share": "0.5", "parts-1-kind": "number"}
    parts |= {"parts-1-code": "times", "parts-1-label": "次数", "parts-1-share": "0.5", "parts-1-date_unit": "months"}
    parts["parts-1-bad_answer"] = "no"
    status, page = send(draft, "/checklists/WS-1/draft/items/new", **ITEM, **parts, do="drop-part")
    assert 'name="parts-1-kind"' not in page
    assert send(draft, "/checklists/WS-1/draft/items/new", **ITEM, **parts)[0] == 302
    assert [part.code for part in kept(session).item("WS-1-01").parts] == ["held", "times"]


def test_the_draft_names_its_mistakes_with_links_and_cannot_be_finished(draft: FlaskClient) -> None:
    send(draft, "/checklists/WS-1/draft/items/new", **{**ITEM, "days": ""})
    page = draft.get("/checklists/WS-1/draft").get_data(as_text=True)
    assert "还差 40 分" in page
    assert 'href="/checklists/WS-1/draft/items/WS-1-01"' in page
    assert "这种期限必须写天数" in page
    status, refused = send(draft, "/checklists/WS-1/1/steps/try_out", "/checklists/WS-1")
    assert status == 409
    assert "各项分值合计应为 100" in refused


def test_items_and_sections_are_arranged_by_buttons(draft: FlaskClient, session: Session) -> None:
    place, address = "/checklists/WS-1/draft", "/checklists/WS-1/draft/arrange"
    send(draft, f"{place}/sections", place, title="车库")
    for section in ("s1", "s1", "s2"):
        send(draft, f"{place}/items/new", **{**ITEM, "section": section})
    for do in ("item-down:WS-1-01", "item-remove:WS-1-03", "section-up:s2"):
        assert send(draft, address, place, do=do)[0] == 302
    send(draft, f"{place}/sections/s1", title="宿舍")
    assert [(each.title, [item.code for item in each.items]) for each in kept(session).sections] == [
        ("车库", []),
        ("宿舍", ["WS-1-02", "WS-1-01"]),
    ]
    assert send(draft, address, place, do="nonsense:WS-1-01")[0] == 404


def test_an_item_moves_to_the_section_chosen_on_its_page(draft: FlaskClient, session: Session) -> None:
    place = "/checklists/WS-1/draft"
    send(draft, f"{place}/sections", place, title="车库")
    send(draft, f"{place}/items/new", **ITEM)
    send(draft, f"{place}/items/WS-1-01", **{**ITEM, "section": "s2", "text": "换了问法？"})
    assert kept(session).sections[1].items[0].text == "换了问法？"


def test_a_page_drawn_before_a_colleague_saved_is_refused(draft: FlaskClient, session: Session) -> None:
    address = "/checklists/WS-1/draft/items/new"
    seen = version_at(draft, address)
    send(draft, address, **ITEM)
    answer = draft.post(address, data={**ITEM, "version": seen})
    assert answer.status_code == 409
    assert len(kept(session).items) == 1


def test_the_head_is_changed_and_checked(draft: FlaskClient, session: Session) -> None:
    head = {name: value for name, value in HEAD.items() if name != "code"}
    assert (
        send(draft, "/checklists/WS-1/draft/head", **{**head, "title": "新名称", "objects": ["C03", "C12"]})[0] == 302
    )
    assert (kept(session).title, kept(session).objects) == ("新名称", ("C03", "C12"))
    assert send(draft, "/checklists/WS-1/draft/head", **{**head, "pass_mark": "160"})[0] == 422


def test_an_item_of_every_sort_comes_back_from_its_page_unchanged(client: FlaskClient, session: Session) -> None:
    enter_system(client, session)
    for code, items in of_every_sort().items():
        with transaction():
            service.copy_as_draft(session, SYSTEM, queries.current(session, code))
        for item in items:
            address = f"/checklists/{code}/draft/items/{item.code}"
            sent = filled(client.get(address).get_data(as_text=True))
            sent["guidance"] = ["另一种看法。"]
            assert client.post(address, data=sent).status_code == 302
            assert kept(session, code).item(item.code) == replace(item, guidance="另一种看法。")


def of_every_sort() -> dict[str, list[Item]]:
    """Return items of the shipped lists by list, one for each combination of answer types and of what they fill."""
    found: dict[str, tuple[str, Item]] = {}
    for code, checklist in load_library().checklists.items():
        for item in checklist.items:
            sort = [
                (part.question.kind, [bool(value) for value in vars(part.question).values()]) for part in item.parts
            ]
            found.setdefault(str(sort), (code, item))
    return {code: [item for at, item in found.values() if at == code] for code, _item in found.values()}


def enter_system(client: FlaskClient, session: Session) -> None:
    with transaction():
        user = make_user(session, Role.SYSTEM_ADMINISTRATOR)
    sign_in(client, user)


def filled(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form on a page."""
    fields: dict[str, list[str]] = {}
    form = page[page.index('<form method="post" novalidate') :]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            fields.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL):
        fields[name] = [html.unescape(text)]
    for name, choices in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', choices) or re.search(r'value="([^"]*)"', choices)
        fields[name] = [chosen[1]] if chosen else []
    return fields


def test_a_county_makes_its_own_version_and_cannot_touch_what_is_locked(writer: FlaskClient, session: Session) -> None:
    with transaction():
        first = service.copy_as_draft(session, SYSTEM, queries.current(session, "C03"))
        service.edit(session, SYSTEM, first, None, lock_first)
        service.take_step(session, SYSTEM, first, "try_out")
        service.take_step(session, SYSTEM, first, "publish")
    assert "C03-01" in writer.get("/checklists/C03/derive").get_data(as_text=True)
    assert writer.post("/checklists/C03/derive", data={"owner": region(session).id}).status_code == 302
    page = writer.get("/checklists/C03-654202/draft").get_data(as_text=True)
    assert "上级锁定" in page
    assert writer.get("/checklists/C03-654202/draft/items/C03-01").status_code == 302
    place = "/checklists/C03-654202/draft"
    assert send(writer, f"{place}/arrange", place, do="item-remove:C03-01")[0] == 422
    assert send(writer, f"{place}/arrange", place, do="item-remove:C03-02")[0] == 302
    assert writer.post("/checklists/C03/derive", data={"owner": region(session).id}).status_code == 422


def lock_first(checklist: Checklist) -> Checklist:
    return editing.changed_item(checklist, replace(checklist.items[0], locked=True))


def test_the_next_version_is_begun_from_the_one_shown(writer: FlaskClient, session: Session) -> None:
    with transaction():
        version = service.derive(session, SYSTEM, queries.current(session, "C03"), region(session, WUSU))
        service.take_step(session, SYSTEM, version, "try_out")
        service.take_step(session, SYSTEM, version, "publish")
    assert writer.post("/checklists/C03-654202/revise").status_code == 302
    assert writer.get("/checklists/C03-654202/draft").status_code == 200
    assert writer.post("/checklists/C03-654202/revise").status_code == 409
    assert writer.post("/checklists/C03/revise").status_code == 403


def test_a_neighbour_finds_no_draft_and_a_superior_reads_it(draft: FlaskClient, session: Session) -> None:
    enter(draft, session, Role.COUNTY_HEAD, SHAWAN)
    assert draft.get("/checklists/WS-1/draft").status_code == 404
    assert draft.get("/checklists/WS-1").status_code == 404
    enter(draft, session, Role.PREFECTURE_LEADER, "6542")
    assert draft.get("/checklists/WS-1").status_code == 200
    assert draft.get("/checklists/WS-1/draft").status_code == 403


def test_a_condition_reads_back_as_it_was_written(draft: FlaskClient, session: Session) -> None:
    send(draft, "/checklists/WS-1/draft/items/new", **ITEM)
    send(draft, "/checklists/WS-1/draft/items/new", **{**ITEM, "relevant": "WS-1-01=否、不涉及"})
    assert kept(session).item("WS-1-02").relevant == (Relevance("WS-1-01", any_of=("no", "na")),)
    page = draft.get("/checklists/WS-1/draft/items/WS-1-02").get_data(as_text=True)
    assert "WS-1-01=否、不涉及" in page
