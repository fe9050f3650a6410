"""Facts of earthquakes and anomalies."""

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted
from inspect_app.core.labels import mark
from inspect_app.quakes import facts
from inspect_app.quakes.facts import Part, Within

Ask = Callable[[Session, Collection[int], Within], Iterator[Part]]
ORIGIN = mark("震情报送记录")
FAULTS, OWED = "report_faults", ("first_reports", "reports_complete")
ASKED: Mapping[str, Ask] = {
    "first_reports": facts.first_reports,
    "reports_complete": facts.reports_complete,
    FAULTS: facts.report_faults,
    "anomalies_verified_same_day": facts.anomalies_verified,
}


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather figures; a place that owed nothing is left out. Faults are a plain sum with their kinds counted.

    Who owed a report and made no fault has zero; without an earthquake nobody proved anything.
    """
    within = Within(asked.start, asked.end)
    wanted = {*names, *(OWED if FAULTS in names else ())}
    found = {name: facts.summed(ASKED[name](session, asked.region_ids, within)) for name in wanted}
    if FAULTS in names:
        faultless = dict.fromkeys({key for name in OWED for key in found[name]}, (Decimal(0), Decimal(0), ()))
        found[FAULTS] = {**faultless, **found[FAULTS]}
    return {
        name: {
            key: Fact(above, 0 if name == FAULTS else below, parts=kinds, as_of=asked.as_of)
            for key, (above, below, kinds) in figures.items()
        }
        for name, figures in found.items()
        if name in names
    }


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List what a figure of one place counts."""
    parts = ASKED[name](session, asked.region_ids, Within(asked.start, asked.end))
    return [each.row for each in parts if each.fulfilled or part == "denominator"]


def _source(name: str, title: str, unit: str, *, counts: bool = False) -> Source:
    return Source(name, title, unit, ORIGIN, gather, rows, absent_is_unknown=True, counts=counts)


SOURCES = (
    _source("first_reports", mark("应报的震情初报，在时限内报出的"), mark("次")),
    _source("reports_complete", mark("已终报的地震，初报、续报、终报齐全的"), mark("次")),
    _source(FAULTS, mark("违规报送的罚分"), mark("分"), counts=True),
    _source("anomalies_verified_same_day", mark("接报的异常，当日核实的"), mark("起")),
)
