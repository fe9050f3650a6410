"""Kinds of campaigns, the kind of visit each makes, and what it asks for (domain reference §1.3, TC-03b, ZY-16)."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspect_app.core.labels import mark


@dataclass(frozen=True)
class Kind:
    """What a campaign of this kind is like.

    `visit_kind` as in `inspections.kinds`. `drawn`: objects come from a draw. `own_people`: the counties' own people
    go, one is enough, and there are no teams. `announced`: the counties read it beforehand. `only_failed`: objects that
    passed last time stay out. `journeys`: each county is one journey to its government and some objects.
    `at_once`: made after an earthquake alone, issued by whoever leads then, and gone for on any day of the week.
    """

    label: str
    visit_kind: str
    drawn: bool = False
    own_people: bool = False
    announced: bool = True
    only_failed: bool = False
    journeys: bool = False
    at_once: bool = False


WHOLE_AREA, KEY_PERIOD, JOINT, SELF_CHECK = "whole_area", "key_period", "joint_supervision", "self_check"
COVERT, DUAL_RANDOM, LOOK_BACK = "covert_visit", "dual_random", "look_back"
EMERGENCY = "emergency"

KINDS: Mapping[str, Kind] = {
    WHOLE_AREA: Kind(mark("全域专项检查"), "special"),
    KEY_PERIOD: Kind(mark("重点时段检查"), "special"),
    JOINT: Kind(mark("联合督查"), "joint", journeys=True),
    "open_visit": Kind(mark("明查"), "open_visit"),
    COVERT: Kind(mark("暗访"), "covert_visit", announced=False),
    "video": Kind(mark("视频调度"), "video"),
    SELF_CHECK: Kind(mark("县区自查"), "self_check", own_people=True),
    DUAL_RANDOM: Kind(mark("双随机检查"), "dual_random", drawn=True),
    LOOK_BACK: Kind(mark("回头看"), "look_back", only_failed=True),
    EMERGENCY: Kind(mark("震后应急核查"), "emergency", at_once=True),
}
KIND_LABELS: Mapping[str, str] = {code: kind.label for code, kind in KINDS.items()}
PLANNED_LABELS: Mapping[str, str] = {code: kind.label for code, kind in KINDS.items() if not kind.at_once}
UNANNOUNCED = tuple(code for code, kind in KINDS.items() if not kind.announced)
