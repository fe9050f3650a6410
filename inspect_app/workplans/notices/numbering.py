"""The numbers that papers put before their parts: 第一章, 一、（一）1. 1.1（1）① 第一条 任务1."""

import re
from dataclasses import dataclass
from enum import IntEnum

from inspect_app.workplans.notices.numerals import CHINESE, whole_of

MOST_LEVELS = 4


class Style(IntEnum):
    """A style of numbers; a greater one stands below a smaller one."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    POINT = 3
    ARTICLE = 4
    ASSIGNMENT = 5
    PARENTHESES = 6
    ARABIC = 7
    LEVELS = 8
    ARABIC_PARENTHESES = 20
    CIRCLED = 21


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the beginning of a line: `rank` orders styles from outside to inside, `length` counts its signs."""

    rank: int
    ordinal: int
    written: str
    length: int


_ANY = rf"(?:{CHINESE}+|\d{{1,3}})"
PATTERNS = {
    Style.PART: re.compile(rf"第\s*({_ANY})\s*(?:部分|编)[、：:]?"),
    Style.CHAPTER: re.compile(rf"第\s*({_ANY})\s*章[、：:]?"),
    Style.SECTION: re.compile(rf"第\s*({_ANY})\s*节[、：:]?"),
    Style.ARTICLE: re.compile(rf"第\s*({_ANY})\s*条[、：:]?"),
    Style.ASSIGNMENT: re.compile(rf"任务\s*({_ANY})\s*[、：:.．]?"),
    Style.PARENTHESES: re.compile(rf"[（(〔【\[]\s*({CHINESE}+)\s*[）)〕】\]][、.．]?|({CHINESE}+)[）)]"),
    Style.POINT: re.compile(rf"({CHINESE}+)\s*[、.．](?!\s*{CHINESE}+[、.．])"),
    Style.ARABIC_PARENTHESES: re.compile(r"[（(]\s*(\d{1,3})\s*[）)][、.．]?|(\d{1,3})[）)]"),
    Style.CIRCLED: re.compile(r"([①-⑳])[、.．]?"),
}
LEVELS = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．]|\s+|(?=[\u4e00-\u9fff]))(?![级万亿%％公米倍度月元])")
ARABIC = re.compile(r"(\d{1,3})\s*[、.．](?!\d)|(\d{1,2})\s+(?=[\u4e00-\u9fff][^，。；：]{2,30}$)")
FIRST_CIRCLED = ord("①") - 1


def marker_of(line: str) -> Marker | None:
    """Return the number a line begins with, or None."""
    for style, pattern in PATTERNS.items():
        if match := pattern.match(line):
            text = next(each for each in match.groups() if each)
            ordinal = ord(text) - FIRST_CIRCLED if style is Style.CIRCLED else whole_of(text)
            return Marker(style, ordinal, match[0], match.end()) if ordinal else None
    return _levels(line) or _arabic(line)


def _levels(line: str) -> Marker | None:
    if not (match := LEVELS.match(line)):
        return None
    parts = re.split(r"[.．]", match[1])
    return Marker(Style.LEVELS + len(parts), int(parts[-1]), match[0], match.end())


def _arabic(line: str) -> Marker | None:
    match = ARABIC.match(line)
    ordinal = int(match[1] or match[2]) if match else 0
    return Marker(Style.ARABIC, ordinal, match[0], match.end()) if match and ordinal else None
