"""Carry a plan out, and keep what stood there before, so that it can be undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.lifecycle import plain
from inspect_app.hazards.bulk import register_many, update_many
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.regions.queries import resolve_units
from inspect_app.returns import queries
from inspect_app.returns.drafting import Directory, draft_of
from inspect_app.returns.matching import fingerprints
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Plan

TELLING = frozenset({"description", "site_name", "found_on"})
KEPT_BESIDE = ("responsible_unit_id", "fingerprint", "state")


def drafts_of(session: Session, batch: ReturnBatch, plan: Plan) -> list[HazardDraft]:
    """Return the findings that a plan enters into the inventory."""
    directory = Directory(
        batch.county_id,
        batch.reference,
        queries.township_keys(session, batch.county_id),
        resolve_units(session, batch.county_id, (each.row.responsible_unit for each in plan.create)),
        queries.sites_by_name(session, batch.county_id),
    )
    return [draft_of(each, directory) for each in plan.create]


def carry_out(session: Session, actor: Actor, batch: ReturnBatch, plan: Plan, drafts: Sequence[HazardDraft]) -> None:
    """Write what the plan says, and of its conflicts what was decided for the file."""
    session.flush()
    register_many(session, actor, drafts, batch_id=batch.id)
    changes = _changes(batch, plan)
    before = queries.columns_of(session, {key: (*columns, *KEPT_BESIDE) for key, columns in changes.items()})
    changed = update_many(session, actor, changes, batch_id=batch.id)
    versions = {key: version for key, _state, version in queries.standings_of(session, changed)}
    batch.before = {str(key): _kept(before[key], versions[key]) for key in changed}


def _changes(batch: ReturnBatch, plan: Plan) -> dict[int, dict[str, Any]]:
    """Return the columns to write by hazard; a finding that is told otherwise is known by other words from now on."""
    changes = plan.taken(batch.decisions)
    rows = {match.hazard_id: match.row for match in (*plan.update, *plan.conflicts)}
    for key, columns in changes.items():
        if not TELLING.isdisjoint(columns):
            columns["fingerprint"] = fingerprints(batch.county.code, [rows[key]])[0]
    return changes


def _kept(columns: Mapping[str, Any], version: int) -> dict[str, Any]:
    values = {name: plain(value) for name, value in columns.items()}
    return {"version": version, "state": values.pop("state"), "columns": values}
