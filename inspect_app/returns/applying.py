"""Make a plan ready, carry it out, and keep what stood there before, so that it can be undone.

Making ready is most of the work and only reads. Whoever imports very much does it before the transaction: the inventory
is stamped, and a plan made ready before somebody changed it is not carried out.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Stale
from inspect_app.core.lifecycle import plain
from inspect_app.hazards.bulk import Many, prepare_many, register_prepared, update_many
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.inserting import Tick, ignore
from inspect_app.regions.queries import resolve_units
from inspect_app.returns import queries
from inspect_app.returns.comparing import plan_for
from inspect_app.returns.drafting import Directory, draft_of
from inspect_app.returns.keeping import restore
from inspect_app.returns.matching import fingerprints
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Plan, digest_of

TELLING = frozenset({"description", "site_name", "found_on"})
Stamp = tuple[int, ...]
KEPT_BESIDE = ("responsible_unit_id", "fingerprint", "state")


class Outrun(Stale):
    """What was made ready is not of the inventory as it is now: make it ready again."""


class Ready(NamedTuple):
    """A plan with all that can be known before it is carried out; `stamp` is of the inventory it was made for."""

    plan: Plan
    digest: str
    many: Many
    stamp: Stamp


def make_ready(session: Session, actor: Actor, batch: ReturnBatch) -> Ready:
    """Plan what was read of a file against the inventory as it is, and draft its new hazards."""
    stamp = queries.stamp_of(session, batch.county_id)
    return ready_with(session, batch, plan_for(session, actor, batch, restore(batch.rows or {})), stamp)


def ready_with(session: Session, batch: ReturnBatch, plan: Plan, stamp: Stamp = ()) -> Ready:
    """Draft the new hazards of a plan."""
    return Ready(plan, digest_of(plan.as_json()), prepare_many(_drafts(session, batch, plan)), stamp)


def carry_out(session: Session, actor: Actor, batch: ReturnBatch, ready: Ready, tick: Tick | None = None) -> None:
    """Write what the plan says, and of its conflicts what was decided for the file.

    Somebody who hears the `tick` of a large import also sees to the index of words afterwards.
    """
    session.flush()
    register_prepared(session, actor, ready.many, batch_id=batch.id, tick=tick or ignore, find_words=tick is None)
    changes = _changes(batch, ready.plan)
    before = queries.columns_of(session, {key: (*columns, *KEPT_BESIDE) for key, columns in changes.items()})
    changed = update_many(session, actor, changes, batch_id=batch.id)
    versions = {key: version for key, _state, version in queries.standings_of(session, changed)}
    batch.before = {str(key): _kept(before[key], versions[key]) for key in changed}


def _drafts(session: Session, batch: ReturnBatch, plan: Plan) -> list[HazardDraft]:
    """Return the findings that a plan enters into the inventory."""
    directory = Directory(
        batch.county_id,
        batch.reference,
        queries.township_keys(session, batch.county_id),
        resolve_units(session, batch.county_id, (each.row.responsible_unit for each in plan.create)),
        queries.sites_by_name(session, batch.county_id),
    )
    return [draft_of(each, directory) for each in plan.create]


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
