"""What people meet in the browser: lists, pages, steps, refusals."""

import io
import json
import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def enter(client: FlaskClient, story: Story, actor: Actor) -> None:
    sign_in(client, story.session.get_one(User, actor.id))


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def picture(colour: str) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(stream, "JPEG")
    stream.seek(0)
    return stream


def made(story: Story, state: str, *, major: bool = False) -> Hazard:
    with transaction():
        return story.reach(state, major=major)


def test_the_list_shows_state_by_mark_and_word_and_what_is_late(client: FlaskClient, story: Story) -> None:
    with clock.set_to(clock.now() - timedelta(days=30)):
        made(story, State.RECTIFYING)
    made(story, State.CLOSED)
    enter(client, story, story.cast.clerk)
    page = text_of(client, "/hazards")
    assert re.search(r"▲</i>\s*逾期 10 天", page)
    assert re.search(r"●</i>\s*已销号", page)
    assert "共 2 条" in page


def test_filters_stand_as_chips_that_can_be_removed(client: FlaskClient, story: Story) -> None:
    made(story, State.REGISTERED)
    enter(client, story, story.cast.officer)
    page = text_of(
        client, "/hazards?region=654202&state=registered&state=draft&overdue=1&text=外廊&due_from=2026-01-01"
    )
    assert "没有符合条件的隐患" in page
    for chip in ("乌苏市", "已登记", "待补全", "逾期", "“外廊”", "时限自 2026-01-01"):
        assert re.search(rf'class="chip"[^>]*>{re.escape(chip)}<', page), chip
    assert "共 1 条" in text_of(client, "/hazards?region=654202&state=registered&state=draft")


def test_pages_follow_each_other_and_keep_the_filter(client: FlaskClient, story: Story) -> None:
    with transaction():
        register_many(story.session, story.cast.clerk, [story.draft()] * 120, batch_id=None)
    enter(client, story, story.cast.clerk)
    address, seen = "/hazards?state=registered", []
    for _page in range(3):
        page = text_of(client, address)
        seen += re.findall(r'<td class="nowrap"><a href="/hazards/(YH-[^"]+)"', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""
    assert not address
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("region=999999", 404),
        ("due_from=yesterday", 422),
        ("fact=gone&county=654202&period=2026", 404),
        ("fact=rebounds&county=654202&period=x", 404),
        ("after=nonsense", 200),
        ("site=DX-0", 404),
        ("batch=x&state=x&grade=x&text=%25", 200),
    ],
)
def test_odd_addresses_end_in_a_sentence(client: FlaskClient, story: Story, query: str, status: int) -> None:
    enter(client, story, story.cast.clerk)
    assert client.get(f"/hazards?{query}").status_code == status


def test_a_figure_leads_to_its_rows(client: FlaskClient, story: Story) -> None:
    with clock.set_to(clock.now() - timedelta(days=60)):
        on_time = made(story, State.CLOSED)
        late = made(story, State.RECTIFYING)
    made(story, State.RECTIFYING)
    enter(client, story, story.cast.officer)
    page = text_of(client, "/hazards?fact=closed_on_time&county=654202&period=2026&part=numerator")
    assert on_time.reference in page
    assert late.reference not in page
    page = text_of(client, "/hazards?fact=closed_on_time&county=654202&period=2026&part=denominator")
    assert "共 2 条" in page
    assert "期内按期销号率（分母）" in page


def test_another_county_finds_nothing_at_any_address(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.other_clerk)
    base = f"/hazards/{hazard.reference}"
    for address in (base, f"{base}.json", f"{base}/edit", f"{base}/steps/report_done"):
        assert client.get(address).status_code == 404, address
    for address in (f"{base}/edit", f"{base}/steps/report_done", f"{base}/files"):
        assert client.post(address, data={"version": hazard.version}).status_code == 404, address
    for query in ("region=654202", f"text={hazard.reference}", "fact=major_cleared&county=654202&period=2026"):
        assert "没有符合条件的隐患" in text_of(client, f"/hazards?{query}")


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.REGISTERED)
    assert client.get(f"/hazards/{hazard.reference}").status_code == 302


