"""The ledger of a county that is as large as one likes, the same every time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from inspect_app.workbooks.write import Cell
from tests.returns.ledgers import ledger_row

COUNTY, REPORT_ON, FIRST = "654202", date(2026, 6, 30), date(2026, 1, 1)
TOWNSHIPS = ("白杨沟镇", "哈图布呼镇", "皇宫镇", "车排子镇", "甘河子镇", "百泉镇", "四棵树镇", "古尔图镇")
WORKS = (
    "构造柱钢筋外露",
    "围墙倾斜开裂",
    "出屋面女儿墙无锚固",
    "应急通道堆放杂物",
    "避难场所标识缺失",
    "吊顶悬挂物未加固",
)
MEASURES = (
    "剔除松散层，除锈后用聚合物砂浆修补",
    "拆除重砌并设置构造柱和压顶",
    "增设钢筋混凝土压顶与立柱",
    "清理通道并落实专人巡查",
)


def lines(rows: int, first: int = 1) -> Iterator[Sequence[Cell]]:
    """Make the rows of a ledger, each another hazard."""
    for number in range(first, first + rows):
        found = FIRST + timedelta(days=number % 170)
        done = number % 3 == 0
        own: dict[str, Cell] = {
            "乡镇（街道）": TOWNSHIPS[number % len(TOWNSHIPS)],
            "被检查单位": f"{TOWNSHIPS[number % len(TOWNSHIPS)]}第{number % 1999}号楼",
            "隐患描述": f"{number}号点位{WORKS[number % len(WORKS)]}，长约{number % 37 + 1}米",
            "隐患等级": "一般",
            "发现日期": found,
            "整改责任单位": f"乌苏市第{number % 211}责任单位",
            "整改责任人": f"赵{number % 97}",
            "整改措施": MEASURES[number % len(MEASURES)],
            "整改时限": found + timedelta(days=30),
            "整改情况": "已整改" if done else "整改中",
            "完成日期": found + timedelta(days=10) if done else None,
        }
        yield ledger_row(number, **own)
