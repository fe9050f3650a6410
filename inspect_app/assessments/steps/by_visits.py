"""Visiting what nobody has visited, and making the self-checks that are still to come."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from inspect_app.assessments.sources import sources
from inspect_app.assessments.steps.offer import HEAVY, USUAL, Offer, Setting
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted, Thing, total
from inspect_app.core.labels import mark, say
from inspect_app.inspections.planned import self_checks_ahead

VISIT = mark("检查 %(name)s")
SPECIAL = mark("再组织一次专项检查")
ON_DAY = mark("在 %(day)s 前完成自查：%(site)s")
COVERAGE, SPECIALS, SELF_CHECKS = "coverage", "special_inspections", "self_checks"


def offers(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give steps of coverage, special inspections and self-checks."""
    yield from _coverage(session, setting)
    if not setting.of_township:
        yield from _special(session, setting)
        yield from _self_checks(session, setting)


def _coverage(session: Session, setting: Setting) -> Iterator[Offer]:
    source = sources()[COVERAGE]
    reached = {row.reference for row in source.listed(session, setting.asked, "numerator")}
    for row in source.listed(session, setting.asked, "denominator"):
        if row.reference not in reached:
            title = say(VISIT, name=row.label)
            step = Possible(f"{COVERAGE}-{row.reference}", title, (Move(COVERAGE, 1),), USUAL, setting.last)
            yield Offer(step, row)


def _special(session: Session, setting: Setting) -> Iterator[Offer]:
    made = total(sources()[SPECIALS].listed(session, setting.asked, "numerator"))
    for number in range(int(made) + 1, int(setting.targets(SPECIALS)) + 1):
        step = Possible(f"{SPECIALS}-{number}", SPECIAL, (Move(SPECIALS, 1),), HEAVY, setting.last)
        yield Offer(step, Counted(Thing.NUMBER, SPECIALS, SPECIAL))


def _self_checks(session: Session, setting: Setting) -> Iterator[Offer]:
    for visit in self_checks_ahead(session, setting.region_id, setting.today, setting.last):
        title = say(ON_DAY, day=visit.planned_on.isoformat(), site=visit.site.name)
        step = Possible(visit.reference, title, (Move(SELF_CHECKS, 1, 1),), USUAL, visit.planned_on)
        yield Offer(step, Counted(Thing.INSPECTION, visit.reference, visit.site.name))
