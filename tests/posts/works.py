"""What people send about work plans: a report, its review, a workbook and its steps."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.workplans.models import WorkDue, WorkObligation, WorkReturn
from tests.posts.sending import Office, Post

CLERK, OFFICER = Role.COUNTY_CLERK, Role.PREFECTURE_OFFICER


def reporting_posts(office: Office) -> list[Post]:
    """Report on something owed; accept it, take that back, report and accept again."""
    due = office.county.works["due"]
    version = int(office.version(WorkDue, due))
    here = f"/workplans/dues/{due}"
    return [
        Post(CLERK, f"{here}/report", {"version": version, "summary": "已开展", "done": "1", "proof": "照片"}),
        Post(OFFICER, "/workplans/inbox", {"pick": f"{due}:{version + 1}"}),
        Post(OFFICER, f"{here}/reopen", {"reopen-version": version + 2, "reopen-reason": "核查不实"}),
        Post(CLERK, f"{here}/report", {"version": version + 3, "summary": "已补做"}),
        Post(OFFICER, f"{here}/accept", {"version": version + 4}),
    ]


def book_posts(office: Office) -> list[Post]:
    """Compare the workbook that waits anew, report what it says, take that back; send one more."""
    made = office.county.works["return"]
    version = int(office.version(WorkReturn, made))
    content = next(office.folder.glob("*报送表.xlsx")).read_bytes()
    here = f"/workplans/returns/{made}"
    return [
        Post(CLERK, f"{here}/check", {"version": version}),
        Post(CLERK, f"{here}/apply", {"version": version + 1, "good_rows_only": "y"}),
        Post(CLERK, f"{here}/undo", {"version": version + 2, "reason": "传错"}),
        Post(CLERK, f"/workplans/{office.county.works['plan']}/workbook", file=(content, "报送表.xlsx")),
    ]


def book_put_aside(office: Office) -> list[Post]:
    """Return the refusal of the workbook sent before."""
    second = f"{office.county.works['return'][:-1]}2"
    return [Post(CLERK, f"/workplans/returns/{second}/discard", {"version": office.version(WorkReturn, second)})]


def board_posts(office: Office) -> list[Post]:
    """Sum a plan up; urge where nothing is late."""
    here = f"/workplans/{office.county.works['plan']}"
    told = {"pick": office.county.works["due"], "due_on": "2026-06-22"}
    return [
        Post(OFFICER, f"{here}/summaries", {"date": "all"}),
        Post(OFFICER, f"{here}/urge", told, expects=422),
    ]


def adopting_posts(office: Office) -> list[Post]:
    """Take an obligation of the library into the plan that waits for its review."""
    return [Post(OFFICER, "/workplans/library/LC-B1/adopt", {"place": office.county.works["draft"]})]


def number_posts(office: Office) -> list[Post]:
    """Say until when the county wants what was adopted."""
    office.session.rollback()
    key = office.session.scalars(select(WorkObligation.id).where(WorkObligation.code == "LC-B1")).one()
    there = f"/workplans/{office.county.works['draft']}/obligations/{key}"
    return [Post(OFFICER, there, {f"o{key}-number-due_on": "04-30"})]


WORKS = (reporting_posts, book_posts, book_put_aside, board_posts, adopting_posts, number_posts)
