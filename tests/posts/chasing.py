"""What people send about corrections, documents, chasing and look backs; every one of it is accepted."""

import re

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.documents.models import Document
from inspect_app.hazards.models import Hazard
from tests.documents.factories import PEN
from tests.inspections.factories import picture
from tests.posts.forms import filled
from tests.posts.sending import Office, Post
from tests.scene import WORD

OFFICER, LEADER = Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER
KEPT = {"version", "cited"}
LETTER, NOTICE = "urging_letter", "interview_notice"


def chasing_posts(office: Office) -> list[Post]:
    """Correct what is closed, take two rungs on what is late, list what waits for its end, waive a look back."""
    held = office.county.hazards
    late, listed, closed = (f"/hazards/{held[state]}" for state in ("rectifying", "closure_pending", "closed"))
    known = {state: {"version": office.version(Hazard, held[state])} for state in ("rectifying", "closure_pending")}
    listing = {"level": "county", "reason": "久拖不改", "due_on": "2026-12-01", **known["closure_pending"]}
    correction = {**filled(office.page(OFFICER, f"{closed}/correct")), "remark": "地址已更正", "reason": "地址写错"}
    return [
        Post(OFFICER, f"{closed}/correct", correction),
        Post(OFFICER, f"/chasing{late}/rungs/interview", {**known["rectifying"], "note": "约谈"}),
        Post(OFFICER, "/chasing/take", {"rung": "reminder", "reference": [held["rectifying"]]}, expects=200),
        Post(LEADER, f"/chasing{listed}/listing", listing),
        Post(OFFICER, f"/chasing/look-backs/{office.county.chasing['task']}/waive", {"reason": "校舍已经拆除"}),
    ]


def listing_posts(office: Office) -> list[Post]:
    """Report the listing just made, and end it."""
    reference = office.county.hazards["closure_pending"]
    keys = re.findall(r"/chasing/listings/(\d+)", office.page(LEADER, f"/hazards/{reference}"))
    base = f"/chasing/listings/{max(map(int, keys), default=0)}"
    return [
        Post(LEADER, f"{base}/follow-up", {"what": "report", "on": "2026-06-15"}),
        Post(LEADER, f"{base}/end", {"reason": "复查验收已经通过"}),
    ]


def closing_posts(office: Office) -> list[Post]:
    """Close the hazard that was listed, and draw from what was closed."""
    reference = office.county.hazards["closure_pending"]
    sample = {"region": "654202", "start": "2026-06-01", "end": "2026-06-15", "seed": "一"}
    return [
        Post(LEADER, f"/hazards/{reference}/steps/close", {"version": office.version(Hazard, reference)}),
        Post(OFFICER, "/chasing/samples", sample),
    ]


def document_posts(office: Office) -> list[Post]:
    """Draw up a letter and a notice about a hazard."""
    subject = f"hazard:{office.county.hazards['rectifying']}"
    return [
        Post(OFFICER, *_drawn_up(office, f"/documents/new?kind={kind}&subject={subject}")) for kind in (LETTER, NOTICE)
    ]


def drawn_documents(office: Office) -> list[Post]:
    """Fill the letter in and number it; sign the notice."""
    letter, notice = _address(office, LETTER), _address(office, NOTICE)
    form = filled(office.page(OFFICER, f"{letter}/edit"))
    signature = {"role": "interviewer", "name": "柳青", "strokes": PEN}
    return [
        Post(OFFICER, f"{letter}/edit", {**form, "requirement": f"{WORD}小学立即整改"}),
        Post(OFFICER, f"{letter}/number", {"version": str(int(form["version"]) + 1)}),
        Post(OFFICER, f"{notice}/signatures", {**_version(office, NOTICE), **signature}),
    ]


def ended_documents(office: Office) -> list[Post]:
    """Keep a scan of the letter; void the notice."""
    given = {**_version(office, NOTICE), "reason": "已经另行约谈"}
    return [
        Post(OFFICER, f"{_address(office, LETTER)}/scans", _version(office, LETTER), (picture(203), "签字件.jpg")),
        Post(OFFICER, f"{_address(office, NOTICE)}/steps/void", given),
    ]


def issued_documents(office: Office) -> list[Post]:
    """Issue the letter."""
    key = _address(office, LETTER).rpartition("/")[2]
    pick = f"{key}@{_version(office, LETTER)['version']}"
    return [Post(LEADER, "/documents/issue", {"pick": [pick]}, expects=200)]


def _drawn_up(office: Office, address: str) -> tuple[str, dict[str, str]]:
    form = filled(office.page(OFFICER, address))
    blank = {
        name: "2026-06-30" if name.endswith("_on") else "一项"
        for name, value in form.items()
        if not value and name not in KEPT
    }
    return address, {**form, **blank}


def _address(office: Office, kind: str) -> str:
    return f"/documents/{_newest(office, kind)[0]}"


def _version(office: Office, kind: str) -> dict[str, str]:
    return {"version": str(_newest(office, kind)[1])}


def _newest(office: Office, kind: str) -> tuple[str, int]:
    office.session.rollback()
    drawn_up = select(Document.uuid, Document.version).where(Document.kind == kind).order_by(Document.id.desc())
    return office.session.execute(drawn_up).tuples().first() or ("", 0)
