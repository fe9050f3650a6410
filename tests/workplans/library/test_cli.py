"""`flask obligations`: what a person and a script are told."""

import json

from flask import Flask


def ran(app: Flask, *args: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["obligations", *args])
    return answer.exit_code, answer.output


def test_the_list_is_the_whole_library(app: Flask) -> None:
    code, out = ran(app, "list", "--json")
    found = json.loads(out)
    assert (code, len(found)) == (0, 250)
    assert all({"id", "kind", "parameters", "evidence", "scoring"} <= each.keys() for each in found)


def test_a_topic_is_found_by_code_and_by_name(app: Flask) -> None:
    by_code, by_name = (json.loads(ran(app, "list", "--topic", text, "--json")[1]) for text in ("INSURANCE", "保险"))
    assert [each["id"] for each in by_code] == ["TC-05c", "ZY-15a", "ZY-15b", "ZY-15c"]
    assert by_code == by_name


def test_a_place_is_found_by_prefix_name_and_region(app: Flask) -> None:
    found = [ran(app, "list", "--place", text) for text in ("SY", "沈阳市", "2101")]
    assert found[0] == found[1] == found[2]
    assert found[0][1].strip().endswith("共 33 条。")


def test_place_and_topic_narrow_together(app: Flask) -> None:
    out = ran(app, "list", "--place", "LT", "--topic", "DRILL")[1]
    assert [row.split("\t")[0] for row in out.splitlines()[:-1]] == [
        "LT-04a", "LT-04b", "LT-04c", "LT-04d", "LT-04e", "LT-07c",
    ]  # fmt: skip


def test_an_unknown_topic_or_place_is_told_what_there_is(app: Flask) -> None:
    code, out = ran(app, "list", "--topic", "跳舞")
    assert code == 2
    assert "没有主题 跳舞" in out
    assert "DRILL（演练）" in out
    code, out = ran(app, "list", "--place", "北京")
    assert code == 2
    assert "TC（塔城地区，6542）" in out


def test_checking_counts_them(app: Flask) -> None:
    code, out = ran(app, "check")
    assert code == 0
    assert "塔城地区　75 条" in out
    assert "共 250 条，没有问题。" in out


def test_they_are_read_with_all_other_definitions(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["definitions", "check", "--json"])
    assert len(json.loads(answer.stdout)["obligations"]) == 250


def test_what_falls_due_in_a_county_and_what_does_not(app: Flask) -> None:
    code, out = ran(app, "due", "654221", "--year", "2024", "--place", "TC")
    rows = {row.split("\t")[0]: row.split("\t")[2:] for row in out.splitlines()}
    assert (code, len(rows)) == (0, 75)
    assert rows["TC-00b"][0] == "2024-11-08"
    assert rows["TC-02a"][:2] == ["期末2024-12-31", "3"]
    assert rows["TC-13c"] == ["—", "—", "不适用：只对符合以下条件的地方提出：当年的重点县。"]


def test_what_falls_due_as_json(app: Flask) -> None:
    found = {each["id"]: each for each in json.loads(ran(app, "due", "654202", "--year", "2028", "--json")[1])}
    assert len(found) == 250
    assert found["TC-14g"]["due"] == [
        {
            "number": 1, "from": "2028-01-01", "until": "2028-12-31", "due_on": "2028-12-31", "dated": False,
            "needed": 30, "at_most": 50, "share": None, "per": "townships", "by": "responsible",
        }
    ]  # fmt: skip
    assert found["TC-00a"]["why_none"] == "2028 年的日期还没有确定，请在参数中填写。"


def test_all_counties_of_a_prefecture_are_shown_as_a_percentage(app: Flask) -> None:
    rows = [row.split("\t") for row in ran(app, "due", "6207", "--year", "2026", "--place", "ZY")[1].splitlines()]
    assert [row[3] for row in rows if row[0] in {"ZY-16b", "ZY-16e"}] == ["1～2", "100%"]


def test_a_province_owes_nothing_here(app: Flask) -> None:
    code, out = ran(app, "due", "65", "--year", "2026")
    assert (code, "请选择这三级的区划" in out) == (2, True)
