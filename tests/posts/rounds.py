"""What people send about campaigns, their draws, and doubts."""

import re

from inspect_app.access.permissions import Role
from inspect_app.campaigns.models import Campaign
from inspect_app.inspections.models import Inspection
from tests.campaigns.factories import PREFECTURE
from tests.posts.sending import Office, Post
from tests.scene import COUNTY

OFFICER = Role.PREFECTURE_OFFICER
CAMPAIGN = {
    "kind": "whole_area", "title": "专项检查", "document_number": "塔地震指办〔2026〕9号", "starts_on": "2026-06-15",
    "ends_on": "2026-06-30", "lead_unit": "塔城地区应急管理局", "categories": ["C03"], "per_county": "1",
}  # fmt: skip


def campaign_posts(office: Office) -> list[Post]:
    held = office.county.campaigns
    scope = {**CAMPAIGN, "region_ids": [office.region(COUNTY)]}
    version = int(office.version(Campaign, held["draft"]))
    team = dict.fromkeys((f"team-{key}" for key in office.users(PREFECTURE, Role.INSPECTOR)), "1")
    move = {"on": "2026-06-17", "reason": "道路施工", "version": office.version(Inspection, held["visit"])}
    away = {"user_id": office.users(COUNTY, Role.INSPECTOR)[0], "unit_id": "0", "region_id": office.region(COUNTY)}
    base = f"/campaigns/{held['draft']}"
    return [
        Post(OFFICER, "/campaigns/new", scope),
        Post(OFFICER, f"{base}/edit", {**scope, "version": version}),
        Post(OFFICER, f"{base}/teams", {**team, "version": version + 1}),
        Post(Role.PREFECTURE_LEADER, f"{base}/steps/issue", {"version": version + 1}),
        Post(OFFICER, f"/campaigns/{held['issued']}/visits/{held['visit']}/move", move),
        Post(OFFICER, "/campaigns/avoidance", {**away, "reason": "亲属任职"}),
        Post(OFFICER, "/campaigns/avoidance/1/end"),
    ]


def campaign_plan(office: Office) -> list[Post]:
    """Return the confirmation of what the preview of the campaign just issued shows."""
    address = f"/campaigns/{office.county.campaigns['draft']}/plan"
    return [Post(OFFICER, address, {"fingerprint": office.hidden(OFFICER, address, "fingerprint")})]


def draw_posts(office: Office) -> list[Post]:
    """Draw anew, and settle a doubt."""
    again = {"percent": "20", "per_county": "1", "seed": "2026-06-15", "reason": "漏了一所学校"}
    return [
        Post(OFFICER, f"/campaigns/{office.county.campaigns['dual']}/draws", again),
        Post(OFFICER, f"/doubts/short_visit/{office.county.doubt}", {"text": "电话核实：只看了一层"}),
    ]


def drawn_visits(office: Office) -> list[Post]:
    """Return the confirmation of the visits of the draw just made."""
    latest = office.page(OFFICER, f"/campaigns/{office.county.campaigns['dual']}/draws")
    reference = max(re.findall(r"/campaigns/draws/([\w-]+)", latest))
    address = f"/campaigns/draws/{reference}/visits"
    return [Post(OFFICER, address, {"fingerprint": office.hidden(OFFICER, address, "fingerprint")})]
