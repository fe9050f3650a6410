"""The words that obligations are described with, and what they are called (domain reference §1.1, §2.0, §2.7). Pure."""

from enum import StrEnum

from inspect_app.core.labels import mark


class Kind(StrEnum):
    """What an obligation asks for, which decides how it falls due."""

    ONCE = "once_by_date"
    TIMES = "times_a_period"
    SHARE = "share_covered"
    THRESHOLD = "threshold"
    RESPONSE = "response_within"
    STANDING = "standing"


class Period(StrEnum):
    """How often something must be done a number of times."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"


class Moves(StrEnum):
    """Where a due day goes that is no working day; without it the day stays."""

    BEFORE = "before"
    AFTER = "after"


class Level(StrEnum):
    """At which level somebody owes it."""

    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


class Condition(StrEnum):
    """What must hold of a place for it to owe something."""

    KEY_COUNTY = "key_county"
    OTHER_COUNTY = "other_county"
    HAS_TOWNSHIPS = "has_townships"
    HAS_VILLAGES = "has_villages"
    HAS_SCHOOLS = "has_schools"
    HAS_CORPS = "has_corps"
    FELT_QUAKES = "felt_quakes"


class Of(StrEnum):
    """Of what a share is taken, or each of which must reach a number."""

    ASPECTS = "aspects"
    COUNTIES = "counties"
    TOWNSHIPS = "townships"
    VILLAGES = "villages"
    UNITS = "units"
    SITES = "sites"
    SCHOOLS = "schools"
    HOSPITALS = "hospitals"
    ENTERPRISES = "enterprises"
    PROJECTS = "projects"
    HOUSES = "houses"
    SHELTERS = "shelters"
    STATIONS = "stations"
    TERMINALS = "terminals"
    POINTS = "points"
    PLANS = "plans"
    HAZARDS = "hazards"
    TASKS = "tasks"
    TEAMS = "teams"
    SUPPLIES = "supplies"
    DRILLS = "drills"
    RESPONSES = "responses"
    RECEIVERS = "receivers"
    PEOPLE = "people"
    HOUSEHOLDS = "households"


class Trigger(StrEnum):
    """What makes something owed that no date does."""

    QUAKE = "quake"
    MAJOR_QUAKE = "major_quake"
    RESPONSE_ENDED = "response_ended"
    RAISED_RISK = "raised_risk"
    ANOMALY = "anomaly"
    WARNING = "warning"
    SPECIAL_PERIOD = "special_period"
    OPINION = "opinion"


class Evidence(StrEnum):
    """What proves that it was done (domain reference §2.0)."""

    DOC = "DOC"
    MTG = "MTG"
    LIST = "LIST"
    PLAN = "PLAN"
    FILE = "FILE"
    DRILL = "DRILL"
    TRAIN = "TRAIN"
    BUD = "BUD"
    INS = "INS"
    LOG = "LOG"
    DUTY = "DUTY"
    PHOTO = "PHOTO"
    CERT = "CERT"
    AGR = "AGR"
    RPT = "RPT"
    APPR = "APPR"
    MEDIA = "MEDIA"


class Scoring(StrEnum):
    """How it may be scored (domain reference §2.0)."""

    BIN = "BIN"
    RATE = "RATE"
    CNT = "CNT"
    DDL = "DDL"
    SLA = "SLA"
    DED = "DED"
    TIER = "TIER"
    VETO = "VETO"
    MAN = "MAN"


class Topic(StrEnum):
    """What it is about (domain reference §2.7)."""

    INSTITUTION = "INSTITUTION"
    FUNDING = "FUNDING"
    SUPERVISION = "SUPERVISION"
    MONITORING = "MONITORING"
    CONSULTATION = "CONSULTATION"
    FORTIFICATION = "FORTIFICATION"
    HAZARD = "HAZARD"
    RETROFIT = "RETROFIT"
    PLAN = "PLAN"
    DRILL = "DRILL"
    SHELTER = "SHELTER"
    TEAM = "TEAM"
    SUPPLIES = "SUPPLIES"
    DUTY_REPORT = "DUTY_REPORT"
    MASS_MONITORING = "MASS_MONITORING"
    PUBLICITY = "PUBLICITY"
    INSURANCE = "INSURANCE"
    DATA = "DATA"
    AFTER_ACTION = "AFTER_ACTION"
    OPINION = "OPINION"


class Role(StrEnum):
    """The three roles of a task (domain reference §1.1)."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    RESPONSIBLE = "responsible"


