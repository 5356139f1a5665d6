"""Whether one cell names several people: `李娜/王芳`, `Anna Berg; Tom Lee`."""

import re

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤欧温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
"""Chinese family names of one character, the most frequent ones."""
_HAN = r"[\u4e00-\u9fff]"
_SIGN = rf"\s*[;；、|&＆\n]\s*|\s+[/／]\s+|(?<={_HAN})\s*[/／,，]\s*(?={_HAN})|\s+(?:and|und|et)\s+"
_BETWEEN = re.compile(rf"{_SIGN}|(?<={_HAN})[和与及](?={_HAN})")
_CALLED = re.compile(rf"[小老阿]?({_HAN}){_HAN}{{0,2}}")
_WRITTEN = re.compile(r"([^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*")


def people(text: str) -> list[str]:
    """The names in a cell, where all that stands between signs of a list are whole names; else none.

    A comma and a slash stand within names as well (`Arvid, Ann`, `Müller/Schmidt`): only between Chinese
    names do they part. `和` may be part of a given name, so both sides must begin with a family name.
    """
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    return parts if len(parts) > 1 and all(map(_is_whole_name, parts)) else []


def looks_like_several(text: str) -> bool:
    """Whether a sign of a list stands in the cell, whatever it parts."""
    return re.search(_SIGN, text.strip()) is not None


def _is_whole_name(part: str) -> bool:
    """A family name with a given one, or a family name as colleagues use it (小李)."""
    if found := _CALLED.fullmatch(part):
        return found[1] in SURNAMES and len(part) > 1
    words = part.split()
    return words[0][0].isupper() and words[-1][0].isupper() and _WRITTEN.fullmatch(part) is not None
