"""Why an object was chosen for a campaign: codes kept with the visit, shown as labels."""

from collections.abc import Iterable, Mapping

from inspect_app.core.labels import mark

KEY, TOWNSHIP, COUNTY, SHARE, COUNTY_SEAT = "key", "township", "county", "share", "county_seat"
NEVER, FAILED, LONG_AGO, DRAWN, BACKLOG = "never", "failed", "long_ago", "drawn", "backlog"
OWN, BY_HAND, SHAKEN = "own", "by_hand", "shaken"

REASONS: Mapping[str, str] = {
    KEY: mark("重点对象"),
    TOWNSHIP: mark("乡镇覆盖"),
    COUNTY: mark("县（市、区）覆盖"),
    SHARE: mark("比例要求"),
    COUNTY_SEAT: mark("县（市、区）政府"),
    NEVER: mark("从未检查"),
    FAILED: mark("上次不合格"),
    LONG_AGO: mark("距上次检查较久"),
    DRAWN: mark("随机抽取"),
    BACKLOG: mark("久未检查或上次不合格，必查"),
    OWN: mark("本级自查"),
    BY_HAND: mark("人工指定"),
    SHAKEN: mark("震后先查"),
}


def keep(codes: Iterable[str]) -> str:
    """Write reasons as a visit keeps them: "township,never"."""
    return ",".join(dict.fromkeys(codes))


def labels(why: str) -> list[str]:
    """Return the marked labels of kept reasons; what is no code is shown as it was written."""
    return [REASONS.get(code, code) for code in why.split(",") if code]
