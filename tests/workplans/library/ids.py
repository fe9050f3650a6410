"""The ids that domain reference §2.1 to §2.5 lists, and the figures of §2 and §2.6 that are written in the notices."""

from itertools import chain

# article -> how many obligations it holds: 1 has no letter, others go from a
ARTICLES = {
    "ZY": {1: 3, 2: 4, 3: 3, 4: 2, 5: 3, 6: 4, 7: 1, 8: 3, 9: 4, 10: 3, 11: 3, 12: 3, 13: 4, 14: 3, 15: 3, 16: 6, 17: 2,
           18: 2, 19: 3},
    "LC": {1: 2, 2: 2, 3: 3, 4: 3, 5: 3, 6: 4, 7: 5, 8: 2, 9: 2, 10: 5, 11: 2, 12: 2, 13: 2, 14: 1, 15: 4},
    "TC": {0: 3, 1: 2, 2: 2, 3: 4, 4: 2, 5: 3, 6: 2, 7: 3, 8: 3, 9: 9, 10: 2, 11: 5, 12: 5, 13: 4, 14: 8, 15: 4, 16: 4,
           17: 4, 18: 2, 19: 4},
    "SY": {2: 1, 3: 1, 4: 3, 5: 3, 6: 5, 7: 3, 8: 1, 9: 4, 10: 3, 11: 3, 12: 4, 13: 2},
    "LT": {1: 3, 2: 2, 3: 3, 4: 5, 5: 4, 6: 6, 7: 3, 8: 2, 9: 3, 10: 3, 11: 4},
}  # fmt: skip
EXTRA = {"LC": ["LC-B1", "LC-B2", "LC-B3"]}
TOTALS = {"ZY": 59, "LC": 45, "TC": 75, "SY": 33, "LT": 38}


def ids_of(place: str) -> list[str]:
    """The ids of one place in the order of the reference."""
    letters = ((f"{place}-{article:02}", count) for article, count in ARTICLES[place].items())
    found = ([code] if count == 1 else [f"{code}{chr(97 + n)}" for n in range(count)] for code, count in letters)
    return [*chain.from_iterable(found), *EXTRA.get(place, [])]


# how many aspects the reference counts for an obligation that is scored RATE(n), or names as n of a kind
ASPECTS = {
    "ZY-02d": 4, "ZY-04a": 4, "ZY-09b": 4, "ZY-10b": 5, "ZY-14b": 4, "ZY-16c": 5, "ZY-07": 6, "ZY-14c": 4, "ZY-19a": 4,
    "LC-02a": 4, "LC-04c": 4,
    "TC-00c": 2, "TC-02a": 3, "TC-03b": 3, "TC-04a": 3, "TC-05a": 5, "TC-05b": 2, "TC-12b": 4, "TC-12c": 3, "TC-13a": 3,
    "TC-14a": 4, "TC-15c": 3, "TC-17b": 4, "TC-19a": 3, "TC-19b": 6,
    "SY-02": 4, "SY-04a": 3, "SY-06b": 3, "SY-06c": 3, "SY-06e": 4, "SY-07c": 10,
    "LT-01a": 4, "LT-02a": 3, "LT-03b": 8, "LT-06e": 4, "LT-08a": 4, "LT-10b": 5,
}  # fmt: skip

# id, what the number stands for, its key, the region, the number
FIGURES = [
    ("ZY-08a", "minutes", "first_report_minutes", "6207", 15),
    ("ZY-08a", "magnitude", "first_report_mag", "6207", 3),
    ("ZY-08b", "magnitude", "first_report_mag", "6207", 3),
    ("LT-11d", "magnitude", "first_report_mag", "640302", 3),
    ("ZY-16b", "at_least", "special_inspection_min_per_year", "6207", 1),
    ("ZY-16b", "at_most", "special_inspection_max_per_year", "6207", 2),
    ("ZY-16e", "share", "annual_coverage_required", "6207", 1),
    ("ZY-06a", "at_least", "monthly_consultation", "6207", 1),
    ("ZY-16c", "inspection_must_items", "inspection_must_items", "6207", 5),
    ("TC-11b", "at_least", "macro_observer_per_village_min", "6542", 1),
    ("TC-14g", "at_least", "township_team_size", "654202", 30),
    ("TC-14g", "at_most", "township_team_size", "654203", 50),
    ("TC-14h", "at_least", "village_team_size", "654203", 20),
    ("TC-14h", "at_most", "village_team_size", "654202", 30),
    ("TC-13c", "at_least", "county_full_drill_per_year_min", "654202", 1),
    ("TC-13b", "drill_scenario_mag", "drill_scenario_mag", "6542", 6),
    ("LT-04b", "at_least", "school_drill_per_year_min", "640302", 1),
    ("LT-05d", "at_least", "macro_point_monthly_report", "640302", 1),
    ("LC-11a", "at_least", "contests_per_year_min", "3715", 2),
    ("LC-11b", "at_least", "promo_events_per_year_min", "3715", 3),
    ("LC-06a", "same_day", "anomaly_verify", "3715", "24:00"),
    ("LC-07a", "departments", "departments", "3715", 17),
    ("ZY-09d", "forbidden_report_acts", "forbidden_report_acts", "6207", ("迟报", "漏报", "错报")),
    ("TC-16b", "forbidden_report_acts", "forbidden_report_acts", "6542",
     ("迟报", "瞒报", "漏报", "谎报", "错报", "乱报")),
    ("LC-11b", "promo_days", "promo_days", "3715", ("05-12", "07-28", "10-13")),
]  # fmt: skip
# numbers that the reference suggests where a notice has none
PROPOSALS = {"ZY-03b", "LT-04b", "LT-11c"}
KEY_COUNTIES_ALONE = {"TC-03a", "TC-07a", "TC-09g", "TC-12c", "TC-12d", "TC-13c", "TC-13d", "TC-14g", "TC-14h"}
