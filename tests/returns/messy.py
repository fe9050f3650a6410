"""Messy returns of kinds that the stored ones do not show, made cell by cell, one function a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.returns.county import HEAD, hazard
from tests.workbooks import hostile, odd

Rows = Sequence[Sequence[Any]]
TRADITIONAL = "序號 鄉鎮 檢查對象 隱患描述 隱患等級 發現日期 責任單位 責任人 整改措施 整改時限 整改情況 完成時間"
GREEN, RED = PatternFill("solid", "FF92D050"), PatternFill("solid", "FFFF0000")


def saved(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for each in rows:
            sheet.append([None if cell == "" else cell for cell in each])
    if change:
        change(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def texts(number: int, **changes: Any) -> list[str]:  # noqa: ANN401 - any cell
    """A hazard whose cells are all texts."""
    return [str(cell) for cell in hazard(number, **changes)]


def marked() -> bytes:
    def change(book: Any) -> None:  # noqa: ANN401 - of openpyxl
        sheet = book["台账"]
        for cell in sheet[3]:
            cell.fill = RED
        for cell in sheet[4]:
            cell.fill = GREEN
        sheet["D5"].font = Font(strike=True)
        sheet["D6"].comment = Comment("乡镇已核实\n下周复查", "甲")
        sheet.row_dimensions[7].hidden = True
        sheet.column_dimensions["I"].hidden = True

    return saved({"台账": [HEAD, *(hazard(number) for number in range(1, 8))]}, change)


def webpage() -> bytes:
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    first, second, third = (texts(number) for number in range(1, 4))
    merged = [f'<td rowspan="2">{cell}</td>' if at in {1, 6} else f"<td>{cell}</td>" for at, cell in enumerate(first)]
    below = [f"<td>{cell}</td>" for at, cell in enumerate(second) if at not in {1, 6}]
    last = [f"<td>{cell}</td>" for cell in third]
    rows = (head, "".join(merged), "".join(below), "".join(last))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    title = f'<tr><td colspan="{len(HEAD)}"><b>云山裕固族自治县</b>隐患台账</td></tr>'
    return f"<html><body><table>{title}{body}</table><table><tr><td>导出时间</td></tr></table></body></html>".encode(
        "gbk"
    )


def old_xml() -> bytes:
    return odd.spreadsheet([["云县隐患台账"], HEAD, texts(1), texts(2, status="已整改", done="2024-06-20")]).encode()


def traditional() -> bytes:
    head = TRADITIONAL.split()
    rows = [texts(1, status="未整改"), texts(2, status="已完成整改", done="2024年6月20日")]
    return odd.separated([head, *rows], "\t").encode("utf-16-le")


def tables_and_pages() -> bytes:
    other = ("序号", "责任单位", "隐患描述", "整改时限", "发现日期", "被检查单位")
    rows = [
        ["云县2024年6月台账"], HEAD, hazard(1), hazard(2), ["第1页 共3页"], HEAD, hazard(3), ["合计", "", "", "3处"],
        [], ["二、移交的隐患"], other, [1, "县水利局", "涵洞堵塞", date(2024, 7, 1), date(2024, 6, 2), "北干渠"],
        [2, "县水利局", "闸门锈死", date(2024, 7, 1), date(2024, 6, 2), "南干渠"], ["第3页 共3页"],
        ["填表说明：", "1.每条隐患一行"], ["填表人：许敏", "审核人：赵强"],
    ]  # fmt: skip
    return saved({"台账": rows})


def a_sheet_a_township() -> bytes:
    head = [text for text in HEAD if text != "所属乡镇"]

    def bare(number: int) -> list[Any]:
        cells = hazard(number, unit="县教育局")
        return [cells[0], *cells[2:]]

    summary: Rows = [["乡镇", "隐患数", "已整改数"], ["东坪镇", 2, 0], ["沙镇镇", 1, 0]]
    sheets = {
        "东坪镇": [head, bare(1), bare(2)],
        "沙镇台账": [head, bare(3)],
        "汇总": summary,
        "填写说明": [["一、"], ["二、"]],
    }
    return saved(sheets)


def ticks_and_pairs() -> bytes:
    head = [
        "序号", "乡镇", "检查对象", "存在的问题", "一般", "重大", "责任单位及责任人", "时限", "已整改", "整改中",
        "未整改", "备注", "备注",
    ]  # fmt: skip

    def line(number: int, *ticks: str, pair: str = "县水利局 许敏", due: str = "2024.7.1") -> list[Any]:
        said = f"第{number}号涵洞堵塞"
        return [number, "东坪镇", "北干渠", said, *ticks[:2], pair, due, *ticks[2:], "甲", "乙"]

    rows = [
        line(1, "√", "", "", "", "√"), line(2, "", "√", "", "✔", ""), line(3, "√", "√", "", "", "√"),
        line(4, "√", "", "√", "", "√"), line(5, "√", "", "☑", "×", "×", pair="县水利局/许敏"),
        line(6, "√", "", "", "", "√", pair="县水利局、县住建局"),
    ]  # fmt: skip
    return saved({"台账": [head, *rows]})


def dates_of_all_sorts() -> bytes:
    found = [
        date(2024, 6, 3), 45446, "45446", "2024.6.3", "2024-06-03", "2024/6/3", "2024年6月3日", "20240603", "24.6.3",
        "２０２４．６．３", "2024。6。3", "6月3日", "六月三日", "2024-06-03 08:30", "2024年6月3日（星期一）",
        "2024.6.31", "6.1", "2024-06", "长期排查", "2025-01-01",
    ]  # fmt: skip
    rows = [hazard(number, found=day) for number, day in enumerate(found, 1)]
    due = ["7月底前", "2024年8月底", "立行立改", "2024年", "7月3日前完成", "13月1日"]
    return saved({"台账": [HEAD, *rows, *(hazard(number, due=day) for number, day in enumerate(due, 30))]})


def begun_in_1904() -> bytes:
    def change(book: Any) -> None:  # noqa: ANN401 - of openpyxl
        book.epoch = CALENDAR_MAC_1904

    rows = [hazard(1), hazard(2, found=45446 - 1462), hazard(3, found="2024.6.3", due=45476 - 1462)]
    return saved({"台账": [HEAD, *rows]}, change)


def torn() -> bytes:
    broken = [["", "", "", "线路老化", "", "", "", ""], ["", "", "", "未穿管保护"], ["2", "东坪镇", "面粉厂", "通道"]]
    return saved({"Sheet1": [HEAD, hazard(1), *broken, ["", "", "", "堵塞，堆放杂物"], ["", "", "", "灯具损坏"]]})


def not_filled_in() -> bytes:
    example = hazard("例", site="XX小学", description="例：教学楼外墙空鼓")
    rows = [
        ["云山裕固族自治县", "", "填报日期：2024年6月28日"], HEAD,
        ["", "（个）", "", "", "", "年/月/日", "", "", "", "", "", ""],
        example, hazard("示例"), [1], [2], ["", "", "", "无"], ["填表说明：1.无隐患的填“无”。"],
    ]  # fmt: skip
    return saved({"台账": rows})


def cards() -> bytes:
    def card(number: int, **over: str) -> list[list[str]]:
        said = {
            "隐患单位": "禾昀面粉厂", "所属乡镇": "东坪镇", "隐患描述": f"第{number}号粮仓爬梯无护笼",
            "隐患等级": "一般", "发现日期": "2024-06-03", "责任单位": "东坪镇人民政府", "整改时限": "2024-07-03",
            **over,
        }  # fmt: skip
        return [["隐患整改卡"], *([label, text] for label, text in said.items()), []]

    return saved({"卡片": [*card(1), *card(2), *card(3, 责任单位="")]})


def lost_values() -> bytes:
    names = ("序号", "隐患描述", "照片", "责任单位", "发现日期")
    head = [hostile.text_cell(f"{letter}1", name) for letter, name in zip("ABCDE", names, strict=True)]
    image = '<c r="C2" t="str"><f>_xlfn.DISPIMG("ID_9",1)</f><v>=DISPIMG("ID_9",1)</v></c>'
    first = (hostile.text_cell("B2", "线路老化"), image, hostile.text_cell("D2", "县水利局"))
    second = (
        hostile.text_cell("B3", "灯具损坏"),
        hostile.text_cell("D3", "县水利局"),
        '<c r="E3"><v>28.05.2024</v></c>',
    )
    third = ('<c r="B4"><f>Sheet2!B3</f></c>', hostile.text_cell("D4", "县水利局"))
    fourth = (hostile.text_cell("B5", "通道堵塞"), '<c r="D5" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>')
    rows = [hostile.row(number, *cells) for number, cells in enumerate((head, first, second, third, fourth), 1)]
    return hostile.workbook(*rows)


def open_document() -> bytes:
    def cell(text: object, extra: str = "", note: str = "") -> str:
        return f"<table:table-cell office:value-type='string' {extra}>{note}<text:p>{text}</text:p></table:table-cell>"

    note = "<office:annotation><text:p>已派人</text:p></office:annotation>"
    head = "".join(map(cell, HEAD))
    first = "".join(cell(text, "table:number-rows-spanned='2'" * (at == 6)) for at, text in enumerate(texts(1)))
    second = "".join("<table:covered-table-cell/>" if at == 6 else cell(text) for at, text in enumerate(texts(2)))
    third = "".join(cell(text, note=note * (at == 3)) for at, text in enumerate(texts(3)))
    fourth = "".join(
        cell("#REF!", "table:formula='of:=1'") if at == 4 else cell(text) for at, text in enumerate(texts(4))
    )
    rows = (f"<table:table-row>{each}</table:table-row>" for each in (head, first, second, third))
    return hostile.open_document(*rows, f"<table:table-row table:visibility='collapse'>{fourth}</table:table-row>")


def in_own_words() -> bytes:
    head = ["序号", "在哪个乡镇", "查了谁", "查出的毛病", "隐患等级", "发现日期", "归哪家改", "整改时限"]
    rows = [[cell for at, cell in enumerate(hazard(number)) if at not in {7, 8, 10, 11}] for number in range(1, 4)]
    return saved({"台账": [["云县台账"], head, *rows]})
