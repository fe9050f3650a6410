"""The answer as scripts read it."""

from inspect_app.core.errors import FileRefused
from inspect_app.returns.codes import PROBLEMS, WARNINGS
from inspect_app.returns.fields import CORE
from inspect_app.returns.result import ReadResult
from tests.returns.county import hazard, read_rows


def test_a_row_carries_exactly_the_fields_of_a_ledger() -> None:
    (row,) = read_rows(hazard(1)).as_json()["rows"]
    assert row == {
        "sheet": "台账",
        "row": 2,
        "fields": {
            "township": "东坪镇",
            "site": "禾昀面粉厂",
            "description": "第1号粮仓爬梯无护笼",
            "grade": "general",
            "found_on": "2024-06-03",
            "responsible_unit": "东坪镇人民政府",
            "responsible_person": "许敏",
            "measures": "加装护笼",
            "due_on": "2024-07-03",
            "status": "open",
            "done_on": None,
        },
        "warnings": [],
    }
    assert tuple(row["fields"]) == tuple(field.value for field in CORE)


def test_the_other_lists_say_where_and_why() -> None:
    answer = read_rows(hazard(1), hazard(1), hazard(2, unit=""), ["合计"]).as_json()
    assert answer["duplicates"] == [{"sheet": "台账", "row": 3, "of": {"sheet": "台账", "row": 2}}]
    assert [(row["row"], row["code"], row["column"]) for row in answer["rejected"]] == [
        (4, "E_REQUIRED_UNIT", "责任单位")
    ]
    assert answer["ignored"][-1] == {"sheet": "台账", "row": 5, "kind": "total"}


def test_a_refusal_is_short() -> None:
    answer = ReadResult.refused(FileRefused("E_CORRUPT", "坏了：%(what)s。", what="校验和")).as_json()
    assert answer == {"outcome": "refuse", "code": "E_CORRUPT", "message": "坏了：校验和。", "rows": []}


def test_every_sentence_of_a_problem_can_be_said() -> None:
    for sentence in PROBLEMS.values():
        assert "%" not in sentence % {"column": "列", "value": "值"}
    assert all(code.startswith("E_") for code in PROBLEMS)
    assert all(code.startswith("W_") for code in WARNINGS)
