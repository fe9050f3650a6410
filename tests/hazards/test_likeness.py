import pytest

from inspect_app.hazards.likeness import LOOKED_BACK, Sketch, pairs


def pair(one: str, other: str, items: tuple[str, str] = ("", ""), places: tuple[int, int] = (1, 1)) -> str:
    sketches = [Sketch(key, places[key], items[key], words) for key, words in enumerate((one, other))]
    return "；".join(str(why) for _one, _other, why in pairs(sketches))


@pytest.mark.parametrize(
    ("one", "other", "items", "expected"),
    [
        ("构造柱钢筋外露。", "构造柱 钢筋外露", ("", ""), "描述相同"),
        ("教学楼女儿墙松动，无锚固", "教学楼女儿墙有松动，无锚固", ("", ""), "描述相近"),
        ("教学楼女儿墙松动，无锚固", "女儿墙与主体无锚固拉结", ("C03-05", "C03-05"), "同一检查项"),
        ("教学楼女儿墙松动，无锚固", "女儿墙与主体无锚固拉结", ("C03-05", "C03-06"), ""),
        ("教学楼女儿墙松动", "应急通道堆放杂物", ("C03-05", "C03-05"), ""),
        ("3层走廊墙体开裂", "2层走廊墙体开裂", ("C03-05", "C03-05"), ""),
        ("东侧围墙倾斜", "西侧围墙倾斜", ("", ""), ""),
        ("三号楼围墙倾斜", "二号楼围墙倾斜", ("", ""), ""),
        ("A座吊顶松动", "B座吊顶松动", ("", ""), ""),
    ],
)
def test_wording_decides_and_what_tells_apart_keeps_apart(
    one: str, other: str, items: tuple[str, str], expected: str
) -> None:
    said = pair(one, other, items)
    assert bool(said) == bool(expected)
    assert expected in said


def test_findings_of_two_places_are_never_one() -> None:
    assert pair("构造柱钢筋外露", "构造柱钢筋外露", places=(1, 2)) == ""


def test_empty_descriptions_are_alike_and_harm_nothing() -> None:
    assert "描述相同" in pair("", "。")
    assert pair("", "墙") == ""


def test_each_is_compared_with_the_last_few_of_its_place_only() -> None:
    sketches = [Sketch(key, 1, "", "构造柱钢筋外露") for key in range(100)]
    found = list(pairs(sketches))
    assert max(other - one for one, other, _why in found) == LOOKED_BACK
    assert all(one < other for one, other, _why in found)