def test_the_page_offers_only_what_this_person_may_press(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.clerk)
    page = text_of(client, f"/hazards/{hazard.reference}")
    assert "申请延期" in page
    assert "转为长期管控" not in page
    assert re.search(r"报告整改完成：</b>缺整改后照片。", page)
    assert f"/hazards/{hazard.reference}/steps/report_done" not in page
    enter(client, story, story.cast.inspector)
    offered = re.findall(r"/steps/(\w+)", text_of(client, f"/hazards/{hazard.reference}"))
    assert offered == ["split"]
    enter(client, story, story.cast.head)
    assert "现在没有需要您办理的事项" in text_of(client, f"/hazards/{hazard.reference}")


@pytest.mark.parametrize("major", [False, True])
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_page_for_everybody(client: FlaskClient, story: Story, state: str, *, major: bool) -> None:
    hazard = made(story, state, major=major)
    story.session.refresh(hazard)
    for actor in (story.cast.clerk, story.cast.officer, story.cast.leader):
        enter(client, story, actor)
        page = text_of(client, f"/hazards/{hazard.reference}")
        assert "%(" not in page
        for address in set(re.findall(rf'href="(/hazards/{hazard.reference}/[^"#]+)"', page)):
            assert "%(" not in text_of(client, address)
    told = json.loads(text_of(client, f"/hazards/{hazard.reference}.json"))
    assert (told["state"], told["county"], len(told["events"])) == (state, "654202", len(hazard.events))


def test_a_step_without_questions_is_one_click_and_a_second_click_changes_nothing(
    client: FlaskClient, story: Story
) -> None:
    hazard = made(story, State.ASSIGNED)
    enter(client, story, story.cast.clerk)
    address, data = f"/hazards/{hazard.reference}/steps/accept", {"version": hazard.version}
    assert client.post(address, data=data).status_code == 302
    second = client.post(address, data=data)
    assert second.status_code == 409
    assert "刷新页面" in second.get_data(as_text=True)
    story.session.refresh(hazard)
    assert [event.action for event in hazard.events].count("accept") == 1


def test_a_stale_page_is_told_so(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.clerk)
    data = {"extend_to": "2026-07-20", "reason": "冬季", "interim_control": "围挡"}
    for version in (hazard.version - 1, ""):
        answer = client.post(f"/hazards/{hazard.reference}/steps/request_extension", data={**data, "version": version})
        assert answer.status_code == 409
        assert "已被他人修改" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("action", "status"), [("close", 409), ("gone", 409), ("assign", 409), ("suspend", 403), ("start", 409)]
)
def test_a_step_out_of_order_or_of_others_is_refused(
    client: FlaskClient, story: Story, action: str, status: int
) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.clerk)
    answer = client.post(f"/hazards/{hazard.reference}/steps/{action}", data={"version": hazard.version})
    assert answer.status_code == status
    story.session.refresh(hazard)
    assert hazard.state == State.RECTIFYING


def test_what_a_step_misses_stands_beside_its_field(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.REGISTERED)
    enter(client, story, story.cast.head)
    address = f"/hazards/{hazard.reference}/steps/assign"
    assert 'value="2026-07-05"' in text_of(client, address)
    answer = client.post(address, data={"version": hazard.version, "due_on": ""})
    assert answer.status_code == 422
    assert "请填写：整改时限。" in answer.get_data(as_text=True)
    answer = client.post(address, data={"version": hazard.version, "due_on": "2026-06-01"})
    assert answer.status_code == 409
    assert "整改时限不能早于今天" in answer.get_data(as_text=True)
    answer = client.post(
        address, data={"version": hazard.version, "due_on": "2026-06-30", "state": "closed", "closed_on": "2026-06-01"}
    )
    assert answer.status_code == 302
    story.session.refresh(hazard)
    assert (hazard.state, hazard.due_on, hazard.closed_on) == (State.ASSIGNED, date(2026, 6, 30), None)


