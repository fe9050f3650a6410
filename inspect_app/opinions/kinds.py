"""Kinds of restricted papers; which of them are consultations is what the count of months asks."""

from enum import StrEnum

from inspect_app.core.labels import mark


class Kind(StrEnum):
    """What a paper is."""

    MONTHLY = "consultation_monthly"
    ANNUAL = "consultation_annual"
    SPECIAL = "consultation_special"
    FORECAST = "forecast"
    DANGER_AREAS = "danger_areas"


KIND_LABELS: dict[str, str] = {
    Kind.MONTHLY: mark("月会商意见"),
    Kind.ANNUAL: mark("年度会商意见"),
    Kind.SPECIAL: mark("专题会商意见"),
    Kind.FORECAST: mark("预测意见"),
    Kind.DANGER_AREAS: mark("重点危险区名单"),
}
CONSULTATIONS = (Kind.MONTHLY, Kind.ANNUAL, Kind.SPECIAL)
