"""Who is meant when a person types the name of a unit or of a group; a new unit is made only when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.models import RegionPath, Unit
from inspect_app.regions.queries import ensure_unit, resolve_unit
from inspect_app.workplans.library.words import GROUP_LABELS
from inspect_app.workplans.models import WorkPlan

GROUPS = (
    "@county_governments",
    "@members",
    "@county_leadership",
    "@townships",
    "@headquarters_office",
    "@headquarters",
)
LONGEST = 60
EMPTY = mark("请选择单位或单位组。")
UNKNOWN = mark("单位库里没有“%(name)s”。请从列表中选择；确实是新单位的，勾选“登记为新单位”后再保存。")
SEVERAL = mark("“%(name)s”可能是几个单位：%(units)s。请写全称。")
TOO_LONG = mark("单位名称最多 60 个字，请核对。")


@dataclass(frozen=True)
class Whom:
    """One unit or one group, and what it is called."""

    name: str
    unit_id: int | None = None
    group: str | None = None
    new: bool = False


def group_labels() -> Mapping[str, str]:
    """Return the groups that a person may choose, by label."""
    return {GROUP_LABELS[group]: group for group in GROUPS}


def whom(session: Session, plan: WorkPlan, text: str, *, new: bool = False) -> Whom:
    """Find who a text means for a plan; Invalid says why nobody or several, and `new` registers an unknown unit."""
    name = text.strip()
    if group := group_labels().get(name):
        return Whom(name, group=group)
    if not name or len(name) > LONGEST:
        raise Invalid({"who": [TOO_LONG if name else EMPTY]})
    found = resolve_unit(session, plan.region_id, name)
    here = [each for each in found if each.region_id == plan.region_id] or found
    if len(here) > 1:
        raise Invalid({"who": [SEVERAL % {"name": name, "units": "、".join(each.name for each in here)}]})
    if here:
        return Whom(here[0].name, unit_id=here[0].id)
    if not new:
        raise Invalid({"who": [UNKNOWN % {"name": name}]})
    made = ensure_unit(session, plan.region_id, name)
    return Whom(made.name, unit_id=made.id, new=True)


def departments(session: Session, region_id: int) -> list[Unit]:
    """List the departments of a region and of what stands above it, for a person to choose from, by name."""
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id)
    query = select(Unit).where(Unit.region_id.in_(above), Unit.kind == "department", Unit.valid_until.is_(None))
    return list(session.scalars(query.order_by(Unit.name)))
