"""Faultless sheets of the shipped lists on 2026-09-10: what is answered, and the weight it earns."""

from typing import Any

YES: dict[str, Any] = {"value": "yes"}
NO: dict[str, Any] = {"value": "no"}
NA: dict[str, Any] = {"na": True}


def of(numerator: int, denominator: int) -> dict[str, Any]:
    return {"numerator": str(numerator), "denominator": str(denominator)}


def value(given: object) -> dict[str, Any]:
    return {"value": given if isinstance(given, list) else str(given)}


def parts(**given: dict[str, Any]) -> dict[str, Any]:
    return {"parts": given}


FAULTLESS: dict[str, dict[str, tuple[dict[str, Any], int]]] = {
    "C03": {
        "C03-01": (of(8, 8), 6),
        "C03-02": (of(8, 8), 10),
        "C03-03": (of(6, 6), 9),
        "C03-04": (of(2, 2), 12),
        "C03-05": (NO, 10),
        "C03-06": (YES, 6),
        "C03-07": (NO, 7),
        "C03-08": (YES, 5),
        "C03-09": (YES, 6),
        "C03-10": (YES, 4),
        "C03-11": (YES, 6),
        "C03-12": (value(9), 6),
        "C03-13": (value(110), 2),
        "C03-14": (YES, 3),
        "C03-15": (YES, 4),
        "C03-16": (YES, 4),
    },
    "C04": {
        "C04-01": (of(400, 400), 10),
        "C04-02": (YES, 10),
        "C04-03": (parts(recorded=YES, form=value("brick_concrete")), 4),
        "C04-04": (YES, 10),
        "C04-05": (YES, 8),
        "C04-06": (parts(sound=YES, width=value(0)), 10),
        "C04-07": (NO, 14),
        "C04-08": (YES, 8),
        "C04-09": (NO, 8),
        "C04-10": (YES, 6),
        "C04-11": (of(20, 20), 6),
        "C04-12": (NO, 6),
    },
    "C05": {
        "C05-01": (of(12, 12), 8),
        "C05-02": (value("2024-05-01"), 12),
        "C05-03": (value("2"), 6),
        "C05-04": (YES, 16),
        "C05-05": (YES, 12),
        "C05-06": (YES, 10),
        "C05-07": (YES, 10),
        "C05-08": (parts(required=value(4), done=value(4)), 8),
        "C05-09": (YES, 10),
        "C05-10": (value(35), 8),
    },
    "C06": {
        "C06-01": (YES, 6),
        "C06-02": (value("2019-11-20"), 12),
        "C06-03": (value("2"), 4),
        "C06-04": (value("meets"), 12),
        "C06-05": (YES, 14),
        "C06-06": (YES, 10),
        "C06-07": (YES, 8),
        "C06-08": (YES, 8),
        "C06-09": (parts(contacts=YES, drills=value(1)), 6),
        "C06-10": (YES, 6),
        "C06-11": (YES, 6),
        "C06-12": (YES, 8),
    },
    "C07a": {
        "C07a-01": (YES, 14),
        "C07a-02": (YES, 14),
        "C07a-03": (YES, 12),
        "C07a-04": (YES, 14),
        "C07a-05": (parts(power=YES, tested=YES, tested_on=value("2026-08-01")), 12),
        "C07a-06": (parts(trucks=value(2), sources=value(1), crew=value(15), pipes=value(300)), 12),
        "C07a-07": (parts(filed=YES, drills=value(1)), 12),
        "C07a-08": (YES, 10),
    },
    "C07b": {
        "C07b-01": (YES, 14),
        "C07b-02": (YES, 16),
        "C07b-03": (YES, 12),
        "C07b-04": (of(12, 12), 12),
        "C07b-05": (parts(vehicles=value(3), fuel=YES), 12),
        "C07b-06": (YES, 12),
        "C07b-07": (parts(crew=value(40), gear=YES), 10),
        "C07b-08": (YES, 12),
    },
    "C07c": {
        "C07c-01": (YES, 16),
        "C07c-02": (YES, 14),
        "C07c-03": (parts(installed=YES, tested=YES, tested_on=value("2026-07-15")), 14),
        "C07c-04": (of(4, 4), 12),
        "C07c-05": (of(30, 30), 12),
        "C07c-06": (YES, 10),
        "C07c-07": (parts(crew=value(12), vehicles=value(3), duty=YES), 10),
        "C07c-08": (parts(filed=YES, drills=value(1)), 12),
    },
    "C07d": {
        "C07d-01": (YES, 14),
        "C07d-02": (YES, 14),
        "C07d-03": (YES, 10),
        "C07d-04": (parts(required=value(8), actual=value("8.5")), 12),
        "C07d-05": (parts(vehicles=value(1), stations=value(2), drones=value(2)), 14),
        "C07d-06": (YES, 14),
        "C07d-07": (YES, 10),
        "C07d-08": (YES, 12),
    },
    "C08": {
        "C08-01": (YES, 12),
        "C08-02": (YES, 12),
        "C08-03": (parts(registered=YES, valid=YES, assessed_on=value("2025-02-01")), 8),
        "C08-04": (YES, 10),
        "C08-05": (parts(flexible=YES, tested=YES, tested_on=value("2026-06-30")), 10),
        "C08-06": (YES, 6),
        "C08-07": (of(20, 20), 8),
        "C08-08": (value("2024-10-01"), 6),
        "C08-09": (YES, 8),
        "C08-10": (value(1), 8),
        "C08-11": (parts(crew=value(10), gear=value(6)), 6),
        "C08-12": (YES, 6),
    },
    "C12": {
        "C12-01": (value("2025-03-01"), 8),
        "C12-02": (value(["organisation", "prevention", "procedure", "response", "support"]), 8),
        "C12-03": (YES, 5),
        "C12-04": (YES, 10),
        "C12-05": (value("2025-04-01"), 8),
        "C12-06": (YES, 6),
        "C12-07": (YES, 5),
        "C12-08": (YES, 8),
        "C12-09": (YES, 5),
        "C12-10": (YES, 6),
        "C12-11": (of(4, 4), 10),
        "C12-12": (value(["full", "special", "tabletop", "evacuation"]), 5),
        "C12-13": (of(4, 4), 8),
        "C12-14": (of(8, 8), 8),
    },
}
