"""What people send in the year of an assessment, from the self-report to a correction; every one of it is accepted."""

import re

from sqlalchemy import select

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.assessments.course import queries
from inspect_app.assessments.course.signing import shown_digest
from inspect_app.assessments.lifecycle import PUBLISHED
from inspect_app.assessments.models import Assessment
from inspect_app.core import clock
from tests.inspections.factories import picture
from tests.posts.forms import filled
from tests.posts.sending import Office, Post
from tests.scene import COUNTY

CLERK, ASSESSOR, LEADER = Role.COUNTY_CLERK, Role.ASSESSOR, Role.PREFECTURE_LEADER
REASON = "经核对现场材料认定"


def reporting_posts(office: Office) -> list[Post]:
    """Report every line with a proof, gather the facts anew, freeze them tomorrow no more but today."""
    today = clock.today().isoformat()
    given = {**filled(office.page(ASSESSOR, f"{_base(office)}/dates")), "self_report_by": today, "freeze_on": today}
    return [
        Post(CLERK, f"{_line(office, 'A-1')}/report", {**_version(office, "A-1"), "figure0": "4", "figure1": "14"}),
        Post(CLERK, f"{_line(office, 'A-3')}/report", {**_version(office, "A-3"), "figure0": "1"}),
        Post(CLERK, f"{_line(office, 'A-4')}/report", {**_version(office, "A-4"), "figure0": "0", "figure1": "0"}),
        Post(CLERK, f"{_line(office, 'A-3')}/proofs", {}, (picture(211), "要点.jpg")),
        Post(ASSESSOR, f"{_base(office)}/compute"),
        Post(ASSESSOR, f"{_base(office)}/dates", given),
    ]


def sending_posts(office: Office) -> list[Post]:
    """Take the proof back, and send the self-report."""
    proof = re.findall(r"/proofs/([0-9a-f-]{36})/withdraw", office.page(CLERK, _line(office, "A-3")))
    return [
        Post(CLERK, f"{_line(office, 'A-3')}/proofs/{''.join(proof)}/withdraw"),
        Post(CLERK, f"{_base(office)}/{COUNTY}/send", _assessment_version(office)),
    ]


def signing_posts(office: Office) -> list[Post]:
    """Sign for the self-report, then let the review begin."""
    return [
        Post(CLERK, f"{_base(office)}/{COUNTY}/sign", {"digest": _digest(office)}),
        Post(ASSESSOR, f"{_base(office)}/steps/review", _assessment_version(office)),
    ]


def review_posts(office: Office) -> list[Post]:
    """Accept what people filled in, and propose two changes."""
    accepted = {"decision": "accepted"}
    return [
        Post(ASSESSOR, f"{_line(office, 'A-3')}/decision", {**_version(office, "A-3"), **accepted}),
        Post(ASSESSOR, f"{_line(office, 'A-4')}/decision", {**_version(office, "A-4"), **accepted}),
        Post(ASSESSOR, f"{_line(office, 'A-1')}/change", {**_version(office, "A-1"), "points": "5", "reason": REASON}),
        Post(ASSESSOR, f"{_line(office, 'A-2')}/change", {**_version(office, "A-2"), "points": "1", "reason": REASON}),
    ]


def confirming_posts(office: Office) -> list[Post]:
    """Confirm one change and refuse the other, freeze the data."""
    return [
        Post(LEADER, f"{_line(office, 'A-1')}/confirm", _version(office, "A-1")),
        Post(LEADER, f"{_line(office, 'A-2')}/refuse", {**_version(office, "A-2"), "reason": REASON}),
        Post(ASSESSOR, f"{_base(office)}/freeze"),
    ]


def announcing_posts(office: Office) -> list[Post]:
    """Announce the results."""
    return [Post(ASSESSOR, f"{_base(office)}/steps/announce", _assessment_version(office))]


def appeal_posts(office: Office) -> list[Post]:
    """Appeal against a line."""
    return [Post(CLERK, f"{_line(office, 'A-2')}/appeals", {**_version(office, "A-2"), "reason": REASON})]


def answer_posts(office: Office) -> list[Post]:
    """Answer the appeal."""
    told = {"outcome": "rejected", "answer": REASON}
    return [Post(ASSESSOR, f"{_line(office, 'A-2')}/answer", {**_version(office, "A-2"), **told})]


def publishing_posts(office: Office) -> list[Post]:
    """Sign for the results."""
    return [Post(CLERK, f"{_base(office)}/{COUNTY}/sign", {"digest": _digest(office)})]


def published_posts(office: Office) -> list[Post]:
    """Publish, and open the assessment of the prefecture."""
    whole = filled(office.page(ASSESSOR, "/assessments/course/new"))
    return [
        Post(LEADER, f"{_base(office)}/steps/publish", _assessment_version(office)),
        Post(ASSESSOR, "/assessments/course/new", {**whole, "region": "6542"}),
    ]


def correction_posts(office: Office) -> list[Post]:
    """Open the correction of what was published."""
    form = filled(office.page(ASSESSOR, f"{_base(office)}/correct"))
    return [Post(ASSESSOR, f"{_base(office)}/correct", {**form, "reason": REASON})]


ASSESSING = (
    reporting_posts, sending_posts, signing_posts, review_posts, confirming_posts, announcing_posts, appeal_posts,
    answer_posts, publishing_posts, published_posts, correction_posts,
)  # fmt: skip


def is_published(office: Office) -> bool:
    """Tell whether the county's assessment came to its end."""
    return office.state(Assessment, office.county.assessment) == PUBLISHED


def _base(office: Office) -> str:
    return f"/assessments/course/{office.county.assessment}"


def _line(office: Office, item: str) -> str:
    return f"{_base(office)}/{COUNTY}/{item}"


def _version(office: Office, item: str) -> dict[str, str]:
    office.session.rollback()
    assessment = queries.by_reference(office.session, SYSTEM, office.county.assessment)
    line = queries.line_of(queries.sheet_of(office.session, SYSTEM, assessment, COUNTY), item)
    version = str(line.version)
    office.session.rollback()
    return {"version": version}


def _assessment_version(office: Office) -> dict[str, str]:
    office.session.rollback()
    found = office.session.scalars(
        select(Assessment.version).where(Assessment.reference == office.county.assessment)
    ).one()
    office.session.rollback()
    return {"version": str(found)}


def _digest(office: Office) -> str:
    office.session.rollback()
    assessment = queries.by_reference(office.session, SYSTEM, office.county.assessment)
    found = shown_digest(office.session, queries.sheet_of(office.session, SYSTEM, assessment, COUNTY))
    office.session.rollback()
    return found
