"""Hide what holds figures and asks for nothing: titles, numbers of papers, articles, telephones, standards.

A hidden stretch keeps its length, so that places stay what they are.
"""

import re

from inspect_app.workplans.notices.numerals import CHINESE

HIDDEN = "■"
TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|<<[^<>]*>>")
FIGURES = re.compile(
    r"[〔\[（(【［﹝]\s*(?:19|20)\d{2}\s*[〕\])）】］﹞]\s*第?\s*\d+\s*号|(?:19|20)\d{2}年第?\s*\d+\s*号|"
    rf"第\s*(?:\d+|{CHINESE}+)\s*(?:条|款|项|次|届|号|个(?!月)|批|章|节|部分|期)|"
    r"(?<![\d.])1[3-9]\d{9}(?!\d)|\d{3,4}[-－—]\d{7,8}|(?<!\d)\d{7,8}(?!\d)|"
    r"[A-Z]{2,5}(?:\s?/\s?T)?\s?\d+(?:[.\-—–]\d+)*|https?://\S+|[\w.]+@[\w.]+|"
    rf"一次性|附件\s*(?:\d+|{CHINESE}+)"
)
BREAKS = str.maketrans("\n\t", "。。")
FIGURES_IN_WORDS = re.compile(r"“[^”]{0,3}\d[^”]{0,6}”")


def without_titles(text: str) -> str:
    """Hide the titles of papers."""
    return TITLE.sub(_veil, text)


def masked(text: str) -> str:
    """Hide titles, numbers of papers, articles of laws, telephones, standards, days known by figures; end lines."""
    return FIGURES_IN_WORDS.sub(_veil, FIGURES.sub(_veil, without_titles(text))).translate(BREAKS)


def _veil(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])
