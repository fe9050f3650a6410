"""Numbers as official papers write them: 16, １６, 十六, 两, 二〇二四."""

import unicodedata

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
RUNGS = {"十": 10, "百": 100}
CHINESE = "[一二三四五六七八九十百零〇○两]"
NUMBER = rf"(?:\d+(?:\.\d+)?|{CHINESE}+)"
RANGE = r"\s*[-－–—~～至到]+\s*"


def number_of(text: str) -> float | None:
    """Return the number a text writes, whole where it can be; None when it writes none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return _slim(float(plain)) if plain.isascii() else _chinese(plain)
    except ValueError:
        return None


def whole_of(text: str) -> int:
    """Return the whole number a text writes, 0 when it writes none."""
    return int(number_of(text) or 0)


def _slim(number: float) -> float:
    return int(number) if number.is_integer() else number


def _chinese(text: str) -> float | None:
    if not text or any(each not in DIGITS and each not in RUNGS for each in text):
        return None
    if not any(each in RUNGS for each in text):
        return int("".join(str(DIGITS[each]) for each in text))
    total = held = 0
    for each in text:
        if each in DIGITS:
            held = DIGITS[each]
        else:
            total += (held or 1) * RUNGS[each]
            held = 0
    return total + held
