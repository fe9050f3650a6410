"""What people send about checklists: written on pages, derived, imported, tried, published anew."""

from inspect_app.access.permissions import Role
from inspect_app.checklists import queries
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.workbook.sending import recoded
from inspect_app.core.database import transaction
from inspect_app.inspections.models import Inspection
from tests.checklists.workbook.sixty import as_file, sixty
from tests.inspections.lists import altered, publish
from tests.posts.sending import Office, Post
from tests.scene import COUNTY

HEAD = {
    "title": "消防站检查表", "checked": "消防站", "checkers": "应急局", "pass_mark": "60", "objects": "C03",
}  # fmt: skip
ITEM = {
    "text": "营房鉴定过吗？", "guidance": "看报告。", "section": "s1", "required": "y", "severity": "general",
    "deadline": "days", "days": "30", "first": "stop_use",
    "citations-0-basis": "REG-744", "citations-0-article": "第七条",
    "parts-0-kind": "yes_no", "parts-0-bad_answer": "no", "parts-0-date_unit": "months",
}  # fmt: skip


def list_posts(office: Office) -> list[Post]:
    """Begin lists, and lead the county's draft to its trial: every change makes the next version of the draft."""
    code, owner = office.county.checklist, {"owner": office.region(COUNTY)}
    base, head = f"/checklists/{code}/draft", Role.COUNTY_HEAD
    found = office.session.query(ChecklistVersion.version).filter_by(code=code).scalar()
    office.session.rollback()
    changes = [
        ("head", HEAD),
        ("sections", {"title": "营房"}),
        ("sections/s2", {"title": "训练场"}),
        ("items/new", {**ITEM, "section": "s2", "weight": "60"}),
        (f"items/{code}-01", {**ITEM, "weight": "40"}),
        ("arrange", {"do": "section-up:s2"}),
    ]
    return [
        Post(head, "/checklists/new", {**HEAD, **owner, "code": "WS-9"}),
        Post(head, "/checklists/C03/derive", owner),
        *(Post(head, f"{base}/{at}", {**data, "version": found + n}) for n, (at, data) in enumerate(changes)),
        Post(head, f"/checklists/{code}/1/steps/try_out", {"version": found + len(changes)}),
        Post(head, f"/inspections/try/{code}/1/answers/{code}-01", {"version": 0, "value": {"value": "no"}},
             method="PUT", body="json", expects=200),
        Post(head, f"/inspections/try/{code}/1/restart"),
        Post(Role.SYSTEM_ADMINISTRATOR, "/checklists/C04/revise"),
    ]  # fmt: skip


def list_import(office: Office) -> list[Post]:
    """Return a list sent as a workbook, and the confirmation of its preview."""
    head, content = Role.COUNTY_HEAD, as_file(recoded(sixty(), "WS-60"), queries.register(), {})
    sending = Post(head, "/checklists/import", {"code": ""}, (content, "表.xlsx"))
    preview = sending.send(office.client, office.crowd.insiders).location
    return [sending, Post(head, preview)]


def newer_list(office: Office) -> list[Post]:
    """Publish the next version of a list under a visit, and return the move of the visit to it."""
    with transaction():
        publish(office.session, altered(load_library().checklists["C03"], {"C03-05": {"text": "有 D 级危房吗？"}}))
    held = office.county.visits["under_way"]
    data = {"lists": ["C03-2"], "version": office.version(Inspection, held)}
    return [Post(Role.INSPECTOR, f"/inspections/{held}/move", data)]
