"""Whether two sentences tell the same need.

To join what is two needs loses one of them; to keep apart what is one costs a second look. So only what hardly differs
is joined: the words of politeness and the quantities taken out, one must hold the other in its order, almost whole.
``降压药`` and ``降糖药`` are one character apart and never joined.
"""

import re

from rapidfuzz.distance import LCSseq

from shouwang.kernel.text import numeral, squeeze

ALIKE = 0.75
"""Of two sentences that hold one another, how much of the longer the shorter must make up. (ours)"""
JOINED_WITHIN_DAYS = 3
"""A need told again within so many days of being first told is the same need, while it waits. (ours)"""

_MARKS = re.compile(r"[^\w.]|_")
_POLITE = re.compile(
    "麻烦(?:你们|您|你)?|请(?:问)?|谢谢(?:你们|您|你)?|拜托|帮(?:忙|我们|我|家里)?|能不能|可不可以|可以|需要|想要|还要|急需"
    "|想|要|买|带|送|来|一下|家里|我们|我家|我|给|点|些|的|了|吧|吗|呢|啊|please|needs?"
)
_QUANTITY = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二三四五六七八九十百两半几]+)"
    "(公斤|斤|两|克|袋|包|盒|箱|瓶|罐|桶|支|板|片|粒|颗|个|只|条|块|份|把|根|提|卷|打|kg|g|ml|l)?"
)
_NOT = re.compile("不|没|取消|退|别|停|cancel")


def alike(one: str, other: str) -> bool:
    """Whether both tell of the same need. Quantities that contradict each other, or a no against a yes, never do."""
    left, right = _plain(one), _plain(other)
    if bool(_NOT.search(left)) != bool(_NOT.search(right)):
        return False
    much, also = _amounts(left), _amounts(right)
    if much and also and much != also:
        return False
    short, long = sorted((_core(left), _core(right)), key=len)
    if short == long:
        return bool(short) or left == right
    held = bool(short) and LCSseq.similarity(short, long) == len(short)
    return held and len(short) / len(long) >= ALIKE


def _amounts(text: str) -> list[int | str]:
    return sorted(map(_number, (match[1] for match in _QUANTITY.finditer(text))), key=str)


def _number(written: str) -> int | str:
    try:
        return written if "." in written else numeral(written)
    except ValueError:
        return written  # half, a few


def _plain(text: str) -> str:
    return _MARKS.sub("", squeeze(text).lower())


def _core(text: str) -> str:
    """The need itself, without how much of it and how it was asked for."""
    return _POLITE.sub("", _QUANTITY.sub("", text))
