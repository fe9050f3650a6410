"""Who owes a task: the units that a plan names, and what its groups mean, each once for each part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import counties_of, resolve_units
from inspect_app.workplans.library.words import GROUP_LABELS
from inspect_app.workplans.models import TaskUnit, WorkPlan, WorkTask
from inspect_app.workplans.words import Part

COUNTIES = ("@county_governments", "@county_leadership")
OFFICES = {
    "@headquarters": ("抗震救灾指挥部", "防震减灾工作领导小组"),
    "@headquarters_office": ("抗震救灾指挥部办公室",),
}
GOVERNMENTS = ("", "人民政府", "政府", "管委会", "管理委员会")
THROUGH_COUNTIES = mark("乡镇（街道）通过所在县（市、区）报送，不单独列应报事项。")
NO_MEMBERS = mark("还没有选定本方案的成员单位，请在“成员单位”中选择。")
NOT_ONE = mark("没有写明是哪些单位，请在任务中逐个写明。")
NOT_FOUND = mark("单位名录中没有“%(name)s”，请新建单位或在任务中改选。")
NO_PART = mark("没有写明是牵头、配合还是责任单位。")
UNSETTLED = mark("还没有认定是哪个单位。")


@dataclass(frozen=True, order=True)
class Owner:
    """Who owes in which part: a county as a whole (`unit_id` None), or a department."""

    part: Part
    region_id: int
    unit_id: int | None


@dataclass(frozen=True)
class Absent:
    """A unit or group that owes nothing, as written, and why."""

    written: str
    part: Part
    why: Sentence | str


@dataclass(frozen=True)
class Ground:
    """What groups and names mean in a plan: asked once, used for all its tasks.

    `governments` maps units that are a county's government to the county, `regions` other units to their region.
    """

    region_id: int
    counties: Sequence[int]
    members: Sequence[tuple[int, int]]
    governments: Mapping[int, int]
    regions: Mapping[int, int]
    offices: Mapping[str, int]
    names: Mapping[str, int]


@dataclass
class Found:
    """Owners in the order of the notice, and who is not among them."""

    owners: list[Owner] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)


def owners(session: Session, plan: WorkPlan, task: WorkTask) -> list[Owner]:
    """List who owes a task, each once for each part.

    A unit that is named in a task owes in that part alone: a group of the same task does not name it again.
    """
    return owners_in(ground_of(session, plan), task).owners


def ground_of(session: Session, plan: WorkPlan, names: Iterable[str] = ()) -> Ground:
    """Ask what groups mean in a plan, and which units the given names do; the queries do not grow with the tasks."""
    asked = {*names, *(name for several in OFFICES.values() for name in several)}
    known = resolve_units(session, plan.region_id, asked)
    offices = {group: known[name] for group, several in OFFICES.items() for name in several if name in known}
    members = [each.unit_id for each in plan.members]
    named = {each.unit_id for task in plan.tasks for each in task.units if each.unit_id is not None}
    governments, regions = _places(session, {*named, *members, *known.values()})
    return Ground(
        region_id=plan.region_id,
        counties=[county.id for county in counties_of(session, plan.region_id)],
        members=[(regions.get(key, plan.region_id), key) for key in members],
        governments=governments,
        regions=regions,
        offices=offices,
        names={name: known[name] for name in names if name in known},
    )


def owners_in(ground: Ground, task: WorkTask) -> Found:
    """Find who owes a task and who does not; no query."""
    named = {owner for each in task.units for owner in _named(ground, each)}
    whole = {(owner.region_id, owner.unit_id) for owner in named}
    found = Found()
    for each in task.units:
        _add(found, _meant(ground, each, whole))
    return found


def by_name(ground: Ground, written: str, part: Part) -> list[Owner] | Absent:
    """Return whom a name or a group (`@members`) of an obligation means; the name must have been asked for."""
    if written.startswith("@"):
        return _group(ground, written, GROUP_LABELS.get(written, written), part)
    if written not in ground.names:
        return Absent(written, part, say(NOT_FOUND, name=written))
    return [_owner(ground, ground.names[written], part)]


def _add(found: Found, meant: list[Owner] | Absent) -> None:
    if isinstance(meant, Absent):
        found.absent.append(meant)
    else:
        found.owners += [owner for owner in meant if owner not in found.owners]


def _named(ground: Ground, each: TaskUnit) -> Iterator[Owner]:
    if each.unit_id is not None and each.part is not Part.UNASSIGNED:
        yield _owner(ground, each.unit_id, each.part)


def _meant(ground: Ground, each: TaskUnit, named: set[tuple[int, int | None]]) -> list[Owner] | Absent:
    if each.part is Part.UNASSIGNED:
        return Absent(each.written, each.part, NO_PART)
    if each.unit_id is not None:
        return [_owner(ground, each.unit_id, each.part)]
    if each.group is None:
        return Absent(each.written, each.part, UNSETTLED)
    meant = _group(ground, each.group, each.written, each.part)
    return meant if isinstance(meant, Absent) else [one for one in meant if (one.region_id, one.unit_id) not in named]


def _group(ground: Ground, group: str, written: str, part: Part) -> list[Owner] | Absent:
    if group in COUNTIES:
        return [Owner(part, key, None) for key in ground.counties]
    if group == "@members":
        meant = [Owner(part, region, unit) for region, unit in ground.members if unit not in ground.governments]
        return meant or Absent(written, part, NO_MEMBERS)
    if group in OFFICES:
        unit = ground.offices.get(group)
        why = say(NOT_FOUND, name=GROUP_LABELS[group])
        return Absent(written, part, why) if unit is None else [_owner(ground, unit, part)]
    return Absent(written, part, THROUGH_COUNTIES if group == "@townships" else NOT_ONE)


def _owner(ground: Ground, unit_id: int, part: Part) -> Owner:
    county = ground.governments.get(unit_id)
    if county is not None:
        return Owner(part, county, None)
    return Owner(part, ground.regions.get(unit_id, ground.region_id), unit_id)


def _places(session: Session, keys: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Tell governments of counties from departments: 乌苏市人民政府 in the register is 乌苏市 itself."""
    rows = select(Unit.id, Unit.name, Region.id, Region.name, Region.level).join(Region, Region.id == Unit.region_id)
    governments: dict[int, int] = {}
    regions: dict[int, int] = {}
    for key, name, region, place, level in session.execute(rows.where(Unit.id.in_(set(keys)))).tuples():
        regions[key] = region
        if level is Level.COUNTY and name.removeprefix(place) in GOVERNMENTS:
            governments[key] = region
    return governments, regions
