"""Kinds of visits (domain reference §1.3). The value is stored; upper case it stands in the reference.

The site of a visit of an UNANNOUNCED kind does not hear of it before it is done.
"""

from collections.abc import Mapping

from inspect_app.core.labels import mark

SPECIAL, SELF_CHECK, LOOK_BACK = "special", "self_check", "look_back"
UNANNOUNCED = frozenset({"covert_visit", "unannounced"})

KINDS: Mapping[str, str] = {
    SPECIAL: mark("专项检查"),
    "joint": mark("联合检查"),
    "comprehensive": mark("综合督查"),
    SELF_CHECK: mark("自查"),
    "spot_check": mark("抽查"),
    "open_visit": mark("明查"),
    "covert_visit": mark("暗访"),
    "unannounced": mark("四不两直"),
    "video": mark("视频调度"),
    "dual_random": mark("双随机检查"),
    LOOK_BACK: mark("回头看检查"),
    "emergency": mark("震后应急核查"),
}
