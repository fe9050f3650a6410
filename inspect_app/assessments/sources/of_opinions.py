"""Facts of consultations: in how many months one was held, shown by its days alone."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted
from inspect_app.core.labels import mark
from inspect_app.opinions.facts import consultation_months, consultation_rows

ORIGIN = mark("会商登记（只计日期）")


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather the months; a region for which no consultation was kept has no figure."""
    months = consultation_months(session, asked.region_ids, asked.start, asked.end)
    return {name: {key: Fact(number, as_of=asked.as_of) for key, number in months.items()} for name in names}


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List the months of one region."""
    del name, part
    (region_id,) = asked.region_ids
    return consultation_rows(session, region_id, asked.start, asked.end)


SOURCES = (
    Source(
        "consultation_months", mark("召开会商的月份"), mark("个月"), ORIGIN, gather, rows, absent_is_unknown=True,
        counts=True, gaps=False,
    ),
)  # fmt: skip
