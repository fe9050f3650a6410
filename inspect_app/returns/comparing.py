"""Gather what the inventory holds that a file may speak of, and let `planning` decide what becomes of its rows."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.editing import editable_columns
from inspect_app.hazards.standing import Standing
from inspect_app.regions.models import Region
from inspect_app.returns import queries
from inspect_app.returns.issuing.comparing import issued_now, issued_rows
from inspect_app.returns.issuing.settling import settle, settle_numbered
from inspect_app.returns.lifecycle import in_charge
from inspect_app.returns.matching import Likeness, fingerprints
from inspect_app.returns.plan import Plan
from inspect_app.returns.planning import Holdings, make_plan
from inspect_app.returns.result import ReadResult


class Sent(Protocol):
    """What a plan must know of a return beside its rows."""

    @property
    def county(self) -> Region:
        """Whose file it is."""

    @property
    def report_on(self) -> date:
        """The day up to which it reports."""


def plan_for(session: Session, actor: Actor, sent: Sent, read: ReadResult) -> Plan:
    """Compare what was read with what the county holds now.

    Within a writing transaction the hazards compared stay locked until its end.
    """
    county = sent.county
    issued = issued_rows(session, county.id, read)
    named = {row.reference for row in read.told_rows if row.reference}
    numbered = queries.held_by_reference(session, county.id, named)
    read = settle_numbered(settle(read, issued), numbered)
    prints = fingerprints(county.code, read.rows)
    held = queries.held_by_fingerprint(session, county.id, prints)
    back = issued_now(session, county.id, issued, read, sent.report_on)
    fresh = [row for row, print_ in zip(read.rows, prints, strict=True) if print_ not in held and not row.key]
    person = Standing(actor, actor.unit_id, captures=in_charge(county, actor), oversees=False, limits=load_limits())
    holdings = Holdings(
        county_id=county.id,
        report_on=sent.report_on,
        by_fingerprint=held,
        may_change=partial(editable_columns, person=person),
        likeness=Likeness(queries.held_nearby(session, county.id, {row.found_on for row in fresh}) if fresh else ()),
        by_reference=numbered,
        issued=back,
        settled=queries.settled_columns(
            session, county.id, _keys(*held.values(), numbered.values(), (each.held for each in back.values()))
        ),
        townships=queries.township_keys(session, county.id),
        newer=queries.newer_applied(session, county.id, sent.report_on),
    )
    return make_plan(read, prints, holdings)


def _keys(*groups: Iterable[Any]) -> set[int]:
    return {hazard.id for group in groups for hazard in group}
