"""Whose paper it is: number, issuers, day, title, addressees and who gets a copy, from the lines around the tasks."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from inspect_app.workplans.notices.blocks import Line
from inspect_app.workplans.notices.model import Head
from inspect_app.workplans.notices.names import Name, names_in, pieces
from inspect_app.workplans.notices.standalone import DAY, PRINTED, TITLE_END, UNIT_END, day_in, is_day, is_signature

NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,20})\s*[〔\[（(【［﹝]\s*(?P<year>(?:19|20)\d{2})\s*[〕\])）】］﹞]\s*第?\s*(?P<serial>\d{1,4})\s*号"
)
FIELD_NAMES = (
    r"(?:索\s*引\s*号|发\s*文\s*机\s*[关构]|发\s*布\s*机\s*构|制\s*发\s*机\s*关|发\s*文\s*字\s*号|文\s*号|成\s*文\s*日\s*期|"
    r"发\s*文\s*日\s*期|发\s*布\s*日\s*期|生\s*成\s*日\s*期|标\s*题|名\s*称|主\s*题\s*词?|主\s*题\s*分\s*类|有\s*效\s*性|来\s*源|体裁分类|签\s*发\s*人)"
    r"\s*[：:]"
)
FIELDS = re.compile(rf"(?:^|(?<=\s))(?P<name>{FIELD_NAMES})\s*(?P<value>.*?)\s*(?=\s{FIELD_NAMES}|$)")
ISSUERS, NUMBERS, DAYS = (
    {"发文机关", "发文机构", "发布机构", "制发机关"},
    {"发文字号", "文号"},
    {"成文日期", "发文日期", "发布日期", "生成日期"},
)
CITING = "（《(<“根据按照"
COPIED = re.compile(r"抄\s*[送报]\s*[：:]\s*(?P<units>.+)$")
YEAR = re.compile(r"(?<![-－—~～至\d])((?:19|20)\d{2})\s*年")
OWNED = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{4,30}(?:小组|指挥部|办公室|联席会议|委员会|[局委办厅]))(?=(?:19|20)\d{2}年)"
)
LONGEST_TITLE = 120


def head_of(before: Sequence[Line], outside: Sequence[Line]) -> Head:
    """Read the head from the lines before the first task and those that belong to no task."""
    cover, letter = _cover(before)
    fields = _fields(cover)
    cover = [line for line in cover if not FIELDS.match(line.text)]
    title, named = _title(cover)
    around = [*cover, *letter, *outside]
    return Head(
        number=_number(cover, fields),
        issuers=tuple(_issuers(named, fields, _signatures(around))),
        dated=_dated(around, fields),
        title=title,
        addressees=tuple(_units(letter[0].text)) if letter and _is_address(letter[0].text) else (),
        copied_to=tuple(_copied(outside)),
    )


def year_of(head: Head, lines: Iterable[Line]) -> int | None:
    """Return the year the paper is for: of its title, of the title of what is attached, of its number or its day."""
    titles = [head.title, *(line.text for line in lines if TITLE_END.search(line.text))]
    years = [int(match[1]) for text in titles if (match := YEAR.search(text))]
    number = NUMBER.search(head.number or "")
    if years or number:
        return years[0] if years else int(number["year"]) if number else None
    return head.dated.year if head.dated else None


def _cover(before: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part the lines at the addressees, or at the first sentence of the letter."""
    for number, line in enumerate(before):
        if _is_address(line.text) or (line.text.endswith("。") and not FIELDS.match(line.text)):
            return list(before[:number]), list(before[number:])
    return list(before), []


def _is_address(line: str) -> bool:
    return (
        line.rstrip().endswith(("：", ":"))
        and "。" not in line
        and not FIELDS.match(line)
        and bool(UNIT_END.search(line.rstrip("：: ")))
    )


def _fields(cover: Iterable[Line]) -> dict[str, str]:
    """Read the table above a paper on a web page (发文字号：…)."""
    found: dict[str, str] = {}
    for line in cover:
        for match in FIELDS.finditer(line.text):
            found.setdefault(re.sub(r"[\s：:]", "", match["name"]), match["value"].strip())
    return found


