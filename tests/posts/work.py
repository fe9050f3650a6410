"""What people send about hazards, visits, sites, returns and accounts."""

import hashlib

from inspect_app.access.permissions import Role
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.returns.models import ReturnBatch
from inspect_app.sites.models import Site
from tests.accounts.factories import PASSWORD
from tests.inspections.factories import picture
from tests.posts.sending import Office, Post
from tests.returns.ledgers import ledger_row, write_ledger
from tests.scene import COUNTY, enter

FINDING = {
    "category": "C03", "description": "女儿墙松动", "grade": "general", "responsible_unit_name": "晨光小学",
    "responsible_person": "万山", "measures": "拆除后重新砌筑", "due_on": "2026-07-01", "found_on": "2026-06-15",
}  # fmt: skip
JOURNEY = "/inspections/journeys/county_supervision"
CARD = {"name": "晨曦小学", "category": "C03", "coordinate_system": "CGCS2000", "active": "y"}


def hazard_posts(office: Office) -> list[Post]:
    held, clerk = office.county.hazards, Role.COUNTY_CLERK

    def known(state: str) -> dict[str, str]:
        return {"version": office.version(Hazard, held[state])}

    return [
        Post(clerk, "/hazards/new", {**FINDING, "region": office.township()[0]}),
        Post(clerk, f"/hazards/{held['draft']}/edit", {**FINDING, **known("draft")}),
        Post(clerk, f"/hazards/{held['registered']}/files", {"purpose": "before"}, (picture(201), "x.jpg")),
        Post(
            Role.COUNTY_HEAD, f"/hazards/{held['registered']}/steps/assign",
            {"due_on": "2026-07-01", **known("registered")},
        ),
        Post(clerk, f"/hazards/{held['assigned']}/steps/accept", known("assigned")),
        Post(
            Role.COUNTY_HEAD, "/hazards/doubles",
            {"hazard": held["draft"], "other": held["registered"], "reason": "两处墙体"},
        ),
        Post(clerk, "/hazards/saved", {"name": "逾期的", "overdue": "1"}),
        Post(clerk, "/hazards/saved/1/forget"),
        Post(
            clerk, "/hazards/many?action=start", {"wishes": f"{held['accepted']}:{known('accepted')['version']}"},
            expects=200,
        ),
    ]  # fmt: skip


def visit_posts(office: Office) -> list[Post]:
    held, lead, content = office.county.visits, Role.INSPECTOR, picture(202)
    everybody = office.users(COUNTY, lead)
    team = everybody[-2:]
    plan = {"kind": "special", "planned_on": "2026-06-20", "lead": team[0], "inspector_ids": team}
    told = {"item": "C03-08", "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
    base = f"/inspections/{held['under_way']}"
    answer = {"version": 0, "value": {"value": "no"}, "note": "缺"}
    return [
        Post(Role.COUNTY_HEAD, f"/inspections/plan?site={office.county.site}", {**plan, "checklist_codes": ["C03"]}),
        Post(
            Role.COUNTY_HEAD, f"/inspections/{held['planned']}/team",
            {"lead": everybody[0], "inspector_ids": everybody, "version": "1"},
        ),
        Post(Role.COUNTY_HEAD, f"{JOURNEY}?site={office.county.site}", plan, expects=422),
        Post(lead, f"/inspections/{held['planned']}/steps/start", {"version": "2"}),
        Post(lead, f"{base}/answers/C03-08", answer, method="PUT", body="json", expects=200),
        Post(lead, f"{base}/files", told, (content, "x.jpg"), expects=201),
        Post(
            lead, f"/inspections/{held['ready']}/submit",
            {"version": office.version(Inspection, held["ready"]), "site_person": "杨校长"},
        ),
    ]  # fmt: skip


def other_posts(office: Office) -> list[Post]:
    clerk, batch = Role.COUNTY_CLERK, office.county.returns["validated"]
    sheet = write_ledger(office.folder / "more.xlsx", [ledger_row(8)]).read_bytes()
    county, township = office.region(COUNTY), office.township()[1]
    new = {"old": PASSWORD, "new": "Seven-Quiet-Rivers-9", "again": "Seven-Quiet-Rivers-9"}
    account = {"login": "fresh", "name": "新人", "role": "inspector", "view_region": COUNTY, "active": "y"}
    spare = office.crowd.story.cast.inspector.id
    security = Role.SECURITY_ADMINISTRATOR
    return [
        Post(clerk, "/sites/new", {**CARD, "region_id": township}),
        Post(
            clerk, f"/sites/{office.county.site}/edit",
            {**CARD, "region_id": township, "version": office.version(Site, office.county.site)},
        ),
        Post(clerk, "/returns/new", {"county": county, "report_on": "2026-06-15"}, (sheet, "台账.xlsx")),
        Post(clerk, f"/returns/{batch}/check", {"version": office.version(ReturnBatch, batch)}),
        Post(clerk, f"/returns/issue/{COUNTY}"),
        Post(Role.ASSESSOR, "/assessments/run", {"period": "2026", "region": ""}),
        Post(security, "/users/new", account, expects=200),
        Post(security, f"/users/{spare}", {**account, "login": "kept", "name": "老人"}),
        Post(security, f"/users/{spare}/reset", expects=200),
        Post(security, f"/users/{spare}/unlock"),
        Post(Role.PREFECTURE_LEADER, "/account/sessions/end"),
        Post(Role.AUDITOR, "/account/password", new),
        Post(Role.PREFECTURE_LEADER, "/reminders/choice", {"mail_address": "leader@example.gov.cn"}),
        Post(Role.PREFECTURE_LEADER, "/reminders/read"),
        Post(Role.PREFECTURE_LEADER, "/language", {"language": "en"}),
        Post(Role.PREFECTURE_LEADER, "/sign-out"),
    ]  # fmt: skip


def late_posts(office: Office) -> list[Post]:
    """Return what comes after the first posts: the same things one step on."""
    lead, batch = Role.INSPECTOR, office.county.returns["validated"]
    good = {"version": office.version(ReturnBatch, batch), "accept_good_rows": "y"}
    base = f"/inspections/{office.county.visits['under_way']}"
    enter(office.client, office.crowd.insiders[lead])
    file = office.client.get(f"{base}/answers").get_json()["files"][0]["uuid"]
    unfinished = "BB-654202-20260615-02"
    return [
        Post(lead, f"{base}/files/{file}", method="DELETE", expects=200),
        Post(Role.COUNTY_CLERK, f"/returns/{batch}/apply", good),
        Post(Role.COUNTY_CLERK, f"/returns/{unfinished}/discard", {"version": office.version(ReturnBatch, unfinished)}),
        Post(Role.COUNTY_CLERK, f"/returns/due/hazards-2026-05-{COUNTY}/zero", {"sure": "y"}),
    ]
