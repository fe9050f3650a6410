import io
import re

import pytest
from flask.testing import FlaskClient

from inspect_app.assessments.course import queries
from inspect_app.assessments.lifecycle import APPEALING, PUBLISHED, REVIEWING
from tests.accounts.factories import sign_in
from tests.assessments.course import REASON, WUSU, Year, bring_to, points
from tests.inspections.factories import picture


def read(client: FlaskClient, year: Year, who: str, address: str = "") -> str:
    sign_in(client, year.users[who])
    answer = client.get(address or f"/assessments/course/{year.reference}")
    assert answer.status_code == 200, answer.get_data(as_text=True)[-2000:]
    return answer.get_data(as_text=True)


def line(year: Year, item: str, rest: str = "") -> str:
    return f"/assessments/course/{year.reference}/{WUSU}/{item}{rest}"


@pytest.mark.parametrize("state", ["computed", REVIEWING, APPEALING, PUBLISHED])
@pytest.mark.parametrize("who", ["clerk", "head", "assessor", "leader", "officer"])
def test_every_page_is_drawn_for_everybody_in_every_state(
    client: FlaskClient, year: Year, state: str, who: str
) -> None:
    if state != "computed":
        bring_to(year, state)
    for address in ("/assessments/course", "", f"/assessments/course/{year.reference}/{WUSU}", line(year, "A-1")):
        assert "年度考核" in read(client, year, who, address)


def test_a_county_reads_its_own_sheet_alone(client: FlaskClient, year: Year) -> None:
    page = read(client, year, "clerk")
    assert "乌苏市" in page
    assert "沙湾市" not in page
    assert client.get(f"/assessments/course/{year.reference}/654203").status_code == 404
    assert client.get(f"/assessments/course/{year.reference}/654203/A-1").status_code == 404


def test_what_was_entered_wrongly_stays_in_its_field(client: FlaskClient, year: Year) -> None:
    year.step("assessor", "begin")
    sign_in(client, year.users["clerk"])
    data = {"version": year.line("A-1").version, "figure0": "15", "figure1": "14", "note": "录入滞后三项"}
    answer = client.post(line(year, "A-1", "/report"), data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "完成数不能大于应计数" in page
    assert 'value="15"' in page
    assert "录入滞后三项" in page


def test_saving_leads_to_the_next_line(client: FlaskClient, year: Year) -> None:
    year.step("assessor", "begin")
    sign_in(client, year.users["clerk"])
    data = {"version": year.line("A-1").version, "figure0": "4", "figure1": "14", "onward": "1"}
    answer = client.post(line(year, "A-1", "/report"), data=data)
    assert answer.location.endswith("/A-2")
    assert year.line("A-1").reported == {"numerator": 4, "denominator": 14}


def test_a_file_stands_beside_its_line_and_may_be_taken_back(client: FlaskClient, year: Year) -> None:
    year.step("assessor", "begin")
    sign_in(client, year.users["clerk"])
    sent = client.post(line(year, "A-3", "/proofs"), data={"file": (io.BytesIO(picture(120)), "要点.jpg")})
    assert sent.status_code == 302
    page = read(client, year, "assessor", line(year, "A-3"))
    (key,) = set(re.findall(r"/files/([0-9a-f-]{36})\"", page))
    assert client.get(f"/files/{key}").status_code == 200
    sign_in(client, year.users["neighbour"])
    assert client.get(f"/files/{key}").status_code == 404
    sign_in(client, year.users["clerk"])
    assert client.post(line(year, "A-3", f"/proofs/{key}/withdraw")).status_code == 302
    assert not queries.proofs_of(year.session, [year.line("A-3")])[year.line("A-3").id]


def test_a_county_does_not_read_decisions_before_they_are_announced(client: FlaskClient, year: Year) -> None:
    bring_to(year, REVIEWING)
    year.propose("assessor", "A-1", "内部核实的理由说明", points="3")
    assert "内部核实的理由说明" not in read(client, year, "clerk", line(year, "A-1"))
    assert "没有第二人复核" not in read(client, year, "clerk")
    assert "内部核实的理由说明" in read(client, year, "second", line(year, "A-1"))
    year.confirm("second", "A-1")
    year.step("assessor", "announce")
    assert "内部核实的理由说明" in read(client, year, "clerk", line(year, "A-1"))


def test_a_refused_step_lists_everything_in_its_way_with_links(client: FlaskClient, year: Year) -> None:
    bring_to(year, APPEALING)
    year.appeal("clerk", "A-2", "重大隐患已销号")
    year.propose("assessor", "A-1", points="3")
    sign_in(client, year.users["leader"])
    address = f"/assessments/course/{year.reference}/steps/publish"
    answer = client.post(address, data={"version": year.assessment.version})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "还有申诉没有答复" in page
    assert line(year, "A-2") in page
    assert line(year, "A-1") in page
    assert year.assessment.state == APPEALING


def test_the_published_sheet_carries_its_digest(client: FlaskClient, year: Year) -> None:
    bring_to(year, PUBLISHED)
    page = read(client, year, "clerk", f"/assessments/course/{year.reference}/{WUSU}")
    assert year.sheet().digest in page
    assert "暂计" not in page


def test_a_page_that_is_old_changes_nothing(client: FlaskClient, year: Year) -> None:
    bring_to(year, REVIEWING)
    version = year.line("A-1").version
    year.propose("assessor", "A-1", points="3")
    sign_in(client, year.users["second"])
    answer = client.post(line(year, "A-1", "/change"), data={"version": version, "points": "1", "reason": REASON})
    assert answer.status_code == 409
    assert (year.line("A-1").proposal or {})["points"] == "3"
    assert points(year.line("A-1")) == "1.71"


def test_the_home_page_says_what_to_do_and_until_when(client: FlaskClient, year: Year) -> None:
    year.step("assessor", "begin")
    assert "填报并报送自评，还有 2 项没有填" in read(client, year, "clerk", "/")
    assert "填报并报送自评" not in read(client, year, "officer", "/")


def test_an_assessment_is_opened_and_corrected_on_pages(client: FlaskClient, year: Year) -> None:
    sign_in(client, year.users["assessor"])
    given = {"region": "6542", "scheme": "DEFAULT", "period": "2026", "difference_points": "3"}
    days = {"self_report_by": "2026-06-20", "freeze_on": "2026-06-25", "appeal_by": "2026-07-05"}
    assert client.post("/assessments/course/new", data={**given, **days, "freeze_on": "2026-06-01"}).status_code == 422
    sent = client.post("/assessments/course/new", data={**given, **days})
    assert sent.location.endswith("/KP-6542-2026-02")
    bring_to(year, PUBLISHED)
    sign_in(client, year.users["assessor"])
    form = {"reason": "漏计一项", "freeze_on": "2026-06-15", "appeal_by": "2026-06-22"}
    sent = client.post(f"/assessments/course/{year.reference}/correct", data=form)
    assert sent.location.endswith("/KP-6542-2026-03")
    assert "漏计一项" in read(client, year, "assessor", sent.location)
