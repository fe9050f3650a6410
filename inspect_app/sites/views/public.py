"""What a scanned plate opens: for everybody what the regulation wants public, for those who work here the site.

Regulation on the earthquake resistance of construction works, article 22: after a retrofit its date and the remaining
service life are published. Nothing else of a site is.
"""

from uuid import UUID

from flask import g, redirect, render_template, url_for

from inspect_app.access.guard import open_to_all
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.sites import queries
from inspect_app.sites.models import Site
from inspect_app.sites.views.place import Page, blueprint


@blueprint.get("/p/<uuid:uuid>")
@open_to_all
def public(uuid: UUID) -> Page:
    """Lead a person who sees the site to it; show anybody else what is public."""
    site = queries.in_use(db.session(), str(uuid))
    if _sees(site):
        return redirect(url_for("sites.show", reference=site.reference))
    return render_template(
        "sites/public.html",
        name=site.name,
        retrofitted_on=site.retrofitted_on,
        remaining_years=site.remaining_service_years,
    )


def _sees(site: Site) -> bool:
    actor = g.get("actor")
    return actor is not None and actor.can(Permission.VIEW_SITES) and queries.is_visible(db.session(), actor, site)
