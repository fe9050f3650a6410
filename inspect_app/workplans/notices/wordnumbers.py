"""The numbers that Word draws before paragraphs (一、 （一） 1.), which stand in no text of the file."""

from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

CHINESE_DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
}
CIRCLED, MOST_CIRCLED = "decimalEnclosedCircle", 20
SILENT = {"bullet", "none"}
TEN = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is counted and drawn: `pattern` is %1、 or （%2）."""

    form: str
    pattern: str
    first: int


@dataclass(slots=True)
class Numbers:
    """Lists by their key, styles that belong to one, and how far each list has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def of_style(self, style: str) -> tuple[str, int] | None:
        """Return the list and level a style numbers its paragraphs by."""
        return self.styles.get(style)

    def next(self, key: str, level: int) -> str:
        """Count one further and return the number as drawn; nothing for bullets and unknown lists."""
        shared, levels = self.lists.get(key, ("", {}))
        if level not in levels:
            return ""
        counts = self.counts.setdefault(shared, {})
        counts[level] = counts.get(level, levels[level].first - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].form in SILENT:
            return ""
        drawn = levels[level].pattern
        for number in range(level + 1):
            known = levels.get(number)
            shown = _drawn(counts.get(number, known.first if known else 1), known.form if known else "")
            drawn = drawn.replace(f"%{number + 1}", shown)
        return drawn


def read_numbers(numbering: bytes | None, styles: bytes | None) -> Numbers:
    """Read the definitions of lists and the styles that use them."""
    numbers = Numbers()
    if numbering:
        root = _root(numbering)
        abstract = {_attribute(each, "abstractNumId"): _levels(each) for each in _named(root, "abstractNum")}
        for each in _named(root, "num"):
            shared = next((value(child) for child in _named(each, "abstractNumId")), "")
            numbers.lists[_attribute(each, "numId")] = (shared, abstract.get(shared, {}))
    for style in _named(_root(styles), "style") if styles else []:
        if key := next((value(each) for each in _named(style, "numId")), ""):
            level = next((value(each) for each in _named(style, "ilvl")), "0")
            numbers.styles[_attribute(style, "styleId")] = (key, int(level or 0))
    return numbers


def local(element: Element) -> str:
    """Return the name of an element without its name space."""
    return element.tag.rpartition("}")[2]


def value(element: Element) -> str:
    """Return the attribute `val`."""
    return _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _root(data: bytes) -> Element:
    root = parse(BytesIO(data), forbid_dtd=True).getroot()
    if root is None:
        raise ValueError
    return root


def _named(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if local(each) == name]


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for each in _named(abstract, "lvl"):
        parts = {local(child): value(child) for child in each}
        first = int(parts.get("start") or 1)
        found[int(_attribute(each, "ilvl") or 0)] = Level(parts.get("numFmt", ""), parts.get("lvlText", ""), first)
    return found


def _drawn(number: int, form: str) -> str:
    if form in CHINESE:
        return _chinese(number)
    if form == CIRCLED and 1 <= number <= MOST_CIRCLED:
        return chr(ord("①") + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, TEN)
    if not 0 < number < TEN * TEN:
        return str(number)
    head = "" if not tens else ("十" if tens == 1 else CHINESE_DIGITS[tens] + "十")
    return head + (CHINESE_DIGITS[ones] if ones else "")
