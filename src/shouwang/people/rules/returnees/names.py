"""What two written names say about being one person's: full names, nicknames, titles, relatives, masked ones."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from shouwang.kernel.text import fold, surname_of
from shouwang.people.rules.returnees.spelling import is_latin, look_alike, near, near_sound, plain, sound

_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文鄢代严付陶肖"
    "涂鲁雷别危樊倪甘聂游皮欧"
)
# Whole names borne by hundreds of thousands each.
_COMMON = frozenset(
    """
    张伟 王伟 王芳 李伟 李娜 张敏 李静 王静 刘伟 王秀英 张丽 李秀英 王丽 张静 李强 张秀英 李敏 王敏
    王磊 李军 刘洋 王勇 王艳 李勇 张勇 李杰 王强 李艳 张涛 张杰 王军 张军 李明 王涛 王玉兰 李桂英
    刘敏 张艳 李丽 张强 王超 王刚 李娟 刘杰 王杰 陈伟 李霞 王平 刘芳 陈静 张燕 李玉兰 张玉兰 王桂英
    王建国 李建国 张建国 王建华 张红 李红 陈红 周红
    """.split()
)
_FEMALE_TITLES = (
    "女士 小姐 太太 大姐 姐姐 阿姨 大妈 大婶 奶奶 婆婆 大嫂 嫂子 妹妹 妹子 大娘 女 姐 姨 婶 嫂 婆 妹 嬢"
).split()
_MALE_TITLES = (
    "先生 师傅 大爷 大叔 叔叔 大哥 哥哥 爷爷 爹爹 伯伯 大伯 弟弟 老板 老头 男 哥 叔 爷 爹 伯 头"
).split()
_OTHER_TITLES = "老师 医生 大夫 同志 主任 经理 书记 某某 某人 总 工 某".split()
_TITLES = {
    **dict.fromkeys(_FEMALE_TITLES, "f"),
    **dict.fromkeys(_MALE_TITLES, "m"),
    **dict.fromkeys(_OTHER_TITLES, ""),
}
_TITLE = re.compile(rf"(.{{1,4}}?)({'|'.join(sorted(_TITLES, key=len, reverse=True))})")
_SURELY_TITLES = frozenset(word for word in _TITLES if len(word) > 1 and word not in ("妹妹", "弟弟", "老头"))
# Relatives by whom somebody is named: 王芳之子, 李伟妻子. A single character needs 之 or 的: 王丽子 is a name.
_KIN = re.compile(
    r"(.{2,4}?)(?:(?:之|的|家)(?P<one>子|女|妻|夫|母|父|妈|爸|媳|孙|儿|弟|妹|兄|姐|哥)|(?:之|的|家)?(?P<more>"
    r"儿子|女儿|妻子|爱人|老婆|丈夫|老公|母亲|父亲|妈妈|爸爸|孙子|孙女|外孙|外孙女|媳妇|儿媳|女婿|岳父|岳母|宝宝|小孩|婴儿|"
    r"孩子|长子|次子|长女|次女|大女儿|小女儿|大儿子|小儿子|家属))"
)
_KIN_SEX = {
    **dict.fromkeys(
        "子 夫 父 爸 儿 弟 兄 哥 儿子 丈夫 老公 父亲 爸爸 孙子 女婿 岳父 长子 次子 大儿子 小儿子".split(), "m"
    ),
    **dict.fromkeys(
        "女 妻 母 妈 媳 妹 姐 女儿 妻子 老婆 母亲 妈妈 孙女 外孙女 媳妇 儿媳 岳母 长女 次女 大女儿 小女儿".split(),
        "f",
    ),
}
_NICK = re.compile(r"[小老大阿]([一-鿿])")
_RANKED = re.compile(r"([一-鿿])老[大二三四五六七八幺]")
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_MASKS = str.maketrans(dict.fromkeys("×xX某○〇＊?？_#", "*"))
_HAN = re.compile(r"[一-鿿]")
_NOBODY = frozenset({"", "不详", "未知", "无", "无名", "无名氏", "姓名不详", "不知", "*"})
_LONG = 5  # characters from which a Chinese spelling is of a name of another tongue


class Kind(StrEnum):
    NOBODY = "nobody"
    FULL = "full"
    MASKED = "masked"
    TITLE = "title"
    """A surname and how she is addressed; ``text`` holds the possible surnames."""
    NICK = "nick"
    """小芳: a part of the given name."""
    KIN = "kin"
    """Somebody's relative; ``text`` is whose."""


@dataclass(frozen=True, slots=True)
class Name:
    kind: Kind
    text: str = ""
    sex: str = ""
    kin: str = ""


@lru_cache(maxsize=65_536)
def read_name(written: str) -> Name:
    """What a written name is. ``王芳女士`` is a full name, ``王女士`` and ``小王`` a title, ``王芳之子`` a relative."""
    text = plain(_BRACKETS.sub("", fold(written)))
    if text in _NOBODY:
        return Name(Kind.NOBODY)
    if is_latin(text):
        return Name(Kind.FULL, text)
    if found := _KIN.fullmatch(text):
        kin = found["one"] or found["more"]
        return Name(Kind.KIN, found[1], _KIN_SEX.get(kin, ""), kin)
    if len(text) in (2, 3) and text.endswith("氏"):
        return Name(Kind.TITLE, text[:-1], "f")
    if found := _RANKED.fullmatch(text):
        return Name(Kind.TITLE, found[1])
    if (found := _NICK.fullmatch(text)) and not (text[0] != "小" and found[1] not in _COMMON_SURNAMES):
        return Name(Kind.TITLE, found[1]) if found[1] in _COMMON_SURNAMES else Name(Kind.NICK, found[1])
    if found := _TITLE.fullmatch(text):
        called, title = found[1], found[2]
        if len(called) == 1 or (len(called) == 2 and surname_of(called + "某") == called):
            return Name(Kind.TITLE, called, _TITLES[title])
        if title in _SURELY_TITLES:
            return Name(Kind.FULL, called, _TITLES[title])
    masked = text.translate(_MASKS)
    if "*" in masked:
        given = masked[1:].replace("*", "")
        return Name(Kind.MASKED, masked) if given else Name(Kind.TITLE, masked[0])
    return Name(Kind.FULL, text)


