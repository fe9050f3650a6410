"""What photos and papers must show before work counts as done or a hazard as closed (§5.7)."""

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition
from inspect_app.hazards.conditions.planning import once_filled
from inspect_app.hazards.elements import is_major
from inspect_app.hazards.standing import limits_of
from inspect_app.hazards.words import ENGINEERING_PAPERS, VACATED, MeasureType


def _treated_by(attempt: Attempt) -> object:
    return attempt.facts.get("measure_type", attempt.subject.measure_type)


def _explained(attempt: Attempt) -> bool:
    return bool(attempt.facts.get("photo_explanation") or attempt.subject.photo_explanation)


BEFORE_PHOTO = Condition(mark("缺整改前照片。"), lambda attempt: bool(attempt.facts.get("photos_before")))
AFTER_PHOTO = Condition(mark("缺整改后照片。"), lambda attempt: bool(attempt.facts.get("photos_after")))
OTHER_PHOTO = Condition(
    mark("整改后的照片与整改前是同一张，请重新拍摄。"),
    lambda attempt: not set(attempt.facts.get("photos_before", ())) & set(attempt.facts.get("photos_after", ())),
)
OTHER_LIKENESS = Condition(
    mark("整改后的照片与整改前的几乎一样（可能经过缩放或另存），请到现场重新拍摄。"),
    lambda attempt: not attempt.facts.get("photos_alike"),
)
TAKEN_AFTERWARDS = Condition(
    mark("整改后的照片拍摄于发现隐患或拍摄整改前照片之前，不能作为佐证，请重新拍摄。"),
    lambda attempt: not attempt.facts.get("photos_early"),
)
FRESH_PHOTO = Condition(
    mark("退回整改后还没有新的整改后照片，请重新拍摄上传。"), lambda attempt: bool(attempt.facts.get("photos_fresh"))
)
NOTICE_EXPLAINED = Condition(
    mark("整改后的照片拍摄于交办之前，请在“照片说明”中写明原因。"),
    lambda attempt: not attempt.facts.get("photos_before_notice") or _explained(attempt),
)
PLACE_EXPLAINED = Condition(
    mark("整改后的照片拍摄地点离检查对象太远，请在“照片说明”中写明原因，或到现场重新拍摄。"),
    lambda attempt: (
        (attempt.facts.get("photos_off_m") or 0) <= limits_of(attempt.actor).photo_radius_m or _explained(attempt)
    ),
)
PHOTOS = (AFTER_PHOTO, OTHER_PHOTO, OTHER_LIKENESS, TAKEN_AFTERWARDS)
EXPLAINED = (NOTICE_EXPLAINED, PLACE_EXPLAINED)

NOT_MONITORED = Condition(
    mark("监测预警不等于消除隐患，只能转为长期管控，不能报告完成或销号。"),
    lambda attempt: _treated_by(attempt) != MeasureType.MONITORING,
)
LEAVING_PROVED = Condition(
    mark("避让搬迁须说明原址已腾空、拆除或改变用途，并先上传证明材料。"),
    lambda attempt: (
        _treated_by(attempt) != MeasureType.RELOCATION
        or bool(attempt.facts.get("vacated_by") and attempt.facts.get("proofs"))
    ),
)
DONE = (*PHOTOS, FRESH_PHOTO, *once_filled((*EXPLAINED, NOT_MONITORED, LEAVING_PROVED)))

MOVED_OUT = Condition(
    mark("避让搬迁须附腾空、拆除或改变用途的证明。"),
    lambda attempt: (
        attempt.subject.measure_type != MeasureType.RELOCATION
        or bool(attempt.facts.get("proofs") and attempt.subject.proof_kind in VACATED)
    ),
)
WORKS_PROVED = Condition(
    mark("工程治理须附检测、鉴定报告或竣工验收意见，请上传为证明材料。"),
    lambda attempt: (
        attempt.subject.measure_type != MeasureType.ENGINEERING
        or bool(attempt.facts.get("proofs") and attempt.subject.proof_kind in ENGINEERING_PAPERS)
    ),
)
FUNDS_PROVED = Condition(
    mark("有整改资金的须附资金凭证，请上传为证明材料。"),
    lambda attempt: (
        (attempt.subject.fund_amount or 0) < limits_of(attempt.actor).fund_proof_from
        or bool(attempt.facts.get("proofs"))
    ),
)
PROOFS = (BEFORE_PHOTO, *PHOTOS, *EXPLAINED, MOVED_OUT, WORKS_PROVED, FUNDS_PROVED)


def _recheck_photos(attempt: Attempt) -> int:
    limits = limits_of(attempt.actor)
    return limits.recheck_photos_major if is_major(attempt.subject) else limits.recheck_photos_general


SEEN_ON_THE_SPOT = Condition(
    mark("书面材料不能代替现场核查：请先上传复查时在现场拍摄的照片。"),
    lambda attempt: (attempt.facts.get("recheck_photos") or 0) >= _recheck_photos(attempt),
)
