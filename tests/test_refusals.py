"""Bad input, case by case: each is answered with a clear Chinese sentence and changes nothing."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.core.database import Base, transaction
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import service
from inspect_app.inspections.models import Inspection
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story, stage
from tests.inspections.factories import lead_of, make_visit, picture
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive

NOT_BUSINESS = {"sign_in", "failed_sign_in", "audit_entry", "audit_seal", "sealed_entry"}
NO_SUCH = "没有找到"


@dataclass(frozen=True)
class Desk:
    """A stage with a registered and a rectifying hazard, a visit under way, a return waiting, and a client."""

    client: FlaskClient
    session: Session
    story: Story
    registered: Hazard
    rectifying: Hazard
    visit: Inspection
    batch: ReturnBatch
    folder: Path

    def sit(self, actor: Actor) -> "Desk":
        self.client.delete_cookie("session")
        sign_in(self.client, self.session.get_one(User, actor.id))
        self.session.rollback()
        return self

    def step(self, hazard: Hazard, action: str, version: int | None = None, **facts: object) -> TestResponse:
        reference, now = hazard.reference, hazard.version
        self.session.rollback()
        data = {"version": str(now if version is None else version), **facts}
        return self.client.post(f"/hazards/{reference}/steps/{action}", data=data)

    def send(self, content: bytes, name: str = "台账.xlsx", report_on: str = "2026-06-15") -> TestResponse:
        self.sit(self.story.cast.clerk)
        data = {"county": str(self.story.county.id), "report_on": report_on, "file": (io.BytesIO(content), name)}
        self.session.rollback()
        return self.client.post("/returns/new", data=data)

    def ledger(self, title: str = "乌苏市地震风险隐患台账", **over: str) -> bytes:
        return write_ledger(self.folder / "bad.xlsx", [ledger_row(1, **over)], title=title).read_bytes()

    def answer(self, item: str, **body: object) -> TestResponse:
        reference = self.visit.reference
        self.sit(lead_of(self.visit))
        return self.client.put(f"/inspections/{reference}/answers/{item}", json={"version": 0, **body})

    def photo(self, content: bytes, **told: str) -> TestResponse:
        reference = self.visit.reference
        self.sit(lead_of(self.visit))
        fields = {
            "item": "C03-08",
            "size": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
            "paper": "0",
        }
        data = {**fields, **told, "file": (io.BytesIO(content), "photo.jpg")}
        return self.client.post(f"/inspections/{reference}/files", data=data, headers={"Accept": "application/json"})

    def submit(self) -> TestResponse:
        reference, version = self.visit.reference, self.visit.version
        self.sit(lead_of(self.visit))
        data = {"site_person": "杨校长", "version": str(version)}
        return self.client.post(f"/inspections/{reference}/submit", data=data)

    def contents(self) -> dict[str, list[str]]:
        self.session.rollback()
        tables = [table for table in Base.metadata.sorted_tables if table.name not in NOT_BUSINESS]
        return {table.name: sorted(map(repr, self.session.execute(select(table)))) for table in tables}


@pytest.fixture
def desk(client: FlaskClient, session: Session, clock: datetime, tmp_path: Path) -> Desk:
    assert clock.year == 2026
    with transaction():
        story = stage(session)
        registered, rectifying = story.register(), story.reach("rectifying")
        visit = make_visit(session)
        service.start(session, lead_of(visit), visit)
    rows = [ledger_row(1), ledger_row(2, 整改责任单位=""), ledger_row(3, **{"乡镇（街道）": "额敏镇"})]
    batch = receive(write_ledger(tmp_path / "waiting.xlsx", rows))
    return Desk(client, session, story, registered, rectifying, visit, batch, tmp_path)


def noisy_photo() -> bytes:
    """Draw a photo of more than thirty megabytes."""
    stream = io.BytesIO()
    Image.effect_noise((6000, 5600), 90).save(stream, "BMP")
    return stream.getvalue()


def apply_waiting(desk: Desk, **data: str) -> TestResponse:
    reference, version = desk.batch.reference, desk.batch.version
    desk.sit(desk.story.cast.clerk)
    return desk.client.post(f"/returns/{reference}/apply", data={"version": str(version), **data})


CASES: dict[str, tuple[Callable[[Desk], TestResponse], str]] = {
    "a picture named as a workbook": (lambda desk: desk.send(picture()), "不是"),
    "an empty file": (lambda desk: desk.send(b""), "空"),
    "a workbook cut in half": (lambda desk: desk.send(desk.ledger()[:2000]), "损坏"),
    "a page of HTML named as a workbook": (lambda desk: desk.send(b"<html><body>x</body></html>"), "另存为"),
    "the workbook of another county": (lambda desk: desk.send(desk.ledger("额敏县地震风险隐患台账")), "额敏县"),
    "a report date that lies ahead": (lambda desk: desk.send(desk.ledger(), report_on="2026-07-01"), "晚于"),
    "no report date": (lambda desk: desk.send(desk.ledger(), report_on=""), "请填写报送日期"),
    "rows with missing cells applied in silence": (apply_waiting, "只导入"),
    "a plan that somebody replanned meanwhile": (
        lambda desk: apply_waiting(desk, version="99", accept_good_rows="y"),
        "已被他人修改",
    ),
    "a step from a stale page": (
        lambda desk: desk.sit(desk.story.cast.head).step(desk.registered, "assign", 99, due_on="2026-07-01"),
        "已被他人修改",
    ),
    "closing what was never rectified": (
        lambda desk: desk.sit(desk.story.cast.leader).step(desk.registered, "close"),
        "当前状态下没有这个操作",
    ),
    "an action that does not exist": (
        lambda desk: desk.sit(desk.story.cast.leader).step(desk.registered, "vanish"),
        "没有这个操作",
    ),
    "the clerk deciding an extension": (
        lambda desk: desk.sit(desk.story.cast.clerk).step(desk.registered, "unfounded", reason="无", second_signer="1"),
        "没有权限",
    ),
    "a due date in the past": (
        lambda desk: desk.sit(desk.story.cast.head).step(desk.registered, "assign", due_on="2026-06-01"),
        "不能早于今天",
    ),
    "a date that does not exist": (
        lambda desk: desk.sit(desk.story.cast.head).step(desk.registered, "assign", due_on="2026-02-30"),
        "日期",
    ),
    "a due date years away": (
        lambda desk: desk.sit(desk.story.cast.head).step(desk.registered, "assign", due_on="2029-06-01"),
        "最长期限",
    ),
    "completion without a photo": (
        lambda desk: desk.sit(desk.story.cast.clerk).step(
            desk.rectifying, "report_done", progress="已完成", measure_type="removal"
        ),
        "缺整改后照片",
    ),
    "a hazard of another county": (
        lambda desk: desk.sit(desk.story.cast.other_clerk).step(desk.registered, "accept"),
        NO_SUCH,
    ),
    "a merge into itself": (
        lambda desk: desk.sit(desk.story.cast.head).step(
            desk.registered, "merge", merged_into=desk.registered.reference, reason="重复"
        ),
        "没有找到可并入的隐患",
    ),
    "an answer to an item of no list": (lambda desk: desk.answer("C99-01", value={"value": "yes"}), "没有 C99-01"),
    "a photo of thirty megabytes": (lambda desk: desk.photo(noisy_photo()), "MB"),
    "an upload cut on the way": (lambda desk: desk.photo(picture(), size="9999"), "上传中断"),
    "an upload whose bytes changed": (lambda desk: desk.photo(picture(), sha256="0" * 64), "上传中断"),
    "a drawing named as a photo": (lambda desk: desk.photo(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "JPG、PNG"),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_a_sentence_and_changes_nothing(name: str, desk: Desk) -> None:
    act, sentence = CASES[name]
    before = desk.contents()
    answer = act(desk)
    said = answer.get_json()["message"] if answer.is_json else answer.get_data(as_text=True)
    assert 400 <= answer.status_code < 500, (answer.status_code, said[:500])
    assert sentence in said, said
    assert "Traceback" not in said
    assert desk.contents() == before


@pytest.mark.parametrize(
    ("value", "sentence"),
    [({"numerator": "9", "denominator": "4"}, "大于"), ({"numerator": "九", "denominator": "4"}, "数字")],
)
def test_an_impossible_answer_is_kept_as_typed_told_and_never_submitted(
    value: dict[str, str], sentence: str, desk: Desk
) -> None:
    told = desk.answer("C03-01", value=value).get_json()
    assert sentence in "".join(told["item"]["problems"])
    assert told["answer"]["value"] == value
    assert "C03-01" in desk.submit().get_data(as_text=True)


def test_a_double_click_is_one_step(desk: Desk) -> None:
    desk.sit(desk.story.cast.head)
    version = desk.registered.version
    first = desk.step(desk.registered, "assign", version, due_on="2026-07-01")
    second = desk.step(desk.registered, "assign", version, due_on="2026-07-01")
    assert (first.status_code, second.status_code) == (302, 409)
    assert "刷新页面" in second.get_data(as_text=True)
    desk.session.rollback()
    assert [event.action for event in desk.registered.events].count("assign") == 1


def test_submitting_a_visit_with_open_items_lists_them(desk: Desk) -> None:
    answer = desk.submit()
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "C03-01" in said
    assert "C03-16" in said
    desk.session.rollback()
    assert desk.session.scalar(select(func.count()).select_from(Hazard).where(Hazard.origin == "inspection")) == 0


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    desk.sit(desk.story.cast.head)
    desk.client.application.config["WTF_CSRF_ENABLED"] = True
    answer = desk.step(desk.registered, "assign", due_on="2026-07-01")
    assert answer.status_code == 400
    assert "刷新" in answer.get_data(as_text=True)
    assert desk.session.execute(text("select count(*) from hazard where state = 'assigned'")).scalar() == 0
