"""Rungs of the region tree, and what sort of region a township-level unit is. Pure."""

import re
from enum import StrEnum

from inspect_app.core.labels import mark


class Level(StrEnum):
    """Rungs of the tree; a development zone that is assessed on its own stands at county level."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Kind(StrEnum):
    """What sort of region: only CIVIL ones count in the denominators of coverage by default (domain reference §7.2)."""

    CIVIL = "civil"
    ZONE = "zone"
    FARM = "farm"
    CORPS = "corps"
    PRISON = "prison"


LEVEL_LABELS = {
    Level.PROVINCE: mark("省级"),
    Level.PREFECTURE: mark("地级"),
    Level.COUNTY: mark("县级"),
    Level.TOWNSHIP: mark("乡级"),
    Level.VILLAGE: mark("村级"),
}
CODE_LENGTHS = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
PARENT_LEVELS = {
    Level.PROVINCE: (),
    Level.PREFECTURE: (Level.PROVINCE,),
    Level.COUNTY: (Level.PREFECTURE, Level.PROVINCE),
    Level.TOWNSHIP: (Level.COUNTY,),
    Level.VILLAGE: (Level.TOWNSHIP,),
}
ZONE_CODE = re.compile(r"[0-9]{6}K[0-9]{2}")
NOT_CIVIL = range(400, 600)
CORPS_NAME = re.compile(r"^兵团|师.*团|师.*农场")
ZONE_NAME = re.compile(r"区$|中心$")


def kind_of(code: str, name: str, level: Level) -> Kind:
    """Tell farms, corps regiments, prisons and zones from civil townships by segment 400-599 and name (§7.1, §7.2)."""
    if ZONE_CODE.fullmatch(code):
        return Kind.ZONE
    if level is not Level.TOWNSHIP or not code[6:9].isdigit() or int(code[6:9]) not in NOT_CIVIL:
        return Kind.CIVIL
    if "监狱" in name:
        return Kind.PRISON
    if CORPS_NAME.search(name):
        return Kind.CORPS
    return Kind.ZONE if ZONE_NAME.search(name) else Kind.FARM
