"""From the list of hazards to the rungs due on those chosen there."""

import re

from flask.testing import FlaskClient

from inspect_app.chasing.models import RungTaken
from inspect_app.core.database import transaction
from tests.chasing.test_views import count, enter, many, text_of
from tests.hazards.stories import Story


def test_the_list_leads_to_the_rungs_that_are_due_on_the_ticked_ones(story: Story, client: FlaskClient) -> None:
    letter, interview = many(story, 3, 8)
    with transaction():
        fresh = story.register().reference
    page = text_of(enter(client, story, "officer"), "/hazards")
    assert 'formaction="/chasing/urge"' in page
    page = text_of(client, f"/chasing/urge?scope=picked&pick={letter}&pick={interview}&pick={fresh}")
    forms = dict(
        re.findall(r'name="rung" value="(\w+)">\s*<input type="hidden" name="reference" value="([^"]+)"', page)
    )
    assert forms == {"urging_letter": letter, "interview": interview}
    assert page.index("现在没有到期应办的督办") < page.rindex(fresh)
    answer = client.post("/chasing/take", data={"rung": "urging_letter", "reference": letter})
    assert answer.status_code == 200
    assert count(story.session, RungTaken) == 1
    assert letter not in re.findall(
        r'name="reference" value="([^"]+)"', text_of(client, f"/chasing/urge?pick={letter}")
    )


def test_all_late_ones_of_a_filter_are_sorted_by_rung(story: Story, client: FlaskClient) -> None:
    references = many(story, 3, 8, 20)
    page = text_of(enter(client, story, "officer"), "/chasing/urge?scope=all&region=654202&state=rectifying")
    assert all(reference in page for reference in references)
    places = [page.index(f"<h2>{label}") for label in ("督办函", "约谈", "通报")]
    assert places == sorted(places)
    assert "没有到期应办的督办" in text_of(client, "/chasing/urge?scope=all&state=draft")


def test_hazards_out_of_sight_are_not_sorted(story: Story, client: FlaskClient) -> None:
    reference = many(story, 3)[0]
    enter(client, story, "other_clerk")
    assert client.get(f"/chasing/urge?pick={reference}").status_code == 403
    assert 'formaction="/chasing/urge"' not in text_of(client, "/hazards")
