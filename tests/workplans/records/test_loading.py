"""The file of records is sound, and every mistake in one is named."""

from pathlib import Path

from inspect_app.core.definitions import Problems
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.words import Topic
from inspect_app.workplans.records.loading import FILE, check_definitions, fulfilment, read_fulfilment

WRONG = """
code = "FULFILMENT"
version = 1
[[reporting_dates]]
obligation = "TC-99z"
number = 1
[[records]]
code = "drills"
title = "演练"
fact = "registers.drills.nothing"
topics = ["DANCING"]
obligations = ["TC-13c"]
[[records]]
code = "drills"
title = "演练"
fact = "visits.coverage"
topics = []
obligations = ["TC-13c"]
"""


def test_the_file_that_is_shipped_is_sound() -> None:
    problems = Problems()
    assert len(check_definitions(problems)) == len(fulfilment().records)
    assert problems.found == []
    assert FILE.name == "fulfilment.toml"


def test_each_record_answers_obligations_of_its_topics() -> None:
    """TC-19b and LC-12b are of publicity as their records are; a plan of a drill would be no drill."""
    known = library().obligations
    for record in fulfilment().records:
        for code in record.obligations:
            assert known[code].topic in record.topics, (record.code, code)


def test_records_are_offered_by_topic() -> None:
    offered = [each.code for each in fulfilment().offered(Topic.MASS_MONITORING)]
    assert offered == ["observers_of_villages", "points_kept"]
    assert len(fulfilment().offered(None)) == len(fulfilment().records)
    assert fulfilment().answering(None) is None


def test_every_mistake_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fulfilment.toml"
    path.write_text(WRONG, encoding="utf-8")
    problems = Problems()
    read_fulfilment(path, problems)
    told = "\n".join(problems.found)
    for wrong in ("TC-99z", "registers.drills.nothing", "DANCING", "drills 出现了 2 次", "TC-13c 出现了 2 次"):
        assert wrong in told
