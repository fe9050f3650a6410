from datetime import date
from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.hazards.words import State
from inspect_app.returns.issuing.definition import FILE, check_definitions, load_form, read_form
from inspect_app.returns.issuing.keeping import IssuedRow, keep, restore
from inspect_app.returns.issuing.marks import checksum_of, code_of, key_of, new_code
from inspect_app.returns.issuing.sources import cells_of, own_words


def test_a_key_names_its_workbook_and_a_wrong_letter_is_noticed() -> None:
    code = new_code("654202")
    key = key_of(code, 12)
    assert code_of(key) == code
    for at in (len(key) - 1, len(code) - 1):
        other = "2" if key[at] != "2" else "3"
        assert code_of(key[:at] + other + key[at + 1 :]) == ""


def test_keys_are_never_alike() -> None:
    codes = {new_code("654202") for _ in range(200)}
    assert len({key_of(code, number) for code in codes for number in (1, 2)}) == 400


def test_the_checksum_sees_any_cell() -> None:
    rows = {"columns": ["measures"], "rows": [["K", 1, 1, "YH", "draft", "", ["加固"], 0]]}
    other = {"columns": ["measures"], "rows": [["K", 1, 1, "YH", "draft", "", ["拆除"], 0]]}
    assert checksum_of(rows) != checksum_of(other)
    assert len(checksum_of(rows)) == 16


def test_rows_come_back_from_where_they_are_kept_with_their_types() -> None:
    cells = {"found_on": date(2026, 6, 1), "measures": "加固", "remark": None}
    rows = [IssuedRow("K-1", 7, 2, "YH-1", "draft", "", cells, frozenset({"measures"}))]
    assert restore(keep(rows)) == rows


class Hazard:
    """A hazard as far as a workbook looks at it."""

    def __init__(self, state: State, progress: str = "", done_on: date | None = None) -> None:
        self.state, self.progress, self.done_on, self.grade = state, progress, done_on, None
        self.found_on = self.due_on = self.fund_amount = None
        for name in ("site_name", "description", "responsible_unit_name", "responsible_person", "measures",
                     "responsible_leader", "fund_source", "emergency_plan", "remark"):  # fmt: skip
            setattr(self, name, "")


@pytest.mark.parametrize(
    ("hazard", "status", "done_on", "words"),
    [
        (Hazard(State.REGISTERED), "未整改", None, None),
        (Hazard(State.RECTIFYING, done_on=date(2026, 5, 1)), "整改中", None, None),
        (Hazard(State.DONE, "全部完成", date(2026, 6, 2)), "已整改", date(2026, 6, 2), "全部完成"),
        (Hazard(State.REGISTERED, "县区报告已整改（2026-06-12）；已验收"), "已整改", date(2026, 6, 12), "已验收"),
        (Hazard(State.REGISTERED, "县区报告整改中"), "整改中", None, None),
    ],
    ids=["new", "at work, once failed", "done", "claimed done", "claimed at work"],
)
def test_a_workbook_says_of_the_work_what_is_known(
    hazard: Hazard, status: str, done_on: date | None, words: str | None
) -> None:
    cells = cells_of(hazard, "")
    assert (cells["status"], cells["done_on"], cells["progress"]) == (status, done_on, words)


def test_the_countys_claim_is_no_word_of_ours() -> None:
    assert own_words("县区报告未整改") == ""
    assert own_words("县区报告整改中的围墙") == "县区报告整改中的围墙"


def test_the_definition_is_sound_and_hides_the_key_between_visible_columns() -> None:
    problems = Problems()
    assert check_definitions(problems) == ["hazards"]
    assert problems.found == []
    hidden = [place for place, (column, _) in enumerate(load_form().columns) if column.hidden]
    assert hidden == [load_form().sources.index("key")]
    assert 0 < hidden[0] < len(load_form().sources) - 1


def test_a_heading_that_returns_would_not_understand_is_a_mistake(tmp_path: Path) -> None:
    spoilt = tmp_path / "hazards.toml"
    text = FILE.read_text("utf-8").replace('heading = "隐患描述"', 'heading = "说法"').replace('"state"', '"weather"')
    spoilt.write_text(text, "utf-8")
    problems = Problems()
    read_form(spoilt, problems)
    assert any("说法" in each for each in problems.found)
    assert any("weather" in each for each in problems.found)