KIND_LABELS = {
    Kind.ONCE: mark("限期完成"),
    Kind.TIMES: mark("按期按次"),
    Kind.SHARE: mark("覆盖比例"),
    Kind.THRESHOLD: mark("数量达标"),
    Kind.RESPONSE: mark("限时响应"),
    Kind.STANDING: mark("常年履行"),
}
PERIOD_LABELS = {
    Period.YEAR: mark("每年"),
    Period.HALF: mark("每半年"),
    Period.QUARTER: mark("每季度"),
    Period.MONTH: mark("每月"),
    Period.WEEK: mark("每周"),
}
LEVEL_LABELS = {
    Level.PREFECTURE: mark("地市"),
    Level.COUNTY: mark("县（市、区）"),
    Level.TOWNSHIP: mark("乡镇（街道）"),
}
CONDITION_LABELS = {
    Condition.KEY_COUNTY: mark("当年的重点县"),
    Condition.OTHER_COUNTY: mark("重点县以外的县"),
    Condition.HAS_TOWNSHIPS: mark("有乡镇（街道）"),
    Condition.HAS_VILLAGES: mark("有村（社区）"),
    Condition.HAS_SCHOOLS: mark("有学校"),
    Condition.HAS_CORPS: mark("有兵团单位"),
    Condition.FELT_QUAKES: mark("有感地震频发"),
}
OF_LABELS = {
    Of.ASPECTS: mark("列明的方面"),
    Of.COUNTIES: mark("县（市、区）"),
    Of.TOWNSHIPS: mark("乡镇（街道）"),
    Of.VILLAGES: mark("村（社区）"),
    Of.UNITS: mark("单位"),
    Of.SITES: mark("检查对象"),
    Of.SCHOOLS: mark("学校"),
    Of.HOSPITALS: mark("医疗机构"),
    Of.ENTERPRISES: mark("企业"),
    Of.PROJECTS: mark("工程项目"),
    Of.HOUSES: mark("房屋"),
    Of.SHELTERS: mark("避难场所"),
    Of.STATIONS: mark("台站"),
    Of.TERMINALS: mark("预警终端"),
    Of.POINTS: mark("宏观观测点"),
    Of.PLANS: mark("预案"),
    Of.HAZARDS: mark("隐患"),
    Of.TASKS: mark("任务"),
    Of.TEAMS: mark("队伍"),
    Of.SUPPLIES: mark("物资"),
    Of.DRILLS: mark("演练"),
    Of.RESPONSES: mark("应急处置"),
    Of.RECEIVERS: mark("接收单位"),
    Of.PEOPLE: mark("人员"),
    Of.HOUSEHOLDS: mark("居民和单位"),
}
TRIGGER_LABELS = {
    Trigger.QUAKE: mark("地震发生"),
    Trigger.MAJOR_QUAKE: mark("重特大地震发生"),
    Trigger.RESPONSE_ENDED: mark("应急处置结束"),
    Trigger.RAISED_RISK: mark("判断地震风险偏高"),
    Trigger.ANOMALY: mark("接到异常报告"),
    Trigger.WARNING: mark("收到地震预警"),
    Trigger.SPECIAL_PERIOD: mark("重大活动或特殊时段开始"),
    Trigger.OPINION: mark("出现涉震舆情"),
}
EVIDENCE_LABELS = {
    Evidence.DOC: mark("发文"),
    Evidence.MTG: mark("会议纪要和签到"),
    Evidence.LIST: mark("清单台账"),
    Evidence.PLAN: mark("预案或方案文本"),
    Evidence.FILE: mark("备案或批复回执"),
    Evidence.DRILL: mark("演练方案、影像和评估"),
    Evidence.TRAIN: mark("培训通知、签到和考核"),
    Evidence.BUD: mark("预算或拨付凭证"),
    Evidence.INS: mark("检查记录、通报或整改单"),
    Evidence.LOG: mark("系统时间戳日志"),
    Evidence.DUTY: mark("值班表、日志和抽查"),
    Evidence.PHOTO: mark("定位照片"),
    Evidence.CERT: mark("命名或证书"),
    Evidence.AGR: mark("协议合同"),
    Evidence.RPT: mark("总结报告"),
    Evidence.APPR: mark("审批或评审意见"),
    Evidence.MEDIA: mark("宣传素材"),
}
SCORING_LABELS = {
    Scoring.BIN: mark("有无"),
    Scoring.RATE: mark("完成率"),
    Scoring.CNT: mark("次数"),
    Scoring.DDL: mark("按期"),
    Scoring.SLA: mark("时长"),
    Scoring.DED: mark("每起扣分"),
    Scoring.TIER: mark("分档"),
    Scoring.VETO: mark("否决"),
    Scoring.MAN: mark("人工评审"),
}
TOPIC_LABELS = {
    Topic.INSTITUTION: mark("体制责任"),
    Topic.FUNDING: mark("经费"),
    Topic.SUPERVISION: mark("督导检查"),
    Topic.MONITORING: mark("监测预警"),
    Topic.CONSULTATION: mark("会商研判"),
    Topic.FORTIFICATION: mark("设防监管"),
    Topic.HAZARD: mark("隐患排查"),
    Topic.RETROFIT: mark("加固"),
    Topic.PLAN: mark("预案"),
    Topic.DRILL: mark("演练"),
    Topic.SHELTER: mark("避难场所"),
    Topic.TEAM: mark("队伍"),
    Topic.SUPPLIES: mark("物资"),
    Topic.DUTY_REPORT: mark("值守报送"),
    Topic.MASS_MONITORING: mark("群测群防"),
    Topic.PUBLICITY: mark("科普"),
    Topic.INSURANCE: mark("保险"),
    Topic.DATA: mark("普查与预评估"),
    Topic.AFTER_ACTION: mark("复盘"),
    Topic.OPINION: mark("舆情"),
}
ROLE_LABELS = {Role.LEAD: mark("牵头"), Role.COOPERATING: mark("配合"), Role.RESPONSIBLE: mark("责任")}
GROUP_LABELS = {
    "@prefecture_departments": mark("市（地区）有关部门"),
    "@county_governments": mark("各县（市、区）人民政府（含开发区管委会）"),
    "@county_leadership": mark("各县（市、区）和乡镇党委、政府"),
    "@members": mark("指挥部（领导小组、联席会议）成员单位"),
    "@headquarters": mark("本级抗震救灾指挥机构"),
    "@headquarters_office": mark("抗震救灾指挥部办公室"),
    "@townships": mark("各乡镇（街道）"),
    "@sector_departments": mark("行业主管部门"),
    "@grassroots_teams": mark("基层群测群防队伍"),
}
