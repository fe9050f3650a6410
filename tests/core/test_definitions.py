from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems, Table, content_hash, read_file, read_folder
from inspect_app.core.errors import DefinitionProblems


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def table(**values: object) -> Table:
    return Table(values, Problems(), "X.toml", "X-01")


def test_fields_are_read_by_their_kind() -> None:
    given = table(name=" 名称 ", count=3, share="0.1", colour="green", colours=["red"], on=date(2024, 11, 1), veto=True)
    assert given.text("name") == "名称"
    assert given.integer("count") == 3
    assert given.decimal("share") == Decimal("0.1")
    assert given.choice("colour", Colour) is Colour.GREEN
    assert given.choices("colours", Colour) == (Colour.RED,)
    assert given.day_or_none("on") == date(2024, 11, 1)
    assert given.flag("veto")
    given.finish()
    assert given.problems.found == []


def test_an_absent_field_is_named_once_and_reading_goes_on() -> None:
    given = table()
    assert given.text("name") == ""
    assert given.choice("colour", Colour) is Colour.RED
    assert given.problems.found == ["X.toml: X-01: 缺少字段 name", "X.toml: X-01: 缺少字段 colour"]


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", 5),
        ("text", "  "),
        ("integer", "5"),
        ("integer", True),
        ("decimal", "a"),
        ("decimal", "NaN"),
        ("decimal", True),
        ("flag", 1),
        ("day_or_none", "2024-11-01"),
        ("texts", "one"),
        ("texts", ["one", 2]),
        ("table", []),
        ("tables", [1]),
    ],
)
def test_a_value_of_the_wrong_kind_is_one_problem(reader: str, value: object) -> None:
    given = table(field=value)
    getattr(given, reader)("field")
    given.finish()
    assert len(given.problems.found) == 1
    assert "field 应为" in given.problems.found[0]


def test_an_unknown_member_of_a_choice_lists_the_known_ones() -> None:
    given = table(colour="blue", colours=["red", "blue"])
    given.choice("colour", Colour)
    given.choices("colours", Colour)
    assert [each.count("red、green") for each in given.problems.found] == [1, 1]


def test_a_misspelt_field_is_a_problem() -> None:
    given = table(name="名称", wieght=5)
    given.text("name")
    given.finish()
    assert given.problems.found == ["X.toml: X-01: 不认识的字段 wieght"]


def test_tables_are_placed_by_their_codes() -> None:
    given = table(parts=[{"code": "a"}, {}])
    assert [each.place for each in given.tables("parts")] == ["X-01/a", "X-01/parts[2]"]


def test_numbers_written_as_toml_floats_stay_exact(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("share = 0.1", "utf-8")
    read = read_file(tmp_path / "a.toml", Problems())
    assert read is not None
    assert read.decimal("share") * 3 == Decimal("0.3")


def test_broken_files_are_all_named_and_refused_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = ", "utf-8")
    (tmp_path / "b.toml").write_bytes("名 = '称'".encode("gb18030"))
    (tmp_path / "c.toml").write_text("x = 1", "utf-8")
    problems = Problems()
    assert [each.file for each in read_folder(tmp_path, "*.toml", problems)] == ["c.toml"]
    assert read_file(tmp_path / "d.toml", problems) is None
    with pytest.raises(DefinitionProblems) as refused:
        problems.refuse()
    assert [each.split(":")[0] for each in refused.value.problems] == ["a.toml", "b.toml", "d.toml"]


def test_no_problem_refuses_nothing() -> None:
    Problems().refuse()


def test_the_hash_ignores_the_order_of_keys_and_the_writing_of_numbers() -> None:
    one = content_hash({"a": Decimal("1.0"), "b": [Decimal(10)]})
    assert one == content_hash({"b": [Decimal("1E+1")], "a": Decimal(1)})
    assert one != content_hash({"a": Decimal(1), "b": [Decimal(11)]})
    assert len(one) == 64