def test_the_whole_way_through_the_browser(client: FlaskClient, story: Story) -> None:
    enter(client, story, story.cast.clerk)
    finding = {
        "region": story.township.code, "category": "C03", "description": "楼梯间填充墙开裂", "grade": "general",
        "responsible_unit_name": "晨光小学", "responsible_person": "万山", "measures": "剔除空鼓，挂网抹灰",
        "due_on": "2026-07-01", "found_on": "2026-06-15",
    }  # fmt: skip
    answer = client.post("/hazards/new", data=finding)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    base = answer.location
    hazard = story.session.scalars(select(Hazard)).one()

    def press(actor: Actor, action: str, **facts: object) -> None:
        enter(client, story, actor)
        story.session.refresh(hazard)
        answer = client.post(f"{base}/steps/{action}", data={"version": hazard.version, **facts})
        assert answer.status_code == 302, answer.get_data(as_text=True)

    cast = story.cast
    press(cast.head, "assign", due_on="2026-07-01")
    press(cast.clerk, "accept")
    press(cast.clerk, "start")
    for purpose, colour in (("before", "red"), ("after", "green")):
        upload = {"file": (picture(colour), f"{purpose}.jpg"), "purpose": purpose}
        assert client.post(f"{base}/files", data=upload).status_code == 302
    press(cast.clerk, "report_done", progress="已挂网抹灰", measure_type="management")
    press(cast.officer, "start_recheck")
    people = [cast.officer.id, cast.second.id]
    press(cast.officer, "fail_recheck", recheckers=people, finding="仍有空鼓")
    press(cast.clerk, "report_done", progress="已重新抹灰", measure_type="management")
    press(cast.officer, "start_recheck")
    press(cast.officer, "pass_recheck", recheckers=people, finding="无空鼓")
    press(cast.leader, "close")
    story.session.refresh(hazard)
    assert (hazard.state, hazard.recheck_failures, hazard.closed_on) == (State.CLOSED, 1, TODAY)
    page = text_of(client, base)
    assert re.findall(rf"/{hazard.reference}/(\w+)[\"/]", page) == ["correct"]
    assert "复查人员：" in page
    assert len(re.findall(r"<img src=\"/files/", page)) == 2


def test_an_incomplete_finding_is_kept_and_can_be_completed(client: FlaskClient, story: Story) -> None:
    enter(client, story, story.cast.clerk)
    answer = client.post("/hazards/new", data={"region": "654202", "description": "女儿墙松动"})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    hazard = story.session.scalars(select(Hazard)).one()
    assert (hazard.state, hazard.reference) == (State.DRAFT, "YH-654202-2026-QT-0001")
    form = {
        "version": hazard.version, "description": "女儿墙松动", "grade": "general", "measures": "拆除重砌",
        "responsible_unit_name": "晨光小学", "responsible_person": "万山", "due_on": "2026-07-01", "state": "closed",
    }  # fmt: skip
    assert client.post(f"/hazards/{hazard.reference}/edit", data=form).status_code == 302
    assert client.post(f"/hazards/{hazard.reference}/edit", data=form).status_code == 409
    story.session.refresh(hazard)
    assert (hazard.measures, hazard.state) == ("拆除重砌", State.DRAFT)


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        ({"description": ""}, "请填写：问题描述"),
        ({"due_on": "2026-06-01"}, "不能早于今天"),
        ({"due_on": "2026-02-30"}, ""),
        ({"found_on": "2026-06-16"}, "不能晚于今天"),
        ({"region": ""}, "请选择地区"),
        ({"fund_amount": "-1"}, "不小于 0"),
        ({"fund_amount": "1.234"}, "两位小数"),
        ({"grade": "huge"}, ""),
    ],
)
def test_an_impossible_finding_is_refused(
    client: FlaskClient, story: Story, finding: dict[str, str], sentence: str
) -> None:
    enter(client, story, story.cast.clerk)
    data = {"region": "654202", "description": "女儿墙松动", **finding}
    answer = client.post("/hazards/new", data=data)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert story.session.scalar(select(Hazard)) is None


def test_a_township_of_another_county_is_no_choice(client: FlaskClient, story: Story) -> None:
    enter(client, story, story.cast.clerk)
    answer = client.post("/hazards/new", data={"region": "654221", "description": "女儿墙松动"})
    assert answer.status_code == 422
    assert story.session.scalar(select(Hazard)) is None


