"""Who plays in the sample: seven real counties with invented tempers, units and people."""

from dataclasses import dataclass

from inspect_app.access.permissions import Role

PREFECTURE = "654200"
PASSWORD = "Tacheng-Demo-26"  # noqa: S105 - printed by the demo, refused nowhere else because no such account exists there
SUFFIX = "（示例）"
SCHOOLS = "塔城地区教育局"


@dataclass(frozen=True)
class Temper:
    """How a county works: shares between 0 and 1.

    `prompt` of the hazards that fall due are closed in time, `late` of them closed late, the rest stay open.
    `coverage` of the townships are visited, `self_checks` of the self-inspections come in time, `fails` of the
    answers are failures, `rebound` of the look-backs find the hazard again.
    """

    code: str
    short: str
    prompt: float
    late: float
    coverage: float
    self_checks: float
    fails: float
    rebound: float


COUNTIES = (
    Temper("654201", "塔城市", 0.97, 0.03, 1.0, 1.0, 0.18, 0.0),
    Temper("654202", "乌苏市", 0.80, 0.12, 0.75, 0.75, 0.30, 0.10),
    Temper("654203", "沙湾市", 0.95, 0.05, 0.95, 1.0, 0.20, 0.0),
    Temper("654221", "额敏县", 0.88, 0.08, 0.85, 1.0, 0.24, 0.05),
    Temper("654224", "托里县", 0.52, 0.18, 0.55, 0.5, 0.38, 0.25),
    Temper("654225", "裕民县", 0.84, 0.10, 0.80, 0.75, 0.26, 0.0),
    Temper("654226", "和布克赛尔县", 0.45, 0.15, 0.45, 0.25, 0.38, 0.30),
)
UNITS = ("应急管理局", "教育局", "住房和城乡建设局", "卫生健康委员会", "水利局", "交通运输局")


@dataclass(frozen=True)
class Person:
    """An account of the sample; `county` None stands at the prefecture, `captures` None enters data nowhere.

    `unit` is a department of the prefecture, "" the office.
    """

    login: str
    name: str
    role: Role
    county: str | None = None
    captures: bool = True
    unit: str = ""


LEADING = (
    Person("inspector", "陈立群", Role.INSPECTOR),
    Person("inspector2", "马晓宁", Role.INSPECTOR),
    Person("inspector3", "叶尔兰", Role.INSPECTOR),
    Person("inspector4", "郭静仪", Role.INSPECTOR),
    Person("member", "沈学勤", Role.MEMBER_CLERK, unit=SCHOOLS),
    Person("officer", "宋明远", Role.PREFECTURE_OFFICER),
    Person("officer2", "古丽娜", Role.PREFECTURE_OFFICER),
    Person("leader", "李安平", Role.PREFECTURE_LEADER, captures=False),
    Person("assessor", "赵衡", Role.ASSESSOR, captures=False),
    Person("assessor2", "吴思远", Role.ASSESSOR, captures=False),
    Person("security", "钱守一", Role.SECURITY_ADMINISTRATOR, captures=False),
    Person("auditor", "孙明察", Role.AUDITOR, captures=False),
    Person("system", "周维", Role.SYSTEM_ADMINISTRATOR, captures=False),
)
CLERKS = ("王小禾", "刘佳禾", "巴合提", "郑秋实", "何田", "热依拉", "宝音")
HEADS = ("高振山", "方向阳", "冯国栋", "丁海川", "木拉提", "朱建疆", "巴图")
SHOWN = ("inspector", "clerk", "head", "member", "officer", "leader", "assessor", "security", "auditor", "system")


def people() -> tuple[Person, ...]:
    """List every account; 乌苏市's clerk and head have the short logins that the demo prints."""
    county: list[Person] = []
    for temper, clerk, head in zip(COUNTIES, CLERKS, HEADS, strict=True):
        tail = "" if temper.code == "654202" else f"-{temper.code}"
        county.append(Person(f"clerk{tail}", clerk, Role.COUNTY_CLERK, temper.code))
        county.append(Person(f"head{tail}", head, Role.COUNTY_HEAD, temper.code))
    return (*LEADING, *county)
