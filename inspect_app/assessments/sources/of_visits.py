"""Facts of visits."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted
from inspect_app.core.labels import mark
from inspect_app.inspections import behind, facts, scored
from inspect_app.inspections.coverage import sites_covered
from inspect_app.inspections.facts import Part

ORIGIN = mark("检查记录")
Ask = Callable[[Session, Asked], Mapping[int, Any]]


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather figures of visits; a plain count stands alone."""
    return {name: _facts(ASKED[name](session, asked), asked) for name in names}


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List what a figure of one region counts."""
    (region_id,) = asked.region_ids
    side = Part.NUMERATOR if part == Part.NUMERATOR else Part.DENOMINATOR
    if name == "self_checks":
        return behind.self_checks(session, region_id, asked.start, asked.end, asked.today, side)
    listing = behind.sites_covered if name == "coverage" and asked.of_townships else BEHIND[name]
    return listing(session, region_id, asked.start, asked.end, side)


def _coverage(session: Session, asked: Asked) -> Mapping[int, tuple[int, int]]:
    """Townships of a county in which anything was visited; of a township its objects."""
    if not asked.of_townships:
        return facts.coverage(session, asked.region_ids, asked.start, asked.end)
    found = sites_covered(session, asked.region_ids, asked.start, asked.end)
    return {key: (shares.all.done, shares.all.whole) for key, shares in found.items()}


def _self_checks(session: Session, asked: Asked) -> Mapping[int, tuple[int, int]]:
    return facts.self_checks(session, asked.region_ids, asked.start, asked.end, asked.today)


def _in_period(ask: Callable[..., Mapping[int, Any]]) -> Ask:
    return lambda session, asked: ask(session, asked.region_ids, asked.start, asked.end)


def _facts(found: Mapping[int, int | tuple[int | Decimal, int]], asked: Asked) -> Figures:
    pairs = {key: figures if isinstance(figures, tuple) else (figures, 0) for key, figures in found.items()}
    return {key: Fact(numerator, whole, as_of=asked.as_of) for key, (numerator, whole) in pairs.items()}


ASKED: Mapping[str, Ask] = {
    "special_inspections": _in_period(facts.special_inspections),
    "coverage": _coverage,
    "self_checks": _self_checks,
    "self_check_differences": _in_period(facts.self_check_differences),
    "projects_passed": _in_period(scored.projects_passed),
    "shelter_scores": _in_period(scored.shelter_scores),
}
BEHIND: Mapping[str, Callable[..., list[Counted]]] = {
    "special_inspections": behind.special_inspections,
    "coverage": behind.coverage,
    "self_check_differences": behind.self_check_differences,
    "projects_passed": behind.projects_passed,
    "shelter_scores": behind.shelter_scores,
}


def _source(
    name: str, title: str, unit: str, *, counts: bool = False, by_township: bool = False, gaps: bool = True
) -> Source:
    return Source(name, title, unit, ORIGIN, gather, rows, counts=counts, by_township=by_township, gaps=gaps)


SOURCES = (
    _source("special_inspections", mark("专项检查"), mark("次"), counts=True),
    _source("coverage", mark("当年检查到的乡镇（街道）"), mark("个"), by_township=True),
    _source("self_checks", mark("应做的自查，按期完成的"), mark("份")),
    _source("self_check_differences", mark("与自查对比的检查项，结论不一致的"), mark("项"), gaps=False),
    _source("projects_passed", mark("检查过的一般建设工程，得分 80 分以上的"), mark("个"), by_township=True),
    _source("shelter_scores", mark("检查过的避难场所得分"), mark("分"), by_township=True, gaps=False),
)
