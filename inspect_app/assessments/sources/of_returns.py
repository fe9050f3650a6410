"""Facts of what counties sent, and of the objects they keep."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted
from inspect_app.core.labels import mark
from inspect_app.returns import facts
from inspect_app.sites import facts as sites

ASK = {"returns_on_time": facts.returns_on_time, "returns_sent_back": facts.returns_sent_back}


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather figures of returns."""
    return {
        name: {
            key: Fact(*figures, as_of=asked.as_of)
            for key, figures in ASK[name](session, asked.region_ids, asked.start, asked.end, asked.today).items()
        }
        for name in names
    }


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List what was owed, or what came."""
    (county_id,) = asked.region_ids
    return facts.rows(session, name, county_id, asked.start, asked.end, asked.today, part)


def gather_sites(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather how many objects are on file; cards have no history, so that this holds today."""
    found = sites.key_sites_on_file(session, asked.region_ids)
    figures = {key: Fact(*ratio, as_of=asked.today) for key, ratio in found.items()}
    return dict.fromkeys(names, figures)


def rows_of_sites(session: Session, _name: str, asked: Asked, part: str) -> list[Counted]:
    """List the objects of the key category, or those on file."""
    (region_id,) = asked.region_ids
    return sites.key_sites(session, region_id, on_file=part == "numerator")


SOURCES = (
    Source("returns_on_time", mark("应报的报表，按期报送的"), mark("份"), mark("报送任务"), gather, rows),
    Source(
        "returns_sent_back", mark("收到的报表，退回更正的"), mark("份"), mark("报表和台账的报送记录"), gather, rows,
        gaps=False,
    ),
    Source(
        "key_sites_on_file", mark("学校、医院、养老机构中建档齐全的"), mark("处"), mark("检查对象登记表"), gather_sites,
        rows_of_sites, by_township=True,
    ),
)  # fmt: skip