def _number(cover: Iterable[Line], fields: dict[str, str]) -> str | None:
    given = [value for name, value in fields.items() if name in NUMBERS]
    for text in [*given, *(line.text for line in cover)]:
        match = NUMBER.search(text)
        if (
            match
            and "。" not in text
            and not any(sign in text[: match.end()] for sign in ("《", "根据", "按照", "关于"))
        ):
            return f"{match['body']}〔{match['year']}〕{int(match['serial'])}号"
    return None


def _title(cover: Sequence[Line]) -> tuple[str, list[str]]:
    """Return the title (关于…的通知, also over several lines) and what stands before it and may name issuers."""
    for number, line in enumerate(cover):
        place = line.text.find("关于")
        if place >= 0 and not NUMBER.search(line.text[:place]):
            title = _joined_title(cover[number:], place)
            return title, [*(each.text for each in cover[:number]), line.text[:place]]
    titles = [line.text for line in cover if TITLE_END.search(line.text)]
    owner = OWNED.match(titles[0]) if titles else None
    above = [line.text for line in cover if line.text not in titles]
    return (titles[0] if titles else ""), [*above, *([owner["unit"]] if owner else [])]


def _joined_title(lines: Sequence[Line], place: int) -> str:
    title = re.sub(r"\s", "", lines[0].text[place:])
    for line in lines[1:]:
        if _is_whole(title) or len(title) > LONGEST_TITLE or is_day(line.text):
            break
        title += re.sub(r"\s", "", line.text)
    return title


def _is_whole(title: str) -> bool:
    return title.count("《") == title.count("》") and bool(TITLE_END.search(title))


def _issuers(named: Iterable[str], fields: dict[str, str], signed: Iterable[str]) -> list[str]:
    """Take who stands above the title, or in the table of the page; then who signed and is not among them."""
    given = [unit for name, value in fields.items() if name in ISSUERS for unit in _units(value)]
    above = [unit for line in named for unit in _heading_units(line)]
    found = list(dict.fromkeys(above or given))
    for unit in signed:
        if not any(unit.endswith(each) or each.endswith(unit) for each in found):
            found.append(unit)
    return found


def _heading_units(line: str) -> list[str]:
    if NUMBER.search(line) or is_day(line):
        return []
    bare = re.sub(r"文\s*件\s*$", "", line).strip()
    solid = [part for part in re.split(r"\s+", bare) if part]
    names = solid if all(UNIT_END.search(part) for part in solid) else ["".join(solid)]
    return [unit for name in names for unit in _units(name) if UNIT_END.search(unit)]


def _signatures(lines: Sequence[Line]) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(lines):
        above = number
        while is_day(line.text) and above and is_signature(lines[above - 1].text):
            above -= 1
        found += [unit for each in lines[above:number] for unit in _heading_units(each.text)]
    return found


def _dated(lines: Sequence[Line], fields: dict[str, str]) -> date | None:
    """Take the day under a signature, else the day that stands alone, else that of the page or of printing."""
    alone = [(number, line) for number, line in enumerate(lines) if is_day(line.text)]
    signed = [line for number, line in alone if number and is_signature(lines[number - 1].text)]
    texts = [line.text for line in signed] + [line.text for _, line in alone]
    texts += [value for name, value in fields.items() if name in DAYS]
    texts += [line.text for line in lines if PRINTED.fullmatch(line.text)]
    matches = (DAY.search(text) for text in texts)
    return next((day for match in matches if match and (day := day_in(match))), None)


def _copied(lines: Iterable[Line]) -> list[str]:
    return [unit for line in lines if (match := COPIED.search(line.text)) for unit in _units(match["units"])]


def _units(text: str) -> list[str]:
    found = [name.text for piece in pieces(text, 0, "，,、；;") for name in names_in(Name(piece.text, 0))]
    return [re.sub(r"\s", "", each) for each in found]
