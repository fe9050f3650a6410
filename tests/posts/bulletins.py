"""What people send about bulletins, from the first draft to the correction of what was issued."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.bulletins.models import Bulletin
from inspect_app.documents.models import Document
from tests.posts.forms import filled
from tests.posts.sending import Office, Post

OFFICER, LEADER = Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER


def begun_bulletins(office: Office) -> list[Post]:
    """Begin a bulletin about a month."""
    assert "月度隐患整改通报" in office.page(OFFICER, "/bulletins/new")
    return [Post(OFFICER, "/bulletins/new", {"template": "monthly", "month": "2026-05"})]


def worded_bulletins(office: Office) -> list[Post]:
    """Word it, and take its figures again."""
    address, version = _newest(office)
    form = filled(office.page(OFFICER, f"{address}/edit"))
    return [
        Post(OFFICER, f"{address}/edit", {**form, "requirement": "各县（市、区）逐条核对。"}),
        Post(OFFICER, f"{address}/gather", {"version": str(version + 1)}),
    ]


def sent_bulletins(office: Office) -> list[Post]:
    """Send it to be issued."""
    address, version = _newest(office)
    return [Post(OFFICER, f"{address}/steps/send", {"version": str(version)})]


def issued_bulletins(office: Office) -> list[Post]:
    """Issue its document."""
    drawn_up = select(Document.uuid, Document.version).where(Document.kind == "bulletin").order_by(Document.id.desc())
    uuid, version = office.session.execute(drawn_up).tuples().first() or ("", 0)
    return [Post(LEADER, f"/documents/{uuid}/steps/issue", {"version": str(version)})]


def corrected_bulletins(office: Office) -> list[Post]:
    """Begin its correction, and withdraw it."""
    address, version = _newest(office)
    return [
        Post(OFFICER, f"{address}/correct", {"version": str(version), "reason": "漏写一句"}),
        Post(LEADER, f"{address}/give-up", {"version": str(version), "reason": "数字另行通报"}),
    ]


def _newest(office: Office) -> tuple[str, int]:
    office.session.rollback()
    newest = select(Bulletin.reference, Bulletin.version).order_by(Bulletin.id.desc())
    reference, version = office.session.execute(newest).tuples().first() or ("", 0)
    return f"/bulletins/{reference}", version
