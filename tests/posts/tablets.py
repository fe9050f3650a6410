"""What devices send to the API: whatever its shapes do not name is refused, and with it all that came along."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.inspections.models import Inspection
from tests.posts.sending import Office, Post
from tests.tablet.senders import CLAIMED, PEN, announcement, key, one

API = "/api/v1"


def tablet_posts(office: Office) -> list[Post]:
    """Register a device, and send everything about a visit."""
    reference = office.county.visits["under_way"]
    visit = office.session.scalar(select(Inspection.uuid).where(Inspection.reference == reference))
    office.session.rollback()
    signature = {"role": "inspector", "name": "测试1号", "strokes": PEN}
    bodies: dict[str, dict[str, object]] = {
        "devices": {"name": "平板"},
        f"visits/{visit}/start": _sent(),
        f"visits/{visit}/answers": {"answers": [one("C03-05", {"value": "no"})]},
        f"visits/{visit}/signatures": _sent(signatures=[signature]),
        f"visits/{visit}/submit": _sent(site_person="甲校长"),
        "hazards": _sent(text="围墙倾斜", region="654202100"),
        "sites": _sent(name="松涛中学", category="C03", region="654202100"),
        "rechecks": _sent(hazard=office.county.hazards["done"], passed=True, opinion="已修复"),
        f"uploads/{key()}": announcement({"kind": "item", "visit": visit, "item": "C03-08"}, b"x"),
    }
    posts = [Post(Role.INSPECTOR, f"{API}/{path}", body, body="json", expects=422) for path, body in bodies.items()]
    posts.append(Post(Role.COUNTY_CLERK, "/tablet/import", file=(b"JCBAG1", "x.jcbag"), expects=422))
    return [
        *posts,
        Post(Role.INSPECTOR, f"{API}/uploads/{key()}", body="json", method="PATCH", expects=404),
        Post(Role.INSPECTOR, f"/account/devices/{key()}/end", expects=404),
        Post(Role.INSPECTOR, f"/inspections/{reference}/disagreements/999", {"chosen": "stored"}, expects=404),
        Post(Role.INSPECTOR, f"/inspections/{reference}/receipts/20260615-0000-0000/adopt", expects=404),
        Post(Role.COUNTY_CLERK, "/sites/proposed/20260615-0000-0000", {"chosen": "accept"}, expects=404),
        Post(Role.PREFECTURE_OFFICER, f"/devices/{key()}/revoke", expects=404),
    ]


def _sent(**content: object) -> dict[str, object]:
    return {"key": key(), "claimed_at": CLAIMED, **content}
