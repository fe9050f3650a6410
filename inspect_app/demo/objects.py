"""The inspected objects of the sample: schools, hospitals, projects, lifelines, plans, the county governments."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.demo.cast import SUFFIX, Temper
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.sites.models import Site
from inspect_app.sites.service import register

SCHOOLS = (
    "晨光",
    "育英",
    "红柳",
    "新苗",
    "阳光",
    "启明",
    "白杨",
    "向阳",
    "天山",
    "金穗",
    "绿洲",
    "博雅",
    "春蕾",
    "雪莲",
    "胡杨",
    "朝霞",
)
PROJECTS = ("北郊热源厂", "城南供水枢纽", "风电升压站", "天然气门站", "河谷引水工程", "综合客运枢纽")
LIFELINES = (
    ("C05", "团结大桥", "交通运输局"),
    ("C06", "红山水库", "水利局"),
    ("C08", "恒信化工储罐区", "应急管理局"),
    ("C11", "人民广场应急避难场所", "应急管理局"),
    ("C13", "应急物资储备库", "应急管理局"),
    ("C14", "地震监测台", "应急管理局"),
    ("C17", "友谊商业综合体", "住房和城乡建设局"),
)
WORKS = (
    ("C02", "安居小区三期", "城市建设投资公司", "住房和城乡建设局"),
    ("C02", "职业技术学校实训楼", "教育局", "住房和城乡建设局"),
    ("C04", "东风村自建房", "住房和城乡建设局", "住房和城乡建设局"),
    ("C11", "文化公园应急避难场所", "应急管理局", "应急管理局"),
    ("C11", "体育中心避难场所", "应急管理局", "应急管理局"),
)
SCHOOL_KINDS = ("中学", "小学", "小学", "幼儿园")
OLD = 2008
RETROFITTED, APPRAISED = 0.4, 0.7
CONTACTS = ("康文", "祁连", "阿依", "韩雪", "尼加提", "邵波", "巴特尔", "孔洁", "乔木", "玛依")


@dataclass(frozen=True)
class Card:
    """An object before it is registered."""

    name: str
    category: str
    region: Region
    unit: str
    supervisor: str


def register_sites(session: Session, temper: Temper, rng: random.Random) -> list[Site]:
    """Register a county's objects: a school a township, a hospital, a home, two projects, five lifelines, two plans."""
    county = by_code(session, temper.code)
    return [_register(session, card, rng) for card in _cards(session, temper, county, rng)]


def register_works(session: Session, temper: Temper, rng: random.Random) -> list[Site]:
    """Register ordinary projects, village houses and shelters of a county, for the visits of departments."""
    seat = next(region for region in townships_of(session, by_code(session, temper.code).id) if region.kind == "civil")
    cards = (
        Card(f"{temper.short}{name}{SUFFIX}", category, seat, f"{temper.short}{unit}", f"{temper.short}{department}")
        for category, name, unit, department in WORKS
    )
    return [_register(session, card, rng) for card in cards]


def school_name(temper: Temper, number: int) -> str:
    """Name the school of a county's civil township by its place among them."""
    return f"{temper.short}{SCHOOLS[number % len(SCHOOLS)]}{SCHOOL_KINDS[number % len(SCHOOL_KINDS)]}{SUFFIX}"


def _cards(session: Session, temper: Temper, county: Region, rng: random.Random) -> Iterator[Card]:
    townships = [region for region in townships_of(session, county.id) if region.kind == "civil"]
    seat = townships[0]
    for number, township in enumerate(townships):
        name = school_name(temper, number)
        yield Card(name, "C03", township, name, f"{temper.short}教育局")
    for name in ("人民医院新城院区", "中心敬老院"):
        full = f"{temper.short}{name}{SUFFIX}"
        yield Card(full, "C03", seat, full, f"{temper.short}卫生健康委员会")
    for name in rng.sample(PROJECTS, 2):
        full = f"{temper.short}{name}{SUFFIX}"
        yield Card(full, "C01", rng.choice(townships), f"{full}建设公司", f"{temper.short}住房和城乡建设局")
    for category, name, department in rng.sample(LIFELINES, 5):
        full = f"{temper.short}{name}{SUFFIX}"
        yield Card(full, category, rng.choice(townships), full, f"{temper.short}{department}")
    for department in ("教育局", "卫生健康委员会"):
        full = f"{temper.short}{department}地震应急预案"
        yield Card(full, "C12", seat, f"{temper.short}{department}", f"{temper.short}应急管理局")
    government = f"{temper.short}人民政府"
    yield Card(government, "C18", county, government, "塔城地区抗震救灾指挥部办公室")


def _register(session: Session, card: Card, rng: random.Random) -> Site:
    is_building = card.category in {"C01", "C03", "C13", "C17"}
    built = rng.randint(1988, 2021)
    retrofitted = built < OLD and rng.random() < RETROFITTED
    today = clock.today()
    return register(
        session,
        SYSTEM,
        name=card.name,
        category=card.category,
        region_id=card.region.id,
        address=f"{card.region.name}{rng.choice(('团结路', '文化路', '友谊路', '建设路'))}{rng.randint(1, 99)}号"
        if is_building
        else "",
        longitude=_around("84.60", rng) if is_building else None,
        latitude=_around("45.60", rng) if is_building else None,
        responsible_unit=card.unit,
        supervising_unit=card.supervisor,
        contact_person=rng.choice(CONTACTS),
        key_object=card.category in {"C01", "C03"} and rng.choice((True, False)),
        built_year=built if is_building else None,
        structure=rng.choice(("砌体结构", "钢筋混凝土框架")) if is_building else "",
        floors=rng.randint(1, 6) if is_building else None,
        area_m2=Decimal(rng.randint(600, 9000)) if is_building else None,
        fortification_category={"C03": "key", "C01": "special"}.get(card.category),
        fortification_intensity=7 if is_building else None,
        pga_g=Decimal("0.15") if is_building else None,
        appraised_on=_past(date(2023, 3, 1), rng) if is_building and rng.random() < APPRAISED else None,
        appraisal_result=None,
        retrofitted_on=_past(date(2024, 5, 1), rng) if retrofitted else None,
        remaining_service_years=max(5, built + 50 - today.year) if is_building else None,
    )


def _around(middle: str, rng: random.Random) -> Decimal:
    return Decimal(middle) + Decimal(rng.randint(-9000, 9000)) / 10000


def _past(start: date, rng: random.Random) -> date:
    return start + timedelta(days=rng.randint(0, 400))
