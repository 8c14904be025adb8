"""The numbered list: who, where and what of a line, and what a re-posted list changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.book import Entry
from shouwang.supplies.rules.orders.doors import doors, name_and_door
from shouwang.supplies.rules.orders.tokens import tokens

NUMBERED = re.compile(
    r"^\s*(?P<number>\d{1,5})\s*(?:[.．](?!\d)|[.．](?=\d{1,3}(?:[-—–]|栋|号楼|#|幢|单元)|\d+\s)|[、)）:：]|(?<!\d{3})\s(?=\D))\s*(?P<rest>\S.*)$"
)


_KIN_OF = re.compile(r"^(?:家)?的?(?:媳妇|儿媳|女儿|儿子|老婆|老公|孙子|孙女)(?=[一-鿿]{2,3}[，,\s：:])")


@dataclass(slots=True)
class Place:
    """What one person's place in the list said last, in which copy of the list, and which entries came of it."""

    text: str
    epoch: int
    number: int
    entries: list[Entry] = field(default_factory=list)


def has_amount(text: str) -> bool:
    return any(token.kind in ("amount", "vague", "money") for token in tokens(text))


def _is_goods(word: str) -> bool:
    bare = word.strip("，,、；;。")
    return bool(
        goods.cut(bare)
        or (len(bare) > 2 and goods.known(goods.repaired(bare)))
        or any(token.kind in ("amount", "vague", "money", "spec", "each") for token in tokens(bare))
    )


def parts(rest: str, prefix: str | None) -> tuple[str | None, str | None, str]:
    """(name, address, goods) of what follows the number."""
    rest = re.sub(r"^我是\s*", "", rest)
    found = doors(rest, prefix)
    if found:
        door = found[0]
        before, after = (
            rest[: door.start].strip(" ，,：:（("),
            _KIN_OF.sub("", rest[door.end :].lstrip(" ）)的，,：:、-")),
        )
        after = re.sub(r"^[（(](?=[^）)]*[楼边面里侧层手])[^）)\d]{1,12}[）)]\s*", "", after)
        if (
            re.search(r"(?:小区|花园|花城|家园|苑|庭|府|湾|城|公寓|村|居|里)$", before)
            and first_name(after)[0]
        ):
            before = ""
        if before and not has_amount(before) and not re.match(r"帮(?!宝)|代|给|我|替|送", before):
            return before.strip("-— "), door.address, after
        if before:
            return None, door.address, f"{before} {after}"
        name, goods_text = first_name(after)
        return name, door.address, goods_text
    name, goods_text = first_name(rest)
    if name:
        bare, address = name_and_door(name, prefix)
        return bare, address, goods_text
    return None, None, goods_text


def first_name(text: str) -> tuple[str | None, str]:
    """The name at the beginning of `text`, if what stands there is not a thing."""
    match = re.match(r"^([^\s，,：:、；;（(]{1,12})(?:[\s，,：:、；;]+|(?=[（(]))(.*)$", text, re.S)
    if (
        match
        and not _is_goods(match[1])
        and not re.search(
            r"^(?:改|换|少要|多要|再|也|同上|同|取消|不要|跟|和|我|要|再|帮)|[+*]|不要|取消", match[1]
        )
    ):
        return match[1], match[2]
    return None, text
