"""Chinese text as people type it: width, spaces, names, pinyin initials, numerals."""

import re
import unicodedata
from functools import lru_cache

import cn2an  # type: ignore[import-untyped, unused-ignore]
from pypinyin import Style, lazy_pinyin

# Zero-width characters, joiners, byte-order marks and soft hyphens that come along when cells are pasted; and control
# characters, of which a database refuses NUL.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202c\u202d\u202e"))
_INVISIBLE |= dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace())
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・●.．｡。﹒", "·"))
_SPACES = re.compile(r"\s+")
_MARKS = re.compile("([，：；！？（）…])")
_LATIN = re.compile(r"[A-Za-z]")

_COMPOUND_SURNAMES = frozenset(
    """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台
    皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘
    子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
    段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚
    左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚
    褚师 欧陽 司馬 諸葛 單于 单于
    """.split()
)
# Surnames that are read otherwise than the character usually is.
_SURNAME_INITIALS = {
    "单": "s", "解": "x", "仇": "q", "曾": "z", "查": "z", "盖": "g", "区": "o", "朴": "p", "翟": "z", "乐": "y",
    "缪": "m", "覃": "q", "冼": "x", "种": "c", "秘": "b", "繁": "p", "黑": "h", "折": "s", "召": "s", "长": "c",
    "尹": "y", "员": "y", "宿": "s", "重": "c", "祭": "z", "车": "c", "便": "p", "令": "l", "都": "d", "沈": "s",
    "石": "s", "贾": "j", "卜": "b", "宓": "m", "洗": "x", "郇": "x", "佴": "n", "阚": "k", "隗": "w", "逄": "p",
    "单于": "cy", "万俟": "mq", "尉迟": "yc", "澹台": "tt", "长孙": "zs", "令狐": "lh", "乐正": "yz", "子车": "zj",
    "拓跋": "tb", "宰父": "zf", "亓官": "qg",
}  # fmt: skip

_NUMERAL = "零〇一二三四五六七八九十百千两"
_NUMERAL_BEFORE_COUNTER = re.compile(
    rf"[{_NUMERAL}]+(?=号|栋|幢|座|单元|门|室|房|层|楼|组|队|户|村民小组|小组)"
)
_POSITIONAL = str.maketrans("零〇一二三四五六七八九", "00123456789")


def visible(raw: str) -> str:
    """The text as written, in its own punctuation, without what nobody sees; single spaces."""
    return _SPACES.sub(" ", raw.translate(_INVISIBLE)).strip()


def fold(raw: object) -> str:
    """One form for what looks the same: NFKC (full width to half), nothing invisible, single spaces."""
    text = str(raw)
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most cells of a roster: nothing to fold
    return visible(unicodedata.normalize("NFKC", text))


def prose(raw: object) -> str:
    """`fold` for what people tell in sentences: Chinese punctuation stays as it was written, ``３７．３，已退烧`` →
    ``37.3，已退烧``. Not for names, codes, plates and whatever else is compared."""
    text = str(raw)
    if text.isascii():
        return fold(text)
    parts = _MARKS.split(text)  # the marks at the odd places
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return visible("".join(parts))


def squeeze(raw: object) -> str:
    """`fold`, and no whitespace at all."""
    # Once more: without its space, a lone accent joins the letter before it.
    return unicodedata.normalize("NFKC", fold(raw).replace(" ", ""))


def clean_name(raw: object) -> str:
    """A person's name: ``张 三`` → ``张三``; one kind of dot in ``阿卜杜拉·买买提``; Latin keeps its spaces."""
    text = fold(raw)
    if text.isascii():
        return text
    if not _LATIN.search(text):
        text = text.replace(" ", "")
    return text.translate(_DOTS).strip("·")


def surname_of(name: str) -> str:
    """The surname of a Chinese name, two characters for the compound ones; else the first character."""
    return name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]


def mask_name(name: str) -> str:
    """``张三丰`` → ``张*``; ``欧阳修`` → ``欧阳*``. The length of the given name is not shown."""
    return f"{surname_of(name)}*" if name else ""


@lru_cache(maxsize=16_384)
def _initial(character: str) -> str:
    if not character.isalnum():
        return ""
    read = lazy_pinyin(character, style=Style.FIRST_LETTER)
    return read[0][:1].lower() if read else ""


def initials(name: str) -> str:
    """Pinyin initials in lower case: ``张伟`` → ``zw``, ``尉迟恭`` → ``ycg``, ``John Smith`` → ``js``."""
    name = clean_name(name)
    if name.isascii():
        return "".join(word[0] for word in name.lower().split() if word[0].isalnum())
    surname = surname_of(name)
    special = _SURNAME_INITIALS.get(surname)
    if special is None:
        return "".join(map(_initial, name))
    return special + "".join(map(_initial, name[len(surname) :]))


@lru_cache(maxsize=4_096)
def numeral(text: str) -> int:
    """A Chinese numeral as a number: ``十二`` → 12, ``一〇二`` → 102. Raises `ValueError` if it is none."""
    if text and all(character in "零〇一二三四五六七八九" for character in text):
        return int(text.translate(_POSITIONAL))
    return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))


def _replace_numeral(match: re.Match[str]) -> str:
    written = match.group()
    try:
        return (
            str(numeral(written))
            if not written.translate(_POSITIONAL).isdigit()
            else written.translate(_POSITIONAL)
        )
    except ValueError:
        return written


def with_digits(text: str) -> str:
    """Chinese numerals before a counter become digits: ``三组十二号`` → ``3组12号``; ``五一小区`` stays."""
    return _NUMERAL_BEFORE_COUNTER.sub(_replace_numeral, text)
