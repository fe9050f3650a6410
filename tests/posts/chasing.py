"""What people send about many hazards at once, documents, chasing and reminders."""

import re

from inspect_app.access.permissions import Role
from inspect_app.hazards.models import Hazard
from tests.posts.sending import Office, Post

OFFICER, LEADER = Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER


def many_posts(office: Office) -> list[Post]:
    """Keep a filter, decide about a pair, take a step for two, correct what is closed."""
    held = office.county.hazards
    closed = office.version(Hazard, held["closed"])
    return [
        Post(OFFICER, "/hazards/saved", {"name": "逾期的", "query": "overdue=1"}),
        Post(OFFICER, "/hazards/doubles", {"one": held["registered"], "other": held["assigned"]}, expects=404),
        Post(Role.COUNTY_HEAD, "/hazards/many", {"pick": [held["registered"]]}, expects=422),
        Post(OFFICER, f"/hazards/{held['closed']}/correct", {"version": closed, "reason": "地址写错"}, expects=409),
    ]


def chasing_posts(office: Office) -> list[Post]:
    """Forget the filter, list a hazard and follow it up; ask for rungs, samples and look backs that are not due."""
    held = office.county.hazards
    base = f"/chasing/hazards/{held['done']}"
    version = office.version(Hazard, held["done"])
    listing = {"level": "county", "reason": "久拖不改", "due_on": "2026-12-01", "version": version}
    saved = re.search(r"/hazards/saved/\d+/forget", office.page(OFFICER, "/hazards"))
    return [
        Post(OFFICER, saved[0] if saved else ""),
        Post(LEADER, f"{base}/listing", listing),
        Post(LEADER, "/chasing/listings/1/follow-up", {"what": "report", "on": "2026-06-15"}),
        Post(LEADER, "/chasing/listings/1/end", {"reason": ""}, expects=422),
        Post(
            OFFICER,
            "/chasing/samples",
            {"region": "654202", "start": "2026-01-01", "end": "2026-06-15", "seed": "一"},
            expects=422,
        ),
        Post(OFFICER, "/chasing/take", {"rung": "reminder", "pick": []}, expects=200),
        Post(OFFICER, f"{base}/rungs/reminder", {"version": version}, expects=409),
        Post(OFFICER, "/chasing/look-backs/1/waive", {"reason": ""}, expects=422),
    ]


def document_posts(office: Office) -> list[Post]:
    """Draw up a letter about a hazard."""
    subject = f"hazard:{office.county.hazards['rectifying']}"
    address = f"/documents/new?kind=urging_letter&subject={subject}"
    page = office.page(OFFICER, address)
    names = re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', page)
    given = {
        name: "2026-06-30" if name.endswith("_on") else "一项" for name in names if name not in {"version", "cited"}
    }
    return [Post(OFFICER, address, given)]


def drawn_documents(office: Office) -> list[Post]:
    """Change, number, sign and issue the letter just drawn up."""
    key = re.search(r"/documents/([0-9a-f-]{36})", office.page(OFFICER, "/documents"))
    base = f"/documents/{key[1] if key else ''}"
    return [
        Post(OFFICER, f"{base}/edit", {"version": "99"}, expects=409),
        Post(OFFICER, f"{base}/number", {"version": "99"}, expects=409),
        Post(OFFICER, f"{base}/signatures", {"role": "nobody"}, expects=422),
        Post(OFFICER, f"{base}/scans", {"version": "1"}, expects=422),
        Post(OFFICER, f"{base}/steps/void", {"version": "99"}, expects=409),
        Post(OFFICER, "/documents/issue", {"pick": []}, expects=422),
    ]
