"""The kinds of doubt: what each is called, and why it is worth a look."""

from enum import StrEnum

from inspect_app.core.labels import mark


class Kind(StrEnum):
    """What looks untrue; the value is kept in notes."""

    SHORT_VISIT = "short_visit"
    FAR_PHOTO = "far_photo"
    SAME_PHOTO = "same_photo"
    OLD_PHOTO = "old_photo"
    CLEAN_RUN = "clean_run"
    SILENT_COUNTY = "silent_county"
    DUE_BEFORE_FOUND = "due_before_found"


KIND_LABELS = {
    Kind.SHORT_VISIT: mark("检查用时过短"),
    Kind.FAR_PHOTO: mark("拍摄地点不符"),
    Kind.SAME_PHOTO: mark("照片重复使用"),
    Kind.OLD_PHOTO: mark("整改后照片早于发现"),
    Kind.CLEAN_RUN: mark("连续多次全部合格"),
    Kind.SILENT_COUNTY: mark("零隐患而邻县有隐患"),
    Kind.DUE_BEFORE_FOUND: mark("期限早于发现日期"),
}
REASONS = {
    Kind.SHORT_VISIT: mark("从开始到提交的时间，不够把答过的检查项逐项看一遍。"),
    Kind.FAR_PHOTO: mark("照片记录的拍摄位置，离检查对象登记的坐标太远。可能照片不是在现场拍的，也可能坐标登记错了。"),
    Kind.SAME_PHOTO: mark("同一张照片（或翻拍、裁小的同一画面）用在了两处隐患、两次检查，或同一隐患的整改前和整改后。"),
    Kind.OLD_PHOTO: mark("整改后的照片拍摄于隐患发现之前，不能证明整改。"),
    Kind.CLEAN_RUN: mark("同一带队人员接连多次检查没有一项不合格。"),
    Kind.SILENT_COUNTY: mark("本县一段时间没有发现任何隐患，同一地市半数以上的县都有。"),
    Kind.DUE_BEFORE_FOUND: mark("整改期限早于发现日期，多半是录入或报表中的日期写错了。"),
}
