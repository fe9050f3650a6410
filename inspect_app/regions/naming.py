"""Names and codes as people write them, brought to the forms they are stored under. Pure."""

import re
import unicodedata

from inspect_app.regions.levels import CODE_LENGTHS, Level

PEOPLES = (
    "阿昌|白|保安|布朗|布依|朝鲜|达斡尔|傣|德昂|东乡|侗|独龙|俄罗斯|鄂伦春|鄂温克|高山|仡佬|哈尼|哈萨克|赫哲|回|基诺|京|景颇|柯尔克孜|"
    "拉祜|黎|傈僳|珞巴|满|毛南|门巴|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|塔塔尔|土家|土|佤|维吾尔|乌孜别克|锡伯|瑶|"
    "彝|裕固|藏|壮|各"
)
AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:{PEOPLES})族?)+自治(?P<rung>[州县旗区])")
ETHNIC_TOWNSHIP = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:{PEOPLES})族?)+(?:民族)?(?P<rung>[乡镇])")
PLAIN = re.compile(r"(?P<stem>.{2,}?)(?:族?自治[区州县旗]|特别行政区|街道|地区|林区|[省市县区旗盟镇乡])")
REGIMENT = re.compile(r".*?(?P<number>[一二三四五六七八九零〇]{2,4})团.*")
COMMITTEE = re.compile(r"(?P<stem>.+?)(?:村?(?P<village>村民委员会|村委会)|(?:社区)?(?:居民委员会|居委会))")
OFFICE = re.compile(r"(?:人民政府|政府|办事处|管理委员会|管委会)$")
DIGITS = str.maketrans("一二三四五六七八九零〇", "12345678900")
PARENTHESES = str.maketrans("()", "（）")
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def plain(text: str) -> str:
    """Bring full-width forms to half width, save the parentheses of Chinese names, and drop blanks."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(PARENTHESES)


def readings(text: str) -> list[str]:
    """What a plain text may stand for, itself first: without 人民政府, 办事处, or the trailing zeros of a code."""
    found = [text]
    bare = OFFICE.sub("", text)
    found.append(bare.removesuffix("办") if bare.endswith("街道办") else bare)
    if text.isascii() and text.isdigit():
        found += [text[:length] for length in CODE_LENGTHS.values() if length < len(text) and not int(text[length:])]
    return [name for name in dict.fromkeys(found) if name]


def short_forms(name: str, level: Level) -> list[str]:
    """Everyday forms that follow a rule: 乌苏, 肃南 and 肃南县, 123团, 大水坑村; never shorter than two characters."""
    if level is Level.VILLAGE:
        forms = _of_village(name)
    elif match := AUTONOMOUS.fullmatch(name):
        forms = [match["stem"], match["stem"] + match["rung"]]
    elif level is Level.TOWNSHIP:
        forms = _of_township(name)
    else:
        forms = _stem(name)
    return [form for form in dict.fromkeys(forms) if form != name]


def _stem(name: str) -> list[str]:
    match = PLAIN.fullmatch(name)
    return [match["stem"]] if match else []


def _of_township(name: str) -> list[str]:
    if match := REGIMENT.fullmatch(name):
        return [match["number"] + "团", match["number"].translate(DIGITS) + "团"]
    if match := ETHNIC_TOWNSHIP.fullmatch(name):
        return [match["stem"], match["stem"] + match["rung"]]
    return _stem(name)


def _of_village(name: str) -> list[str]:
    match = COMMITTEE.fullmatch(name)
    return [match["stem"] + ("村" if match["village"] else "社区")] if match else []
