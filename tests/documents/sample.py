"""An invented case, told in every kind of document: a primary school whose outer corridor lacks a seismic wall."""

from typing import Any

SITE, CASE = "乌苏市晨光小学", "YH-654202-2026-C03-0007"
DANGER = "教学楼二层外廊抗震墙开洞约 1.2 米，未采取加固措施，构造柱钢筋外露锈蚀。"
EXIT = "门厅疏散通道堆放杂物，净宽不足 2 米，未设置应急照明。"
DUE = "2026-07-10"
PEOPLE = [{"name": "柳青山", "credential": "XJ6542-0017"}, {"name": "杨红波", "credential": "XJ6542-0023"}]
TO_SCHOOL, TO_COUNTY = {"addressee": SITE}, {"addressee": "乌苏市人民政府"}
RECORD, ORDER, LISTING = "（塔）应急检记〔2026〕1号", "（塔）应急责改〔2026〕1号", "塔政安办督〔2026〕1号"
HAZARD = {"case": CASE, "hazard": DANGER, "unit": SITE}

SAMPLE: dict[str, dict[str, Any]] = {
    "inspection_plan": {
        "site": SITE,
        "period": "2026年6月15日",
        "method": "现场查看、查阅资料、询问人员",
        "content": "校舍抗震设防和鉴定加固情况。\n应急预案、疏散演练和应急物资。",
        "inspectors": PEOPLE,
        "equipment": "回弹仪、钢卷尺、检查用平板，公务车一辆",
    },
    "inspection_record": {
        "site": SITE,
        "address": "乌苏市文化路 12 号",
        "person": "万山",
        "position": "校长",
        "phone": "",
        "place": "教学楼、门厅",
        "started": "2026年6月15日 10:00",
        "ended": "2026年6月15日 11:30",
        "inspectors": PEOPLE,
        "findings": [{"text": DANGER}, {"text": EXIT}],
    },
    "measure_decision": {
        **TO_SCHOOL,
        "record_number": RECORD,
        "dangers": [{"place": "教学楼二层外廊", "text": DANGER}],
        "measures": [{"text": "停用二层外廊，师生改走东侧楼梯。"}, {"text": "外廊两端设置围挡和警示标志。"}],
        "effective": "自送达之时起至经复查同意恢复使用时止",
    },
    "rectification_order": {
        **TO_SCHOOL,
        "record_number": RECORD,
        "problems": [{"text": DANGER, "due_on": DUE}, {"text": EXIT, "due_on": "2026-06-20"}],
        "interim": "整改完成前停用二层外廊，安排专人值守，每日巡查并记录。",
    },
    "recheck_opinion": {
        **TO_SCHOOL,
        "original_number": ORDER,
        "original_on": "2026-06-15",
        "opinions": [{"text": DANGER, "opinion": "已改"}, {"text": EXIT, "opinion": "已改"}],
        "conclusion": "所列问题均已整改，达到规定要求。",
    },
    "listing_notice": {
        **TO_COUNTY,
        **HAZARD,
        "level": "地区级",
        "reason": "隐患逾期未整改，外廊下方为学生主要通道。",
        "person": "万山",
        "supervisor": "乌苏市教育局",
        "due_on": DUE,
        "publication": "塔城地区行政公署网站",
    },
    "delisting_notice": {
        **TO_COUNTY,
        **HAZARD,
        "listing_number": LISTING,
        "acceptance": "外廊抗震墙洞口已用型钢补强，经检测单位检测合格，现场复查通过。",
        "publication": "塔城地区行政公署网站",
    },
    "feedback_letter": {
        **TO_COUNTY,
        "occasion": "我办于 6 月 15 日对你市学校防震减灾工作进行了督导检查",
        "problems": [{"text": DANGER, "due_on": DUE}, {"text": EXIT, "due_on": ""}],
        "due_on": DUE,
        "requirement": "请逐项落实整改责任、措施、资金、时限和预案，整改期间做好临时管控。",
    },
    "urging_letter": {
        **TO_COUNTY,
        "hazards": [{"case": CASE, "text": DANGER, "due_on": "2026-06-10"}],
        "due_on": "2026-06-22",
        "requirement": "请立即采取措施，加快整改，整改完成前停用二层外廊。",
    },
    "interview_notice": {
        "addressee": "乌苏市教育局",
        "attendee": "分管负责人、晨光小学校长",
        "held_at": "2026年6月22日 10:00",
        "place": "地区应急指挥中心三楼会议室",
        "content": "晨光小学教学楼外廊隐患逾期未整改的原因和下一步措施。",
        "materials": "隐患整改情况说明、施工合同、临时管控记录。",
    },
    "extension_form": {
        **HAZARD,
        "due_on": "2026-06-20",
        "extend_to": DUE,
        "reason": "补强所用型钢到货推迟，暑假前教学楼不能停课施工。",
        "done": "已完成检测和施工图设计，材料已订购。",
        "interim": "停用二层外廊，两端围挡，专人值守。",
        "proofs": [{"text": "材料订购合同"}, {"text": "外廊停用照片"}],
        "overseer_opinion": "同意延期，抓紧施工。",
        "lister_opinion": "",
    },
    "closure_form": {
        **HAZARD,
        "measures": "洞口四周用型钢补强，钢筋除锈防护，清理门厅通道。",
        "proofs": [{"text": "整改前后照片"}, {"text": "检测报告"}],
        "recheck": "复查合格。",
        "acceptance": "检测单位检测合格。",
        "consent": "同意销号。",
    },
    "circular": {
        "addressee": "各县（市）抗震救灾指挥部",
        "scope": "6 月，我办对七个县（市）学校、医院开展防震减灾督导检查，发现隐患 46 条，按期整改 41 条。",
        "units": [{"unit": SITE, "text": "教学楼外廊隐患逾期未整改"}],
        "requirement": "请有关单位举一反三，限期整改，并于 7 月 10 日前书面报告结果。",
    },
    "work_urging": {
        **TO_COUNTY,
        "plan": "2026年塔城地区防震减灾和抗震救灾工作要点",
        "items": [
            {"case": "BS-2026-0007", "task": "（十三）强化地震应急演练", "due_on": "2026-06-05", "state": "逾期 10 天"},
            {"case": "BS-2026-0011", "task": "（十五）加强应急物资保障", "due_on": "2026-06-05", "state": "逾期 10 天"},
        ],
        "due_on": "2026-06-22",
        "requirement": "请尽快补报完成情况并附佐证材料。",
    },
    "work_summary": {
        "addressee": "塔城地区抗震救灾指挥部",
        "plan": "2026年塔城地区防震减灾和抗震救灾工作要点",
        "period": "2026年上半年（截至2026年6月15日）",
        "figures": "共 19 项任务，应报 133 件，按时 120 件，按时率 90.2%。",
        "remark": "总体进展顺利。",
        "tasks": [
            {
                "task": "（十三）强化地震应急演练",
                "lead": "地区应急管理局",
                "progress": "应报 9：认可 7，待审 1，逾期 1",
                "counties": "认可 6／7，逾期：额敏县",
                "problems": "额敏县演练尚未组织。",
            }
        ],
        "requirement": "请有关单位抓紧完成。",
    },
}
