"""Registers of the sample: what each county has, invented; some counties say little, one reports that it has none."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from inspect_app.demo.cast import COUNTIES, SUFFIX, Temper
from inspect_app.demo.objects import CONTACTS
from inspect_app.demo.stage import Stage
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.registers.definition import NUMBERS, Column, ColumnType, Register
from inspect_app.registers.importing.service import report_nothing
from inspect_app.registers.loading import registers
from inspect_app.registers.service import Said, add_many, change

COUNTS = {"rescue_teams": 8, "macro_observers": 8, "information_officers": 8, "supplies": 6, "duty_checks": 5}
USUAL = 4
SILENT = {("654226", "publicity"), ("654226", "stations"), ("654224", "evaluations")}
NOTHING = ("654225", "supply_points")
NAMES: Mapping[str, tuple[str, ...]] = {
    "shelters": ("人民广场应急避难场所", "文化公园应急避难场所", "第一中学操场避难场所", "体育中心避难场所"),
    "rescue_teams": ("消防救援大队", "民兵应急连", "蓝天志愿救援队", "镇应急救援队", "村应急小队"),
    "stations": ("测震台", "强震台", "第一小学预警终端", "应急广播站"),
    "plans": ("地震应急预案", "震后交通保障预案", "学校地震应急预案", "避难场所疏散预案"),
    "drills": ("地震综合实战演练", "校园疏散演练", "桌面推演", "严寒深夜双盲推演"),
    "trainings": ("领导干部防震减灾培训", "网格员培训", "灾害信息员培训", "救援队伍搜救训练"),
    "publicity": ("防灾减灾日宣传周", "地震科普进校园", "社区应急知识讲座", "国际减灾日宣传"),
    "supplies": ("帐篷", "棉被", "折叠床", "方便食品", "生命探测仪", "发电机"),
    "evaluations": ("北郊热源厂", "城南供水枢纽", "天然气门站", "综合客运枢纽"),
    "retrofits": ("第三小学教学楼加固", "中心卫生院加固", "抗震宜居农房改造", "河谷大桥加固"),
    "duty_checks": ("应急管理局", "教育局", "水利局", "住房和城乡建设局", "卫生健康委员会"),
}
VILLAGES = ("东风村", "团结村", "新建村", "红旗村", "幸福社区", "友谊村", "胡杨村", "绿洲社区")
UNITS = ("应急管理局", "教育局", "住房和城乡建设局", "水利局")
TEXTS = {
    "measure": "件",
    "address": "文化路 1 号",
    "scenario": "6.0 级地震，震中距 20 公里",
    "equipment": "破拆工具、担架、对讲机",
    "contents": "帐篷、棉被、饮用水",
    "problem": "无",
    "point": "机井观测点",
    "observes": "水位、动物",
    "post": "村委会副主任",
}
SIZES = {
    "area_m2": (800, 20_000),
    "capacity": (300, 8_000),
    "exits": (2, 6),
    "headcount": (15, 45),
    "run_rate": (90, 100),
    "elements": (3, 5),
    "people": (30, 600),
    "passed": (30, 600),
    "problems": (3, 9),
    "solved": (1, 9),
    "hours": (2, 16),
    "buildings": (1, 12),
    "service_years": (30, 50),
    "calls": (3, 5),
    "answered": (2, 5),
}
PARTS = {"duty_checks": ("answered", "calls"), "drills": ("solved", "problems"), "trainings": ("passed", "people")}


def stage_registers(stage: Stage) -> None:
    """Let each county fill its registers two months ago, and correct a little of it later."""
    on = stage.today - timedelta(days=60)
    for temper in COUNTIES:
        stage.then(stage.at(on, 0.3), partial(_fill, stage, temper, on))


def _fill(stage: Stage, temper: Temper, on: date) -> None:
    session, clerk = stage.session, stage.actor(_login(temper))
    county = by_code(session, temper.code)
    places = [region for region in townships_of(session, county.id) if region.kind == "civil"]
    rng = random.Random(f"{stage.seed}-{temper.code}")
    for code, register in registers().items():
        if (temper.code, code) == NOTHING:
            report_nothing(session, clerk, register, county, on)
        elif (temper.code, code) not in SILENT:
            made = add_many(session, clerk, register, county, list(_entries(register, temper, places, rng, on)))
            if code == "shelters":
                said = Said(made[0].region, {**made[0].values, "updated_on": on.isoformat(), "signs": True}, on)
                change(session, clerk, register, made[0], said, made[0].version)


def _entries(register: Register, temper: Temper, places: list[Region], rng: random.Random, on: date) -> Iterator[Said]:
    for number in range(COUNTS.get(register.code, USUAL)):
        draw = _Draw(register, temper, number, rng, on)
        found = {column.code: draw.value(column) for column in register.valued}
        values = {code: value for code, value in found.items() if value is not None}
        yield Said(places[number % len(places)], values | _fitting(register, values), on)


@dataclass(frozen=True)
class _Draw:
    """Values for one invented entry, the `number`th of its register."""

    register: Register
    temper: Temper
    number: int
    rng: random.Random
    on: date

    def value(self, column: Column) -> Any:  # noqa: ANN401 - as entries keep it
        """Draw a value; None where the county left the cell empty."""
        if column.code == self.register.name and self.register.code in NAMES:
            return self.name(column)
        if not column.required and self.rng.random() < (1 - self.temper.coverage) / 2:
            return None
        if column.type in NUMBERS:
            return self.amount(column)
        if column.type == ColumnType.DATE:
            ahead = timedelta(days=400) if column.ahead else timedelta()
            return (self.on - timedelta(days=self.rng.randint(3, 240)) + ahead).isoformat()
        if column.type == ColumnType.YES_NO:
            return self.rng.random() < self.temper.coverage
        return self.word(column)

    def name(self, column: Column) -> str:
        """Name an entry; where several would have one name they are numbered."""
        names = NAMES[self.register.code]
        again = self.number // len(names) + 1
        name = f"{self.temper.short}{names[self.number % len(names)]}{again if again > 1 else ''}"
        return f"{name}{SUFFIX}" if column.type == ColumnType.TEXT else name

    def amount(self, column: Column) -> str:
        """Draw a number within the bounds of its column."""
        if column.code.endswith("_pga"):
            return self.rng.choice(("0.1", "0.15", "0.2"))
        if column.code == "task_year":
            return str(self.on.year - 1)
        low, high = SIZES.get(column.code, (10, 100))
        return str(self.rng.randint(low, high))

    def word(self, column: Column) -> str:
        """Choose a text that fits its column."""
        usual = {
            ColumnType.CHOICE: column.words,
            ColumnType.PERSON: CONTACTS,
            ColumnType.VILLAGE: VILLAGES,
            ColumnType.UNIT: tuple(f"{self.temper.short}{unit}" for unit in UNITS),
        }.get(column.type, ())
        if usual:
            return usual[self.number % len(usual)]
        if column.type == ColumnType.PHONE:
            return f"1990000{self.rng.randint(0, 9999):04d}"
        return TEXTS.get(column.code, f"{self.temper.short}{column.heading}{self.number + 1}")


def _fitting(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Let figures fit each other: nobody answers more calls than were made."""
    part, whole = PARTS.get(register.code, ("", ""))
    if part in values and whole in values:
        return {part: str(min(int(values[part]), int(values[whole])))}
    return {}


def _login(temper: Temper) -> str:
    return "clerk" if temper.code == "654202" else f"clerk-{temper.code}"