def is_common(name: str) -> bool:
    """Whether so many bear a plain name that it says little: 张伟, and one character behind a frequent surname."""
    return name in _COMMON or (len(name) == 2 and name[0] in _COMMON_SURNAMES)


@lru_cache(maxsize=131_072)
def compare_names(one: str, other: str) -> str:
    """The code of what two written names say; empty if one of them says nothing. Order does not matter."""
    if one > other:
        one, other = other, one
    left, right = read_name(one), read_name(other)
    if Kind.NOBODY in (left.kind, right.kind):
        return ""
    if Kind.KIN in (left.kind, right.kind):
        return _compare_kin(left, right)
    if Kind.TITLE in (left.kind, right.kind):
        return _compare_titles(left, right)
    if Kind.NICK in (left.kind, right.kind):
        return "name_part" if left.text in right.text or right.text in left.text else "name_differs"
    if Kind.MASKED in (left.kind, right.kind):
        return _compare_masked(left.text, right.text)
    return _compare_full(left.text, right.text)


def _compare_kin(left: Name, right: Name) -> str:
    if left.kind is right.kind:
        same = left.text == right.text and (left.sex == right.sex or "" in (left.sex, right.sex))
        return "name_title" if same else "name_kin"
    kin, named = (left, right) if left.kind is Kind.KIN else (right, left)
    if named.kind is Kind.FULL and (named.text == kin.text or near_sound(named.text) == near_sound(kin.text)):
        return "name_parent"
    return "name_kin"


def _compare_titles(left: Name, right: Name) -> str:
    if left.sex and right.sex and left.sex != right.sex:
        return "name_differs"
    surnames = [
        set(name.text if name.kind is Kind.TITLE else surname_of(name.text)) for name in (left, right)
    ]
    if Kind.NICK in (left.kind, right.kind):
        return "name_kin"  # 小芳 and 王姐 may be one: nothing is said
    if surnames[0] & surnames[1] or {near(s) for c in surnames[0] for s in sound(c)} & {
        near(s) for c in surnames[1] for s in sound(c)
    }:
        return "name_title"
    return "name_differs"


def _compare_masked(one: str, other: str) -> str:
    if len(one) == len(other):
        fits = all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=True))
    else:  # 王*国 may stand for any length
        masked, whole = (one, other) if "*" in one else (other, one)
        head, tail = masked.split("*", 1)[0], masked.rsplit("*", 1)[1]
        fits = whole.startswith(head) and whole.endswith(tail) and "*" not in whole
    return "name_part" if fits else "name_differs"


def _compare_full(one: str, other: str) -> str:
    if one == other:
        return "name_same_common" if is_common(one) else "name_same"
    if is_latin(one) or is_latin(other):
        return _compare_latin(one, other)
    sounds = sound(one), sound(other)
    if sounds[0] == sounds[1]:
        return "name_sound" if len(one) > 2 else "name_sound_short"  # 肖丽 and 肖莉 may well be sisters
    if near_sound(one) == near_sound(other):
        return "name_near"
    if max(len(one), len(other)) >= _LONG:
        return _compare_long(one, other)
    return _compare_characters(*sorted((one, other), key=len))


def _compare_characters(short: str, long: str) -> str:
    if len(short) == len(long):
        wrong = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
        if len(wrong) == 1:
            a, b = wrong[0]
            if look_alike(a, b) or near_sound(a) == near_sound(b):
                return "name_near"
            if len(short) >= 3 and short[0] == long[0]:
                return "name_one_wrong"
        elif sorted(short) == sorted(long):
            return "name_one_wrong"
        return "name_differs"
    if len(short) == 2 and long.endswith(short) and len(long) - len(short) == len(surname_of(long)):
        return "name_part"
    dropped = {long[:at] + long[at + 1 :] for at in range(1, len(long))}
    return "name_one_wrong" if len(short) >= 2 and short in dropped else "name_differs"


def _compare_long(one: str, other: str) -> str:
    """Names of other tongues in Chinese characters: written by ear, often only their first part."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and (long.startswith(short) or near_sound(long).startswith(near_sound(short) + " ")):
        return "name_part"
    alike = fuzz.ratio(near_sound(one), near_sound(other))
    return "name_near" if alike >= 85 else "name_part" if alike >= 75 else "name_differs"


def _compare_latin(one: str, other: str) -> str:
    words = [_orders(one), _orders(other)]
    if words[0] & words[1]:
        return "name_sound"
    alike = max(fuzz.ratio(a, b) for a in words[0] for b in words[1])
    if alike >= 88:
        return "name_near"
    parts = sorted((set(sound(one)), set(sound(other))), key=len)
    if is_latin(one) and is_latin(other) and parts[0] < parts[1]:
        return "name_part"
    return "name_differs"


def _orders(name: str) -> set[str]:
    """A name's letters with the surname first and last: ``zhangwei``, ``weizhang``."""
    syllables = sound(name)
    if not is_latin(name):
        cut = len(surname_of(name))
        return {"".join(syllables), "".join((*syllables[cut:], *syllables[:cut]))}
    turned = (*syllables[-1:], *syllables[:-1]), (*syllables[1:], *syllables[:1])
    return {"".join(syllables), *map("".join, turned)}
