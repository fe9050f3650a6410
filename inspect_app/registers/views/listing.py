"""All registers in sight, the entries of one, and one entry with its history."""

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.queries import townships_of
from inspect_app.registers import queries, service
from inspect_app.registers.definition import SORT_LABELS, Column, ColumnType, Register
from inspect_app.registers.forms import EndForm
from inspect_app.registers.importing import telling
from inspect_app.registers.loading import register_of, registers
from inspect_app.registers.models import RegisterEntry
from inspect_app.registers.rules import differing
from inspect_app.registers.standing import FRESHNESS, FRESHNESS_LOOKS, counties_seen, standings
from inspect_app.registers.views.filtering import address, chips, chosen
from inspect_app.registers.views.place import blueprint, may_send

COLUMNS_SHOWN = 5
NOT_LISTED = (ColumnType.REGION, ColumnType.PHONE)


@blueprint.get("")
@requires(Permission.VIEW_REGISTERS)
def index() -> str:
    """Show every register with what there is of it, as of when."""
    session, actor = db.session(), current_actor()
    return render_template(
        "registers/index.html",
        standings=standings(session, actor, list(registers().values())),
        sorts=SORT_LABELS,
        freshness=FRESHNESS,
        looks=FRESHNESS_LOOKS,
        counties=counties_seen(session, actor),
        may_send=may_send(),
    )


@blueprint.get("/<code>")
@requires(Permission.VIEW_REGISTERS)
def entries(code: str) -> str:
    """List the entries of a register that the person sees."""
    register, session, actor = register_of(code), db.session(), current_actor()
    wanted, region = chosen(register)
    rows = queries.page(session, actor, code, wanted, request.args.get("after", ""))
    shown = rows[: queries.SIZE]
    after = shown[-1].entry.reference if len(rows) > queries.SIZE else None
    return render_template(
        "registers/entries.html", register=register, rows=shown, columns=_columns(register), telling=telling,
        total=queries.count(session, actor, code, wanted), chips=chips(register, wanted, region), address=address,
        next_href=address("registers.entries", register, after=after) if after else None, places=_places(),
        may_send=may_send(), several=len(counties_seen(session, actor)) > 1,
    )  # fmt: skip


@blueprint.get("/entries/<reference>")
@requires(Permission.VIEW_REGISTERS)
def entry(reference: str) -> str:
    """Show an entry and everything that was ever said of it."""
    session, actor = db.session(), current_actor()
    found = queries.by_reference(session, actor, reference)
    register = register_of(found.register)
    editable = service.may_edit(session, actor, found.region_id) and service.stands(found)
    form = EndForm(data={"version": found.version, "ended_on": clock.today()}) if editable else None
    return render_template(
        "registers/entry.html", register=register, entry=found, telling=telling, form=form, editable=editable,
        history=_history(found),
    )  # fmt: skip


def _columns(register: Register) -> list[Column]:
    listed = [column for column in register.columns if column.type not in NOT_LISTED and column.code != register.name]
    return listed[:COLUMNS_SHOWN]


def _places() -> list[tuple[str, str]]:
    """List what the list may be narrowed to: counties, or the townships of the only county in sight."""
    session, actor = db.session(), current_actor()
    found = counties_seen(session, actor)
    if len(found) == 1:
        found = townships_of(session, found[0].id)
    return [(region.code, region.name) for region in found]


def _history(found: RegisterEntry) -> list[dict[str, object]]:
    """Say of every version what it changed of the one before."""
    versions = queries.history(db.session(), found)
    told = []
    for place, (version, region) in enumerate(versions):
        before, before_region = versions[place + 1] if place + 1 < len(versions) else (None, None)
        changes = differing(before.values if before else {}, version.values)
        if before_region is not None and before_region.id != region.id:
            changes["region"] = (before_region.name, region.name)
        told.append({"version": version, "changes": changes, "first": before is None})
    return told
