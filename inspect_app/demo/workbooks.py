"""County workbooks of the sample: two that are imported, and a messy one to upload by hand."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from inspect_app.workbooks.compose import PlainSheet, Value, compose

FINDINGS = (
    ("库房配电箱无盖板，线路老化", "更换配电箱盖板并重新敷设线路"),
    ("教学楼女儿墙局部开裂松动", "拆除松动砌体并按图重做压顶"),
    ("疏散通道堆放杂物，应急灯不亮", "清理通道，更换应急照明灯具"),
    ("书架、实验柜未与墙体固定", "全部柜架加装抗倾覆连接件"),
    ("避险集合点标识缺失", "按标准补设集合点和疏散方向标识"),
    ("锅炉房燃气报警器未定期检测", "送检并建立检测台账"),
    ("宿舍楼外墙饰面空鼓", "排查并铲除空鼓部位，重新粘贴"),
    ("应急预案未按要求修订备案", "修订预案并报县级主管部门备案"),
    ("储水罐支架锈蚀严重", "除锈补强并做防腐处理"),
    ("吊顶龙骨固定点不足", "按规范增设吊杆和抗震斜撑"),
)
FIRMS = (
    "和润商贸",
    "金沙物流",
    "丰泽粮油",
    "锦绣酒店",
    "永固建材",
    "瑞祥养老院",
    "星火幼儿园",
    "益民诊所",
    "绿源农庄",
    "安达客运站",
)
PEOPLE = ("康文", "祁连", "韩雪", "邵波", "孔洁", "乔木", "苏航", "田野")
HEAD = (
    "序号",
    "所属乡镇",
    "被检查单位",
    "存在问题",
    "隐患等级",
    "排查日期",
    "责任单位",
    "责任人",
    "整改措施",
    "整改期限",
    "整改情况",
)
SUFFIX = "（示例）"
ROWS = 34


def tidy_return(path: Path, county: str, townships: Sequence[str], on: date, rng: random.Random) -> None:
    """Write a workbook as a careful county sends it: title, head, rows, and a line of signatures."""
    rows: list[list[Value]] = [
        [f"{county}地震灾害风险隐患排查整治台账"],
        [f"填报单位：{county}应急管理局　　填报日期：{on.isoformat()}"],
        list(HEAD),
    ]
    rows += [_row(number, county, townships, on, rng) for number in range(1, ROWS + 1)]
    rows.append(["填表人：值班员　　审核人：分管领导"])
    compose(path, [PlainSheet("隐患台账", rows, ("A1:K1", "A2:K2"))])


def messy_return(path: Path, county: str, townships: Sequence[str], foreign: str, on: date, rng: random.Random) -> None:
    """Write a workbook as a hurried county sends it: mixed dates, gaps, a repeat, a township of another county."""
    good = [_row(number, county, townships, on, rng) for number in range(1, 15)]
    dotted = good[2][5]
    good[2][5] = dotted.strftime("%Y.%m.%d") if isinstance(dotted, date) else dotted
    good[3][4] = "一 般"
    good[4][5] = "2026年2月30日"
    good[5][6] = ""
    good[6][1] = foreign
    good[7][9] = "立行立改"
    good[8][3] = ""
    good[9][4] = "较大"
    repeat = [15, *good[0][1:]]
    rows: list[list[Value]] = [
        [f"{county}隐患排查台账（{on.month}月）"],
        [f"报送日期：{on.year}.{on.month}.{on.day}"],
        list(HEAD),
    ]
    rows += [*good, repeat, ["合计", "", "15处"], ["备注：本表按月报送，逾期视为零报告。"]]
    compose(path, [PlainSheet("Sheet1", rows, ("A1:K1",))])


def _row(number: int, county: str, townships: Sequence[str], on: date, rng: random.Random) -> list[Value]:
    finding, measure = rng.choice(FINDINGS)
    township = rng.choice(townships)
    found = on - timedelta(days=rng.randint(4, 40))
    due = found + timedelta(days=rng.choice((7, 15, 25, 30)))
    firm = f"{township}{rng.choice(FIRMS)}{SUFFIX}"
    place = rng.choice(("一层", "二层", "东侧", "西侧", "后院", "门厅"))
    status = "正在整改" if due > on else rng.choice(("正在整改", "尚未整改"))
    grade = "一般" if rng.random() < 0.9 else "重大"  # noqa: PLR2004 - one in ten
    unit = rng.choice((f"{county}应急管理局", f"{county}教育局", firm))
    return [number, township, firm, f"{place}{finding}", grade, found, unit, rng.choice(PEOPLE), measure, due, status]
