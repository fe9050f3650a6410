import pytest

from inspect_app.regions.levels import Kind, Level, kind_of
from inspect_app.regions.naming import plain, readings, short_forms


@pytest.mark.parametrize(
    ("name", "level", "forms"),
    [
        ("乌苏市", Level.COUNTY, ["乌苏"]),
        ("利通区", Level.COUNTY, ["利通"]),
        ("莘县", Level.COUNTY, []),
        ("肃南裕固族自治县", Level.COUNTY, ["肃南", "肃南县"]),
        ("和布克赛尔蒙古自治县", Level.COUNTY, ["和布克赛尔", "和布克赛尔县"]),
        ("积石山保安族东乡族撒拉族自治县", Level.COUNTY, ["积石山", "积石山县"]),
        ("东乡族自治县", Level.COUNTY, ["东乡"]),
        ("内蒙古自治区", Level.PROVINCE, ["内蒙古"]),
        ("塔城地区", Level.PREFECTURE, ["塔城"]),
        ("白杨沟镇", Level.TOWNSHIP, ["白杨沟"]),
        ("吉尔格勒特郭愣蒙古民族乡", Level.TOWNSHIP, ["吉尔格勒特郭愣", "吉尔格勒特郭愣乡"]),
        ("兵团一二三团生活区", Level.TOWNSHIP, ["一二三团", "123团"]),
        ("兵团农九师一七零团", Level.TOWNSHIP, ["一七零团", "170团"]),
        ("大水坑村委会", Level.VILLAGE, ["大水坑村"]),
        ("东村村民委员会", Level.VILLAGE, ["东村"]),
        ("裕民居委会", Level.VILLAGE, ["裕民社区"]),
        ("裕民社区居民委员会", Level.VILLAGE, ["裕民社区"]),
    ],
)
def test_short_forms_follow_the_rule(name: str, level: Level, forms: list[str]) -> None:
    assert short_forms(name, level) == forms


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("654202200", "八十四户乡", Kind.CIVIL),
        ("654202400", "甘家湖牧场", Kind.FARM),
        ("654202403", "乌苏监狱", Kind.PRISON),
        ("654202500", "兵团一二三团生活区", Kind.CORPS),
        ("654221511", "兵团农九师团结农场", Kind.CORPS),
        ("654226500", "第十师一八四团", Kind.CORPS),
        ("620721500", "甘肃省绵羊育种场", Kind.FARM),
        ("654221407", "额敏（兵地、辽阳）工业园区", Kind.ZONE),
        ("640302401", "宁夏吴忠国家农业科技园区", Kind.ZONE),
    ],
)
def test_the_kind_of_a_township_is_told_from_segment_and_name(code: str, name: str, kind: Kind) -> None:
    assert kind_of(code, name, Level.TOWNSHIP) is kind


def test_names_are_compared_without_blanks_and_widths() -> None:
    assert plain(" 额敏(兵地、辽阳)\u3000工业 园区\u200b") == "额敏（兵地、辽阳）工业园区"
    assert plain("６５４２０２") == "654202"


def test_offices_and_padded_codes_are_read_as_the_region() -> None:
    assert "白杨沟镇" in readings("白杨沟镇人民政府")
    assert "虹桥街道" in readings("虹桥街道办")
    assert "虹桥街道" in readings("虹桥街道办事处")
    assert "654202100" in readings("654202100000")
    assert "654202" not in readings("654202100")
