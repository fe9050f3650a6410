import pytest
from flask.testing import FlaskClient

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.hazards import doubles
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.doubles import keep_both, proposals, resembling
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story

WORDS, SAME_WORDS = "女儿墙松动，无锚固", "女儿墙松动无锚固"
ALL = HazardFilter()


def twins(story: Story) -> tuple[Hazard, Hazard]:
    with transaction():
        one, other = (story.register(story.draft(description=words)) for words in (WORDS, SAME_WORDS))
        story.register(story.draft(description="应急通道堆放杂物"))
        story.register(story.draft(description=WORDS, site_name="另一所小学"))
    return one, other


def test_two_of_one_place_are_proposed_and_others_are_not(story: Story) -> None:
    one, other = twins(story)
    found = proposals(story.session, story.cast.head, ALL)
    assert [(each.one.id, each.other.id, str(each.why)) for each in found.shown] == [
        (one.id, other.id, "同一检查对象，描述相同")
    ]
    assert (found.total, found.capped) == (1, False)
    assert [each.other.id for each in resembling(story.session, story.cast.head, one)] == [other.id]
    assert [each.one.id for each in resembling(story.session, story.cast.head, other)] == [one.id]


def test_nothing_is_proposed_out_of_sight(story: Story) -> None:
    one, _other = twins(story)
    assert proposals(story.session, story.cast.other_clerk, ALL).total == 0
    assert resembling(story.session, story.cast.other_clerk, one) == []


def test_ended_ones_and_those_without_a_place_are_not_proposed(story: Story) -> None:
    with transaction():
        closed = story.reach(State.CLOSED, description=WORDS)
        story.register(story.draft(description=WORDS))
        nowhere = [story.register(story.draft(description="围墙倾斜", site_name="")) for _ in range(2)]
    assert proposals(story.session, story.cast.head, ALL).total == 0
    assert resembling(story.session, story.cast.head, closed) == []
    assert resembling(story.session, story.cast.head, nowhere[0]) == []


def test_a_pair_judged_to_be_two_is_not_proposed_again(story: Story) -> None:
    one, other = twins(story)
    with transaction():
        keep_both(story.session, story.cast.head, other, one, " 两面墙 ")
    assert proposals(story.session, story.cast.head, ALL).total == 0
    assert resembling(story.session, story.cast.head, one) == []
    with pytest.raises(Conflict), transaction():
        keep_both(story.session, story.cast.head, one, other, "两面墙")


def test_a_judgement_needs_a_reason_a_pair_and_somebody_in_charge(story: Story) -> None:
    one, other = twins(story)
    with pytest.raises(Invalid, match="理由"), transaction():
        keep_both(story.session, story.cast.head, one, other, " ")
    with pytest.raises(Conflict), transaction():
        keep_both(story.session, story.cast.head, one, one, "同一条")
    with pytest.raises(Forbidden), transaction():
        keep_both(story.session, story.cast.other_clerk, one, other, "两面墙")


def test_too_many_are_said_to_be_too_many(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubles, "COMPARED", 2)
    with transaction():
        register_many(story.session, story.cast.clerk, [story.draft(description=WORDS)] * 3, batch_id=None)
    found = proposals(story.session, story.cast.head, ALL)
    assert (found.total, found.capped) == (1, True)


def test_the_page_leads_to_merging_and_takes_a_judgement(client: FlaskClient, story: Story) -> None:
    one, other = twins(story)
    first, second = one.reference, other.reference
    sign_in(client, story.session.get_one(User, story.cast.head.id))
    page = client.get("/hazards/doubles").get_data(as_text=True)
    assert "同一检查对象，描述相同" in page
    assert f"/hazards/many?action=merge&amp;pick={second}&amp;merged_into={first}" in page
    merging = client.get(f"/hazards/many?action=merge&pick={second}&merged_into={first}").get_data(as_text=True)
    assert f'value="{first}"' in merging
    assert client.post("/hazards/doubles", data={"hazard": first, "other": second}).status_code == 422
    form = {"hazard": first, "other": second, "reason": "两面墙"}
    assert client.post("/hazards/doubles", data=form).location == "/hazards/doubles"
    assert "没有发现疑似重复的隐患" in client.get("/hazards/doubles").get_data(as_text=True)
