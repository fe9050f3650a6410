"""Many hazards at once in the browser: ticked or all of a filter, one page to confirm, one that tells."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.hazards import many
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story


def enter(client: FlaskClient, story: Story, actor: Actor) -> None:
    sign_in(client, story.session.get_one(User, actor.id))


def fill(story: Story, number: int) -> list[str]:
    with transaction():
        keys = register_many(story.session, story.cast.clerk, [story.draft()] * number, batch_id=None)
    return list(story.session.scalars(select(Hazard.reference).where(Hazard.id.in_(keys)).order_by(Hazard.id)))


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def wishes_on(page: str) -> str:
    found = re.search(r'name="wishes"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_ticked_hazards_are_assigned_after_one_confirmation(client: FlaskClient, story: Story) -> None:
    references = fill(story, 4)
    with transaction():
        closed = story.reach(State.CLOSED).reference
    enter(client, story, story.cast.head)
    assert text_of(client, "/hazards").count('name="pick"') == 5
    picks = "".join(f"&pick={each}" for each in [*references[:3], closed])
    address = f"/hazards/many?action=assign&scope=picked{picks}"
    page = text_of(client, address)
    assert "可以办理 3 条，现在不能办理 1 条" in page
    assert "交办 3 条" in page
    assert closed not in wishes_on(page)
    due = clock.today() + timedelta(days=8)
    form = {"wishes": wishes_on(page), "due_on": due.isoformat(), "supervising_unit_name": "塔城地区住建局"}
    told = client.post(address, data=form).get_data(as_text=True)
    assert "已办理 3 条" in told
    states = dict(story.session.execute(select(Hazard.reference, Hazard.state)).tuples().all())
    assert [states[each] for each in references] == [State.ASSIGNED] * 3 + [State.REGISTERED]
    again = client.post(address, data=form).get_data(as_text=True)
    assert again.count("您已经办理过") == 3


def test_all_of_a_filter_are_taken_in_batches(
    client: FlaskClient, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(story, 5)
    with transaction():
        story.reach(State.CLOSED)
    monkeypatch.setattr(many, "MOST", 3)
    enter(client, story, story.cast.head)
    address = "/hazards/many?action=assign&scope=all&category=C03"
    page = text_of(client, address)
    assert "可以办理 3 条，现在不能办理 0 条" in page
    assert "筛选出的共 5 条" in page
    told = client.post(address, data={"wishes": wishes_on(page)}).get_data(as_text=True)
    assert 'href="/hazards/many?action=assign&amp;scope=all&amp;category=C03"' in told
    assert "可以办理 2 条" in text_of(client, address)


def test_a_filter_of_other_states_leaves_nothing_to_do(client: FlaskClient, story: Story) -> None:
    fill(story, 1)
    enter(client, story, story.cast.head)
    assert "没有现在可以“交办”的隐患" in text_of(client, "/hazards/many?action=assign&scope=all&state=closed")
    assert "没有现在可以“交办”的隐患" in text_of(client, "/hazards/many?action=assign&scope=picked")


def test_what_is_needed_and_not_known_is_asked_for(client: FlaskClient, story: Story) -> None:
    references = fill(story, 2)
    enter(client, story, story.cast.head)
    address = "/hazards/many?action=transfer" + "".join(f"&pick={each}" for each in references)
    answer = client.post(address, data={"wishes": wishes_on(text_of(client, address))})
    assert answer.status_code == 422
    assert "请填写：移送单位。" in answer.get_data(as_text=True)
    assert set(story.session.scalars(select(Hazard.state))) == {State.REGISTERED}


def test_several_are_merged_into_one_named_in_the_address(client: FlaskClient, story: Story) -> None:
    first, *others = fill(story, 3)
    enter(client, story, story.cast.head)
    picks = "".join(f"&pick={each}" for each in others)
    address = f"/hazards/many?action=merge&merged_into={first}{picks}"
    page = text_of(client, address)
    assert f'value="{first}"' in page
    client.post(address, data={"wishes": wishes_on(page), "merged_into": first, "reason": "重复登记"})
    states = story.session.scalars(select(Hazard.state).where(Hazard.reference.in_(others)))
    assert set(states) == {State.MERGED}


def test_recheckers_can_be_named_for_many(client: FlaskClient, story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
    enter(client, story, story.cast.officer)
    page = text_of(client, f"/hazards/many?action=fail_recheck&pick={hazard.reference}")
    assert f'value="{story.cast.second.id}"' in page
    form = {"wishes": wishes_on(page), "recheckers": [story.cast.officer.id, story.cast.second.id], "finding": "仍开裂"}
    told = client.post(f"/hazards/many?action=fail_recheck&pick={hazard.reference}", data=form).get_data(as_text=True)
    assert "已办理 1 条" in told


@pytest.mark.parametrize(("query", "status"), [("", 422), ("?action=x", 422), ("?action=close", 403)])
def test_a_step_that_is_none_or_not_theirs_is_refused(
    client: FlaskClient, story: Story, query: str, status: int
) -> None:
    enter(client, story, story.cast.clerk)
    assert client.get(f"/hazards/many{query}").status_code == status
    assert client.post(f"/hazards/many{query}", data={"wishes": "x"}).status_code == status


def test_wishes_that_are_none_are_refused(client: FlaskClient, story: Story) -> None:
    enter(client, story, story.cast.head)
    answer = client.post("/hazards/many?action=assign", data={"wishes": "x"})
    assert answer.status_code == 422
    assert "请返回清单重新勾选" in answer.get_data(as_text=True)


def test_who_only_reads_is_shown_no_boxes(client: FlaskClient, story: Story) -> None:
    fill(story, 1)
    with transaction():
        user = story.session.get_one(User, story.cast.second.id)
        user.role = "assessor"  # type: ignore[assignment]
    sign_in(client, user)
    assert 'name="pick"' not in text_of(client, "/hazards")
