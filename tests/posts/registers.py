"""What people send about registers of sites: files to import, and pairs that look like one."""

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site, SiteImport
from tests.posts.sending import Office, Post
from tests.sites.factories import make_site
from tests.sites.importing.registers import site_row, write_register

CLERK = Role.COUNTY_CLERK


def register_posts(office: Office) -> list[Post]:
    """Send a register, compare the one that waits anew and import it, and keep two sites apart."""
    content = write_register(office.folder / "名册.xlsx", [site_row(7)]).read_bytes()
    with transaction():
        twin = make_site(office.session, name="松涛第二小学").reference
    here, waiting = office.county.site, office.county.register
    pair = {"site": here, "other": twin, "decision": "keep", "reason": "现场核实为两所"}
    versions = {"version": office.version(Site, here), "other_version": office.version(Site, twin)}
    version = int(office.version(SiteImport, waiting))
    return [
        Post(CLERK, "/sites/imports", file=(content, "名册.xlsx")),
        Post(CLERK, "/sites/duplicates", {**pair, **versions}),
        Post(CLERK, f"/sites/imports/{waiting}/check", {"version": version}),
        Post(CLERK, f"/sites/imports/{waiting}/apply", {"version": version + 1, "good_rows_only": "y"}),
    ]


def register_put_aside(office: Office) -> list[Post]:
    """Return the refusal of the register sent before."""
    second = f"{office.county.register[:-2]}02"
    return [Post(CLERK, f"/sites/imports/{second}/discard", {"version": office.version(SiteImport, second)})]
