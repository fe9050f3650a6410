"""What people send about registers: entries by hand, files, reports of nothing."""

from inspect_app.access.permissions import Role
from inspect_app.registers.models import RegisterEntry, RegisterImport
from tests.posts.sending import Office, Post
from tests.registers.factories import plain_file

CLERK = Role.COUNTY_CLERK
DAY = "2026-06-15"


def ledger_posts(office: Office) -> list[Post]:
    """Add a shelter, change and end the one that is there; send files, report nothing, import what waits."""
    here, waiting = office.county.ledger["entry"], office.county.ledger["import"]
    place, version = office.township(), int(office.version(RegisterEntry, here))
    card = {"name": "松涛广场", "capacity": "3300", "region_id": place[1], "as_of": DAY}
    county = {"county_id": office.region("654202"), "as_of": DAY}
    content = plain_file(office.folder / "广场.xlsx", ["场所名称", "乡镇", "可容纳人数"], ["湖滨广场", "白杨沟镇", 5])
    step = int(office.version(RegisterImport, waiting))
    return [
        Post(CLERK, "/registers/shelters/new", {**card, "name": "松涛湖避难场所"}),
        Post(CLERK, f"/registers/entries/{here}/edit", {**card, "version": version}),
        Post(CLERK, "/registers/shelters/imports", county, (content.read_bytes(), "广场.xlsx")),
        Post(CLERK, "/registers/plans/zero", {**county, "sure": "y"}),
        Post(CLERK, f"/registers/imports/{waiting}/check", {"version": step}),
        Post(CLERK, f"/registers/imports/{waiting}/apply", {"version": step + 1, "good_rows_only": "y"}),
        Post(CLERK, f"/registers/imports/{waiting}/undo", {"version": step + 2, "reason": "报错了县"}),
    ]


def ledger_undone(office: Office) -> list[Post]:
    """End the shelter, and put aside the file that was sent before."""
    here, sent = office.county.ledger["entry"], f"{office.county.ledger['import'][:-2]}02"
    ended = {"version": office.version(RegisterEntry, here), "ended_on": DAY}
    return [
        Post(CLERK, f"/registers/entries/{here}/end", ended),
        Post(CLERK, f"/registers/imports/{sent}/discard", {"version": office.version(RegisterImport, sent)}),
    ]
