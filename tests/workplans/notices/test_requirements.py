"""Figures that ask for something are found; figures that only look so are not."""

import pytest

from inspect_app.workplans.notices.requirements import requirements_in

YEAR = 2024


def found(text: str, year: int | None = YEAR) -> list[tuple[str, str, float | str, str, str | None]]:
    read = requirements_in(text, 0, len(text), year)
    due = [each.due_on.isoformat() if each.due_on else None for each in read]
    return [(each.quote, each.kind.value, each.value, each.unit, on) for each, on in zip(read, due, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "统筹推进《综合防灾减灾规划（2021-2025年）》等规划任务",
        "根据《防震减灾法》第二十九条、第八十八条规定",
        "联系电话：0901-6222345，手机13800000000",
        "2021年国办发34号、国震发2号、2023年国震办发1号",
        "落实市发改委、市应急局等17部门《方案》（聊应急发〔2021〕25号）要求",
        "在“5·12”全国防灾减灾日、“7·28”唐山大地震纪念日开展宣传",
        "研究四川泸定6.8级、土耳其两次7.8级等地震的经验",
        "截至2023年12月31日，全市已建成避难场所120处",
        "近年来，全市先后开展演练300余次",
        "发生5级以上大风时停止作业",
        "启动二级响应，县级以上人民政府应当报告",
        "死亡10人以上的，立即上报",
        "自2024年6月1日起施行，有效期5年",
        "预警时间提前5-10秒",
        "第16个全国防灾减灾日",
        "按照1:500比例尺，投资1.2亿元，长3.5公里",
        "覆盖率较去年提高20%",
        "未来3个月内发生地震的可能",
        "2023年12月31日前建成的房屋",
        "全市共有8个县（市、区）",
    ],
)
def test_figures_without_a_demand_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("6月底前完成", ("6月底前", "once_by_date", "2024-06-30", "日期", "2024-06-30")),
        ("2月底前完成", ("2月底前", "once_by_date", "2024-02-29", "日期", "2024-02-29")),
        ("年底前完成", ("年底前", "once_by_date", "2024-12-31", "日期", "2024-12-31")),
        ("三季度末前", ("三季度末前", "once_by_date", "2024-09-30", "日期", "2024-09-30")),
        ("上半年完成", ("上半年", "once_by_date", "2024-06-30", "日期", "2024-06-30")),
        ("二〇二五年六月三十日前", ("二〇二五年六月三十日前", "once_by_date", "2025-06-30", "日期", "2025-06-30")),
        ("完成时限：10月底", ("10月底", "once_by_date", "2024-10-31", "日期", "2024-10-31")),
        ("每年12月10日前报送", ("每年12月10日前", "once_by_date", "2024-12-10", "日期", "2024-12-10")),
        ("每月5日前报送", ("每月5日前", "times_a_period", 1, "次/月", None)),
        ("每年1–2次检查", ("每年1–2次", "times_a_period", "1-2", "次/年", None)),
        ("每季度不少于2次", ("每季度不少于2次", "times_a_period", 2, "次/季度", None)),
        ("全年不少于四次", ("全年不少于四次", "times_a_period", 4, "次/年", None)),
        ("按月通报", ("按月", "times_a_period", 1, "次/月", None)),
        ("实现全覆盖", ("实现全覆盖", "share_covered", 100, "%", None)),
        ("达到百分之百", ("达到百分之百", "share_covered", 100, "%", None)),
        ("每村1名", ("每村1名", "threshold", 1, "名", None)),
        ("约30～50人", ("约30～50人", "threshold", "30-50", "人", None)),
        ("震后15分钟内报告", ("15分钟内", "response_within", 15, "分钟", None)),
        ("3个工作日内办结", ("3个工作日内", "response_within", 3, "工作日", None)),
        ("坚持异常核实“不过夜”", ("不过夜", "response_within", "same_day", "当日", None)),
        ("M≥6.0地震", ("M≥6.0", "magnitude", 6.0, "级", None)),
        ("3.0级以上地震", ("3.0级以上", "magnitude", 3.0, "级", None)),
        ("24小时值班", ("24小时值班", "standing", 24, "小时", None)),
        ("安排资金不低于100万元", ("安排资金不低于100万元", "amount", 100, "万元", None)),
    ],
)
def test_a_demand_is_found_with_its_words_and_figure(text: str, wanted: tuple[object, ...]) -> None:
    assert found(text) == [wanted]


def test_a_list_of_days_is_as_many_demands_and_shares_its_year() -> None:
    assert [each[4] for each in found("并于2025年6月7日、11月8日前报送")] == ["2025-06-07", "2025-11-08"]


def test_a_day_that_the_calendar_has_not_is_shown_without_a_due_day() -> None:
    [(quote, _, _, _, due)] = found("2月30日前完成")
    assert (quote, due) == ("2月30日前", None)


def test_a_day_without_any_year_stays_open() -> None:
    assert found("6月30日前完成", None)[0][4] is None


def test_what_a_figure_counts_for_is_named_in_its_clause_only() -> None:
    text = "各中小学校每月至少开展1次演练，幼儿园每季度至少开展1次"
    assert [each.per for each in requirements_in(text, 0, len(text), YEAR)] == ["各中小学校", ""]
