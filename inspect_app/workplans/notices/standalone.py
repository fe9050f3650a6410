"""Lines that stand alone in a paper: dates, signatures, lists of attachments, copies, contacts, titles."""

import re
from datetime import date

from inspect_app.workplans.notices.numerals import CHINESE, whole_of

DAY = re.compile(
    rf"(?P<year>\d{{4}}|[一二三四五六七八九零〇○]{{4}})\s*[年.\-/]\s*(?P<month>\d{{1,2}}|{CHINESE}+)\s*[月.\-/]\s*"
    rf"(?P<day>\d{{1,2}}|{CHINESE}+)\s*[日号]?"
)
PRINTED = re.compile(rf"(?P<by>.*?)\s*{DAY.pattern}\s*印(?:发|制)")
APART = re.compile(
    r"(?:抄\s*[送报]|主\s*送|分\s*送|联\s*系\s*(?:人|电\s*话|方\s*式)|附\s*件\s*\d*\s*$|附\s*件\s*\d*\s*[：:]|附\s*[：:]|"
    r"[（(]?(?:此件|主动公开|依申请公开|不予公开|信息公开|联系人|公开属性|公开方式)|校对|共印|印发\d+份|责任编辑|打印本页|关闭窗口)"
)
ATTACHMENTS = re.compile(r"附\s*件?\s*\d*\s*[：:]")
UNIT_ENDS = (
    "局|委|办|厅|部|处|科|院|站|所|队|中心|公司|集团|政府|会|室|小组|指挥部|单位|部门|区|台|社|校|厂|馆|联|所|县|市|镇|乡|街道|街|"
    "法院|机场|企业|运营商|力量|机构|铁塔|电信|移动|联通|兵团|师|团|分行|银行|医院|学校|场"
)
UNIT_END = re.compile(rf"(?:{UNIT_ENDS}|[）)])$")
TITLE_END = re.compile(
    r"(?:要点|方案|计划|清单|意见|办法|机制|规定|制度|细则|安排|分工|一览表|任务书|通知)(?:[（(].{1,20}[）)])?[》」]?$"
)
LONGEST_SIGNATURE, LONGEST_TITLE = 40, 80
STOPS = re.compile(r"[。；;：:！？]")


def is_day(line: str) -> bool:
    """Tell whether a line holds a date and nothing else."""
    return bool(DAY.fullmatch(line.strip(" （()）")))


def day_in(match: re.Match[str]) -> date | None:
    """Return the date a match of `DAY` names, None when the calendar has no such day."""
    try:
        return date(whole_of(match["year"]), whole_of(match["month"]), whole_of(match["day"]))
    except ValueError:
        return None


def is_apart(line: str) -> bool:
    """Tell whether a line belongs to the frame of the paper and closes the part above it."""
    return is_day(line) or bool(APART.match(line)) or bool(PRINTED.fullmatch(line))


def is_attachment_list(line: str) -> bool:
    """Tell whether a list of attachments begins here (附件：1. …)."""
    return bool(ATTACHMENTS.match(line))


def is_signature(line: str) -> bool:
    """Tell whether a line above a date may be the name of who signs."""
    return len(line) <= LONGEST_SIGNATURE and not STOPS.search(line) and bool(UNIT_END.search(line))


def is_attached_title(line: str) -> bool:
    """Tell whether a line below a signature is the title of what is attached."""
    return len(line) <= LONGEST_TITLE and not STOPS.search(line) and bool(TITLE_END.search(line))