@pytest.mark.parametrize(
    ("purpose", "content", "status"),
    [
        ("after", b"<svg/>", 422),
        ("after", b"", 422),
        ("gone", b"x", 422),
        ("recheck", None, 403),
        ("before", None, 302),
    ],
)
def test_files_are_checked_and_taken_from_the_right_person_only(
    client: FlaskClient, story: Story, purpose: str, content: bytes | None, status: int
) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.clerk)
    stream = picture("blue") if content is None else io.BytesIO(content)
    data = {"file": (stream, "x.jpg"), "purpose": purpose}
    answer = client.post(f"/hazards/{hazard.reference}/files", data=data)
    assert answer.status_code == status
    assert (story.session.scalar(select(Evidence)) is not None) == (status == 302)


def test_no_file_is_not_taken_for_an_upload(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.clerk)
    answer = client.post(f"/hazards/{hazard.reference}/files", data={"purpose": "after"})
    assert answer.status_code == 422
    assert "没有收到文件" in answer.get_data(as_text=True)


def test_nothing_is_added_to_a_closed_record(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.CLOSED)
    enter(client, story, story.cast.clerk)
    upload = {"file": (picture("blue"), "x.jpg"), "purpose": "before"}
    assert client.post(f"/hazards/{hazard.reference}/files", data=upload).status_code == 403
    assert client.get(f"/hazards/{hazard.reference}/edit").status_code == 403


def test_a_major_one_is_planned_part_by_part_and_a_general_one_in_one_text(client: FlaskClient, story: Story) -> None:
    with transaction():
        major, general = story.register(story.major()), story.register()
        story.take(major, "assign")
        story.take(general, "assign", due_on=TODAY + timedelta(days=60))
        for hazard in (major, general):
            story.take(hazard, "accept")
    enter(client, story, story.cast.clerk)
    forms = [text_of(client, f"/hazards/{hazard.reference}/steps/submit_plan") for hazard in (major, general)]
    assert [form.count('name="plan_') for form in forms] == [6, 0]
    assert [form.count('name="treatment_plan"') for form in forms] == [0, 1]
    refused = client.post(
        f"/hazards/{major.reference}/steps/submit_plan", data={"version": major.version, "plan_goal": "恢复承载力"}
    )
    assert refused.status_code == 422
    assert "请填写：安全措施与应急预案" in refused.get_data(as_text=True)
    assert "恢复承载力" in refused.get_data(as_text=True)


def test_the_form_of_an_assignment_proposes_the_due_date_of_the_table(client: FlaskClient, story: Story) -> None:
    with transaction():
        hazard = story.register(story.draft(due_on=TODAY))
    with clock.set_to(clock.now() + timedelta(days=1)):
        enter(client, story, story.cast.head)
        assert 'value="2026-07-16"' in text_of(client, f"/hazards/{hazard.reference}/steps/assign")


def test_an_ended_record_is_corrected_with_a_reason(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.CLOSED)
    enter(client, story, story.cast.officer)
    address = f"/hazards/{hazard.reference}/correct"
    assert client.get(f"/hazards/{hazard.reference}/steps/correct").headers["Location"] == address
    page = text_of(client, address)
    values = {name: getattr(hazard, name) for name in ("description", "site_name", "responsible_unit_name")}
    kept = {**values, "responsible_person": "万山", "measures": hazard.measures, "version": hazard.version}
    assert 'name="due_on"' not in page
    assert client.post(address, data={**kept, "progress": "更正进展"}).status_code == 422
    same = {**kept, "progress": hazard.progress, "reason": "录入笔误"}
    unchanged = client.post(address, data=same)
    assert (unchanged.status_code, "没有改动" in unchanged.get_data(as_text=True)) == (409, True)
    answer = client.post(address, data={**same, "progress": "洞口已用型钢补强并粉刷"})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert client.post(address, data={**same, "progress": "又改"}).status_code == 409
    page = text_of(client, f"/hazards/{hazard.reference}")
    assert "整改进展：洞口已用型钢补强 → 洞口已用型钢补强并粉刷" in page


def test_what_is_not_ended_is_not_corrected_and_the_county_corrects_nothing(client: FlaskClient, story: Story) -> None:
    hazard = made(story, State.RECTIFYING)
    enter(client, story, story.cast.officer)
    assert "只有已办结的隐患才用“更正”" in client.get(f"/hazards/{hazard.reference}/correct").get_data(as_text=True)
    enter(client, story, story.cast.clerk)
    assert client.get(f"/hazards/{hazard.reference}/correct").status_code == 403
