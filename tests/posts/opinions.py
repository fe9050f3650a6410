"""What people send about restricted papers: kept, changed, given a file, opened, told, taken back."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.evidence.models import Evidence
from inspect_app.opinions.models import Opinion
from tests.opinions.factories import WORD
from tests.posts.sending import Office, Post

OFFICER, LEADER = Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER
PAPER = {
    "kind": "consultation_special", "held_on": "2026-06-10", "covers_from": "", "covers_until": "",
    "title": f"{WORD}专题会商", "text": f"{WORD}一带无异常。", "receivers": "市应急管理局",
}  # fmt: skip


def kept_papers(office: Office) -> list[Post]:
    """Keep a paper."""
    assert 'name="receivers"' in office.page(OFFICER, "/opinions/new")
    return [Post(OFFICER, "/opinions/new", PAPER)]


def changed_papers(office: Office) -> list[Post]:
    """Change it, and put a file beside it."""
    address, version = _newest(office)
    file = (f"%PDF-1.4 {WORD}".encode(), "会商.pdf")
    return [
        Post(OFFICER, f"{address}/change", {**PAPER, "version": str(version), "text": f"{WORD}一带有异常。"}),
        Post(OFFICER, f"{address}/files", {"version": str(version + 1)}, file),
    ]


def opened_papers(office: Office) -> list[Post]:
    """Open it and take its file."""
    address, _version = _newest(office)
    rows = select(Evidence.uuid).where(Evidence.subject_kind == "opinion").order_by(Evidence.id.desc())
    file = office.session.scalars(rows).first()
    return [
        Post(LEADER, f"{address}/open", expects=200),
        Post(LEADER, f"{address}/files/{file}", expects=200),
    ]


def ended_papers(office: Office) -> list[Post]:
    """Note that people were told, and take it back."""
    address, version = _newest(office)
    return [
        Post(OFFICER, f"{address}/steps/notify", {"version": str(version)}),
        Post(OFFICER, f"{address}/steps/withdraw", {"version": str(version + 1)}),
    ]


def _newest(office: Office) -> tuple[str, int]:
    office.session.rollback()
    newest = select(Opinion.reference, Opinion.version).order_by(Opinion.id.desc())
    reference, version = office.session.execute(newest).tuples().first() or ("", 0)
    return f"/opinions/{reference}", version


OPINIONS = (kept_papers, changed_papers, opened_papers, ended_papers)
