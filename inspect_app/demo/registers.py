"""Registers of the sample: what each county has, invented; some counties say little, one reports that it has none."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from inspect_app.demo.cast import COUNTIES, SUFFIX, Temper
from inspect_app.demo.objects import CONTACTS, school_name
from inspect_app.demo.stage import Stage
from inspect_app.demo.villages import A_TOWNSHIP, civil_townships, village
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
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
FITTING: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("stations", "kind"): {"测震台": "测震台", "强震台": "强震台", "预警终端": "预警终端", "应急广播": "应急广播"},
    ("trainings", "audience"): {"干部": "领导干部", "网格员": "网格员", "信息员": "灾害信息员", "救援队伍": "救援队伍"},
    ("drills", "kind"): {"综合实战": "综合实战", "桌面": "桌面推演", "双盲": "双盲推演", "疏散": "疏散"},
    ("publicity", "occasion"): {
        "防灾减灾日宣传周": "全国防灾减灾日",
        "国际减灾日": "国际减灾日",
        "地震科普": "日常",
        "讲座": "日常",
    },
    ("retrofits", "kind"): {"小学": "学校", "卫生院": "医院", "农房": "农房", "大桥": "交通"},
}
OBSERVERS = "macro_observers"
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
KEPT_UP = frozenset({"answered", "stock", "run_rate", "passed", "solved"})
PARTS = {"duty_checks": ("answered", "calls"), "drills": ("solved", "problems"), "trainings": ("passed", "people")}


def stage_registers(stage: Stage) -> None:
    """Let each county fill its registers two months ago, and correct a little of it later."""
    on = stage.today - timedelta(days=60)
    for temper in COUNTIES:
        stage.then(stage.at(on, 0.3), partial(_fill, stage, temper, on))


def _fill(stage: Stage, temper: Temper, on: date) -> None:
    session, clerk = stage.session, stage.actor(_login(temper))
    county = by_code(session, temper.code)
    places = civil_townships(session, temper.code)
    rng = random.Random(f"{stage.seed}-{temper.code}")
    for code, register in registers().items():
        if (temper.code, code) == NOTHING:
            report_nothing(session, clerk, register, county, on)
        elif (temper.code, code) not in SILENT:
            entries = [*_entries(register, temper, places, rng, on), *_more(register, temper, places, rng, on)]
            made = add_many(session, clerk, register, county, entries)
            if code == "shelters":
                said = Said(made[0].region, {**made[0].values, "updated_on": on.isoformat(), "signs": True}, on)
                change(session, clerk, register, made[0], said, made[0].version)


def _entries(register: Register, temper: Temper, places: list[Region], rng: random.Random, on: date) -> Iterator[Said]:
    for number in range(_number(register, temper, places)):
        place, name = village(places, number)
        draw = _Draw(register, temper, number, rng, on, name)
        found = {column.code: draw.value(column) for column in register.valued}
        values = {code: value for code, value in found.items() if value is not None}
        yield Said(place, values | _fitting(register, values), on)


def _number(register: Register, temper: Temper, places: list[Region]) -> int:
    """Most villages of a county have an observer, as many as its temper lets one expect."""
    if register.code == OBSERVERS:
        return round(len(places) * A_TOWNSHIP * (1 + temper.coverage) / 2)
    return COUNTS.get(register.code, USUAL)


def _more(register: Register, temper: Temper, places: list[Region], rng: random.Random, on: date) -> Iterator[Said]:
    """Give the drills of schools, of which a county reports as many as its temper lets one expect."""
    if register.code != "drills":
        return
    for number, place in enumerate(places):
        if rng.random() < temper.coverage:
            name = school_name(temper, number)
            held_on = (on - timedelta(days=rng.randint(10, 160))).isoformat()
            values = {
                "title": f"{name}疏散演练",
                "kind": "疏散",
                "held_on": held_on,
                "organizer": name,
                "venue": "学校",
            }
            yield Said(place, values | {"people": str(rng.randint(120, 900)), "evaluated": True}, on)


@dataclass(frozen=True)
class _Draw:
    """Values for one invented entry, the `number`th of its register."""

    register: Register
    temper: Temper
    number: int
    rng: random.Random
    on: date
    village: str

    @property
    def diligence(self) -> float:
        """What a county keeps up of what it should, between 0.6 and 1."""
        return 0.6 + 0.4 * self.temper.coverage

    @property
    def longest_ago(self) -> int:
        """How many days ago a careless county may have done something last."""
        return 240 + round(900 * (1 - self.temper.coverage))

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
            return (self.on - timedelta(days=self.rng.randint(3, self.longest_ago)) + ahead).isoformat()
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
        drawn = self.rng.randint(low, high)
        return str(int(drawn * self.diligence) if column.code in KEPT_UP else drawn)

    def word(self, column: Column) -> str:
        """Choose a text that fits its column."""
        if column.type == ColumnType.VILLAGE:
            return self.village
        usual = {
            ColumnType.CHOICE: column.words,
            ColumnType.PERSON: CONTACTS,
            ColumnType.UNIT: tuple(f"{self.temper.short}{unit}" for unit in UNITS),
        }.get(column.type, ())
        if usual:
            return usual[self.number % len(usual)]
        if column.type == ColumnType.PHONE:
            return f"1990000{self.rng.randint(0, 9999):04d}"
        return TEXTS.get(column.code, f"{self.temper.short}{column.heading}{self.number + 1}")


def _fitting(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Let figures and words fit each other: nobody answers more calls than were made."""
    part, whole = PARTS.get(register.code, ("", ""))
    fitting = {}
    if part in values and whole in values:
        fitting[part] = str(min(int(values[part]), int(values[whole])))
    name = values.get(register.name, "")
    for (code, column), words in FITTING.items():
        if code == register.code and (word := next((words[key] for key in words if key in name), "")):
            fitting[column] = word
    return fitting


def _login(temper: Temper) -> str:
    return "clerk" if temper.code == "654202" else f"clerk-{temper.code}"
