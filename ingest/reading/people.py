"""Whether one cell names several people: `李娜/王芳`, `Anna Berg; Tom Lee`."""

import re
from functools import cache
from typing import Any

from graph.company_name import is_place, read_company_name
from graph.packaged import packaged_yaml
from graph.search_key.fold import words
from graph.title import read_title

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤欧温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
"""Chinese family names of one character, the most frequent ones."""
_HAN = r"[\u4e00-\u9fff]"
_LIST = rf"\s*[;；、&＆\n]\s*|\s+[/／]\s+|(?<={_HAN})\s*[/／,，|]\s*(?={_HAN})|\s+(?:and|und|et)\s+"
_SIGN = re.compile(rf"{_LIST}|\|")
_BETWEEN = re.compile(rf"{_LIST}|(?<={_HAN})[和与及](?={_HAN})")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_CALLED = re.compile(rf"[小老阿]({_HAN}){_HAN}{{0,2}}|({_HAN}){_HAN}{{1,2}}")
_WRITTEN = re.compile(r"([^\W\d_][\w'’.-]*,?\s+){1,3}[^\W\d_][\w'’.-]*")


def people(text: str) -> list[str]:
    """The names in a cell, where all that stands between signs of a list are surely whole names; else none.

    A comma and a slash stand within names as well (`Arvid, Ann`, `Müller/Schmidt`): only between Chinese
    names do they part. `和` may be part of a given name, so both sides must begin with a family name. What
    may be a department, a company or a place is no name here, and a name written twice is one.
    """
    parts = _distinct(_BETWEEN, _IN_BRACKETS.sub("", text))
    return parts if len(parts) > 1 and all(map(_is_whole_name, parts)) else []


def looks_like_several(text: str) -> bool:
    """Whether signs of a list part the cell, whatever they part; not one name that is written twice."""
    return len(_distinct(_SIGN, text)) > 1


def written_once(text: str) -> str:
    """The name that a cell says twice (`王芳/王芳`); any other text as it is."""
    parts = _distinct(_SIGN, text)
    return parts[0] if len(parts) == 1 else text


def _distinct(between: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(part for part in between.split(text.strip()) if part))


def _is_whole_name(part: str) -> bool:
    if re.match(_HAN, part):
        return _is_chinese_name(part)
    if not _WRITTEN.fullmatch(part) or not (part[0] + part.rsplit(maxsplit=1)[-1][0]).isupper():
        return False
    company, said = read_company_name(part), set(words(part))
    named_otherwise = company.legal_form or company.trade or read_title(part).department
    return not named_otherwise and said.isdisjoint(_declared()["functions"])


def _is_chinese_name(part: str) -> bool:
    """A family name with a given one, or a family name as colleagues use it (小李)."""
    if part[:2] in _declared()["family_names"]:
        return re.fullmatch(rf"{_HAN}{{3,4}}", part) is not None
    found = _CALLED.fullmatch(part)
    if found is None or (found[1] or found[2]) not in SURNAMES:
        return False
    of_a_department = part.startswith(_declared()["departments"]) or part[-1] in _declared()["units"]
    return not of_a_department and read_title(part).department is None and not is_place(part)


@cache
def _declared() -> dict[str, Any]:
    """The words of `people.yml`; those that a text may begin with as a tuple."""
    declared = packaged_yaml("ingest.reading", "people.yml")
    return {**declared, "departments": tuple(declared["departments"])}
