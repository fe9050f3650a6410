"""The three scores of a sheet: from data alone, by the county's own figures, and the one that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from inspect_app.assessments.as_json import PLACES, parts, stored_points
from inspect_app.assessments.course import rules
from inspect_app.assessments.course.figures import from_json, to_json
from inspect_app.assessments.course.items import Item, Kind, items_of
from inspect_app.assessments.definition import RegionAs, Scheme
from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet
from inspect_app.assessments.scoring import Change, Fact, Score, score
from inspect_app.core.frozen import thaw

_schemes: dict[str, Scheme] = {}


@dataclass(frozen=True)
class Counted:
    """Scores of one sheet. `computed` and `reported` take the county's figures where people enter them."""

    computed: Score
    reported: Score
    standing: Score


def scheme_of(assessment: Assessment) -> Scheme:
    """Return the scheme as it was when the assessment was opened."""
    if assessment.scheme_hash not in _schemes:
        _schemes[assessment.scheme_hash] = thaw(Scheme, assessment.scheme)
    return _schemes[assessment.scheme_hash]


def facts_of(sheet: CountySheet) -> dict[str, Fact]:
    """Return the facts as last gathered."""
    return {name: from_json(data) for name, data in sheet.facts.items()}


def count(scheme: Scheme, place: RegionAs, sheet: CountySheet) -> Counted:
    """Score a sheet three times from what it holds."""
    facts, items = facts_of(sheet), {item.code: item for item in items_of(scheme)}
    said = {items[line.code]: from_json(line.reported) for line in sheet.lines if line.reported is not None}
    accepted = {items[each.code].fact_name: from_json(each.accepted) for each in sheet.lines if each.accepted}
    claimed = {item.fact_name: fact for item, fact in said.items() if item.manual}
    base = {**facts, **claimed, **accepted}
    own = {item.fact_name: fact for item, fact in said.items() if not item.manual}
    return Counted(
        computed=score(scheme, base, place),
        reported=score(scheme, {**base, **claimed, **own}, place),
        standing=score(scheme, {**facts, **accepted}, place, changes_of(sheet.lines)),
    )


def changes_of(lines: Iterable[AssessmentLine]) -> dict[str, Change]:
    """Return the confirmed changes of points, by code."""
    return {
        line.code: Change(_decimal(line.change["points"]), line.change["reason"])
        for line in lines
        if line.change is not None and "points" in line.change
    }


def write(sheet: CountySheet, scheme: Scheme, counted: Counted, limit: Decimal) -> None:
    """Put what was counted into the sheet and its lines."""
    sheet.computed, sheet.score = stored_points(counted.computed), stored_points(counted.standing)
    sheet.reported = stored_points(counted.reported) if any(line.reported for line in sheet.lines) else None
    sheet.full, sheet.grade = _six(counted.standing.full), counted.standing.grade or ""
    sheet.result = _beyond(counted.standing)
    whole = sheet.reported is not None and rules.apart(sheet.computed, sheet.reported) > limit
    computed, reported = _points(counted.computed), _points(counted.reported)
    standing, said = _apportioned(counted.standing), _sentences(counted.standing)
    facts, items = facts_of(sheet), {item.code: item for item in items_of(scheme)}
    for line in sheet.lines:
        item = items[line.code]
        line.computed = to_json(facts[item.fact]) if item.fact in facts else None
        line.computed_points = computed.get(line.code)
        line.reported_points = None if line.reported is None else reported.get(line.code)
        line.differs = _is_marked(line, item, limit, whole=whole)
        line.points = standing.get(line.code)
        line.standing, line.full, line.why = said.get(line.code, ("", Decimal(0), ""))


def _is_marked(line: AssessmentLine, item: Item, limit: Decimal, *, whole: bool) -> bool:
    if line.reported is None or item.manual or item.kind is not Kind.INDICATOR:
        return False
    return rules.marked(line.computed_points, line.reported_points, limit, whole=whole)


def _points(score: Score) -> dict[str, Decimal | None]:
    """Points of each line by itself, for setting two scores side by side."""
    lines = {line.indicator.code: None if line.points is None else _six(line.points) for line in score.lines}
    return {**lines, **{each.extra.code: _six(each.points) for each in (*score.deductions, *score.bonuses)}}


def _apportioned(score: Score) -> dict[str, Decimal | None]:
    """Points of each line, adding up to the score with six places; deductions are negative."""
    codes = [line.indicator.code for line in score.lines]
    codes += [each.extra.code for each in (*score.deductions, *score.bonuses)]
    return dict(zip(codes, parts(score), strict=False))


def _sentences(score: Score) -> dict[str, tuple[str, Decimal, str]]:
    lines = {line.indicator.code: (line.state.value, _six(line.full), str(line.why)) for line in score.lines}
    extras = (*score.deductions, *score.bonuses)
    lines |= {each.extra.code: ("counted", Decimal(0), str(each.why)) for each in extras}
    return lines | {veto.code: ("counted", Decimal(0), str(why)) for veto, why in score.vetoes}


def _beyond(score: Score) -> dict[str, Any]:
    return {
        "pending": list(score.pending),
        "vetoes": [veto.code for veto, _why in score.vetoes],
        "notes": [str(each) for each in score.notes],
        "zeroed": str(_six(score.zeroed)),
        "converted": None if score.converted is None else str(_six(score.converted)),
    }


def facts_json(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return gathered facts as JSON."""
    return {name: to_json(fact) for name, fact in sorted(facts.items())}


def _six(value: Fraction) -> Decimal:
    return Decimal(floor(value * 10**PLACES + Fraction(1, 2))).scaleb(-PLACES)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
