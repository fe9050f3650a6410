"""Pages of the register of legal bases: what may no longer, or not yet, be relied upon comes first."""

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import queries
from inspect_app.checklists.bases import STANDING_LABELS, STANDING_LOOKS, Entry, Standing, entries
from inspect_app.checklists.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.law.definitions import BASIS_KIND_LABELS, DOUBTFUL_LABELS

LABELS = {
    "standings": STANDING_LABELS,
    "looks": STANDING_LOOKS,
    "kinds": BASIS_KIND_LABELS,
    "unsure": DOUBTFUL_LABELS,
}


@blueprint.get("/bases")
@requires(Permission.VIEW_CHECKLISTS)
def bases() -> str:
    """List every legal basis as it stands today, those out of force first."""
    wanted, found = _wanted(), _entries()
    return render_template(
        "checklists/bases.html",
        rows=[each for each in found if wanted is None or wanted in each.standings],
        flagged=[each for each in found if each.out_of_force and each.citing],
        wanted=wanted,
        total=len(found),
        today=clock.today(),
        **LABELS,
    )


@blueprint.get("/bases/<reference>")
@requires(Permission.VIEW_CHECKLISTS)
def basis(reference: str) -> str:
    """Show one legal basis with all items that cite it."""
    entry = next((each for each in _entries() if each.basis.code == reference), None)
    if entry is None:
        raise NotFound(mark("登记册里没有这条依据。"))
    return render_template("checklists/basis.html", entry=entry, **LABELS)


def _entries() -> list[Entry]:
    lists = [queries.content(version) for version in queries.published_to(db.session(), current_actor())]
    return entries(queries.register(), lists, clock.today())


def _wanted() -> Standing | None:
    given = request.args.get("standing", "")
    if given and given not in set(Standing):
        raise Invalid({"standing": [mark("没有这种核对情况，请从列表中选择。")]})
    return Standing(given) if given else None
